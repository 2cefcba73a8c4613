# SPDX-License-Identifier: MPL-2.0
"""Random codes by which one person may be followed from placement to placement without being named.

A code is drawn by the house and never made of anything: whoever types one that the house did not issue, be it made
of a CPR number, a birthday or initials, is refused. Who carries a code stands in the case worker's own system.
"""

import secrets
from datetime import datetime

from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.placements import vault
from indgang.placements.models import IssuedCode
from indgang.placements.permissions import check_can_register

LETTERS = "ABCDEFGHJKMNPQRTUVWXY"
DIGITS = "346789"


@transaction.atomic
def issue_code(by: Principal, *, now: datetime) -> str:
    """A fresh code, shown once: three groups of letter, digit, letter. Only its keyed hash is kept."""
    check_can_register(by)
    code = "-".join(
        secrets.choice(LETTERS) + secrets.choice(DIGITS) + secrets.choice(LETTERS) for _ in range(3)
    )
    digest = vault.digest_of(code, by.municipality_id)
    with vault.reach(by):
        IssuedCode.objects.create(
            municipality_id=by.municipality_id,
            digest=digest,
            issued_by_id=by.user_id,
            issued_at=now,
        )
    audit.record(by, "code.issue", "code", now=now)
    return code


def tidy(code: str) -> str:
    """A code as it was issued, however it was typed."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return "-".join(plain[start : start + 3] for start in range(0, len(plain), 3))


def check_issued(by: Principal, codes: set[str]) -> set[str]:
    """Those of the (tidy) codes that the house never issued."""
    digests = {vault.digest_of(code, by.municipality_id): code for code in codes if code}
    with vault.reach(by):
        known = {
            bytes(digest)
            for digest in IssuedCode.objects.filter(digest__in=list(digests)).values_list("digest", flat=True)
        }
    return {code for digest, code in digests.items() if digest not in known}


NOT_ISSUED = gettext_noop(
    "Koden er ikke udstedt her. Udsted en ny: en kode må ikke laves af CPR-nummer, fødselsdato eller navn."
)


def refuse_foreign(by: Principal, code: str) -> None:
    """Raises Refused when a code was not issued here."""
    if check_issued(by, {code}):
        raise Refused(NOT_ISSUED)
