# SPDX-License-Identifier: MPL-2.0
"""One-time codes by mail: six digits that work once, for a quarter of an hour, five tries at most."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.kernel.access import Principal
from indgang.kernel.models import OneTimeCode

LIVES = timedelta(minutes=15)
MOST_TRIES = 5


def create_code(
    by: Principal, purpose: str, subject_id: int, *, recipient: str, now: datetime
) -> OneTimeCode:
    """A fresh code for one thing; the ones before it stop working. Put it in a mail with `mail.write(code=…)`."""
    OneTimeCode.objects.filter(purpose=purpose, subject_id=subject_id, used_at=None).update(used_at=now)
    return OneTimeCode.objects.create(
        municipality_id=by.municipality_id,
        purpose=purpose,
        subject_id=subject_id,
        recipient=recipient,
        created_at=now,
        expires_at=now + LIVES,
    )


def digits(code: OneTimeCode) -> str:
    """The six digits, worked out from the row and the installation's secret."""
    said = f"code:{code.pk}:{code.purpose}:{code.subject_id}:{code.created_at.timestamp():.6f}"
    sealed = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(sealed[:8]) % 1_000_000:06d}"


@transaction.atomic
def use_code(purpose: str, subject_id: int, typed: str, *, now: datetime) -> OneTimeCode | None:
    """The code that was typed, used up; None when the digits are wrong (which counts as a try).

    Refuses when there is no code that still works.
    """
    code = (
        OneTimeCode.objects.select_for_update()
        .filter(purpose=purpose, subject_id=subject_id, used_at=None, expires_at__gt=now)
        .order_by("-created_at", "-pk")
        .first()
    )
    if code is None or code.tries >= MOST_TRIES:
        raise Refused(gettext_noop("Koden virker ikke mere. Få en ny kode, og prøv igen."))
    right = hmac.compare_digest(digits(code), "".join(filter(str.isdigit, typed))[:6])
    code.tries += 1
    code.used_at = now if right else None
    code.save(update_fields=["tries", "used_at"])
    return code if right else None
