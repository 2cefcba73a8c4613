# SPDX-License-Identifier: MPL-2.0
"""What every room asks the directory: who may see what, who speaks for whom, and what ties people together."""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from indgang.directory.models import (
    Contact,
    ContactAssignment,
    Interest,
    Organisation,
    PurchaseBar,
)
from indgang.directory.permissions import PURPOSE
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Membership, Municipality, Role, Unit, User


def visible_to(principal: Principal) -> QuerySet[Organisation]:
    """Published enterprises for everyone; drafts for the staff of the municipality that wrote them down and for
    those who speak for the enterprise. Merged ones are left out: see `follow_merges`."""
    mine = Q(pk__in=principal.organisations)
    if principal.kind is Kind.LINK and principal.purpose == PURPOSE:
        mine |= Q(pk=principal.subject_id)
    if principal.works_here or principal.kind is Kind.SYSTEM:
        mine |= Q(kept_by_id=principal.municipality_id)
    return Organisation.objects.filter(Q(published_at__isnull=False) | mine, merged_into=None)


def follow_merges(organisation_id: int) -> Organisation | None:
    """The enterprise that another was merged into, at the end of the chain; None when it was not merged."""
    found = Organisation.objects.filter(pk=organisation_id).select_related("merged_into").first()
    seen: set[int] = set()
    while found is not None and found.merged_into is not None and found.pk not in seen:
        seen.add(found.pk)
        found = found.merged_into
    return found if seen else None


def drafts_of(municipality_id: int) -> QuerySet[Organisation]:
    """Enterprises that have not said yes yet, the newest first."""
    return Organisation.objects.filter(
        kept_by_id=municipality_id, published_at=None, closed_at=None
    ).order_by("-created_at", "-pk")


def organisations_spoken_for(user_id: int | OuterRef) -> QuerySet[Contact]:
    """The contacts through which an account speaks for enterprises."""
    return Contact.objects.filter(user_id=user_id, speaks_for=True, left_at=None)


def organisations_of(user_id: int) -> frozenset[int]:
    """Ids of the enterprises that an account speaks for."""
    return frozenset(organisations_spoken_for(user_id).values_list("organisation_id", flat=True))


def main_contact(organisation_id: int) -> Contact | None:
    """The person we write to and ring: the main contact, else one who may answer, else anybody who is there."""
    present = Contact.objects.filter(organisation_id=organisation_id, left_at=None)
    return present.order_by("-is_main", "-speaks_for", "pk").first()


def contact_person(organisation_id: int, municipality_id: int) -> User | None:
    """The one lasting contact person whom the enterprise has in a municipality today."""
    row = (
        ContactAssignment.objects.filter(
            organisation_id=organisation_id, municipality_id=municipality_id, last_at=None
        )
        .select_related("user")
        .first()
    )
    return row.user if row else None


def caretaker(organisation_id: int, municipality: Municipality) -> User | None:
    """Who in a municipality looks after an enterprise: its contact person, else the municipality's named one, else
    a coordinator in post; None only where nobody coordinates."""
    person = contact_person(organisation_id, municipality.pk) or municipality.public_contact
    if person is not None:
        return person
    post = Membership.objects.filter(municipality=municipality, role=Role.COORDINATOR, last_date=None)
    first = post.select_related("user").order_by("first_date", "pk").first()
    return first.user if first else None


def conflicts(user_id: int, organisation_id: int, *, on: date) -> QuerySet[Interest]:
    """What ties a person to an enterprise on a day; no rows mean: nothing is known."""
    return (
        Interest.objects.filter(user_id=user_id, organisation_id=organisation_id, first_date__lte=on)
        .filter(Q(last_date=None) | Q(last_date__gte=on))
        .order_by("first_date", "pk")
    )


def conflicts_among(
    user_ids: Iterable[int], organisation_ids: Iterable[int], *, on: date
) -> QuerySet[Interest]:
    """The same for many people and many enterprises in one query."""
    return (
        Interest.objects.filter(
            user_id__in=user_ids, organisation_id__in=organisation_ids, first_date__lte=on
        )
        .filter(Q(last_date=None) | Q(last_date__gte=on))
        .select_related("user", "organisation")
        .order_by("organisation__sort_key", "user__name")
    )


def bars(organisation_id: int, unit_id: int, *, on: date) -> QuerySet[PurchaseBar]:
    """Why a unit may not buy from an enterprise on a day.

    A bar on a department binds its institutions. A bar on a founder counts for every enterprise in which the
    founder is a contact, so that it holds from the day the enterprise exists.
    """
    founders = Contact.objects.filter(organisation_id=organisation_id, left_at=None).exclude(user=None)
    return (
        PurchaseBar.objects.filter(unit_id__in=_with_parents(unit_id), first_date__lte=on, last_date__gte=on)
        .filter(Q(organisation_id=organisation_id) | Q(founder_id__in=founders.values("user_id")))
        .select_related("unit", "founder", "organisation")
        .order_by("last_date", "pk")
    )


def interests_to_show(principal: Principal, organisation_id: int) -> QuerySet[Interest]:
    """Interests in one enterprise that somebody may read: all of them with insight, otherwise one's own."""
    from indgang.directory.permissions import INSIGHT

    rows = Interest.objects.filter(organisation_id=organisation_id).select_related("user")
    if not principal.holds(*INSIGHT):
        rows = rows.filter(user_id=principal.user_id or 0)
    return rows.order_by(Coalesce("last_date", date.max).desc(), "user__name")


def _with_parents(unit_id: int) -> list[int]:
    found: list[int] = []
    next_id: int | None = unit_id
    while next_id is not None and next_id not in found:
        found.append(next_id)
        next_id = Unit.objects.filter(pk=next_id).values_list("parent_id", flat=True).first()
    return found
