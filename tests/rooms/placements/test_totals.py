# SPDX-License-Identifier: MPL-2.0
"""Totals once a quarter: asked for once, answered in four ways, counted without showing anybody, frozen."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.db.utils import ProgrammingError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.quarter import Quarter, months_after, quarter_of
from indgang.core.text import Refused
from indgang.core.value.release import rounded
from indgang.kernel import inbox, mail
from indgang.kernel.access import system
from indgang.kernel.links import mint
from indgang.kernel.models import Duty, OutgoingMail, SignedLink
from indgang.placements import figures
from indgang.placements.actions import ask, count
from indgang.placements.actions.answer import Told, answer
from indgang.placements.actions.bring_in import bring_in_totals
from indgang.placements.models import QuarterFigures, QuarterReport
from indgang.placements.totals import Totals
from tests.cast import NOW, Cast
from tests.factories import an_enterprise, speaker
from tests.mailbox import with_files
from tests.pages import Browser, text_of
from tests.rooms.placements.scene import four, place, sign

FIRST = Quarter(2027, 1)
FLEX = Told({"flex": 8, "work_placement": 2}, {"flex": 3})


def asked(cast: Cast) -> list[QuarterReport]:
    ask.ask(cast.house, FIRST, now=NOW)
    return list(QuarterReport.objects.select_related("organisation", "duty").order_by("pk"))


def mails(about: QuarterReport) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(about=f"report:{about.pk}").order_by("pk")


def link_to(report: QuarterReport) -> str:
    link = SignedLink.objects.filter(purpose="tal", subject_id=report.pk, revoked_at=None).latest("pk")
    return f"/l/tal/{mint(link, now=datetime.now(UTC))}/"


def test_everybody_is_asked_once_with_a_link_and_a_duty(cast: Cast) -> None:
    four(cast)
    an_enterprise(cast, "Kladden", published=False)
    assert len(asked(cast)) == 4
    assert ask.ask(cast.house, FIRST, now=NOW) == 0
    first = QuarterReport.objects.get(organisation__name="Rent Ord")
    assert "{link}" in mails(first)[0].body
    assert first.duty is not None
    assert first.duty.awaits_others
    with pytest.raises(Refused, match="ikke slut"):
        ask.ask(cast.house, FIRST.plus(1), now=NOW)


def test_an_enterprise_without_a_mail_address_is_rung(cast: Cast) -> None:
    organisation = an_enterprise(cast, "Rent Ord")
    organisation.contacts.update(email="")
    report = asked(cast)[0]
    assert not mails(report).exists()
    assert report.duty is not None
    assert report.duty.title.startswith("Ring til Rent Ord")
    assert not report.duty.awaits_others


def test_the_ladder_writes_once_more_and_then_somebody_rings(cast: Cast) -> None:
    an_enterprise(cast, "Rent Ord")
    report = asked(cast)[0]
    duty = report.duty
    assert duty is not None
    assert ask.remind(cast.house, now=NOW) == 0
    assert ask.remind(cast.house, now=duty.due_at - timedelta(days=1)) == 1
    assert mails(report).count() == 2
    assert ask.remind(cast.house, now=duty.due_at) == 1
    assert ask.remind(cast.house, now=duty.due_at) == 0
    duty.refresh_from_db()
    assert (duty.awaits_others, duty.title) == (False, "Ring til Rent Ord om pladser i 1. kvartal 2027")
    assert mails(report).count() == 2


def test_the_form_behind_the_link_is_filled_in_with_what_is_known(cast: Cast, browse: Browser) -> None:
    sign(cast)
    organisation = an_enterprise(cast, "Rent Ord")
    place(cast, organisation, first=date(2026, 10, 5))
    place(cast, organisation, first=date(2026, 11, 2), last=date(2026, 12, 1))
    place(cast, organisation, "ordinary", first=date(2027, 2, 1))
    report = asked(cast)[0]
    path = link_to(report)
    page = browse.get(path).content.decode()
    shown = dict(re.findall(r'name="(\w+)" value="(\d+)"', page))
    assert (shown["present_flex"], shown["present_ordinary"], shown["new_ordinary"]) == ("1", "1", "1")
    assert "I meldte 2 nye i forrige kvartal" in page
    assert shown["alive_3"] == "1"
    browse.post(path, {"present_flex": "1", "present_ordinary": "2", "new_ordinary": "2", "alive_3": "1"})
    report.refresh_from_db()
    assert (report.present, report.new, report.alive_3, report.channel) == (
        {"flex": 1, "ordinary": 2},
        {"ordinary": 2},
        1,
        "link",
    )
    assert report.duty is not None
    assert not Duty.objects.get(pk=report.duty_id).is_open
    assert "Tak. Tallene er gemt." in text_of(browse.get(f"{path}?tak=ja"))


def test_what_does_not_add_up_is_said_and_nothing_is_lost(cast: Cast, browse: Browser) -> None:
    an_enterprise(cast, "Rent Ord")
    path = link_to(asked(cast)[0])
    page = browse.post(path, {"present_flex": "1", "new_flex": "7"}, status=200)
    assert "ikke være flere nye" in text_of(page)
    assert 'value="7"' in page.content.decode()
    assert QuarterReport.objects.get().answered_at is None
    browse.post(path, {"present_flex": "-1"}, status=200)


def test_a_phoned_answer_names_who_said_it_and_gets_a_receipt(cast: Cast, browse: Browser) -> None:
    an_enterprise(cast, "Rent Ord")
    report = asked(cast)[0]
    jonas = browse.log_in("jonas")
    path = reverse("placements:report", args=[report.pk])
    data: dict[str, object] = {"present_flex": "8", "new_flex": "3", "channel": "phone"}
    assert "navnet på den" in text_of(jonas.post(path, data, status=200))
    jonas.post(path, data | {"said_by": "Rikke"})
    report.refresh_from_db()
    assert (report.channel, report.said_by, report.noted_by) == ("phone", "Rikke", "Jonas Bay")
    receipt = mails(report).last()
    assert receipt is not None
    assert "Fleksjob: 8, heraf 3 nye" in receipt.body
    assert receipt.link is not None


def test_a_mail_reply_lands_on_the_page_and_is_handled_by_writing_it_down(
    cast: Cast, browse: Browser
) -> None:
    cast.home.email = "indgang@aabjerg.example"
    cast.home.save(update_fields=["email"])
    an_enterprise(cast, "Rent Ord")
    report = asked(cast)[0]
    question = mails(report)[0]
    raw = with_files(
        f"indgang+{question.reply_key}@localhost", "Vi har 8 i fleksjob, 3 nye.", ("tal.csv", b"fleksjob;8")
    )
    kept = inbox.take(raw, cast.home, now=NOW)
    assert kept is not None
    assert Duty.objects.get(kind=inbox.DUTY).is_open
    jonas = browse.log_in("jonas")
    path = reverse("placements:report", args=[report.pk])
    assert "Vi har 8 i fleksjob" in text_of(jonas.get(path))
    sent = kept.files.get()
    assert jonas.get(f"{path}fil/{sent.pk}/").content == b"fleksjob;8"
    browse.log_in("carla").get(f"{path}fil/{sent.pk}/", status=404)
    jonas.post(path, {"present_flex": "8", "new_flex": "3", "channel": "mail"})
    kept.refresh_from_db()
    assert kept.handled_at is not None
    assert not Duty.objects.get(kind=inbox.DUTY).is_open


def test_a_list_of_totals_is_kept_whole_or_not_at_all(cast: Cast) -> None:
    four(cast)
    asked(cast)
    head = "virksomhed;type;pladser;heraf nye\n"
    bad = head + "Rent Ord;fleksjob;2;5\nUkendt;fleksjob;1;0\nSyværket;praktik;4;1\nSyværket;praktik;4;1\n"
    kept, lines = bring_in_totals(cast.be("jonas"), bad.encode(), FIRST, now=NOW)
    assert kept == 0
    assert [line.number for line in lines] == [2, 3, 5]
    good = head + "Rent Ord;fleksjob;8;5\nRent Ord;praktik;2;0\nSyværket;praktik;4;1\n"
    assert bring_in_totals(cast.be("jonas"), good.encode(), FIRST, now=NOW) == (2, [])
    report = QuarterReport.objects.get(organisation__name="Rent Ord")
    assert (report.present, report.channel) == ({"flex": 8, "work_placement": 2}, "list")
    with pytest.raises(Refused, match="ikke læst"):
        bring_in_totals(cast.be("jonas"), b"virksomhed;type;pladser;heraf nye;navn\n", FIRST, now=NOW)


def test_the_next_quarter_asks_only_how_many_of_the_reported_new_ones_lasted(cast: Cast) -> None:
    an_enterprise(cast, "Rent Ord")
    answer(cast.house, asked(cast)[0], FLEX, now=NOW, channel="list")
    later = NOW + timedelta(days=91)
    ask.ask(cast.house, FIRST.plus(1), now=later)
    report = QuarterReport.objects.select_related("organisation", "duty").get(quarter=2)
    assert (report.due_3, report.due_12) == (3, 0)
    with pytest.raises(Refused, match="flere tilbage"):
        answer(cast.house, report, Told({"flex": 9}, {}, alive_3=4), now=later, channel="list")


def test_reported_totals_win_over_placements_and_small_cells_are_hidden(cast: Cast) -> None:
    sign(cast)
    enterprises = four(cast)
    for organisation in enterprises[:3]:
        for _ in range(3):
            place(cast, organisation, first=date(2026, 11, 2))
    place(cast, enterprises[3], "ordinary", first=date(2027, 2, 1))
    reports = asked(cast)
    answer(cast.house, reports[0], Told({"flex": 6}, {"flex": 1}), now=NOW, channel="list")
    tables = count.count(cast.house, FIRST, now=NOW).tables
    assert figures.total(tables["posts"]) == 13
    assert figures.cell(tables["posts"], "ordinary", figures.NEW) is None
    assert figures.cell(tables["posts"], "ordinary", "I alt") is None
    assert (tables["answered"], tables["enterprises"]) == (1, 4)


def test_fewer_than_k_people_or_three_enterprises_show_nothing(cast: Cast) -> None:
    for counts in ({1: 4}, {1: 9}, {1: 9, 2: 9}):
        tables = figures.tables({n: Totals({"flex": people}) for n, people in counts.items()})
        assert figures.total(tables["posts"]) is None
    enough = figures.tables({n: Totals({"flex": 4}) for n in range(3)})
    assert figures.total(enough["posts"]) == 12
    assert figures.tables({n: Totals({"flex": 3}) for n in range(3)}, 10)["posts"] is None


def test_a_frozen_quarter_never_changes(cast: Cast) -> None:
    four(cast)
    reports = asked(cast)
    for report in reports:
        answer(cast.house, report, FLEX, now=NOW, channel="list")
    found = count.freeze(cast.be("mette"), FIRST, now=NOW)
    assert figures.total(found.tables["posts"]) == 40
    with pytest.raises(Refused, match="lukket"):
        answer(cast.house, reports[0], Told({"flex": 1}, {}), now=NOW, channel="list")
    with pytest.raises(Refused, match="allerede lukket"):
        count.freeze(cast.be("mette"), FIRST, now=NOW)
    with pytest.raises(ProgrammingError, match="never changes"), transaction.atomic():
        QuarterFigures.objects.update(tables={})
    with pytest.raises(Refused, match="ikke slut"):
        count.freeze(cast.be("mette"), FIRST.plus(1), now=NOW)


def test_a_quarter_nobody_closes_is_closed_by_the_house(cast: Cast) -> None:
    four(cast)
    count.keep_quarters(cast.home.pk, now=NOW)
    assert not QuarterFigures.objects.get(year=2027, quarter=1).is_frozen
    count.keep_quarters(cast.home.pk, now=NOW + timedelta(days=50))
    assert QuarterFigures.objects.get(year=2027, quarter=1).is_frozen


def test_an_enterprise_answers_logged_in_and_sees_its_own(cast: Cast, browse: Browser) -> None:
    sign(cast)
    ours, theirs = an_enterprise(cast, "Rent Ord"), an_enterprise(cast, "Grøn Hånd")
    place(cast, ours)
    reports = {report.organisation_id: report for report in asked(cast)}
    contact = ours.contacts.get(is_main=True)
    speaker(cast, ours)
    contact.refresh_from_db()
    assert contact.user is not None
    cast.people["rent"] = contact.user
    rent = browse.log_in("rent")
    assert "1. kvartal 2027" in text_of(rent.get("/job/mine/"))
    rent.post(reverse("placements:report", args=[reports[ours.pk].pk]), {"present_flex": "1"})
    assert QuarterReport.objects.get(organisation=ours).channel == "log_in"
    rent.get(reverse("placements:report", args=[reports[theirs.pk].pk]), status=404)


def test_the_coordinator_asks_and_closes_in_the_browser(cast: Cast, browse: Browser) -> None:
    four(cast)
    mette = browse.log_in("mette")
    now = datetime.now(UTC)
    last = quarter_of(now.date()).plus(-1)
    which = f"{last.year}-{last.number}"
    assert "4 virksomheder er ikke spurgt" in text_of(mette.get("/job/tal/"))
    assert "Mangler" in text_of(mette.follow("/job/tal/spoerg/", {"kvartal": which}))
    an_enterprise(cast, "Nyåbnet Café")  # too new to have been asked: that must not keep the quarter open
    page = text_of(mette.get("/job/tal/"))
    assert "1 virksomhed er ikke spurgt" in page
    assert "Luk kvartalet" in page
    assert "Lukket" in text_of(mette.follow("/job/tal/luk/", {"kvartal": which}))
    mette.get(f"/job/tal/liste/?kvartal={which}")


def test_a_link_that_is_over_says_so(cast: Cast, browse: Browser) -> None:
    an_enterprise(cast, "Rent Ord")
    report = asked(cast)[0]
    path = link_to(report)
    SignedLink.objects.update(revoked_at=NOW)
    assert "virker ikke mere" in text_of(browse.get(path, status=410))
    browse.get("/l/tal/findes-ikke/", status=404)
    assert mail.origin(cast.home)
    assert system(cast.home.pk)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)), st.integers(-40, 40))
def test_quarters_follow_each_other(day: date, steps: int) -> None:
    quarter = quarter_of(day)
    assert quarter.holds(day)
    assert quarter.plus(steps).plus(-steps) == quarter
    assert quarter.last_date + timedelta(days=1) == quarter.plus(1).first_date
    assert months_after(day, 3) > day
    assert months_after(day, 12).month == day.month


@given(
    st.dictionaries(
        st.integers(1, 6),
        st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)),
        max_size=6,
    )
)
def test_no_cell_below_k_is_ever_shown(by_enterprise: dict[int, tuple[int, int, int]]) -> None:
    totals = {
        number: Totals({"flex": a, "ordinary": b}, {"flex": min(a, c), "ordinary": min(b, c)})
        for number, (a, b, c) in by_enterprise.items()
    }
    table = figures.tables(totals)["posts"]
    if table is not None:
        shown = [people for row in table["people"] for people in row if people is not None]
        assert all(people >= 5 for people in shown)
    assert (rounded(7), rounded(8), rounded(None)) == (5, 10, None)
    assert (rounded(14, 10), rounded(15, 10)) == (10, 20)
