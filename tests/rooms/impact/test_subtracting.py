# SPDX-License-Identifier: MPL-2.0
"""Somebody reads two quarters, or one quarter twice, and subtracts. What comes out is never a group of a few people."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from indgang.core.quarter import Quarter
from indgang.core.value.publish import TOTAL
from indgang.core.value.release import Movement, Sheet, is_told, left_range
from indgang.impact import papers
from indgang.impact.actions import strategy
from indgang.impact.indicators import plain_figures
from indgang.kernel.retention import forget
from indgang.placements import vault
from indgang.placements.actions import ask, count
from indgang.placements.actions.answer import Told, answer
from indgang.placements.figures import BEFORE, NEW
from indgang.placements.models import QuarterFigures, QuarterReport
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of
from tests.rooms.placements.scene import four, place, sign

FIRST = Quarter(2026, 3)
THERE = (6, 6, 6, 5)


def a_quarter(
    cast: Cast, quarter: Quarter, there: tuple[int, ...], new: tuple[int, ...], *, close: bool = True
) -> None:
    ask.ask(cast.house, quarter, now=NOW)
    reports = (
        QuarterReport.objects.filter(answered_at=None)
        .select_related("organisation", "duty")
        .order_by("organisation")
    )
    for report, people, fresh in zip(reports, there, new, strict=True):
        answer(
            cast.house,
            report,
            Told({"flex": people}, {"flex": fresh}, report.due_3, report.due_12),
            now=NOW,
            channel="list",
        )
    count.count(cast.house, quarter, now=NOW)
    if close:
        count.freeze(cast.house, quarter, now=NOW)


def two_quarters(cast: Cast, *, close: bool = True) -> None:
    """23 people are there; two of them leave in the next quarter and eight come: 29, of them 21 from before."""
    four(cast)
    a_quarter(cast, FIRST, THERE, (2, 2, 2, 2))
    a_quarter(cast, FIRST.plus(1), (8, 8, 8, 5), (2, 2, 2, 2), close=close)


def seen(cast: Cast, quarter: Quarter) -> Sheet:
    """What everybody sees of a quarter, as one table."""
    told = QuarterFigures.objects.get(year=quarter.year, quarter=quarter.number).tables["released"]
    posts = told["posts"]
    return Sheet(
        tuple(posts["rows"]), tuple(posts["columns"]), tuple(map(tuple, posts["people"])), told["step"]
    )


def test_who_left_between_two_quarters_cannot_be_counted(cast: Cast) -> None:
    two_quarters(cast)
    exact = [
        plain_figures(cast.home.pk, q, exact=True, today=NOW.date()).total for q in (FIRST, FIRST.plus(1))
    ]
    assert exact[0]
    assert exact[1]
    assert (exact[0].total or 0) - (exact[1].before or 0) == 2
    for row in ("flex", TOTAL):
        low, high = left_range(seen(cast, FIRST), seen(cast, FIRST.plus(1)), row, Movement(TOTAL, BEFORE))
        assert low <= 2 <= high
        assert not is_told(low, high, 5)


def test_only_those_who_collect_the_numbers_see_them_to_the_person(cast: Cast, browse: Browser) -> None:
    two_quarters(cast)
    address = f"/job/?kvartal={FIRST.plus(1).year}-{FIRST.plus(1).number}"
    assert "29 pladser i alt" in text_of(browse.log_in("mette").get(address))
    browse.client.logout()
    for who in (None, "carla"):
        page = text_of((browse.log_in(who) if who else browse).get(address))
        assert "30 pladser i alt" in page, who
        assert "så to kvartaler ikke kan trækkes fra hinanden" in page, who


def test_an_answer_that_comes_in_is_not_the_step_between_two_looks(cast: Cast, browse: Browser) -> None:
    """A buyer looks at the open quarter, an enterprise with two people answers, the buyer looks again."""
    four(cast)
    quarter = FIRST.plus(1)
    a_quarter(cast, quarter, (8, 8, 8, 2), (0, 0, 0, 0), close=False)
    address = f"/job/?kvartal={quarter.year}-{quarter.number}"
    before = text_of(browse.log_in("carla").get(address))
    report = QuarterReport.objects.order_by("organisation").last()
    assert report is not None
    answer(cast.house, report, Told({"flex": 3}, {}), now=NOW + timedelta(hours=1), channel="list")
    count.count(cast.house, quarter, now=NOW + timedelta(hours=1))
    after = text_of(browse.log_in("carla").get(address))
    told = [re.search(r"(\d+) pladser i alt", page) for page in (before, after)]
    assert [found[1] for found in told if found] == ["25", "25"]


def test_the_papers_say_what_everybody_sees(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A paper goes round, so not even the coordinator's shows more than the page does."""
    two_quarters(cast)
    told: dict[str, Any] = {}
    monkeypatch.setattr(papers, "typeset", lambda _source, facts: told.update(facts) or b"%PDF")
    papers.figures_pdf(cast.home, FIRST.plus(1), also_open=True, today=NOW.date())
    assert told["rounded"] == "5"
    assert told["total"][1:] == [*map(str, (10, 20, 30))]


