# SPDX-License-Identifier: MPL-2.0
"""Writing a partnership agreement: parties, sections, promises, goals; and a new version of one that holds."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from secrets import token_hex

from django.db import transaction
from django.utils import timezone

from indgang.agreements.lifetime import locked
from indgang.agreements.models import (
    Agreement,
    AgreementVersion,
    Approval,
    Goal,
    Obligation,
    Party,
    Section,
    SteeringMember,
)
from indgang.agreements.partnership.wording import template
from indgang.agreements.permissions import check_can_change, check_can_make_partnership
from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation, StatusFact
from indgang.kernel import audit, danish, mail
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.links import create_link
from indgang.kernel.models import Membership, Unit, User

CONFIRM = "bekraeft"
CONFIRM_LIVES = timedelta(days=30)


@dataclass(frozen=True)
class Who:
    """A party to be: an enterprise or a unit, who accedes for it, and where the code is sent."""

    signer_name: str
    email: str
    organisation: Organisation | None = None
    unit: Unit | None = None


@transaction.atomic
def start(
    by: Principal,
    *,
    variant: str,
    title: str,
    unit: Unit,
    manager: User,
    first_date: date,
    last_date: date,
    parties: list[Who],
    now: datetime,
) -> Agreement:
    """A draft from the template. At least two parties, and at least one of them where the variant demands it."""
    check_can_make_partnership(by)
    if last_date <= first_date:
        raise Refused(gettext_noop("Slutdatoen skal ligge efter begyndelsen. Ret den ene af dem."))
    if len(parties) < 2:
        raise Refused(gettext_noop("En aftale har mindst to parter. Vælg en til."))
    enterprises = sum(one.organisation is not None for one in parties)
    if variant == Agreement.Variant.INTERNAL and enterprises:
        raise Refused(gettext_noop("En intern aftale har kun enheder i kommunen som parter."))
    if variant == Agreement.Variant.COMPANIES and enterprises < 2:
        raise Refused(gettext_noop("Vælg to virksomheder, eller brug udgaven for kommune og virksomhed."))
    if variant in (Agreement.Variant.MUNICIPALITY, Agreement.Variant.CLUSTER) and not enterprises:
        raise Refused(gettext_noop("Vælg mindst én virksomhed som part."))
    agreement = Agreement.objects.create(
        municipality_id=by.municipality_id,
        kind=Agreement.Kind.PARTNERSHIP,
        variant=variant,
        title=title.strip()[:150],
        unit=unit,
        manager=manager,
        first_date=first_date,
        last_date=last_date,
        created_at=now,
    )
    version = _new_version(by, agreement, 1, "", now)
    portrait = "\n".join(filter(None, (_portrait(who) for who in parties)))
    Section.objects.bulk_create(
        Section(
            municipality_id=by.municipality_id,
            version=version,
            key=key,
            position=place,
            title=name,
            text=text or portrait,
        )
        for place, (key, name, text) in enumerate(template(variant).sections, 1)
    )
    for who in parties:
        _add_party(by, agreement, who, now)
    audit.record(by, "agreement.start", f"agreement:{agreement.pk}", now=now, facts={"variant": variant})
    return agreement


def _portrait(who: Who) -> str:
    """What an enterprise's own profile says of it, in a line or two."""
    if who.organisation is None:
        return ""
    listing = who.organisation.listings.order_by("pk").first()
    said = who.organisation.presentation or (listing.text if listing else "")
    return f"{who.organisation.name}: {said}" if said else ""


@transaction.atomic
def add_party(by: Principal, agreement: Agreement, who: Who, *, now: datetime) -> Party:
    """One more party. While a version is on offer its parties stand fast."""
    agreement = locked(agreement)
    check_can_change(by, agreement)
    if agreement.versions.filter(offered_at__isnull=False, accepted_at=None, withdrawn_at=None).exists():
        raise Refused(
            gettext_noop("Aftalen er sendt til tiltrædelse. Træk den tilbage, før du ændrer parterne.")
        )
    if who.organisation is not None and agreement.variant == Agreement.Variant.INTERNAL:
        raise Refused(gettext_noop("En intern aftale har kun enheder i kommunen som parter."))
    party = _add_party(by, agreement, who, now)
    _clear_approvals(draft_of(agreement))
    audit.record(by, "agreement.party", f"agreement:{agreement.pk}", now=now, facts={"party": party.pk})
    return party


