# SPDX-License-Identifier: MPL-2.0
"""Who asks, and whether they may. One `Principal` in every check; nobody may anything by default."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Concatenate, ParamSpec

from indgang.core.text import Refused
from indgang.kernel.models import Role


class Kind(StrEnum):
    ANONYMOUS = "anonymous"
    USER = "user"
    LINK = "link"
    TOKEN = "token"  # noqa: S105
    SYSTEM = "system"


@dataclass(frozen=True)
class Post:
    """A role held in a unit."""

    role: Role
    unit_id: int


@dataclass(frozen=True)
class Principal:
    """Somebody or something that acts in one municipality.

    `posts` come from memberships, `organisations` are those the principal speaks for. A link carries
    its purpose and the id of the one thing it is for; a token (`link_id` is its number) has the posts of its owner.
    """

    kind: Kind
    municipality_id: int
    user_id: int | None = None
    name: str = ""
    posts: frozenset[Post] = frozenset()
    organisations: frozenset[int] = frozenset()
    link_id: int | None = None
    purpose: str = ""
    subject_id: int | None = None

    def __str__(self) -> str:
        number = self.link_id if self.kind in (Kind.LINK, Kind.TOKEN) else self.user_id
        return f"{self.kind}:{number}" if number is not None else str(self.kind)

    @property
    def works_here(self) -> bool:
        """Holds a post in the municipality."""
        return bool(self.posts)

    @property
    def units(self) -> frozenset[int]:
        return frozenset(post.unit_id for post in self.posts)

    def holds(self, *roles: Role) -> bool:
        """Holds at least one of `roles` in any unit."""
        return any(post.role in roles for post in self.posts)

    def speaks_for(self, organisation_id: int) -> bool:
        return organisation_id in self.organisations

    def may_by_link(self, purpose: str, subject_id: int) -> bool:
        return self.kind is Kind.LINK and self.purpose == purpose and self.subject_id == subject_id


def anonymous(municipality_id: int) -> Principal:
    """Somebody who has not logged in."""
    return Principal(Kind.ANONYMOUS, municipality_id)


def system(municipality_id: int) -> Principal:
    """The house itself: jobs, imports, the demo's clock."""
    return Principal(Kind.SYSTEM, municipality_id=municipality_id, name="Indgang")


@dataclass(frozen=True)
class Permission:
    """Whether a button works, and the sentence that says why not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


P = ParamSpec("P")


def may(
    check: Callable[Concatenate[Principal, P], None], by: Principal, *args: P.args, **kwargs: P.kwargs
) -> Permission:
    """Ask a `check_…` function without acting: its refusal becomes the reason."""
    try:
        check(by, *args, **kwargs)
    except Refused as refusal:
        return Permission(False, translated(refusal))
    return Permission(True)


def translated(refusal: Refused) -> str:
    """The refusal in the reader's language."""
    from django.utils.translation import gettext

    sentence = gettext(refusal.reason.msgid)
    return sentence % refusal.reason.values if refusal.reason.values else sentence
