# SPDX-License-Identifier: MPL-2.0
"""An enterprise that could be recognised in a figure says whether it may be shown, and can change its mind."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from indgang.core.quarter import Quarter
from indgang.core.text import Refused
from indgang.directory.models import Organisation
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import AuditLine
from indgang.placements import figures
from indgang.placements.actions import ask, count
from indgang.placements.actions.answer import Told, answer
from indgang.placements.actions.consent import in_force, say_yes, take_back
from indgang.placements.models import QuarterReport, ShownConsent
from indgang.placements.totals import Totals
from tests.cast import NOW, Cast
from tests.factories import an_enterprise, speaker
from tests.pages import Browser, text_of
from tests.rooms.placements.test_totals import link_to

QUARTER = Quarter(2027, 1)


def speaking(cast: Cast, organisation: Organisation) -> Principal:
    return Principal(
        Kind.LINK, municipality_id=cast.home.pk, organisations=frozenset({organisation.pk}), name="Rie"
    )


def two(cast: Cast) -> list[Organisation]:
    """Two enterprises with six people each: too few enterprises to be shown."""
    both = [an_enterprise(cast, name) for name in ("Rent Ord", "Grøn Hånd")]
    ask.ask(cast.house, QUARTER, now=NOW)
    for report in QuarterReport.objects.select_related("organisation", "duty"):
        answer(cast.house, report, Told({"flex": 6}, {}), now=NOW, channel="list")
    return both


def posts(cast: Cast) -> int | None:
    return figures.total(count.count(cast.house, QUARTER, now=NOW).tables["posts"])


def test_two_enterprises_are_shown_when_both_have_said_yes(cast: Cast) -> None:
    one, other = two(cast)
    assert posts(cast) is None
    say_yes(speaking(cast, one), one.pk, said_by="Rie", now=NOW)
    assert posts(cast) is None
    say_yes(speaking(cast, other), other.pk, said_by="Ole", now=NOW)
    assert posts(cast) == 12


def test_a_yes_taken_back_hides_the_figure_again(cast: Cast) -> None:
    one, other = two(cast)
    for organisation in (one, other):
        say_yes(speaking(cast, organisation), organisation.pk, said_by="Rie", now=NOW)
    take_back(speaking(cast, one), one.pk, now=NOW + timedelta(days=1))
    assert in_force(cast.home.pk) == {other.pk}
    assert posts(cast) is None
    say_yes(speaking(cast, one), one.pk, said_by="Rie", now=NOW + timedelta(days=2))
    assert posts(cast) == 12
    assert [line.act for line in AuditLine.objects.filter(act__startswith="figures.").order_by("pk")] == [
        "figures.consent", "figures.consent", "figures.consent_withdrawn", "figures.consent",
    ]  # fmt: skip


def test_a_closed_quarter_stays_as_it_was_told(cast: Cast) -> None:
    one, other = two(cast)
    for organisation in (one, other):
        say_yes(speaking(cast, organisation), organisation.pk, said_by="Rie", now=NOW)
    frozen = count.freeze(cast.house, QUARTER, now=NOW).tables
    take_back(speaking(cast, one), one.pk, now=NOW)
    assert count.count(cast.house, QUARTER, now=NOW).tables == frozen


def test_a_yes_never_lowers_the_number_of_people() -> None:
    few = {1: Totals({"flex": 4}), 2: Totals({"ordinary": 6})}
    table = figures.tables(few, 5, consent={1, 2})["posts"]
    assert figures.cell(table, "flex", "I alt") is None


def test_one_that_fills_most_of_a_figure_is_hidden_until_it_says_yes() -> None:
    big = {1: Totals({"flex": 40}), 2: Totals({"flex": 3}), 3: Totals({"flex": 3})}
    assert figures.total(figures.tables(big, 5)["posts"]) is None
    assert figures.total(figures.tables(big, 5, consent={1})["posts"]) == 46


def test_enterprises_with_nobody_in_a_cell_do_not_hide_the_one_that_has() -> None:
    """Six are new, all in one enterprise; the two others have people from before only."""
    told = {1: Totals({"flex": 8}, {"flex": 6}), 2: Totals({"flex": 8}), 3: Totals({"flex": 8})}
    table = figures.tables(told, 5)["posts"]
    assert figures.total(table) == 24
    assert figures.cell(table, "flex", "new") is None


def test_only_the_enterprise_itself_can_say_it(cast: Cast) -> None:
    one = an_enterprise(cast, "Rent Ord")
    with pytest.raises(Refused, match="Kun virksomheden selv"):
        say_yes(cast.be("mette"), one.pk, said_by="Mette", now=NOW)
    with pytest.raises(Refused, match="hvem hos jer"):
        say_yes(speaking(cast, one), one.pk, said_by=" ", now=NOW)
    with pytest.raises(Refused, match="intet at trække"):
        take_back(speaking(cast, one), one.pk, now=NOW)
    say_yes(speaking(cast, one), one.pk, said_by="Rie", now=NOW)
    with pytest.raises(Refused, match="allerede"):
        say_yes(speaking(cast, one), one.pk, said_by="Rie", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ShownConsent.objects.create(municipality=cast.home, organisation=one, given_at=NOW, said_by="x")


def test_it_is_asked_behind_the_link_and_on_the_own_page(cast: Cast, browse: Browser) -> None:
    ours, theirs = an_enterprise(cast, "Rent Ord"), an_enterprise(cast, "Grøn Hånd")
    ask.ask(cast.house, QUARTER, now=NOW)
    path = link_to(QuarterReport.objects.get(organisation=ours))
    assert "Må I vises i tallene?" in text_of(browse.get(path))
    browse.post(path, {"vises": "ja", "hvem": "Rie Lund"})
    assert ShownConsent.objects.get().said_by == "Rie Lund"
    assert "Rie Lund sagde ja" in text_of(browse.get(path))
    assert QuarterReport.objects.get(organisation=ours).answered_at is None
    contact = ours.contacts.get(is_main=True)
    speaker(cast, ours)
    contact.refresh_from_db()
    assert contact.user is not None
    cast.people["rent"] = contact.user
    rent = browse.log_in("rent")
    assert "Rie Lund sagde ja" in text_of(rent.get("/job/mine/"))
    rent.post(f"/job/mine/{theirs.pk}/vises/", {"vises": "ja", "hvem": "Rie"}, status=404)
    assert "Ja, vis os" in text_of(rent.follow(f"/job/mine/{ours.pk}/vises/", {"vises": "nej"}))