def _add_party(by: Principal, agreement: Agreement, who: Who, now: datetime) -> Party:
    standing = agreement.parties.filter(left_at=None)
    if standing.filter(organisation=who.organisation, unit=who.unit).exists():
        raise Refused(gettext_noop("Den part er med i forvejen."))
    email, today = who.email.strip().lower(), timezone.localdate(now)
    snapshot: list[str] = []
    if who.organisation is not None:
        rows = who.organisation.status_facts.order_by("since")
        snapshot = [
            _("%(status)s pr. %(day)s")
            % {"status": danish.label(StatusFact.Kind(row.kind).label), "day": today.strftime("%d.%m.%Y")}
            for row in rows
            if row.holds_on(today)
        ] or [_("ingen status registreret pr. %(day)s") % {"day": today.strftime("%d.%m.%Y")}]
    party = Party.objects.create(
        municipality_id=agreement.municipality_id,
        agreement=agreement,
        organisation=who.organisation,
        unit=who.unit,
        name=who.organisation.name if who.organisation else f"{agreement.municipality.name}, {who.unit}",
        status_snapshot=snapshot,
        signer_name=who.signer_name.strip()[:100],
        email=email,
        email_confirmed_at=now if _is_known(agreement, who, email) else None,
        added_at=now,
    )
    if party.email_confirmed_at is None:
        _ask_to_confirm(by, party, now)
    return party


def _is_known(agreement: Agreement, who: Who, email: str) -> bool:
    """A colleague's own account, or the address with which somebody who speaks for the enterprise has logged in."""
    if who.unit is not None:
        posts = Membership.objects.filter(municipality_id=agreement.municipality_id, last_date=None)
        return posts.filter(user__email=email, user__is_active=True).exists()
    assert who.organisation is not None
    contacts = who.organisation.contacts.filter(speaks_for=True, left_at=None, user__is_active=True)
    return contacts.filter(user__email=email, user__last_login__isnull=False).exists()


def _ask_to_confirm(by: Principal, party: Party, now: datetime) -> None:
    link = create_link(by, CONFIRM, party.pk, recipient=party.email, now=now, lives=CONFIRM_LIVES)
    body = _(
        "Hej %(name)s\n\n%(party)s er ved at lave aftalen »%(title)s« med andre. Når den er færdig, sender vi en kode"
        " hertil, som I tiltræder med. Bekræft, at adressen er den rigtige:\n{link}"
    )
    facts = {"name": party.signer_name, "party": party.name, "title": party.agreement.title}
    subject = _("Er det den rigtige adresse til %(party)s?") % facts
    mail.write(by, party.email, subject, body % facts, now=now, link=link, link_path="/l/bekraeft/{token}/")


@transaction.atomic
def confirm_address(by: Principal, party: Party, *, now: datetime) -> None:
    """The holder of the address says that it is right. Saying it twice changes nothing."""
    if not by.may_by_link(CONFIRM, party.pk):
        raise Refused(gettext_noop("Kun den, der fik mailen, kan bekræfte adressen."))
    if party.email_confirmed_at is None:
        party.email_confirmed_at = now
        party.save(update_fields=["email_confirmed_at"])
        audit.record(
            by, "agreement.address", f"agreement:{party.agreement_id}", now=now, facts={"party": party.pk}
        )


@transaction.atomic
def write_section(by: Principal, section: Section, *, title: str, text: str, now: datetime) -> None:
    """Change a part of a draft's wording; approvals given to the old wording fall."""
    version = _draft(by, section.version)
    section.title, section.text = title.strip()[:100], text.strip()
    section.save(update_fields=["title", "text"])
    _clear_approvals(version)
    audit.record(
        by, "agreement.write", f"agreement:{version.agreement_id}", now=now, facts={"section": section.key}
    )


@transaction.atomic
def add_obligation(
    by: Principal,
    version: AgreementVersion,
    *,
    party: Party,
    text: str,
    measure: str,
    due_date: date,
    repeats_months: int | None = None,
    owner: User | None = None,
    now: datetime,
) -> Obligation:
    """One more promise in a draft."""
    version = _draft(by, version)
    agreement = version.agreement
    if party.agreement_id != agreement.pk or party.left_at is not None:
        raise Refused(gettext_noop("Vælg en af aftalens parter."))
    if not agreement.first_date <= due_date <= version.runs_until:
        raise Refused(gettext_noop("Løftet skal holdes, mens aftalen gælder. Ret datoen."))
    row = Obligation.objects.create(
        municipality_id=version.municipality_id,
        version=version,
        key=token_hex(6),
        party=party,
        text=text.strip()[:300],
        measure=measure.strip()[:200],
        due_date=due_date,
        repeats_months=repeats_months,
        owner=owner,
    )
    _clear_approvals(version)
    audit.record(by, "agreement.promise", f"agreement:{agreement.pk}", now=now, facts={"key": row.key})
    return row


