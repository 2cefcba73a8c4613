# SPDX-License-Identifier: MPL-2.0
"""The right to a meeting: who has it, who decides, what it gives, and what it never gives."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from indgang.cases.actions import claim_meetings, claims, confirm
from indgang.cases.claim_states import ClaimState, claim_state, showroom
from indgang.cases.models import Case, Claim, Criterion
from indgang.cases.queries import claims_visible_to, visible_to
from indgang.core.text import Refused
from indgang.directory.actions import status
from indgang.directory.models import Organisation, StatusFact
from indgang.kernel.codes import digits
from indgang.kernel.models import Duty, OneTimeCode, OutgoingMail
from indgang.procurement.queries import visible_to as tasks_visible_to
from tests.cast import Cast
from tests.factories import a_competition, an_enterprise, as_staff, speaker
from tests.pages import Browser, text_of
from tests.rooms.cases.scene import an_enquiry, ready
from tests.rooms.cases.test_entrance import the_link

ASKED = datetime(2027, 2, 3, 9, 0, tzinfo=UTC)
"""3 February 2027."""
GREEN = "groen@haand.example"
FINDINGS = {
    key: (True, f"Vedtægterne § {number}") for number, key in enumerate(Criterion.Key.values, start=2)
}


def asked(cast: Cast, name: str = "Grøn Hånd Fonden", *, form: str = "Fond") -> Claim:
    """A confirmed enterprise that asks for the meeting."""
    organisation = an_enterprise(ready(cast), name, email=GREEN, cvr="99545615")
    Organisation.objects.filter(pk=organisation.pk).update(legal_form=form)
    organisation.refresh_from_db()
    case = an_enquiry(
        cast,
        "Vi vil gerne møde indkøb.",
        email="leder@haand.example",
        company=name,
        cvr_number="99545615",
        now=ASKED,
    )
    case = confirm.confirm(
        cast.be("mette"), case, case.participants.get(), organisation, how="Ringet op", now=ASKED
    )
    return claims.claim_meeting(cast.house, case, now=ASKED)


def last_mail(subject: str) -> str:
    return OutgoingMail.objects.filter(subject=subject).latest("pk").body


def test_the_claim_promises_a_meeting_within_thirty_days_and_a_coordinator_decides(cast: Cast) -> None:
    claim = asked(cast)
    assert timezone.localtime(claim.meet_by).date() == date(2027, 3, 5)
    assert claim.criteria.count() == 5
    assert claim.duty is not None
    assert (claim.duty.owner, claim.duty.path) == (cast.people["mette"], claim.path)
    with pytest.raises(Refused, match="En koordinator afgør"):
        claims.grant(cast.be("jonas"), claim, reason="Ja", now=ASKED)
    with pytest.raises(Refused, match="har bedt om mødet"):
        claims.claim_meeting(cast.house, claim.case, now=ASKED)


def test_nobody_claims_for_an_enterprise_that_is_not_confirmed(cast: Cast) -> None:
    with pytest.raises(Refused, match="Bekræft først"):
        claims.claim_meeting(cast.house, an_enquiry(ready(cast)), now=ASKED)


def test_a_registration_that_holds_is_reason_enough(cast: Cast) -> None:
    claim = asked(cast)
    status.register(
        cast.be("mette"), claim.organisation, kind="registered", evidence="Opslag i CVR", since=date(2020, 1, 1),
        valid_until=None, now=ASKED,
    )  # fmt: skip
    claims.grant(cast.be("mette"), claim, reason="", now=ASKED)
    assert (claim.basis, claim.reason) == ("registered", "Opslag i CVR")


def test_five_criteria_with_words_make_a_status_until_a_day(cast: Cast) -> None:
    claim, by = asked(cast), cast.be("mette")
    with pytest.raises(Refused, match="mangler et ja til: socialt formål"):
        claims.grant(by, claim, reason="Ja", valid_until=date(2027, 12, 31), now=ASKED)
    with pytest.raises(Refused, match="hvad I bygger det på"):
        claims.judge(by, claim, {"purpose": (True, " ")}, now=ASKED)
    claims.judge(by, claim, FINDINGS, now=ASKED)
    with pytest.raises(Refused, match="hvilken dag"):
        claims.grant(by, claim, reason="Alle fem", now=ASKED)
    claims.grant(by, claim, reason="Alle fem er opfyldt.", valid_until=date(2027, 12, 31), now=ASKED)
    fact = StatusFact.objects.get(kind="equivalent")
    assert (fact.valid_until, fact.municipality) == (date(2027, 12, 31), cast.home)
    assert "Social håndtering af overskud: Vedtægterne § 6" in fact.reason
    assert claim.duty is not None
    assert claim.duty.owner == cast.people["søren"]
    assert "fredag 5. marts" in last_mail("I har ret til et møde med indkøb")
    assert list(showroom(cast.home.pk, on=date(2027, 2, 3))) == [claim.organisation]
    assert not showroom(cast.home.pk, on=date(2028, 1, 1)).exists()


def test_a_no_needs_a_hearing_of_fourteen_days_and_a_reason(cast: Cast) -> None:
    claim, by = asked(cast, "Cykelværkstedet Vestergade", form="Enkeltmandsvirksomhed"), cast.be("mette")
    assert claim.case.entries.filter(text__contains="ikke en juridisk person").exists()
    with pytest.raises(Refused, match="Send det i høring først"):
        claims.refuse(by, claim, reason="Ikke en juridisk person", now=ASKED)
    claims.send_hearing(by, claim, "Ikke en juridisk person.", now=ASKED)
    assert claim_state(claim, ASKED) is ClaimState.HEARING
    assert claim.duty is not None
    assert claim.duty.awaits_others
    later = ASKED + timedelta(days=13)
    with pytest.raises(Refused, match="løber til onsdag 17"):
        claims.refuse(by, claim, reason="Ikke en juridisk person", now=later)
    later = ASKED + timedelta(days=15)
    with pytest.raises(Refused, match="Et nej uden begrundelse"):
        claims.refuse(by, claim, reason=" ", now=later)
    claims.refuse(
        by, claim, reason="Ikke opfyldt: ikke en juridisk person.", paragraph="§ 4, stk. 2", now=later
    )
    mail = last_mail("Svar om jeres ret til et møde")
    assert "almindelig snak" in mail
    assert "stadig se alle opgaver, spørge og byde" in mail
    assert not Duty.objects.filter(path=claim.path, done_at=None).exists()


def test_an_answer_that_comes_late_is_read_until_it_is_decided(cast: Cast) -> None:
    claim, by = asked(cast), cast.be("mette")
    with pytest.raises(Refused, match="ikke noget at svare på"):
        claims.answer_hearing(cast.house, claim, "Hov", now=ASKED)
    claims.send_hearing(by, claim, "Vi mangler jeres regnskab.", now=ASKED)
    late = ASKED + timedelta(days=16)
    claims.answer_hearing(cast.house, claim, "Her er regnskabet.", now=late)
    assert claim_state(claim, late) is ClaimState.TO_DECIDE
    assert claim.case.entries.filter(text="De har svaret på høringen efter fristen.").exists()
    claims.judge(by, claim, FINDINGS, now=late)
    claims.grant(by, claim, reason="Regnskabet viser det.", valid_until=date(2027, 12, 31), now=late)
    with pytest.raises(Refused, match="Det er afgjort"):
        claims.answer_hearing(cast.house, claim, "Igen", now=late)


def granted(cast: Cast) -> Claim:
    claim = asked(cast)
    claims.judge(cast.be("mette"), claim, FINDINGS, now=ASKED)
    claims.grant(cast.be("mette"), claim, reason="Alle fem.", valid_until=date(2027, 12, 31), now=ASKED)
    return claim


def test_the_meeting_lies_within_the_promise_unless_they_want_it_later(cast: Cast) -> None:
    claim, head = granted(cast), cast.be("søren")
    given = {"place": "Rådhuset", "organiser": cast.people["søren"], "now": ASKED}
    after = [datetime(2027, 3, 18, 9, 0, tzinfo=UTC)]
    with pytest.raises(Refused, match="lovet et møde senest fredag 5"):
        claim_meetings.book(head, claim, after, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="bookes af indkøb"):
        claim_meetings.book(cast.be("jonas"), claim, after, **given)  # type: ignore[arg-type]
    claim_meetings.book(head, claim, after, they_asked_for_later=True, **given)  # type: ignore[arg-type]
    assert claim_state(claim, ASKED) is ClaimState.BOOKED


def test_what_is_told_about_coming_purchases_is_published_for_everybody(cast: Cast, browse: Browser) -> None:
    claim, head = granted(cast), cast.be("søren")
    at = datetime(2027, 3, 4, 9, 0, tzinfo=UTC)
    claim_meetings.book(head, claim, [at], place="", organiser=cast.people["søren"], now=ASKED)
    with pytest.raises(Refused, match="ikke holdt endnu"):
        claim_meetings.hold(head, claim, note="Godt møde", told="", told_nothing=True, now=ASKED)
    after = at + timedelta(hours=2)
    with pytest.raises(Refused, match="sæt kryds ved"):
        claim_meetings.hold(head, claim, note="Godt møde", told=" ", now=after)
    claim_meetings.hold(head, claim, note="Godt møde", told="Vi udbyder grøn pleje i maj.", now=after)
    assert claim.duty is not None
    assert claim.duty.outcome == "done"
    said = text_of(browse.get("/kontakt/moede-med-indkoeb/"))
    assert "Vi udbyder grøn pleje i maj." in said
    assert claim.case.entries.filter(kind="meeting", is_internal=False).exists()


def test_a_meeting_that_was_called_off_is_booked_anew(cast: Cast) -> None:
    from indgang.meetings.actions.plan import cancel

    claim, head = granted(cast), cast.be("søren")
    at = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
    meeting = claim_meetings.book(head, claim, [at], place="", organiser=cast.people["søren"], now=ASKED)
    with pytest.raises(Refused, match="Aflys mødet på mødets egen side"):
        claim_meetings.call_off(head, claim, now=ASKED)
    cancel(head, meeting, because="Sygdom i huset", now=ASKED)
    claim.meeting = meeting.__class__.objects.get(pk=meeting.pk)
    claim_meetings.call_off(head, claim, now=ASKED)
    assert claim_state(claim, ASKED) is ClaimState.TO_MEET


def test_nothing_but_the_meeting_and_the_showroom_depends_on_status(cast: Cast) -> None:
    claim = asked(cast, "Cykelværkstedet Vestergade", form="Enkeltmandsvirksomhed")
    task = a_competition(cast, open_to_all=True)
    by = speaker(cast, claim.organisation)
    before = list(tasks_visible_to(by))
    as_staff(cast)
    mette = cast.be("mette")
    claims.send_hearing(mette, claim, "Ikke en juridisk person.", now=ASKED)
    claims.refuse(mette, claim, reason="Ikke en juridisk person.", now=ASKED + timedelta(days=15))
    by = speaker(cast, claim.organisation)
    assert list(tasks_visible_to(by)) == before == [task]
    as_staff(cast)


def test_purchasing_sees_claims_and_not_the_cases_behind_them(cast: Cast) -> None:
    claim = asked(cast)
    assert claims_visible_to(cast.be("søren")).get() == claim
    assert not visible_to(cast.be("søren")).exists()
    assert not claims_visible_to(cast.be("carla")).exists()


def test_the_database_wants_a_reason_and_a_name_with_every_decision(cast: Cast) -> None:
    claim = asked(cast)
    with pytest.raises(IntegrityError, match="decided_by_somebody"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(decided_at=ASKED, granted=False)


def test_staff_take_a_claim_all_the_way_on_pages(cast: Cast, browse: Browser) -> None:
    claim = asked(cast)
    Claim.objects.update(claimed_at=timezone.now(), meet_by=timezone.now() + timedelta(days=30))
    mette = browse.log_in("mette")
    assert "De er ikke registreret" in text_of(mette.get(claim.path))
    told = dict.fromkeys(Criterion.Key.values, "Se vedtægterne")
    assert "Se vedtægterne" in text_of(mette.follow(f"{claim.path}vis/", told))
    found = {f"{key}_{name}": value for key in Criterion.Key.values
             for name, value in (("met", "yes"), ("finding", "Set i vedtægterne"))}  # fmt: skip
    assert "opfyldt" in text_of(mette.follow(f"{claim.path}bedoem/", found))
    page = mette.post(f"{claim.path}ja/", {"reason": "Alle fem."}, status=200)
    assert "hvilken dag" in text_of(page)
    page = mette.follow(f"{claim.path}ja/", {"reason": "Alle fem.", "valid_until": "2090-12-31"})
    assert "Book mødet" in text_of(page)
    soon = (timezone.localtime() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    given = {"first": soon, "organiser": cast.people["søren"].pk, "place": "Rådhuset"}
    head = browse.log_in("søren")
    assert "Mødet er aftalt" in text_of(head.follow(f"{claim.path}book/", given))
    assert "ikke holdt endnu" in text_of(
        head.post(f"{claim.path}holdt/", {"note": "x", "told_nothing": "on"}, status=200)
    )
    browse.log_in("carla").get(claim.path, status=404)


def test_the_enterprise_shows_and_answers_behind_its_link_and_a_code(cast: Cast, browse: Browser) -> None:
    claim = asked(cast)
    person = claim.case.participants.get()
    link = the_link(person)
    path = f"{link}ret/{claim.pk}/"
    assert browse.get(path, status=302).headers["Location"] == link
    browse.post(f"{link}kode/", status=200)
    browse.post(f"{link}laas-op/", {"code": digits(OneTimeCode.objects.get())})
    told = {key: f"Se § {key}" for key in Criterion.Key.values}
    assert "Se § trade" in browse.follow(path, told).content.decode()
    assert "Før vi afgør det" not in text_of(browse.get(path))
    claims.send_hearing(
        cast.be("mette"), Claim.objects.get(), "Vi mangler jeres regnskab.", now=timezone.now()
    )
    assert "Vi mangler jeres regnskab" in text_of(browse.get(path))
    assert "Vi har jeres svar" in text_of(browse.follow(f"{path}hoering/", {"text": "Her er det."}))
    browse.follow(f"{path}tilbage/")
    assert Claim.objects.get().withdrawn_at is not None
    assert Case.objects.get().is_open


@pytest.mark.parametrize(
    ("form", "is_a_legal_person"),
    [
        ("Enkeltmandsvirksomhed", False),
        ("Personligt ejet mindre virksomhed", False),
        ("Sameje", False),
        ("Interessentskab", True),
        ("Forening", True),
        ("Forening med begrænset ansvar", True),
        ("Anpartsselskab", True),
        ("Fond", True),
        ("", True),
    ],
)
def test_what_a_form_means_is_said_at_once_and_never_decides_by_itself(
    cast: Cast, form: str, is_a_legal_person: bool
) -> None:
    claim = asked(cast, form=form)
    said = [line.text for line in claim.case.entries.filter(kind="event") if "juridisk person" in line.text]
    assert [form in text and "§ 4, stk. 2" in text for text in said] == [True] * (not is_a_legal_person)
    every = dict.fromkeys(Criterion.Key.values, (True, "Set i vedtægterne."))
    claims.judge(cast.be("mette"), claim, every, now=ASKED)
    claims.grant(
        cast.be("mette"), claim, reason="Alle fem er opfyldt.", valid_until=date(2027, 12, 31), now=ASKED
    )
    claim.refresh_from_db()
    assert claim.granted
