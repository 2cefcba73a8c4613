# SPDX-License-Identifier: MPL-2.0
"""The log: one line per act, each sealed with the hash of the line before."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from django.db import connection

from indgang.kernel.access import Principal
from indgang.kernel.models import AuditLine, AuditPersonal

FIRST = "0" * 64
_LOCK = 7_301


def record(
    by: Principal,
    act: str,
    subject: str,
    *,
    now: datetime,
    purpose: str = "",
    facts: Mapping[str, object] | None = None,
    personal: Mapping[str, object] | None = None,
) -> AuditLine:
    """Append one line, in the transaction of the act itself.

    `facts` must hold no personal values; those go in `personal`, which can be erased. The chain is
    locked from here until the transaction ends, so record last.
    """
    municipality_id = by.municipality_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, municipality_id])
    last = AuditLine.objects.filter(municipality_id=municipality_id).order_by("-number").first()
    line = AuditLine(
        municipality_id=municipality_id,
        number=last.number + 1 if last else 1,
        at=now,
        principal=str(by),
        act=act,
        subject=subject,
        purpose=purpose,
        facts=dict(facts or {}),
        previous_hash=last.hash if last else FIRST,
    )
    line.hash = seal(line)
    line.save(force_insert=True)
    if personal:
        AuditPersonal.objects.create(
            municipality_id=municipality_id, line=line, values=dict(personal), created_at=now
        )
    return line


def record_reading(
    by: Principal,
    what: str,
    subject: str,
    *,
    purpose: str,
    now: datetime,
    facts: Mapping[str, object] | None = None,
) -> AuditLine:
    """One line for one reading of something sensitive: `what` was read (`bid`, `evidence` …), and for what purpose.

    Part of the request that shows it: a page that fails is not read, and leaves no line.
    """
    return record(by, f"{what}.read", subject, purpose=purpose, now=now, facts=facts)


def seal(line: AuditLine) -> str:
    """SHA-256 in hex over everything that the line says and the hash before it."""
    at = line.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [
        line.number,
        at,
        line.principal,
        line.act,
        line.subject,
        line.purpose,
        line.facts,
        line.previous_hash,
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def faults(municipality_id: int) -> Iterator[str]:
    """What is wrong with a municipality's chain; nothing when it is whole."""
    expected, previous = 1, FIRST
    lines = AuditLine.objects.filter(municipality_id=municipality_id).order_by("number")
    for line in lines.iterator(chunk_size=2_000):
        if line.number != expected:
            yield f"linje {expected} til {line.number - 1} mangler"
        if line.previous_hash != previous:
            yield f"linje {line.number} bygger ikke på linjen før"
        if line.hash != seal(line):
            yield f"linje {line.number} er ændret"
        expected, previous = line.number + 1, line.hash
