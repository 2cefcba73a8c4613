# SPDX-License-Identifier: MPL-2.0
"""Promised hours: spread over the contract, reported from a phone, with an alarm when they lag."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.text import Refused
from indgang.guidance.actions import hours
from indgang.guidance.hours import expected_hours, next_due, period_ends, standing
from indgang.guidance.models import HoursClause, HoursReport
from indgang.guidance.night import look_at_the_law
from indgang.kernel.links import mint, open_links
from indgang.kernel.models import AuditLine, Duty, OutgoingMail, SignedLink
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
APRIL = NOW  # 6 April 2027: the first quarter has ended
JULY = datetime(2027, 7, 6, 8, 0, tzinfo=UTC)


def green(cast: Cast, **facts: object) -> HoursClause:
    """1,200 hours in a year, reported each quarter by Bo from his phone."""
    known: dict[str, object] = {
        "kind": "social", "title": "Grønne områder", "supplier": "Nordvang A/S", "unit": cast.units["Økonomi og Indkøb"],
        "manager": cast.people["karen"], "promised_hours": 1_200, "first_date": FIRST, "last_date": LAST,
        "reporter_name": "Bo", "reporter_email": "bo@nordvang.example", "now": datetime(2027, 1, 1, 9, 0, tzinfo=UTC),
    }  # fmt: skip
    return hours.open_clause(cast.be("karen"), **(known | facts))  # type: ignore[arg-type]


def report(cast: Cast, clause: HoursClause, number: int, until: date, now: datetime = APRIL) -> HoursReport:
    return hours.report_hours(cast.be("karen"), clause, hours=number, until_date=until, now=now)


days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(st.integers(1, 100_000), days, st.integers(1, 2_000), st.integers(0, 2_000))
def test_all_is_expected_at_the_end_and_never_less_later(
    promised: int, first: date, length: int, gone: int
) -> None:
    last = first + timedelta(days=length)
    day = first + timedelta(days=gone)
    assert expected_hours(promised, first, last, last) == promised
    assert expected_hours(promised, first, last, first - timedelta(days=1)) == 0
    earlier = expected_hours(promised, first, last, day - timedelta(days=1))
    assert earlier <= expected_hours(promised, first, last, day) <= promised


@given(days, st.integers(1, 2_000), st.integers(1, 12))
def test_periods_follow_each_other_and_end_with_the_contract(first: date, length: int, every: int) -> None:
    last = first + timedelta(days=length)
    clause = HoursClause(first_date=first, last_date=last, every_months=every, promised_hours=1)
    ends = period_ends(clause)
    assert ends == sorted(set(ends))
    assert ends[-1] == last
    assert next_due(clause, last) is None


def test_nothing_is_expected_before_the_first_quarter_has_ended(cast: Cast) -> None:
    clause = green(cast)
    assert not standing(clause, [], date(2027, 3, 31)).is_behind
    assert standing(clause, [], date(2027, 4, 1)).is_behind


def test_a_report_settles_the_duty_and_asks_for_the_next_quarter(cast: Cast) -> None:
    clause = green(cast)
    assert clause.duty is not None
    assert clause.duty.title == "Timer til og med 31. marts 2027: Grønne områder"
    assert (clause.duty.owner, clause.duty.awaits_others) == (cast.people["karen"], True)
    report(cast, clause, 290, date(2027, 3, 31))
    clause.refresh_from_db()
    assert clause.next_report_date == date(2027, 6, 30)
    assert Duty.objects.filter(kind=hours.HOURS_DUTY, done_at=None).count() == 1
    assert AuditLine.objects.filter(act="hours.report").count() == 1


def test_a_tenth_may_be_missing_and_more_raises_an_alarm_that_ends_when_caught_up(cast: Cast) -> None:
    clause = green(cast)
    report(cast, clause, 267, date(2027, 3, 31))  # 295 were to be expected, nine tenths is 265.5
    assert not Duty.objects.filter(kind=hours.BEHIND_DUTY).exists()
    report(cast, clause, -60, date(2027, 3, 31))
    alarm = Duty.objects.get(kind=hours.BEHIND_DUTY)
    assert alarm.title == "Bagud med timer: Grønne områder (207 af 295)"
    report(cast, clause, 80, date(2027, 4, 5))
    alarm.refresh_from_db()
    assert not alarm.is_open


def test_when_the_quarter_has_ended_the_supplier_is_asked_once(cast: Cast) -> None:
    green(cast)
    look_at_the_law(cast.house, now=datetime(2027, 3, 31, 8, 0, tzinfo=UTC))
    assert not OutgoingMail.objects.exists()
    look_at_the_law(cast.house, now=APRIL)
    look_at_the_law(cast.house, now=APRIL + timedelta(days=1))
    letter = OutgoingMail.objects.get()
    assert letter.recipient == "bo@nordvang.example"
    assert "Hej Bo" in letter.body
    assert letter.link_path == "/l/timer/{token}/"
    assert Duty.objects.get(kind=hours.BEHIND_DUTY).owner == cast.people["karen"]


def test_only_the_manager_the_link_and_those_who_keep_contracts_report(cast: Cast) -> None:
    clause = green(cast, manager=cast.people["carla"])
    for name in ("jonas", "dan"):
        with pytest.raises(Refused):
            hours.report_hours(cast.be(name), clause, hours=10, until_date=date(2027, 3, 31), now=NOW)
    hours.report_hours(cast.be("carla"), clause, hours=10, until_date=date(2027, 3, 31), now=NOW)


@pytest.mark.parametrize(
    ("number", "until", "said"),
    [
        (10, date(2027, 4, 7), "der er arbejdet"),
        (10, date(2026, 12, 31), "ikke begyndt"),
        (-1, date(2027, 3, 31), "kan ikke passe"),
    ],
)
def test_what_cannot_be_true_is_refused(cast: Cast, number: int, until: date, said: str) -> None:
    with pytest.raises(Refused, match=said):
        report(cast, green(cast), number, until)
    assert not HoursReport.objects.exists()


def test_an_ended_contract_takes_no_more_hours_and_its_link_stops(cast: Cast) -> None:
    clause = green(cast)
    hours.send_link(cast.be("karen"), clause, now=NOW)
    hours.end_clause(cast.be("karen"), clause, because="Kontrakten er opsagt", now=NOW)
    assert not open_links(hours.HOURS, clause.pk).exists()
    with pytest.raises(Refused, match="ikke meldes flere"):
        report(cast, clause, 10, date(2027, 3, 31))


def test_bo_reports_from_his_phone_without_an_account(cast: Cast, browse: Browser) -> None:
    clause = green(cast)
    hours.send_link(cast.be("karen"), clause, now=datetime.now(UTC))
    path = f"/l/timer/{mint(SignedLink.objects.get(), now=datetime.now(UTC))}/"
    page = browse.get(path)
    assert "I har lovet 1.200 timer til og med 31. december 2027." in text_of(page)
    HoursClause.objects.update(first_date=date(2026, 1, 1))
    today = datetime.now(UTC).date()
    said = {"hours": "290", "people": "4", "until_date": today.isoformat(), "note": "To er fastansat"}
    wrong = browse.post(path, said | {"note": "Kaj, 010190-1234"}, status=422)
    assert "ligner et CPR-nummer" in text_of(wrong)
    assert 'value="290"' in wrong.content.decode()
    assert "Tak. Timerne er talt med." in text_of(browse.follow(path, said))
    told = HoursReport.objects.get()
    assert (told.hours, told.people) == (290, 4)
    assert told.reported_by.startswith("link:")
    browse.get("/l/timer/findes-ikke/", status=404)


def test_pages_for_those_who_keep_contracts(cast: Cast, browse: Browser) -> None:
    karen = browse.log_in("karen")
    assert "Ingen kontrakter med timer endnu" in text_of(karen.get("/jura/timer/"))
    said = {
        "kind": "trainees", "title": "Ny skole", "supplier": "Byg & Bo", "unit": cast.units["Biblioteket"].pk,
        "manager": cast.people["karen"].pk, "promised_hours": "3000", "first_date": "2026-01-01", "last_date": "2027-12-31",
        "every_months": "6",
    }  # fmt: skip
    assert "Det gik ikke" not in text_of(karen.follow("/jura/timer/ny/", said))
    clause = HoursClause.objects.get()
    too_late = {"hours": "12", "until_date": "2035-01-01"}
    assert "der er arbejdet" in text_of(karen.post(f"/jura/timer/{clause.pk}/", too_late, status=422))
    page = karen.follow(f"/jura/timer/{clause.pk}/", too_late | {"until_date": "2026-02-01"})
    assert "12 af 3.000 timer" in text_of(page)
    karen.post(f"/jura/timer/{clause.pk}/afslut/", {"because": "Fejl"}, status=422)
    assert "Forkert kontrakt" in text_of(
        karen.follow(f"/jura/timer/{clause.pk}/afslut/", {"because": "Forkert kontrakt"})
    )
    browse.log_in("dan").get(f"/jura/timer/{clause.pk}/", status=404)


def test_model_clauses_are_marked_as_ours(browse: Browser) -> None:
    assert "Timer til mennesker på vej i job" in text_of(browse.get("/jura/klausuler/"))
    page = text_of(browse.get("/jura/klausuler/social-hours/"))
    assert "Indgangs egne ord, ikke godkendt af en jurist" in page
    assert "udbudsloven § 176" in page
    browse.get("/jura/klausuler/findes-ikke/", status=404)