def test_a_higher_k_rounds_to_more(cast: Cast) -> None:
    sign(cast, least_people=8)
    two_quarters(cast)
    assert seen(cast, FIRST).step == 10
    shown = plain_figures(cast.home.pk, FIRST, exact=False, today=NOW.date())
    assert shown.rounded_to == 10
    assert shown.total is not None
    assert shown.total.total == 20
    for row in ("flex", TOTAL):
        found = left_range(seen(cast, FIRST), seen(cast, FIRST.plus(1)), row, Movement(TOTAL, BEFORE))
        assert not is_told(*found, least=8)


def test_those_who_stopped_cannot_be_counted_from_who_began(cast: Cast) -> None:
    """Eight began; of them all but one lasted three months. New people and lasting people are set against each other."""
    two_quarters(cast)
    first, told = seen(cast, FIRST), QuarterFigures.objects.get(quarter=4).tables["released"]["alive_3"]
    if told is not None:
        both = (told["alive"], told["alive"])
        lasted = Sheet(("x", TOTAL), ("x", TOTAL), (both, both), first.step)
        assert not is_told(*left_range(first, lasted, TOTAL, Movement(NEW, "x")), least=5)


def test_totals_of_a_target_hold_no_more_than_the_quarters_do(cast: Cast) -> None:
    """A target counted from another day sums what is printed, so moving the day subtracts nothing new."""
    two_quarters(cast)
    reached = []
    for since in (date(2026, 7, 1), date(2026, 10, 1)):
        strategy.set_target(
            cast.be("mette"), "new_posts", goal=80, since=since, deadline=date(2030, 1, 1), now=NOW
        )
        reached.append(
            plain_figures(cast.home.pk, FIRST.plus(1), exact=False, today=NOW.date()).progress[0].reached
        )
    printed = [
        plain_figures(cast.home.pk, q, exact=False, today=NOW.date()).total for q in (FIRST, FIRST.plus(1))
    ]
    assert printed[0]
    assert printed[1]
    assert reached == [(printed[0].new or 0) + (printed[1].new or 0), printed[1].new]


def test_the_paper_can_be_made_again_when_the_people_behind_it_are_forgotten(cast: Cast) -> None:
    """Registered people, a closed quarter, everybody erased: page and paper say what they said."""
    sign(cast)
    for organisation in four(cast):
        for _turn in range(3):
            place(cast, organisation, first=date(2026, 7, 6), last=date(2026, 12, 20))
    for step in range(5):
        count.freeze(cast.house, FIRST.plus(step), now=datetime(2027, 12, 1, tzinfo=UTC))
    before = _facts(cast)
    assert before["total"][-1] == "10"
    assert count.schedule_forgetting(cast.home.pk, now=NOW) == 12
    assert forget(datetime(2028, 6, 1, tzinfo=UTC)) >= 12
    assert vault.read(cast.house, "test", now=NOW) == []
    assert _facts(cast) == before


def _facts(cast: Cast) -> dict[str, Any]:
    """Everything that is typeset into the paper of the first quarter."""
    found = plain_figures(cast.home.pk, FIRST, exact=False, also_open=True, today=NOW.date())
    return papers._figures(cast.home, found, NOW.date())
