# SPDX-License-Identifier: MPL-2.0
"""From draft to force: approvals, codes, exact texts, and the ways in which nobody slips through."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from indgang.agreements.models import Accession, AgreementVersion, Fulfilment, Party
from indgang.agreements.partnership import accede, draft
from indgang.core.text import Refused
from indgang.kernel.files import content
from indgang.kernel.links import open_links, principal_of
from indgang.kernel.models import Duty, FilingItem, OutgoingMail
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
    for _ in range(accede.TRIES):
        assert not accede.check_code(by, kro, wrong, now=NOW)
    with pytest.raises(Refused, match="Koden virker ikke mere"):
        accede.check_code(by, kro, real, now=NOW)
    kro.refresh_from_db()
    assert not accede.opens(kro, real, now=NOW)


def test_a_code_dies_after_half_an_hour_and_with_the_next_one(cast: Cast) -> None:
    _ours, kro = accessions(offered(cast))
    by = by_mail(kro)
    accede.send_code(by, kro, now=NOW)
    first = code_in(kro.party.email)
    with pytest.raises(Refused, match="Koden virker ikke mere"):
        accede.check_code(by, kro, first, now=NOW + timedelta(minutes=31))
    accede.send_code(by, kro, now=NOW)
    if code_in(kro.party.email) != first:
        assert not accede.check_code(by, kro, first, now=NOW)


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
        "code": code_in(kro.party.email), "name": "Bo Kjær", "role": "Kroejer", "has_authority": True, "seen_hash": version.text_hash,
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
