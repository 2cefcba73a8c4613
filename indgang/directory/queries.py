# SPDX-License-Identifier: MPL-2.0
"""Reads of the directory that several rooms use."""

from datetime import date

from django.db.models import Q, QuerySet

from indgang.directory.models import Contact, ContactAssignment, Interest, PurchaseBar
from indgang.kernel.models import User


def conflicts(user_id: int, organisation_id: int, *, on: date) -> QuerySet[Interest]:
    """What ties a person to an organisation on a day."""
    return Interest.objects.filter(
        Q(last_date=None) | Q(last_date__gte=on),
        user_id=user_id,
        organisation_id=organisation_id,
        first_date__lte=on,
    )


def bars(organisation_id: int, unit_id: int, *, on: date) -> QuerySet[PurchaseBar]:
    """What keeps a unit from buying from an organisation on a day."""
    return PurchaseBar.objects.filter(
        organisation_id=organisation_id, unit_id=unit_id, first_date__lte=on, last_date__gte=on
    )


def main_contact(organisation_id: int) -> Contact | None:
    """The person to write to: the main contact, else anyone who may answer, else anyone with an address."""
    present = Contact.objects.filter(organisation_id=organisation_id, left_at=None)
    return present.order_by("-is_main", "-speaks_for", "pk").first()


def contact_person(organisation_id: int, municipality_id: int) -> User | None:
    """The lasting contact person whom an organisation has in a municipality."""
    assignment = (
        ContactAssignment.objects.select_related("user")
        .filter(organisation_id=organisation_id, municipality_id=municipality_id, last_at=None)
        .first()
    )
    return assignment.user if assignment else None


def organisations_spoken_for(user_id: int) -> QuerySet[Contact]:
    """The contacts through which an account speaks for organisations."""
    return Contact.objects.filter(user_id=user_id, speaks_for=True, left_at=None)