@transaction.atomic
def add_goal(
    by: Principal,
    version: AgreementVersion,
    *,
    title: str,
    measured_in: str,
    target: Decimal,
    baseline: Decimal | None = None,
    higher_is_better: bool = True,
    tolerance_percent: int = 5,
    source: str = "",
    now: datetime,
) -> Goal:
    """One more figure to reach."""
    version = _draft(by, version)
    goal = Goal.objects.create(
        municipality_id=version.municipality_id,
        version=version,
        key=token_hex(6),
        title=title.strip()[:150],
        measured_in=measured_in.strip()[:30],
        baseline=baseline,
        target=target,
        higher_is_better=higher_is_better,
        tolerance_percent=tolerance_percent,
        source=source.strip()[:150],
    )
    _clear_approvals(version)
    audit.record(by, "agreement.goal", f"agreement:{version.agreement_id}", now=now, facts={"key": goal.key})
    return goal


@transaction.atomic
def take_out(by: Principal, row: Obligation | Goal, *, now: datetime) -> None:
    """Take a promise or a goal out of a draft; in the version that holds it stays until the new one is accepted."""
    version, key = _draft(by, row.version), row.key
    row.delete()
    _clear_approvals(version)
    audit.record(by, "agreement.take_out", f"agreement:{version.agreement_id}", now=now, facts={"key": key})


@transaction.atomic
def new_version(
    by: Principal, agreement: Agreement, *, note: str, last_date: date | None = None, now: datetime
) -> AgreementVersion:
    """A draft that begins as the newest wording; with `last_date` it renews the agreement until then.

    Refuses while another draft or offer stands.
    """
    agreement = locked(agreement)
    check_can_change(by, agreement)
    if not note.strip():
        raise Refused(gettext_noop("Skriv kort, hvad der skal ændres."))
    if last_date is not None and last_date <= agreement.last_date:
        raise Refused(gettext_noop("Den nye slutdato skal ligge efter den gamle."))
    newest = agreement.versions.order_by("-number").first()
    assert newest is not None
    if newest.is_draft or newest.is_on_offer:
        raise Refused(
            gettext_noop("Udgave %(number)s er ikke færdig. Gør den færdig, eller træk den tilbage."),
            number=newest.number,
        )
    version = _new_version(by, agreement, newest.number + 1, note.strip()[:300], now)
    version.last_date = last_date
    version.save(update_fields=["last_date"])
    for name in ("sections", "obligations", "goals"):
        rows = getattr(newest, name).order_by("pk")
        for row in rows.filter(party__left_at=None) if name == "obligations" else rows:
            row.pk, row._state.adding, row.version = None, True, version
            row.save(force_insert=True)
    audit.record(
        by, "agreement.version", f"agreement:{agreement.pk}", now=now, facts={"number": version.number}
    )
    return version


@transaction.atomic
def seat(
    by: Principal, agreement: Agreement, *, name: str, email: str, part: str, now: datetime
) -> SteeringMember:
    """Somebody joins the steering group; there is one chair."""
    agreement = locked(agreement)
    check_can_change(by, agreement)
    if part == SteeringMember.Part.CHAIR:
        agreement.steering.filter(part=part).update(part=SteeringMember.Part.MEMBER)
    row, _made = SteeringMember.objects.update_or_create(
        agreement=agreement,
        email=email.strip().lower(),
        defaults={"municipality_id": agreement.municipality_id, "name": name.strip()[:100], "part": part},
    )
    audit.record(by, "agreement.seat", f"agreement:{agreement.pk}", now=now, facts={"member": row.pk})
    return row


@transaction.atomic
def unseat(by: Principal, member: SteeringMember, *, now: datetime) -> None:
    agreement, number = locked(member.agreement), member.pk
    check_can_change(by, agreement)
    member.delete()
    audit.record(by, "agreement.unseat", f"agreement:{agreement.pk}", now=now, facts={"member": number})


def draft_of(agreement: Agreement) -> AgreementVersion | None:
    return agreement.versions.filter(offered_at=None, withdrawn_at=None).first()


def _draft(by: Principal, version: AgreementVersion) -> AgreementVersion:
    agreement = locked(version.agreement)
    check_can_change(by, agreement)
    version = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    version.agreement = agreement
    if not version.is_draft:
        raise Refused(gettext_noop("Ordlyden er frosset. Lav en ny udgave for at ændre den."))
    return version


def _new_version(
    by: Principal, agreement: Agreement, number: int, note: str, now: datetime
) -> AgreementVersion:
    version = AgreementVersion.objects.create(
        municipality_id=agreement.municipality_id,
        agreement=agreement,
        number=number,
        note=note,
        created_at=now,
        created_by_id=by.user_id,
    )
    for step in Approval.Step.values:
        Approval.objects.create(municipality_id=agreement.municipality_id, version=version, step=step)
    return version


def _clear_approvals(version: AgreementVersion | None) -> None:
    if version is not None:
        version.approvals.update(user=None, approved_at=None, note="")
