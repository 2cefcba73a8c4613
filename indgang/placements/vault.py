# SPDX-License-Identifier: MPL-2.0
"""The only way to placements: as their own database role, within what the reader may see, with the purpose logged."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from nacl.secret import SecretBox

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Kind, Principal
from indgang.kernel.database.roles import PLACEMENTS
from indgang.kernel.database.tenancy import EVERYTHING, acting_as
from indgang.kernel.keys import municipality_box
from indgang.placements.models import Placement
from indgang.placements.permissions import REGISTRARS


@dataclass(frozen=True)
class Facts:
    """What is sealed: kind of post, hours a week, the person's code, and where the placement came from.

    `origin` is "order", "agreement", "visit" or empty; those rooms lie above this one, so the reference is loose:
    a number and the words that say what it is.
    """

    kind: str
    hours_present: float
    hours_effective: float
    code: str = ""
    origin: str = ""
    origin_id: int | None = None
    origin_label: str = ""


@dataclass(frozen=True)
class Entry:
    """A placement with its seal broken, for somebody who may see it."""

    pk: int
    organisation_id: int
    unit_id: int | None
    first_date: date
    last_date: date | None
    facts: Facts
    forget_at: datetime | None = None
    created_at: datetime | None = None
    code_digest: bytes = field(default=b"", repr=False)

    def runs_on(self, day: date) -> bool:
        return self.first_date <= day and (self.last_date is None or day <= self.last_date)


def read(by: Principal, purpose: str, *, now: datetime, pk: int | None = None) -> list[Entry]:
    """Every placement that somebody may see (or the one asked for), newest first; the purpose goes in the log."""
    if not purpose:
        raise ValueError("a purpose must be given for every read")
    box = municipality_box(by.municipality_id)
    with reach(by):
        rows = Placement.objects.filter(municipality_id=by.municipality_id)
        found = list((rows if pk is None else rows.filter(pk=pk)).order_by("-first_date", "-pk"))
    entries = [_opened(row, box) for row in found]
    audit.record(
        by,
        "placements.read",
        "placements" if pk is None else f"placement:{pk}",
        now=now,
        purpose=purpose,
        facts={"count": len(entries)},
    )
    return entries


@contextmanager
def reach(by: Principal) -> Iterator[None]:
    """Act as the role that owns placements, told whose rows are in sight: all for case workers and the house's own
    jobs, an enterprise's own otherwise. Raises Refused for everybody else."""
    if by.kind is Kind.SYSTEM or by.holds(*REGISTRARS):
        sight = EVERYTHING
    elif by.organisations:
        sight = "{" + ",".join(str(number) for number in sorted(by.organisations)) + "}"
    else:
        raise Refused(gettext_noop("Pladser ses af sagsbehandlere og af den virksomhed, de ligger i."))
    with acting_as(PLACEMENTS, sight):
        yield


def seal(facts: Facts, municipality_id: int) -> bytes:
    """The facts, locked in the municipality's box."""
    text = json.dumps(asdict(facts), ensure_ascii=False)
    return bytes(municipality_box(municipality_id).encrypt(text.encode()))


def digest_of(code: str, municipality_id: int) -> bytes:
    """A keyed hash by which two placements of one person are recognised without reading either."""
    key = hashlib.sha256(b"placement codes" + municipality_box(municipality_id).encode()).digest()
    return hmac.new(key, code.encode(), hashlib.sha256).digest()


def _opened(row: Placement, box: SecretBox) -> Entry:
    return Entry(
        pk=row.pk,
        organisation_id=row.organisation_id,
        unit_id=row.unit_id,
        first_date=row.first_date,
        last_date=row.last_date,
        facts=Facts(**json.loads(box.decrypt(bytes(row.sealed)))),
        forget_at=row.forget_at,
        created_at=row.created_at,
        code_digest=bytes(row.code_digest or b""),
    )
