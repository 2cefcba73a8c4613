# SPDX-License-Identifier: MPL-2.0
"""A contract list's columns and lines: what each says, or why it is left out. No database."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from indgang.core.cpr import holds_cpr
from indgang.core.law import cpv
from indgang.core.text import Reason, Refused, gettext_noop
from indgang.directory.importing import Field, Grid, Line, Rejected
from indgang.directory.importing.columns import fold
from indgang.guidance.models import BindingAgreement

FIELDS = (
    Field("category", _("Kategori"),
          ("kategori", "område", "aftaleområde", "hvad dækker aftalen", "aftale", "aftalenavn", "titel", "emne", "varegruppe", "navn"),
          must=True),
    Field("cpv_codes", _("CPV-kode"), ("cpv", "cpv kode", "cpv koder", "cpv kode r", "cpvkode"), must=True),
    Field("supplier", _("Leverandør"),
          ("leverandør", "leverandører", "firma", "virksomhed", "leverandørnavn", "supplier"), must=True),
    Field("number", _("Aftalenummer"), ("aftalenummer", "aftalenr", "aftale nr", "nr", "nummer", "ski nummer", "kontraktnummer")),
    Field("source", _("SKI eller egen"), ("type", "aftaletype", "ski", "ski eller egen", "hvis aftale", "kilde")),
    Field("first_date", _("Gælder fra"), ("start", "startdato", "fra", "gælder fra", "gyldig fra", "ikrafttræden")),
    Field("last_date", _("Gælder til og med"),
          ("slut", "slutdato", "udløb", "udløbsdato", "til", "gælder til", "gyldig til", "udløber")),
    Field("exclusive", _("Skal bruges"),
          ("forpligtende", "eksklusiv", "skal bruges", "bindende", "obligatorisk", "købspligt")),
    Field("how_to_order", _("Sådan bestiller I"),
          ("bestil", "bestilling", "sådan bestiller i", "sådan bestilles", "bestil her", "hvordan bestilles", "indkøbskanal", "link")),
)  # fmt: skip
MOST_CODES = 40
_YES = frozenset(
    {"ja", "j", "x", "yes", "true", "1", "forpligtende", "eksklusiv", "bindende", "obligatorisk"}
)
_NO = frozenset({"nej", "n", "no", "false", "0", "frivillig", "ikke eksklusiv", "ikke bindende", "valgfri"})


@dataclass(frozen=True)
class AgreementRow:
    """One line of the list in our own words. `exclusive` when the line does not say otherwise."""

    number: int
    category: str
    cpv_codes: tuple[str, ...]
    supplier: str
    agreement_number: str = ""
    source: str = BindingAgreement.Source.OWN
    first_date: date | None = None
    last_date: date | None = None
    exclusive: bool = True
    how_to_order: str = ""
    cells: tuple[str, ...] = field(default=(), repr=False)

    @property
    def key(self) -> str:
        """What makes two lines the same agreement."""
        return key_of(self.agreement_number, self.category, self.supplier)


def key_of(agreement_number: str, category: str, supplier: str) -> str:
    return "|".join(map(fold, (agreement_number, category, supplier)))


def rows_from(grid: Grid, columns: Mapping[str, Sequence[int]]) -> Iterator[AgreementRow | Rejected]:
    """Every line judged, in order. A line that says the same as one above it is left out."""
    seen: dict[str, int] = {}
    for line in grid.lines:
        reading = _Reading(line, columns)
        row = reading.row()
        if not reading.troubles and row.key in seen:
            reading.trouble(gettext_noop("Aftalen står også på linje %(number)d."), number=seen[row.key])
        if reading.troubles:
            yield Rejected(line.number, tuple(reading.troubles), reading.harmless_cells())
        else:
            seen[row.key] = line.number
            yield row


class _Reading:
    """One line while it is read."""

    def __init__(self, line: Line, columns: Mapping[str, Sequence[int]]) -> None:
        self.line, self.columns = line, columns
        self.troubles: list[Reason] = []
        if any(map(holds_cpr, line.cells)):
            self.trouble(
                gettext_noop(
                    "Linjen indeholder noget, der ligner et CPR-nummer. Fjern det: Indgang gemmer ikke CPR-numre."
                )
            )

    def trouble(self, msgid: str, **values: object) -> None:
        self.troubles.append(Reason(msgid, values))

    def harmless_cells(self) -> tuple[str, ...]:
        return tuple("" if holds_cpr(cell) else cell for cell in self.line.cells)

    def get(self, key: str, most: int = 150) -> str:
        numbers = [n for n in self.columns.get(key, ()) if n < len(self.line.cells)]
        return self.line.cells[numbers[0]][:most] if numbers else ""

    def must(self, key: str, missing: str) -> str:
        text = self.get(key)
        if not text:
            self.trouble(missing)
        return text

    def row(self) -> AgreementRow:
        first, last = self.day("first_date"), self.day("last_date")
        if first and last and last < first:
            self.trouble(gettext_noop("Aftalen slutter, før den begynder. Ret en af datoerne."))
        number = self.get("number", 40)
        return AgreementRow(
            number=self.line.number,
            category=self.must("category", gettext_noop("Kategorien mangler.")),
            cpv_codes=self.codes(),
            supplier=self.must("supplier", gettext_noop("Leverandøren mangler.")),
            agreement_number=number,
            source=self.source(number),
            first_date=first,
            last_date=last,
            exclusive=self.flag("exclusive"),
            how_to_order=self.get("how_to_order", 500),
            cells=self.line.cells,
        )

    def codes(self) -> tuple[str, ...]:
        """The codes of a cell, apart by comma, semicolon, slash or space; never repaired, only looked up."""
        text = self.get("cpv_codes", 1_000)
        found = []
        for part in filter(None, re.split(r"[,;/\s]+", text)):
            try:
                found.append(cpv.read_code(part)[0])
            except Refused:
                self.trouble(
                    gettext_noop("«%(code)s» er ikke en CPV-kode. Slå den kode op, der beskriver aftalen."),
                    code=part,
                )
        if not text:
            self.trouble(gettext_noop("CPV-koden mangler. Uden den kan ingen se, hvad aftalen dækker."))
        return tuple(dict.fromkeys(found))[:MOST_CODES]

    def source(self, number: str) -> str:
        told = fold(f"{self.get('source')} {number}")
        return BindingAgreement.Source.SKI if re.search(r"\bski\b", told) else BindingAgreement.Source.OWN

    def day(self, key: str) -> date | None:
        text = self.get(key)
        parts = re.fullmatch(r"(\d{1,2})[.\-/ ]+(\d{1,2})[.\-/ ]+(\d{4})", text) if text else None
        turned = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", text) if text else None
        try:
            if parts:
                return date(int(parts[3]), int(parts[2]), int(parts[1]))
            if turned:
                return date(int(turned[1]), int(turned[2]), int(turned[3]))
        except ValueError:
            text = text or "?"
        if text:
            self.trouble(gettext_noop("«%(text)s» er ikke en dato. Skriv fx 31.12.2028."), text=text)
        return None

    def flag(self, key: str) -> bool:
        text = fold(self.get(key))
        if text and text not in _YES | _NO:
            self.trouble(
                gettext_noop("«%(text)s» er hverken ja eller nej. Skal aftalen bruges?"), text=self.get(key)
            )
        return text not in _NO
