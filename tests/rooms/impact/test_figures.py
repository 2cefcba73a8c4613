# SPDX-License-Identifier: MPL-2.0
"""Plain figures: counted from frozen quarters and delivered orders, against targets, with a story told by consent."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indgang.core.quarter import Quarter, quarter_of
from indgang.core.text import Refused
from indgang.directory.models import Organisation
from indgang.impact.actions import strategy
from indgang.impact.actions.value import keep_run, save_case
from indgang.impact.indicators import plain_figures
from indgang.impact.models import CommitteeReport, Story, Target
from indgang.impact.papers import figures_pdf
from indgang.kernel import files
from indgang.kernel.models import Duty
from indgang.kernel.retention import forget
from indgang.placements.actions import ask, count
from indgang.placements.actions.answer import Told, answer
from indgang.placements.models import QuarterReport
from indgang.procurement.models import Order
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of
from tests.rooms.impact.test_value import TEN
from tests.rooms.placements.scene import PDF, four

FIRST = Quarter(2027, 1)
TODAY = NOW.date()


def a_quarter(
    cast: Cast, quarter: Quarter = FIRST, *, flex: int = 6, new: int = 3, now: datetime = NOW
) -> None:
    """Everybody answers and the quarter is closed."""
    if not Organisation.objects.exists():
        four(cast)
    ask.ask(cast.house, quarter, now=now)
    for report in QuarterReport.objects.filter(answered_at=None).select_related("organisation", "duty"):
        told = Told({"flex": flex, "ordinary": 2}, {"flex": new}, report.due_3 // 2, report.due_12 // 2)
        answer(cast.house, report, told, now=now, channel="list")
    count.freeze(cast.house, quarter, now=now)


def bought(cast: Cast, kroner: int, at: datetime, *, delivered: bool = True) -> None:
    organisation = Organisation.objects.order_by("pk").first()
    assert organisation is not None
    Order.objects.create(
        municipality=cast.home, number=Order.objects.count() + 1, organisation=organisation,
        unit=cast.units["Biblioteket"], ordered_by=cast.people["carla"], text="Pakning", amount_oere=kroner * 100,
        ordered_at=at, delivered="yes" if delivered else "", delivered_at=at if delivered else None,
        delivered_oere=kroner * 100 if delivered else None,
    )  # fmt: skip


def test_posts_by_kind_new_and_from_before(cast: Cast) -> None:
    a_quarter(cast)
    shown = plain_figures(cast.home.pk, FIRST, exact=True, today=TODAY)
    assert [(str(line.label), line.new, line.before, line.total) for line in shown.lines] == [
        ("Ordinært job", None, None, 8),
        ("Fleksjob", None, None, 24),
    ]
    assert shown.total is not None
    assert (shown.total.new, shown.total.before, shown.total.total) == (12, 20, 32)


def test_only_what_was_delivered_in_the_quarter_counts_as_bought(cast: Cast) -> None:
    a_quarter(cast)
    bought(cast, 16_400, datetime(2027, 3, 31, 21, 0, tzinfo=UTC))
    bought(cast, 9_000, datetime(2027, 3, 31, 22, 30, tzinfo=UTC))  # 1 April in Denmark
    bought(cast, 5_000, datetime(2027, 2, 1, tzinfo=UTC), delivered=False)
    shown = plain_figures(cast.home.pk, FIRST, exact=True, today=TODAY)
    assert (shown.bought_dkk, shown.orders) == (16_400, 1)
    assert plain_figures(cast.home.pk, FIRST, exact=False, today=TODAY).bought_dkk == 16_000


def test_the_public_sees_closed_quarters_rounded(cast: Cast, browse: Browser) -> None:
    four(cast)
    last = quarter_of(datetime.now(UTC).date()).plus(-1)
    now = datetime.now(UTC)
    ask.ask(cast.house, last, now=now)
    for report in QuarterReport.objects.select_related("organisation", "duty"):
        answer(cast.house, report, Told({"flex": 7}, {"flex": 3}), now=now, channel="list")
    count.count(cast.house, last, now=now)
    assert "For lidt til at vise" in text_of(browse.get("/job/"))
    assert "28" in text_of(browse.log_in("mette").get("/job/"))
    count.freeze(cast.house, last, now=now)
    page = text_of(browse.get("/job/"))
    assert "30 pladser i alt" in page
    assert "rundet til nærmeste 5" in page
    answered = browse.client.get("/job/tal.pdf")
    assert answered.content.startswith(b"%PDF")


def test_targets_are_counted_from_their_own_day(cast: Cast) -> None:
    a_quarter(cast, Quarter(2026, 4), new=2)
    a_quarter(cast, FIRST, new=3)
    mette = cast.be("mette")
    for indicator, goal in (
        ("new_posts", 100),
        ("posts", 50),
        ("new_enterprises", 10),
        ("bought_dkk", 40_000),
    ):
        strategy.set_target(
            mette, indicator, goal=goal, since=date(2026, 10, 1), deadline=date(2030, 12, 31), now=NOW
        )
    bought(cast, 10_000, datetime(2026, 11, 1, tzinfo=UTC))
    bought(cast, 5_000, datetime(2027, 2, 1, tzinfo=UTC))
    bought(cast, 7_000, datetime(2026, 9, 1, tzinfo=UTC))
    Organisation.objects.update(published_at=NOW - timedelta(days=30))
    shown = plain_figures(cast.home.pk, FIRST, exact=True, today=TODAY)
    assert {one.target.indicator: one.reached for one in shown.progress} == {
        "new_posts": 20, "posts": 32, "new_enterprises": 4, "bought_dkk": 15_000,
    }  # fmt: skip
    assert (shown.alive_3.alive, shown.alive_3.due) == (None, None)  # 4 of 8: fewer than five lasted
    strategy.set_target(
        mette, "new_posts", goal=80, since=date(2027, 1, 1), deadline=date(2030, 12, 31), now=NOW
    )
    again = plain_figures(cast.home.pk, FIRST, exact=True, today=TODAY)
    assert {one.target.goal: one.reached for one in again.progress}[80] == 12


def test_a_target_that_cannot_be_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="før den dag"):
        strategy.set_target(
            cast.be("mette"), "posts", goal=5, since=date(2027, 2, 1), deadline=date(2027, 1, 1), now=NOW
        )
    with pytest.raises(Refused, match="Koordinatoren"):
        strategy.set_target(
            cast.be("carla"), "posts", goal=5, since=date(2027, 1, 1), deadline=date(2028, 1, 1), now=NOW
        )


def test_how_many_last_is_shown_when_enough_people_stand_behind(cast: Cast) -> None:
    a_quarter(cast, Quarter(2026, 4), flex=10, new=6)
    a_quarter(cast, FIRST)
    shown = plain_figures(cast.home.pk, FIRST, exact=True, today=TODAY)
    assert (shown.alive_3.alive, shown.alive_3.due, shown.alive_3.percent) == (10, 25, 40)


def test_a_report_made_again_a_year_later_says_the_same(cast: Cast) -> None:
    a_quarter(cast)
    bought(cast, 16_400, datetime(2027, 3, 1, tzinfo=UTC))
    before = plain_figures(cast.home.pk, FIRST, exact=True, today=TODAY)
    forget(NOW + timedelta(days=365))
    a_quarter(cast, FIRST.plus(1), flex=9, now=NOW + timedelta(days=100))
    after = plain_figures(cast.home.pk, FIRST, exact=True, today=TODAY + timedelta(days=365))
    assert (after.lines, after.total, after.bought_dkk) == (before.lines, before.total, before.bought_dkk)


def test_the_committees_deadline_is_a_duty_and_the_paper_is_kept(cast: Cast, browse: Browser) -> None:
    a_quarter(cast)
    mette = cast.be("mette")
    report = strategy.expect_report(
        mette, FIRST, committee="Beskæftigelsesudvalget", due_on=date(2027, 4, 20), now=NOW
    )
    assert report.duty is not None
    assert Duty.objects.get(pk=report.duty_id).owner == cast.people["mette"]
    strategy.expect_report(
        mette, FIRST, committee="Beskæftigelsesudvalget", due_on=date(2027, 4, 27), now=NOW
    )
    assert CommitteeReport.objects.count() == 1
    done = strategy.hand_in(mette, CommitteeReport.objects.select_related("duty").get(), now=NOW)
    assert done.document is not None
    assert files.content(done.document).startswith(b"%PDF")
    assert not Duty.objects.get(pk=report.duty_id).is_open
    with pytest.raises(Refused, match="allerede afleveret"):
        strategy.hand_in(mette, done, now=NOW)
    kept = browse.log_in("mette").client.get("/job/tal.pdf?kvartal=2027-1")
    assert kept.content == files.content(done.document)


def test_an_open_quarter_cannot_be_handed_in(cast: Cast) -> None:
    mette = cast.be("mette")
    report = strategy.expect_report(mette, FIRST, committee="Udvalget", due_on=date(2027, 4, 20), now=NOW)
    with pytest.raises(Refused, match="Luk kvartalet"):
        strategy.hand_in(mette, report, now=NOW)
    with pytest.raises(Refused, match="før kvartalet er slut"):
        strategy.expect_report(mette, FIRST, committee="Udvalget", due_on=date(2027, 3, 1), now=NOW)


def a_story(cast: Cast, **changes: object) -> Story:
    told: dict[str, object] = {
        "title": "Fra sofaen til syværkstedet", "text": "Nu står jeg op kl. 6 og glæder mig.", "told_by": "Anders",
        "consent_on": date(2027, 3, 1), "consent_how": "talk", "consent_until": date(2028, 3, 1), "now": NOW,
    }  # fmt: skip
    return strategy.tell_story(cast.be("mette"), **told | changes)  # type: ignore[arg-type]


def test_a_story_is_shown_while_its_consent_holds_and_gone_when_withdrawn(cast: Cast) -> None:
    story = a_story(cast)
    assert plain_figures(cast.home.pk, FIRST, exact=False, today=TODAY).story == story
    assert plain_figures(cast.home.pk, FIRST, exact=False, today=date(2028, 3, 2)).story is None
    strategy.withdraw_story(cast.be("mette"), story, now=NOW)
    story.refresh_from_db()
    assert (story.title, story.text, story.told_by) == ("", "", "")
    assert plain_figures(cast.home.pk, FIRST, exact=False, today=TODAY).story is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"consent_on": date(2027, 5, 1)}, "efter i dag"),
        ({"consent_until": date(2027, 4, 1)}, "udløbet"),
        ({"consent_how": "paper"}, "underskrevne samtykke"),
    ],
)
def test_a_story_without_consent_is_refused(cast: Cast, changes: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        a_story(cast, **changes)


def test_signed_consent_is_kept_and_words_are_cleared_when_it_has_run_out(cast: Cast) -> None:
    story = a_story(cast, consent_how="paper", document=SimpleUploadedFile("ja.pdf", PDF))
    assert story.document is not None
    forget(datetime(2028, 4, 2, tzinfo=UTC))
    story.refresh_from_db()
    assert story.text == ""


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type/Page/", pdf))


def test_the_paper_is_one_page_and_the_model_gets_a_second(cast: Cast) -> None:
    a_quarter(cast)
    a_story(cast)
    mette = cast.be("mette")
    strategy.set_target(
        mette, "new_posts", goal=100, since=date(2027, 1, 1), deadline=date(2030, 12, 31), now=NOW
    )
    pdf = figures_pdf(cast.home, FIRST, also_open=True, today=TODAY)
    assert b"pdfuaid" in pdf
    assert pages(pdf) == 1
    keep_run(mette, save_case(mette, TEN, now=NOW), TEN, now=NOW)
    assert pages(figures_pdf(cast.home, FIRST, also_open=True, today=TODAY)) == 2
    empty = figures_pdf(cast.home, FIRST.plus(-8), also_open=False, today=TODAY)
    assert pages(empty) == 2


def test_the_page_costs_the_same_however_much_there_is(cast: Cast, browse: Browser) -> None:
    a_quarter(cast)
    mette = browse.log_in("mette")
    mette.get("/job/?kvartal=2027-1")
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as seen:
            mette.get("/job/?kvartal=2027-1")
        counts.append(len(seen))
        a_quarter(cast, FIRST.plus(number + 1), now=NOW + timedelta(days=100 + 100 * number))
        a_story(cast)
        bought(cast, 1_000, NOW)
    assert len(set(counts)) == 1, counts


def test_mette_sets_targets_and_deadline_and_tells_a_story_in_the_browser(
    cast: Cast, browse: Browser
) -> None:
    mette = browse.log_in("mette")
    told = {"indicator": "new_posts", "goal": "100", "since": "2027-01-01", "deadline": "2030-12-31"}
    assert "Målet er gemt" in text_of(mette.follow("/job/maal/", told))
    assert "Ret målet" in text_of(mette.get("/job/maal/?maal=new_posts"))
    mette.post("/job/maal/", told | {"goal": "0"}, status=200)
    assert "Fristen er sat" in text_of(
        mette.follow("/job/udvalg/", {"kvartal": "2027-1", "committee": "Udvalget", "due_on": "2027-04-20"})
    )
    story = {
        "title": "Nu står jeg op", "text": "Det gør jeg.", "told_by": "Anders", "consent_on": "2026-01-01",
        "consent_how": "talk", "consent_until": "2036-01-01",
    }  # fmt: skip
    assert "Anders" in text_of(mette.follow("/job/historier/", story))
    mette.post("/job/historier/", story | {"text": "010190-1234"}, status=200)
    assert "Nu står jeg op" in text_of(mette.get("/job/"))
    row = Story.objects.get()
    mette.post(f"/job/historier/{row.pk}/traek/")
    assert "Nu står jeg op" not in text_of(mette.get("/job/"))
    mette.post(f"/job/maal/{Target.objects.get().pk}/fjern/")
    browse.log_in("carla").get("/job/maal/", status=404)
    browse.get("/job/historier/", status=302)
