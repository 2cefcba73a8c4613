# SPDX-License-Identifier: MPL-2.0
"""From draft to agreement: approved, sent to the parties, acceded to with a one-time code, in force.

The link in the mail shows nothing but where a code is sent; the code goes to the confirmed address. Whoever gets the
link forwarded is no further. A party accedes to the hash of one exact text; another version is refused.
"""

from datetime import datetime, timedelta

from django.db import transaction

from indgang.agreements.lifetime import locked
from indgang.agreements.models import Accession, Agreement, AgreementVersion, Approval, Party
from indgang.agreements.partnership.force import take_effect, welcome
from indgang.agreements.partnership.wording import hash_of, text_of
from indgang.agreements.permissions import check_can_change
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit, mail
from indgang.kernel.access import Kind, Principal
from indgang.kernel.codes import create_code, use_code
from indgang.kernel.danish import written as _
from indgang.kernel.links import create_link, revoke_links
from indgang.kernel.models import OneTimeCode, Role

ACCEDE = "tiltraed"
LINK_LIVES = timedelta(days=60)
OPEN_FOR = timedelta(minutes=30)
"""How long the text stays open after a code was shown."""
APPROVERS = {
    Approval.Step.LEGAL: (Role.PURCHASING_HEAD, Role.DIRECTOR),
    Approval.Step.MANAGEMENT: (Role.DIRECTOR,),
}


@transaction.atomic
def approve(by: Principal, version: AgreementVersion, step: str, *, note: str = "", now: datetime) -> None:
    """Take a step: by somebody who may and did not write the version."""
    agreement = locked(version.agreement)
    version = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_draft or agreement.ended_at is not None:
        raise Refused(gettext_noop("Kun en kladde kan godkendes."))
    if not by.holds(*APPROVERS[Approval.Step(step)]) and by.kind is not Kind.SYSTEM:
        raise Refused(
            gettext_noop("Det trin tages af indkøbschefen eller en direktør. Send dem et link til siden.")
        )
    if by.user_id is None or by.user_id == version.created_by_id:
        raise Refused(gettext_noop("Du har selv skrevet udgaven. En anden skal godkende den."))
    version.approvals.filter(step=step).update(user_id=by.user_id, approved_at=now, note=note.strip()[:300])
    audit.record(
        by,
        "agreement.approve",
        f"agreement:{agreement.pk}",
        now=now,
        facts={"step": step, "version": version.number},
    )


@transaction.atomic
def offer(by: Principal, version: AgreementVersion, *, now: datetime) -> AgreementVersion:
    """Freeze the text and send each party its link."""
    agreement = locked(version.agreement)
    check_can_change(by, agreement)
    version = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    version.agreement = agreement
    parties = list(agreement.parties.filter(left_at=None).order_by("pk"))
    _check_ready(version, parties)
    version.text = text_of(version)
    version.text_hash, version.offered_at = hash_of(version.text), now
    version.save(update_fields=["text", "text_hash", "offered_at"])
    for party in parties:
        _send(by, version, party, joins_later=False, now=now)
    facts = {"version": version.number, "hash": version.text_hash}
    audit.record(by, "agreement.offer", f"agreement:{agreement.pk}", now=now, facts=facts)
    return version


def _check_ready(version: AgreementVersion, parties: list[Party]) -> None:
    if not version.is_draft:
        raise Refused(gettext_noop("Udgaven er sendt ud eller trukket tilbage. Lav en ny."))
    promising = set(version.obligations.values_list("party_id", flat=True))
    silent = [party.name for party in parties if party.pk not in promising]
    if silent:
        raise Refused(
            gettext_noop("Alle sider skal love noget. Skriv et løfte for %(name)s."), name=silent[0]
        )
    waiting = version.approvals.filter(approved_at=None).order_by("pk").first()
    if waiting is not None:
        raise Refused(gettext_noop("Der mangler en godkendelse: %(step)s."), step=waiting.get_step_display())
    unknown = [party for party in parties if party.email_confirmed_at is None]
    if unknown:
        raise Refused(
            gettext_noop("%(name)s har ikke bekræftet adressen %(email)s. De har fået en mail om det."),
            name=unknown[0].name,
            email=unknown[0].email,
        )


