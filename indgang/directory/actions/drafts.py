# SPDX-License-Identifier: MPL-2.0
"""Writing an enterprise down, and correcting what stands about it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from indgang.core.text import Refused, gettext_noop
from indgang.directory import numbers, permissions, removals
from indgang.directory.actions.places import keep_place
from indgang.directory.models import Availability, Contact, Listing, Organisation, Place
from indgang.kernel import audit
from indgang.kernel.access import Principal

PROFILE_FIELDS = frozenset(
    {
        "kind",
        "name",
        "legal_form",
        "advertising_protected",
        "presentation",
        "website",
        "email",
        "phone",
        "target_groups",
        "job_types",
    }
)


@dataclass(frozen=True)
class NewOrganisation:
    """What is known of an enterprise that is written down. Name, place, contact and text must be there;
    everything else may be empty."""

    name: str
    text: str
    town: str
    municipality_code: int
    contact_name: str
    contact_email: str = ""
    contact_phone: str = ""
    contact_role: str = ""
    cvr_number: str = ""
    p_number: str = ""
    street: str = ""
    postal_code: str = ""
    legal_form: str = ""
    website: str = ""
    kind: str = Organisation.Kind.SOCIAL
    advertising_protected: bool = False
    target_groups: tuple[str, ...] = ()
    job_types: tuple[str, ...] = ()


@transaction.atomic
def add_draft(
    by: Principal,
    new: NewOrganisation,
    *,
    source: str,
    now: datetime,
    source_note: str = "",
    has_asked_to_return: bool = False,
) -> Organisation:
    """Write an enterprise down as a draft that only this municipality's staff can see.

    Refuses a wrong CVR number, one that exists, and an enterprise that asked to be removed (unless it has
    itself asked to come back).
    """
    permissions.check_can_add(by)
    _check_complete(new)
    cvr_number = numbers.cvr_number(new.cvr_number) if new.cvr_number.strip() else None
    marks = removals.digests(new.name, new.town, cvr_number)
    if has_asked_to_return:
        removals.lift(marks, now=now)
    elif removals.asked_to_go(marks):
        raise Refused(
            gettext_noop(
                "%(name)s har bedt om ikke at stå her. Har de selv bedt om at komme med igen, så sæt kryds ved det."
            ),
            name=new.name,
        )
    if cvr_number:
        refuse_known_cvr(cvr_number)
    _refuse_known_name(new, cvr_number)
    organisation = _create(by, new, cvr_number, source, source_note, now)
    audit.record(
        by,
        "organisation.add",
        f"organisation:{organisation.pk}",
        now=now,
        facts={"source": source},
        personal={"name": new.name, "contact": new.contact_name},
    )
    return organisation


def _create(
    by: Principal, new: NewOrganisation, cvr_number: str | None, source: str, note: str, now: datetime
) -> Organisation:
    organisation = Organisation(
        kind=new.kind,
        name=new.name.strip(),
        cvr_number=cvr_number,
        legal_form=new.legal_form,
        advertising_protected=new.advertising_protected,
        website=new.website,
        target_groups=list(new.target_groups),
        job_types=list(new.job_types),
        kept_by_id=by.municipality_id,
        source=source,
        source_note=note[:150],
        created_at=now,
    )
    save_with_number(organisation)
    Availability.objects.create(organisation=organisation)
    keep_place(
        Place(
            organisation=organisation,
            p_number=numbers.p_number(new.p_number) if new.p_number.strip() else "",
            street=new.street,
            postal_code=new.postal_code,
            town=new.town.strip(),
            municipality_code=new.municipality_code,
            is_main=True,
        )
    )
    Contact.objects.create(
        organisation=organisation,
        name=new.contact_name,
        email=new.contact_email.lower(),
        phone=numbers.phone_number(new.contact_phone),
        role=new.contact_role,
        speaks_for=True,
        is_main=True,
    )
    Listing.objects.create(organisation=organisation, text=new.text.strip(), created_at=now)
    return organisation


@transaction.atomic
def change_profile(
    by: Principal, organisation: Organisation, *, now: datetime, **fields: object
) -> Organisation:
    """Change fields of the profile itself (see PROFILE_FIELDS); writes nothing when nothing differs."""
    permissions.check_can_edit(by, organisation)
    if unknown := fields.keys() - PROFILE_FIELDS:
        raise ValueError(f"not part of a profile: {sorted(unknown)}")
    if "name" in fields and not str(fields["name"]).strip():
        raise Refused(gettext_noop("Skriv virksomhedens navn."))
    changed = [name for name, value in fields.items() if getattr(organisation, name) != value]
    if not changed:
        return organisation
    for name in changed:
        setattr(organisation, name, fields[name])
    organisation.save()
    audit.record(
        by,
        "organisation.change",
        f"organisation:{organisation.pk}",
        now=now,
        facts={"fields": sorted(changed)},
    )
    return organisation


@transaction.atomic
def attach_cvr(by: Principal, organisation: Organisation, number: str, *, now: datetime) -> None:
    """Give an enterprise or a founder its CVR number. One that stands elsewhere is refused: merge instead."""
    permissions.check_can_edit(by, organisation)
    cvr_number = numbers.cvr_number(number)
    if organisation.cvr_number == cvr_number:
        return
    if organisation.cvr_number is not None:
        raise Refused(
            gettext_noop("Virksomheden har CVR-nummer %(number)s. Et nyt nummer er en ny virksomhed."),
            number=organisation.cvr_number,
        )
    refuse_known_cvr(cvr_number)
    organisation.cvr_number = cvr_number
    if organisation.kind == Organisation.Kind.FOUNDER:
        organisation.kind = Organisation.Kind.SOCIAL
    save_with_number(organisation)
    audit.record(
        by, "organisation.attach_cvr", f"organisation:{organisation.pk}", now=now, facts={"cvr": cvr_number}
    )


def refuse_known_cvr(cvr_number: str) -> None:
    """Refuse a number that an enterprise in sight already has."""
    known = Organisation.objects.filter(cvr_number=cvr_number).first()
    if known is not None:
        raise Refused(
            gettext_noop(
                "CVR-nummer %(number)s står her allerede: %(name)s. Ret den, eller læg de to sammen."
            ),
            number=cvr_number,
            name=known.name,
        )


def _refuse_known_name(new: NewOrganisation, cvr_number: str | None) -> None:
    """Refuse one that stands here under the same name in the same town, unless both have numbers of their own."""
    there = Organisation.objects.filter(merged_into=None, places__town__iexact=new.town.strip())
    wanted = removals.same_name(new.name, new.town)
    for known in there.distinct():
        if removals.same_name(known.name, new.town) == wanted and not (cvr_number and known.cvr_number):
            raise Refused(
                gettext_noop("%(name)s i %(town)s står her allerede. Ret den, der står her, i stedet."),
                name=known.name,
                town=new.town.strip(),
            )


def save_with_number(organisation: Organisation) -> None:
    """Save; a number that stands in another municipality's draft, which we cannot see, is refused in words."""
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as trouble:
        raise Refused(
            gettext_noop(
                "CVR-nummer %(number)s er ved at blive skrevet ind af en anden kommune. Når virksomheden har sagt ja,"
                " kan I også se den."
            ),
            number=organisation.cvr_number or "",
        ) from trouble


def _check_complete(new: NewOrganisation) -> None:
    if not new.name.strip():
        raise Refused(gettext_noop("Skriv virksomhedens navn."))
    if not new.town.strip():
        raise Refused(gettext_noop("Skriv, hvilken by virksomheden ligger i."))
    if not new.contact_name.strip() or not (new.contact_email.strip() or new.contact_phone.strip()):
        raise Refused(gettext_noop("Skriv, hvem vi kan kontakte, med telefon eller e-mail."))
    if not new.text.strip():
        raise Refused(gettext_noop("Skriv, hvad virksomheden sælger, i almindelige ord."))
