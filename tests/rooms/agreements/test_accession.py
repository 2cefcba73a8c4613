# SPDX-License-Identifier: MPL-2.0
"""From draft to force: approvals, codes, exact texts, and the ways in which nobody slips through."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from indgang.agreements import lifetime
from indgang.agreements.models import Accession, AgreementVersion, Fulfilment, Party
from indgang.agreements.partnership import accede, draft, keep
from indgang.core.text import Refused
from indgang.kernel.codes import LIVES, MOST_TRIES
from indgang.kernel.files import content
from indgang.kernel.links import open_links, principal_of
from indgang.kernel.models import Duty, FilingItem, OneTimeCode, OutgoingMail
from tests.cast import NOW, Cast
from tests.factories import an_enterprise
from tests.rooms.agreements.partnership_scene import (
    a_draft,
    approved,
    by_mail,
    code_in,
    confirm,
    in_force,
    promising,
    says_yes,
)


def offered(cast: Cast) -> AgreementVersion:
    agreement = a_draft(cast, an_enterprise(cast, "Engholm Kro"))
    version = promising(cast, agreement)
    approved(cast, version)
    return accede.offer(cast.be("mette"), version, now=NOW)


def accessions(version: AgreementVersion) -> list[Accession]:
    return list(version.accessions.select_related("version__agreement", "party").order_by("pk"))


def test_two_parties_accede_and_the_promises_become_duties(cast: Cast) -> None:
    agreement = in_force(cast)
    version = agreement.versions.get()
    assert agreement.in_force_at is not None
    assert version.document is not None
    assert content(version.document).startswith(b"%PDF-1.7")
    assert FilingItem.objects.filter(case_key=f"aftale-{agreement.pk}").count() == 1
    promises = Duty.objects.filter(kind="agreements.promise").order_by("pk")
    assert [(one.owner, one.awaits_others) for one in promises] == [
        (cast.people["mette"], False), (cast.people["mette"], True),
    ]  # fmt: skip
    renewals = Duty.objects.filter(kind="agreements.renewal").order_by("due_at")
    assert [str(one.due_at.date()) for one in renewals] == ["2028-10-14", "2029-01-14"]


@pytest.mark.parametrize("missing", ["promise", "approval", "address"])
def test_nothing_is_sent_before_it_is_ready(cast: Cast, missing: str) -> None:
    agreement = a_draft(cast, an_enterprise(cast, "Engholm Kro"))
    version = promising(cast, agreement)
    if missing == "promise":
        draft.take_out(cast.be("mette"), version.obligations.order_by("-pk")[0], now=NOW)
    if missing != "approval":
        approved(cast, version)
    if missing == "address":
        Party.objects.filter(organisation__isnull=False).update(email_confirmed_at=None)
    sentence = {
        "promise": "Skriv et løfte for Engholm Kro", "approval": "Juridisk gennemsyn", "address": "har ikke bekræftet adressen",
    }  # fmt: skip
    with pytest.raises(Refused, match=sentence[missing]):
        accede.offer(cast.be("mette"), version, now=NOW)


def test_a_change_after_an_approval_takes_the_approval_away(cast: Cast) -> None:
    agreement = a_draft(cast, an_enterprise(cast, "Engholm Kro"))
    version = promising(cast, agreement)
    approved(cast, version)
    section = version.sections.select_related("version__agreement")[0]
    draft.write_section(cast.be("mette"), section, title=section.title, text="Noget andet.", now=NOW)
    assert version.approvals.filter(approved_at=None).count() == 2


def test_nobody_approves_what_they_wrote_or_may_not(cast: Cast) -> None:
    version = promising(cast, a_draft(cast, an_enterprise(cast, "Engholm Kro")))
    with pytest.raises(Refused, match="indkøbschefen eller en direktør"):
        accede.approve(cast.be("jonas"), version, "legal", now=NOW)
    AgreementVersion.objects.update(created_by=cast.people["søren"])
    with pytest.raises(Refused, match="Du har selv skrevet udgaven"):
        accede.approve(cast.be("søren"), version, "legal", now=NOW)


def test_a_forwarded_link_is_no_use_without_the_mailbox_the_code_goes_to(cast: Cast) -> None:
    _ours, kro = accessions(offered(cast))
    by = by_mail(kro)
    accede.send_code(by, kro, now=NOW)
    real = code_in(kro.party.email)
    wrong = f"{(int(real) + 1) % 1_000_000:06d}"
    for _ in range(MOST_TRIES):
        assert accede.show_code(by, kro, wrong, now=NOW) is None
    with pytest.raises(Refused, match="Koden virker ikke mere"):
        accede.show_code(by, kro, real, now=NOW)
    said = {"name": "Bo", "role": "Kroejer", "has_authority": True, "seen_hash": kro.version.text_hash}
    for code in OneTimeCode.objects.all():
        with pytest.raises(Refused, match="Få en ny kode"):
            accede.accede(by, kro, shown=code.pk, now=NOW, **said)  # type: ignore[arg-type]


def test_a_code_works_once_dies_with_the_next_one_and_stands_in_no_mail_that_is_kept(cast: Cast) -> None:
    _ours, kro = accessions(offered(cast))
    by = by_mail(kro)
    accede.send_code(by, kro, now=NOW)
    first = code_in(kro.party.email)
    assert not OutgoingMail.objects.filter(body__contains=first).exists()
    with pytest.raises(Refused, match="Koden virker ikke mere"):
        accede.show_code(by, kro, first, now=NOW + LIVES + timedelta(seconds=1))
    accede.send_code(by, kro, now=NOW)
    if code_in(kro.party.email) != first:
        assert accede.show_code(by, kro, first, now=NOW) is None
    shown = accede.show_code(by, kro, code_in(kro.party.email), now=NOW)
    assert shown is not None
    assert accede.opens(kro, shown, now=NOW + timedelta(minutes=29))
    assert not accede.opens(kro, shown, now=NOW + timedelta(minutes=31))
    with pytest.raises(Refused, match="Koden virker ikke mere"):
        accede.show_code(by, kro, code_in(kro.party.email), now=NOW)


def test_one_partys_link_accedes_for_no_other(cast: Cast) -> None:
    ours, kro = accessions(offered(cast))
    with pytest.raises(Refused, match="Kun den, der fik mailen"):
        accede.send_code(by_mail(ours), kro, now=NOW)


def test_parties_who_accede_to_different_versions_agree_on_nothing(cast: Cast) -> None:
    first = offered(cast)
    ours, kro = accessions(first)
    says_yes(ours)
    accede.withdraw(cast.be("mette"), first, now=NOW)
    second = draft.new_version(cast.be("mette"), first.agreement, note="Ny dato", now=NOW)
    approved(cast, second)
    second = accede.offer(cast.be("mette"), second, now=NOW)
    kro.refresh_from_db()
    principal = principal_of(open_links(accede.ACCEDE, accessions(second)[1].pk).get())
    with pytest.raises(Refused, match="Kun den, der fik mailen"):
        accede.send_code(principal, kro, now=NOW)
    old = by_mail(accessions(second)[1])
    says_yes(accessions(second)[1])
    assert old is not None
    first.agreement.refresh_from_db()
    assert first.agreement.in_force_at is None
    says_yes(accessions(second)[0])
    first.agreement.refresh_from_db()
    assert first.agreement.in_force_at is not None


def test_an_old_versions_link_says_that_there_is_a_newer_one(cast: Cast) -> None:
    from indgang.kernel.links import create_link

    first = offered(cast)
    kro = accessions(first)[1]
    AgreementVersion.objects.filter(pk=first.pk).update(withdrawn_at=NOW)
    link = create_link(cast.house, accede.ACCEDE, kro.pk, recipient="x@x.dk", now=NOW, lives=timedelta(1))
    with pytest.raises(Refused, match="en anden udgave af aftalen"):
        accede.send_code(principal_of(link), Accession.objects.get(pk=kro.pk), now=NOW)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"seen_hash": "0" * 64}, "Teksten er en anden end den, du læste"),
        ({"has_authority": False}, "må binde Engholm Kro"),
        ({"role": " "}, "dit navn og din stilling"),
    ],
)
def test_an_accession_names_its_text_its_person_and_their_authority(
    cast: Cast, changes: dict[str, object], sentence: str
) -> None:
    version = offered(cast)
    kro = accessions(version)[1]
    by = by_mail(kro)
    accede.send_code(by, kro, now=NOW)
    said: dict[str, object] = {
        "shown": accede.show_code(by, kro, code_in(kro.party.email), now=NOW), "name": "Bo Kjær", "role": "Kroejer", "has_authority": True, "seen_hash": version.text_hash,
    }  # fmt: skip
    with pytest.raises(Refused, match=sentence):
        accede.accede(by, kro, now=NOW, **(said | changes))  # type: ignore[arg-type]
    assert not Accession.objects.exclude(acceded_at=None).exists()


def test_the_database_itself_keeps_an_offered_text_and_a_given_yes(cast: Cast) -> None:
    version = offered(cast)
    ours = says_yes(accessions(version)[0])
    for rows, change in (
        (AgreementVersion.objects.filter(pk=version.pk), {"text": "Noget helt andet"}),
        (Accession.objects.filter(pk=ours.pk), {"acceded_at": None}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)


def test_a_third_party_accedes_later_to_the_very_text_that_holds(cast: Cast) -> None:
    agreement = in_force(cast)
    sewing = an_enterprise(cast, "Syværket")
    party = draft.add_party(
        cast.be("mette"),
        agreement,
        draft.Who("Anja Holm", "anja@syvaerket.example", organisation=sewing),
        now=NOW,
    )
    with pytest.raises(Refused, match="har ikke bekræftet adressen"):
        accede.let_join(cast.be("mette"), agreement, party, now=NOW)
    confirm(party)
    joining = accede.let_join(cast.be("mette"), agreement, party, now=NOW)
    joining = Accession.objects.select_related("version__agreement", "party").get(pk=joining.pk)
    says_yes(joining)
    version = agreement.versions.get()
    assert set(version.accessions.values_list("text_hash", flat=True)) == {version.text_hash}
    assert FilingItem.objects.filter(case_key=f"aftale-{agreement.pk}").count() == 2
    assert OutgoingMail.objects.filter(
        recipient="anja@syvaerket.example", subject__startswith="I er med"
    ).exists()


def test_a_second_version_keeps_open_promises_and_drops_those_taken_out(cast: Cast) -> None:
    agreement, mette = in_force(cast), cast.be("mette")
    ours, kro = agreement.parties.order_by("pk")
    version = draft.new_version(mette, agreement, note="Kroen lover pladser i stedet", now=NOW)
    version.agreement = agreement
    draft.take_out(mette, version.obligations.get(party=kro), now=NOW)
    draft.add_obligation(
        mette, version, party=kro, text="Seks pladser.", measure="Liste", due_date=date(2027, 9, 1), now=NOW
    )
    approved(cast, version)
    version = accede.offer(mette, version, now=NOW)
    for one in accessions(version):
        says_yes(one)
    standing = Fulfilment.objects.filter(dropped_at=None).select_related("duty").order_by("pk")
    assert [(one.party_id, one.obligation.version.number, one.duty.is_open) for one in standing] == [
        (ours.pk, 2, True), (kro.pk, 2, True),
    ]  # fmt: skip
    dropped = Fulfilment.objects.get(dropped_at__isnull=False)
    assert dropped.duty.outcome == Duty.Outcome.DROPPED


@pytest.mark.parametrize(
    ("variant", "count", "sentence"),
    [
        ("internal", 1, "kun enheder"),
        ("companies", 1, "Vælg to virksomheder"),
        ("cluster", 0, "mindst to parter"),
    ],
)
def test_each_variant_has_its_own_parties(cast: Cast, variant: str, count: int, sentence: str) -> None:
    enterprises = [an_enterprise(cast, f"Virksomhed {number}") for number in range(count)]
    with pytest.raises(Refused, match=sentence):
        a_draft(cast, *enterprises, variant=variant)


def test_a_renewal_is_acceded_to_by_all_and_promises_that_come_back_go_on(cast: Cast) -> None:
    agreement, mette = in_force(cast), cast.be("mette")
    ours = agreement.parties.order_by("pk")[0]
    for _ in range(4):  # every half year, until the next time would lie after the last day
        row = Fulfilment.objects.filter(party=ours, done_at=None).select_related("agreement").get()
        later = datetime(row.due_date.year, row.due_date.month, row.due_date.day, 9, tzinfo=UTC)
        keep.fulfil(mette, row, evidence="Referat nr. 4", done_date=row.due_date, now=later)
    assert not Fulfilment.objects.filter(party=ours, done_at=None).exists()
    now = datetime(2029, 1, 20, 9, tzinfo=UTC)
    with pytest.raises(Refused, match="efter den gamle"):
        draft.new_version(mette, agreement, note="Forny", last_date=agreement.last_date, now=now)
    version = draft.new_version(mette, agreement, note="Forny to år", last_date=date(2031, 4, 14), now=now)
    approved(cast, version)
    version = accede.offer(mette, version, now=now)
    assert "til og med 14. april 2031" in version.text
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        AgreementVersion.objects.filter(pk=version.pk).update(last_date=date(2039, 1, 1))
    first, second = accessions(version)
    says_yes(first, now=now)
    agreement.refresh_from_db()
    assert agreement.last_date == date(2029, 4, 14)
    says_yes(second, now=now)
    agreement.refresh_from_db()
    assert agreement.last_date == date(2031, 4, 14)
    warnings = Duty.objects.filter(kind="agreements.renewal", done_at=None).order_by("due_at")
    assert [str(one.due_at.date()) for one in warnings] == ["2030-10-14", "2031-01-14"]
    assert Fulfilment.objects.get(party=ours, done_at=None).due_date == date(2029, 7, 1)


def test_what_is_frozen_filed_and_mailed_is_danish_whatever_the_one_who_acts_reads(cast: Cast) -> None:
    with translation.override("en"):
        agreement = in_force(cast)
        keep.end_partnership(
            cast.be("mette"), agreement, because="Kroen er solgt.", last_date=date(2027, 12, 24),
            phase_out_date=date(2028, 3, 1), now=NOW,
        )  # fmt: skip
    text = agreement.versions.get().text
    assert "Aftalen gælder fra 15. april 2027 til og med 14. april 2029." in text
    assert "Senest 1. juli 2027" in text
    assert "ingen status registreret pr. " in text
    renewal = Duty.objects.filter(kind="agreements.renewal").first()
    assert renewal is not None
    assert renewal.title.endswith("udløber 14. april 2029")
    bodies = OutgoingMail.objects.filter(subject__startswith="Aftalen slutter").values_list("body", flat=True)
    assert all("24. december 2027" in body and "1. marts 2028" in body for body in bodies)


def test_what_ran_is_phased_out_by_somebody_who_says_how(cast: Cast) -> None:
    agreement, mette = in_force(cast), cast.be("mette")
    with pytest.raises(Refused, match="ikke noget, der skal afvikles"):
        lifetime.phased_out(mette, agreement, "Flyttet", now=NOW)
    keep.end_partnership(
        mette, agreement, because="Kroen er solgt.", last_date=date(2027, 6, 1), phase_out_date=date(2027, 9, 1), now=NOW
    )  # fmt: skip
    duty = Duty.objects.get(kind="agreements.phase_out")
    assert (duty.owner, duty.is_open) == (cast.people["mette"], True)
    with pytest.raises(Refused, match="et par ord"):
        lifetime.phased_out(mette, agreement, " ", now=NOW)
    lifetime.phased_out(mette, agreement, "De seks pladser er flyttet til Grøn Hånd", now=NOW)
    duty.refresh_from_db()
    assert not duty.is_open
    with pytest.raises(Refused, match="i forvejen"):
        lifetime.phased_out(mette, agreement, "Igen", now=NOW)


def test_a_red_figure_is_planned_for_also_when_notice_has_been_given(cast: Cast) -> None:
    agreement, mette = in_force(cast), cast.be("mette")
    goal = agreement.versions.get().goals.get()
    reading = keep.read_goal(
        mette, agreement, goal, value=Decimal(30), on_date=NOW.date(), source="Regnskab", now=NOW
    )
    keep.end_partnership(
        mette, agreement, because="Kroen er solgt.", last_date=date(2027, 6, 1), phase_out_date=None, now=NOW
    )
    reading.agreement = agreement
    keep.write_plan(mette, reading, "Vi lukker køkkenet roligt ned, Mette følger det hver uge.", now=NOW)
    assert not Duty.objects.filter(kind="agreements.plan", done_at=None).exists()