@transaction.atomic
def withdraw(by: Principal, version: AgreementVersion, *, now: datetime) -> None:
    """Take back what was sent out or written; nobody can accede to it any more."""
    agreement = locked(version.agreement)
    check_can_change(by, agreement)
    version = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if version.accepted_at is not None or version.withdrawn_at is not None:
        raise Refused(gettext_noop("Udgaven er tiltrådt eller trukket tilbage i forvejen."))
    if version.number == 1 and version.is_draft:
        raise Refused(gettext_noop("Det er den eneste udgave. Opsig aftalen, hvis den ikke skal til noget."))
    version.withdrawn_at = now
    version.save(update_fields=["withdrawn_at"])
    for number in version.accessions.filter(acceded_at=None).values_list("pk", flat=True):
        revoke_links(ACCEDE, number, now=now)
    audit.record(
        by, "agreement.withdraw", f"agreement:{agreement.pk}", now=now, facts={"version": version.number}
    )


@transaction.atomic
def let_join(by: Principal, agreement: Agreement, party: Party, *, now: datetime) -> Accession:
    """A party that comes later accedes to the very text that holds."""
    agreement = locked(agreement)
    check_can_change(by, agreement)
    version = agreement.versions.filter(accepted_at__isnull=False).order_by("-number").first()
    if version is None:
        raise Refused(gettext_noop("Aftalen er ikke trådt i kraft endnu. Sæt parten på kladden i stedet."))
    if party.email_confirmed_at is None:
        raise Refused(
            gettext_noop("%(name)s har ikke bekræftet adressen %(email)s. De har fået en mail om det."),
            name=party.name,
            email=party.email,
        )
    if Accession.objects.filter(version=version, party=party).exists():
        raise Refused(gettext_noop("%(name)s har fået aftalen i forvejen."), name=party.name)
    version.agreement = agreement
    accession = _send(by, version, party, joins_later=True, now=now)
    audit.record(by, "agreement.let_join", f"agreement:{agreement.pk}", now=now, facts={"party": party.pk})
    return accession


def _send(
    by: Principal, version: AgreementVersion, party: Party, *, joins_later: bool, now: datetime
) -> Accession:
    accession = Accession.objects.create(
        municipality_id=version.municipality_id, version=version, party=party, joins_later=joins_later
    )
    link = create_link(by, ACCEDE, accession.pk, recipient=party.email, now=now, lives=LINK_LIVES)
    body = _(
        "Hej %(name)s\n\nAftalen »%(title)s«, udgave %(number)d, er klar til, at %(party)s tiltræder den."
        " Læs den her. For at åbne den sender vi en kode til denne adresse:\n{link}"
    )
    facts = {
        "name": party.signer_name,
        "title": version.agreement.title,
        "number": version.number,
        "party": party.name,
    }
    subject = _("Til tiltrædelse: %(title)s") % facts
    about = f"agreement:{version.agreement_id}"
    mail.write(
        by,
        party.email,
        subject,
        body % facts,
        now=now,
        about=about,
        link=link,
        link_path="/l/tiltraed/{token}/",
    )
    return accession


@transaction.atomic
def send_code(by: Principal, accession: Accession, *, now: datetime) -> None:
    """A fresh code of six digits to the confirmed address, whoever holds the link. The one before stops working."""
    accession = _locked(accession)
    check_still_open(by, accession)
    code = create_code(by, ACCEDE, accession.pk, recipient=accession.party.email, now=now)
    body = _(
        "Koden er {code}. Den virker én gang i et kvarter og kun til »%(title)s«. Giv den ikke videre."
    ) % {"title": accession.version.agreement.title}
    mail.write(by, accession.party.email, _("Kode til at tiltræde"), body, now=now, about="code", code=code)
    about = f"agreement:{accession.version.agreement_id}"
    audit.record(by, "agreement.code", about, now=now, facts={"accession": accession.pk})


