# SPDX-License-Identifier: MPL-2.0
"""Engholm Kro and the municipality, from draft to force, through the acts that people trigger."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from indgang.agreements.models import Accession, Agreement, AgreementVersion, Party
from indgang.agreements.partnership import accede, draft
from indgang.directory.models import Organisation
from indgang.kernel.access import Principal
from indgang.kernel.codes import digits
from indgang.kernel.links import open_links, principal_of
from indgang.kernel.models import Membership, OutgoingMail, Role, User
from tests.cast import NOW, Cast
from tests.factories import an_enterprise

FIRST, LAST = date(2027, 4, 15), date(2029, 4, 14)


def lise(cast: Cast) -> Principal:
    """The director: approves, and accedes for the municipality."""
    user = cast.people.get("lise")
    if user is None:
        user = User.objects.create_user("lise@aabjerg.example", name="Lise Krag")
        Membership.objects.create(
            municipality=cast.home, user=user, unit=cast.units["Beskæftigelse"], role=Role.DIRECTOR, first_date=date(2026, 1, 1)
        )  # fmt: skip
        cast.people["lise"] = user
    return cast.be("lise")


def a_draft(cast: Cast, *enterprises: Organisation, variant: str = "municipality") -> Agreement:
    lise(cast)
    parties = [draft.Who("Lise Krag", "lise@aabjerg.example", unit=cast.units["Beskæftigelse"])]
    parties += [
        draft.Who(f"Leder af {one.name}", one.contacts.get().email, organisation=one) for one in enterprises
    ]
    agreement = draft.start(
        cast.be("mette"),
        variant=variant,
        title="Flere pladser på kroen",
        unit=cast.units["Beskæftigelse"],
        manager=cast.people["mette"],
        first_date=FIRST,
        last_date=LAST,
        parties=parties,
        now=NOW,
    )
    for party in agreement.parties.filter(email_confirmed_at=None):
        confirm(party)
    return agreement


def confirm(party: Party) -> None:
    """The holder of the address presses the link in the mail."""
    draft.confirm_address(principal_of(open_links(draft.CONFIRM, party.pk).get()), party, now=NOW)


def promising(cast: Cast, agreement: Agreement) -> AgreementVersion:
    """One promise per party and one goal: own earnings of at least 44 per cent."""
    version = draft.draft_of(agreement)
    assert version is not None
    version.agreement = agreement
    for party in agreement.parties.order_by("pk"):
        draft.add_obligation(
            cast.be("mette"), version, party=party, text=f"{party.name} holder møde om indkøb.",
            measure="Referat", due_date=date(2027, 7, 1), repeats_months=6, now=NOW,
        )  # fmt: skip
    draft.add_goal(
        cast.be("mette"), version, title="Egen indtjening", measured_in="%", target=Decimal(44), now=NOW
    )
    return version


def approved(cast: Cast, version: AgreementVersion) -> None:
    accede.approve(cast.be("søren"), version, "legal", now=NOW)
    accede.approve(lise(cast), version, "management", now=NOW)


def by_mail(accession: Accession) -> Principal:
    return principal_of(open_links(accede.ACCEDE, accession.pk).get())


def code_in(email: str) -> str:
    """The newest code that was mailed to an address."""
    sent = OutgoingMail.objects.filter(recipient=email, subject="Kode til at tiltræde").order_by("-pk")[0]
    assert sent.code is not None
    return digits(sent.code)


def says_yes(accession: Accession, *, seen_hash: str = "", now: datetime = NOW) -> Accession:
    by = by_mail(accession)
    accede.send_code(by, accession, now=now)
    shown = accede.show_code(by, accession, code_in(accession.party.email), now=now)
    assert shown is not None
    return accede.accede(
        by, accession, shown=shown, name=accession.party.signer_name, role="Leder",
        has_authority=True, seen_hash=seen_hash or accession.version.text_hash, now=now + timedelta(minutes=1),
    )  # fmt: skip


def in_force(cast: Cast, *enterprises: Organisation, variant: str = "municipality") -> Agreement:
    agreement = a_draft(cast, *(enterprises or (an_enterprise(cast, "Engholm Kro"),)), variant=variant)
    version = promising(cast, agreement)
    approved(cast, version)
    accede.offer(cast.be("mette"), version, now=NOW)
    for one in Accession.objects.filter(version=version).select_related("version__agreement", "party"):
        says_yes(one)
    return Agreement.objects.select_related("municipality", "manager", "unit").get(pk=agreement.pk)
