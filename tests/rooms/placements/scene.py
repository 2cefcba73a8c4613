# SPDX-License-Identifier: MPL-2.0
"""Placements that tests are about: a signed assessment, four enterprises, people at work."""

from datetime import date, datetime

from indgang.directory.models import Organisation
from indgang.kernel import files
from indgang.placements import vault
from indgang.placements.actions import dpia, register
from indgang.placements.models import Dpia
from indgang.placements.new_placement import NewPlacement
from tests.cast import NOW, Cast
from tests.factories import an_enterprise

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def sign(cast: Cast, *, least_people: int = 5, now: datetime = NOW) -> Dpia:
    """Mette records the signed assessment."""
    mette = cast.be("mette")
    document = files.store("dpia.pdf", PDF, by=mette, now=now)
    return dpia.record_dpia(
        mette,
        document=document,
        signed_on=date(2026, 3, 1),
        signer="Lise Krag, direktør",
        least_people=least_people,
        now=now,
    )


def place(
    cast: Cast,
    organisation: Organisation,
    kind: str = "flex",
    first: date = date(2027, 1, 11),
    last: date | None = None,
    *,
    code: str = "",
    now: datetime = NOW,
) -> int:
    told = NewPlacement(organisation.pk, kind, 20, 12, first, last, code=code)
    return register.register(cast.be("jonas"), told, now=now)


def entry(cast: Cast, number: int) -> vault.Entry:
    return vault.read(cast.be("jonas"), "test", now=NOW, pk=number)[0]


def four(cast: Cast) -> list[Organisation]:
    return [an_enterprise(cast, name) for name in ("Rent Ord", "Grøn Hånd", "Syværket", "Kærnen")]