@transaction.atomic
def show_code(by: Principal, accession: Accession, typed: str, *, now: datetime) -> int | None:
    """The number of the code when the digits are right, to be kept where only the server can: the text is open from now
    on. None when they are wrong, which counts as a try; refuses when no code works any more."""
    accession = _locked(accession)
    check_still_open(by, accession)
    code = use_code(ACCEDE, accession.pk, typed, now=now)
    return code.pk if code is not None else None


@transaction.atomic
def accede(
    by: Principal,
    accession: Accession,
    *,
    shown: int,
    name: str,
    role: str,
    has_authority: bool,
    seen_hash: str,
    now: datetime,
) -> Accession:
    """Say yes to the exact text that was seen, after a code (`shown`). When all have, the version takes effect."""
    agreement = locked(accession.version.agreement)
    accession = _locked(accession)
    check_still_open(by, accession)
    version = accession.version
    version.agreement = agreement
    if not opens(accession, shown, now=now):
        raise Refused(gettext_noop("Teksten er lukket igen. Få en ny kode, og læs den, før du tiltræder."))
    if seen_hash != version.text_hash:
        raise Refused(gettext_noop("Teksten er en anden end den, du læste. Læs den igen, før du tiltræder."))
    if not has_authority:
        raise Refused(gettext_noop("Sæt kryds ved, at du må binde %(name)s."), name=accession.party.name)
    if not name.strip() or not role.strip():
        raise Refused(gettext_noop("Skriv dit navn og din stilling."))
    accession.name, accession.role = name.strip()[:100], role.strip()[:100]
    accession.has_authority, accession.text_hash, accession.acceded_at = True, version.text_hash, now
    accession.save()
    facts = {"accession": accession.pk, "version": version.number, "hash": version.text_hash}
    if accession.joins_later:
        welcome(by, accession, now=now)
    everyone = not version.accessions.filter(acceded_at=None, joins_later=False).exists()
    if version.accepted_at is None and everyone:
        take_effect(by, version, now=now)
    audit.record(
        by,
        "agreement.accede",
        f"agreement:{agreement.pk}",
        now=now,
        facts=facts,
        personal={"name": accession.name},
    )
    return accession


def opens(accession: Accession, shown: int, *, now: datetime) -> bool:
    """Whether a code that was shown before still opens the text: for half an hour, from the address as it is now."""
    return OneTimeCode.objects.filter(
        pk=shown,
        purpose=ACCEDE,
        subject_id=accession.pk,
        recipient=accession.party.email,
        used_at__gt=now - OPEN_FOR,
    ).exists()


def has_code(accession: Accession, *, now: datetime) -> bool:
    """Whether a code is on its way that has not been used."""
    waiting = OneTimeCode.objects.filter(purpose=ACCEDE, subject_id=accession.pk, used_at=None)
    return waiting.filter(expires_at__gt=now).exists()


def check_still_open(by: Principal, accession: Accession) -> None:
    """The link's own accession, to the version that is on offer or holds, and not given yet."""
    if not by.may_by_link(ACCEDE, accession.pk):
        raise Refused(gettext_noop("Kun den, der fik mailen, kan tiltræde."))
    version = accession.version
    if accession.acceded_at is not None:
        raise Refused(gettext_noop("%(name)s har tiltrådt denne udgave."), name=accession.party.name)
    newest = (
        version.agreement.versions.filter(offered_at__isnull=False, withdrawn_at=None)
        .order_by("-number")
        .first()
    )
    gone = version.withdrawn_at is not None or accession.party.left_at is not None
    if gone or version.agreement.ended_at is not None or newest is None or newest.pk != version.pk:
        raise Refused(
            gettext_noop(
                "Der er en anden udgave af aftalen, så denne kan ikke tiltrædes. Brug linket i den nyeste mail."
            )
        )


def _locked(accession: Accession) -> Accession:
    return (
        Accession.objects.select_for_update(of=("self",))
        .select_related("version__agreement__municipality", "party")
        .get(pk=accession.pk)
    )
