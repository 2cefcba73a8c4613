# SPDX-License-Identifier: MPL-2.0
"""Where an enterprise works, and what jobs it has open there."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from indgang.core.text import Refused, gettext_noop
from indgang.directory import numbers, permissions
from indgang.directory.models import OpenPlace, Organisation, Place
from indgang.directory.vocabulary import JobType
from indgang.kernel import audit
from indgang.kernel.access import Principal

MOST_OPEN = 200


@transaction.atomic
def save_place(
    by: Principal,
    organisation: Organisation,
    place: Place | None = None,
    *,
    town: str,
    municipality_code: int,
    now: datetime,
    name: str = "",
    street: str = "",
    postal_code: str = "",
    p_number: str = "",
    is_main: bool = False,
) -> Place:
    """Add a place, or change `place`. The first one is the main place; a new main place takes over."""
    permissions.check_can_edit(by, organisation)
    if not town.strip():
        raise Refused(gettext_noop("Skriv, hvilken by stedet ligger i."))
    place = place or Place(organisation=organisation)
    others = organisation.places.exclude(pk=place.pk)
    place.name, place.street, place.postal_code = name, street, postal_code
    place.town, place.municipality_code = town.strip(), municipality_code
    place.p_number = numbers.p_number(p_number) if p_number.strip() else ""
    place.is_main = is_main or place.is_main or not others.filter(is_main=True).exists()
    if place.is_main:
        others.filter(is_main=True).update(is_main=False)
    keep_place(place)
    audit.record(by, "place.save", f"organisation:{organisation.pk}", now=now, facts={"place": place.pk})
    return place


@transaction.atomic
def remove_place(by: Principal, place: Place, *, now: datetime) -> None:
    """Remove a place; the last one stays, because an enterprise is somewhere."""
    permissions.check_can_edit(by, place.organisation)
    others = place.organisation.places.exclude(pk=place.pk).order_by("pk")
    heir = others.first()
    if heir is None:
        raise Refused(
            gettext_noop("En virksomhed skal have mindst ét sted. Ret stedet i stedet for at fjerne det.")
        )
    was_main, number, organisation_id = place.is_main, place.pk, place.organisation_id
    place.delete()
    if was_main:
        heir.is_main = True
        heir.save(update_fields=["is_main"])
    audit.record(by, "place.remove", f"organisation:{organisation_id}", now=now, facts={"place": number})


def keep_place(place: Place) -> None:
    """Save; a P-number that another enterprise has is refused in words."""
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as trouble:
        raise Refused(
            gettext_noop("P-nummer %(number)s står allerede på en anden virksomhed. Tjek nummeret."),
            number=place.p_number,
        ) from trouble


@transaction.atomic
def save_open_place(
    by: Principal,
    organisation: Organisation,
    open_place: OpenPlace | None = None,
    *,
    job_type: str,
    text: str,
    now: datetime,
    count: int = 1,
    place: Place | None = None,
    first_date: date | None = None,
    last_date: date | None = None,
) -> OpenPlace:
    """Offer a job or a placement, or change one. Says nothing of people, only of places."""
    permissions.check_can_edit(by, organisation)
    if job_type not in JobType.values:
        raise Refused(gettext_noop("Vælg, hvilken slags plads det er."))
    if not text.strip():
        raise Refused(gettext_noop("Skriv, hvad man laver på pladsen."))
    if not 1 <= count <= MOST_OPEN:
        raise Refused(gettext_noop("Skriv et antal mellem 1 og %(most)d."), most=MOST_OPEN)
    if first_date and last_date and last_date < first_date:
        raise Refused(gettext_noop("Pladsen slutter, før den begynder. Byt om på de to datoer."))
    open_place = open_place or OpenPlace(organisation=organisation, created_at=now)
    open_place.job_type, open_place.text, open_place.count = job_type, text.strip(), count
    open_place.place, open_place.first_date, open_place.last_date = place, first_date, last_date
    open_place.save()
    audit.record(
        by, "open_place.save", f"organisation:{organisation.pk}", now=now, facts={"open_place": open_place.pk}
    )
    return open_place


@transaction.atomic
def remove_open_place(by: Principal, open_place: OpenPlace, *, now: datetime) -> None:
    """The place is taken, or no longer offered."""
    permissions.check_can_edit(by, open_place.organisation)
    organisation_id, number = open_place.organisation_id, open_place.pk
    open_place.delete()
    audit.record(
        by, "open_place.remove", f"organisation:{organisation_id}", now=now, facts={"open_place": number}
    )
