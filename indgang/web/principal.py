# SPDX-License-Identifier: MPL-2.0
"""From an account to a principal: its posts in this municipality and the organisations it speaks for."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, Value
from django.utils import timezone

from indgang.directory.queries import organisations_spoken_for
from indgang.kernel.access import Kind, Post, Principal, anonymous
from indgang.kernel.models import Membership, Municipality, Role, User

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def principal_of_user(user: "AbstractBaseUser | AnonymousUser", municipality: Municipality) -> Principal:
    """The principal behind a logged-in account, seen from one municipality."""
    if not isinstance(user, User):
        return anonymous(municipality.pk)
    today = timezone.localdate()
    posts = Membership.objects.filter(
        Q(last_date=None) | Q(last_date__gte=today),
        first_date__lte=today,
        user=user,
        municipality=municipality,
    ).values_list("role", "unit_id")
    spoken_for = organisations_spoken_for(user.pk).values_list(Value(ORGANISATION), "organisation_id")
    rows = list(posts.union(spoken_for, all=True))
    return Principal(
        Kind.USER,
        municipality_id=municipality.pk,
        user_id=user.pk,
        name=user.name,
        posts=frozenset(Post(Role(role), number) for role, number in rows if role != ORGANISATION),
        organisations=frozenset(number for role, number in rows if role == ORGANISATION),
    )


ORGANISATION = "-"
"""Stands in the place of a role in the rows that name an organisation; one query reads both."""
