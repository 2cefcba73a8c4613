# SPDX-License-Identifier: MPL-2.0
"""Signed links: rows with one purpose, one recipient, an end, and a secret that is stored hashed.

A link is made by an action; its secret is minted only when the mail goes out, so that no table, log
or outbox ever holds it.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import QuerySet

from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import SignedLink, SignedLinkToken


def create_link(
    by: Principal, purpose: str, subject_id: int, *, recipient: str, now: datetime, lives: timedelta
) -> SignedLink:
    """A link for one recipient and one thing. `lives` is how long it works."""
    return SignedLink.objects.create(
        municipality_id=by.municipality_id,
        purpose=purpose,
        subject_id=subject_id,
        recipient=recipient,
        created_at=now,
        expires_at=now + lives,
    )


def mint(link: SignedLink, *, now: datetime) -> str:
    """A fresh secret of 256 random bits for `link`, as text for an address. Only its hash is kept."""
    token = secrets.token_urlsafe(32)
    SignedLinkToken.objects.create(
        municipality_id=link.municipality_id, link=link, digest=_digest(token), minted_at=now
    )
    return token


def find_link(token: str, purpose: str) -> SignedLink | None:
    """The link behind a secret, whether or not it still works; None when there is none."""
    row = SignedLinkToken.objects.select_related("link").filter(digest=_digest(token)).first()
    return row.link if row and row.link.purpose == purpose else None


def works(link: SignedLink, *, now: datetime) -> bool:
    return link.revoked_at is None and now < link.expires_at


def revoke_links(purpose: str, subject_id: int, *, now: datetime) -> int:
    """Make every link to one thing stop working; returns how many did."""
    return open_links(purpose, subject_id).update(revoked_at=now)


def open_links(purpose: str, subject_id: int) -> QuerySet[SignedLink]:
    return SignedLink.objects.filter(purpose=purpose, subject_id=subject_id, revoked_at=None)


def principal_of(link: SignedLink, *, organisations: frozenset[int] = frozenset()) -> Principal:
    """Who somebody is who came by this link: may do its one thing and nothing else."""
    return Principal(
        Kind.LINK,
        municipality_id=link.municipality_id,
        link_id=link.pk,
        purpose=link.purpose,
        subject_id=link.subject_id,
        organisations=organisations,
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
