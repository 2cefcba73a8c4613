# SPDX-License-Identifier: MPL-2.0
"""Keys for the municipality's other systems: they fetch the files they were made for, and nothing else.

A key sees what the colleague who made it may see, so it stops working when that colleague leaves. The key itself is
shown once; only its hash is kept.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.models import AccessToken, Export

View = TypeVar("View", bound=Callable[..., Any])
LONGEST = timedelta(days=366)


def export(which: Export) -> Callable[[View], View]:
    """Declare that a view answers with a file which a key may fetch."""

    def mark(view: View) -> View:
        view.export = which  # type: ignore[attr-defined]
        return view

    return mark


@transaction.atomic
def create_token(
    by: Principal, name: str, reads: list[str], *, last_date: date, now: datetime
) -> tuple[AccessToken, str]:
    """A key that works to the end of `last_date`, and its secret (256 random bits), which is never seen again."""
    if by.user_id is None:
        raise Refused(gettext_noop("En nøgle laves af en kollega, der er logget ind."))
    if not reads or not set(reads) <= set(Export.values):
        raise Refused(gettext_noop("Vælg mindst én fil, nøglen skal hente."))
    ends = now.replace(hour=0, minute=0, second=0, microsecond=0) + (
        last_date - now.date() + timedelta(days=1)
    )
    if not now < ends <= now + LONGEST:
        raise Refused(gettext_noop("Vælg en sidste dag fra i dag og højst et år frem."))
    secret = secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        municipality_id=by.municipality_id,
        name=name,
        reads=sorted(reads),
        owner_id=by.user_id,
        digest=_digest(secret),
        created_at=now,
        expires_at=ends,
    )
    audit.record(by, "token.create", f"token:{token.pk}", now=now, facts={"name": name, "reads": token.reads})
    return token, secret


@transaction.atomic
def revoke_token(by: Principal, token: AccessToken, *, now: datetime) -> None:
    """The key stops working at once. Doing it twice changes nothing."""
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        audit.record(by, "token.revoke", f"token:{token.pk}", now=now)


def token_behind(secret: str, *, now: datetime) -> AccessToken | None:
    """The key that a secret opens today, in the municipality that the transaction is bound to."""
    rows = AccessToken.objects.filter(revoked_at=None, expires_at__gt=now, owner__is_active=True)
    return rows.select_related("owner").filter(digest=_digest(secret)).first()


def note_use(token: AccessToken, *, today: date) -> None:
    """Remember the day, so that a key nobody uses can be found and closed."""
    if token.last_used_date != today:
        AccessToken.objects.filter(pk=token.pk).update(last_used_date=today)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
