# SPDX-License-Identifier: MPL-2.0
"""From an account to a principal: its posts in this municipality and the organisations it speaks for.

Who is logged in is asked of the database at every request, so it is one question: the account with its posts.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from indgang.directory.queries import organisations_spoken_for
from indgang.kernel.access import Kind, Post, Principal, anonymous
from indgang.kernel.models import AccessToken, Membership, Municipality, Role, User

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class Accounts(AuthenticationBackend):  # type: ignore[misc]
    """Log-in as allauth does it; an account comes with what it may do today."""

    def get_user(self, user_id: int) -> User | None:
        user = _with_posts(User.objects.filter(pk=user_id)).first()
        return user if user is not None and self.user_can_authenticate(user) else None


def principal_of_user(user: "AbstractBaseUser | AnonymousUser", municipality: Municipality) -> Principal:
    """The principal behind a logged-in account, seen from one municipality. `user` comes from `Accounts`."""
    if not isinstance(user, User):
        return anonymous(municipality.pk)
    return Principal(
        Kind.USER,
        municipality_id=municipality.pk,
        user_id=user.pk,
        name=user.name,
        posts=frozenset(
            Post(Role(row["role"]), row["unit"])
            for row in user.post_rows  # type: ignore[attr-defined]
            if row["municipality"] == municipality.pk
        ),
        organisations=frozenset(user.spoken_for),  # type: ignore[attr-defined]
    )


def principal_of_token(token: AccessToken) -> Principal:
    """The key of another system: the posts of its owner, and no enterprise."""
    owner = _with_posts(User.objects.filter(pk=token.owner_id)).get()
    whole = principal_of_user(owner, token.municipality)
    return replace(whole, kind=Kind.TOKEN, name=token.name, organisations=frozenset(), link_id=token.pk)


def _with_posts(users: QuerySet[User]) -> QuerySet[User]:
    today = timezone.localdate()
    posts = Membership.objects.filter(
        Q(last_date=None) | Q(last_date__gte=today), first_date__lte=today, user=OuterRef("pk")
    )
    return users.annotate(
        post_rows=ArraySubquery(
            posts.values(row=JSONObject(role="role", unit="unit_id", municipality="municipality_id"))
        ),
        spoken_for=ArraySubquery(organisations_spoken_for(OuterRef("pk")).values("organisation_id")),
    )
