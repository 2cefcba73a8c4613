# SPDX-License-Identifier: MPL-2.0
"""Lists of placements and of totals (CSV), read without a database: every line that cannot be kept is named with
its reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from indgang.core.sort_key import danish_sort_key
from indgang.core.text import Refused, gettext_noop
from indgang.directory.vocabulary import JobType
from indgang.placements import codes
from indgang.placements.csv_lists import Bad, read_rows, refuse_cpr
from indgang.placements.new_placement import NewPlacement, check

COLUMNS = ("virksomhed", "enhed", "type", "timer", "effektive timer", "fra", "til", "kode", "kommer fra")
NEEDED = ("virksomhed", "type", "timer", "fra")
TOTALS_COLUMNS = ("virksomhed", "type", "pladser", "heraf nye")
_KINDS = {
    "ordinær": JobType.ORDINARY, "ordinært": JobType.ORDINARY, "ordinært job": JobType.ORDINARY,
    "fleksjob": JobType.FLEX, "løntilskud": JobType.WAGE_SUBSIDY, "skånejob": JobType.WAGE_SUBSIDY,
    "praktik": JobType.WORK_PLACEMENT, "virksomhedspraktik": JobType.WORK_PLACEMENT, "stu": JobType.STU,
    "beskyttet": JobType.SHELTERED_103, "beskyttet beskæftigelse": JobType.SHELTERED_103,
}  # fmt: skip
KINDS = {danish_sort_key(word): kind for word, kind in _KINDS.items()}


@dataclass(frozen=True)
class Names:
    """Which numbers stand behind the names of enterprises and units, keyed by `danish_sort_key`; CVR numbers too."""

    organisations: Mapping[str, int]
    units: Mapping[str, int]


def read_lines(content: bytes, names: Names) -> tuple[list[tuple[int, NewPlacement]], list[Bad]]:
    """Good lines and bad ones. Raises Refused when the file is no such list at all."""
    rows = read_rows(content, COLUMNS, NEEDED)
    good, bad = [], []
    for number, row in rows:
        try:
            good.append((number, _placement(row, names)))
        except Refused as refusal:
            bad.append(Bad(number, refusal.reason))
    return good, bad


def _placement(row: dict[str, str], names: Names) -> NewPlacement:
    refuse_cpr(row)
    unit = None
    if row.get("enhed"):
        unit = names.units.get(danish_sort_key(row["enhed"]))
        if unit is None:
            raise Refused(gettext_noop("Enheden «%(name)s» findes ikke."), name=row["enhed"][:60])
    hours = _hours(row["timer"])
    told = NewPlacement(
        organisation_id=_organisation(row, names),
        unit_id=unit,
        kind=_kind(row),
        hours_present=hours,
        hours_effective=_hours(row["effektive timer"]) if row.get("effektive timer") else hours,
        first_date=_day(row["fra"]),
        last_date=_day(row["til"]) if row.get("til") else None,
        code=codes.tidy(row.get("kode", "")),
        origin_label=row.get("kommer fra", ""),
    )
    check(told)
    return told


@dataclass(frozen=True)
class TotalsLine:
    """One enterprise's posts of one kind."""

    organisation_id: int
    kind: str
    present: int
    new: int


def read_totals(content: bytes, names: Names) -> tuple[list[tuple[int, TotalsLine]], list[Bad]]:
    """Totals by enterprise and kind: good lines and bad ones. Raises Refused when the file is no such list."""
    good: list[tuple[int, TotalsLine]] = []
    bad: list[Bad] = []
    for number, row in read_rows(content, TOTALS_COLUMNS, TOTALS_COLUMNS):
        try:
            refuse_cpr(row)
            line = TotalsLine(
                _organisation(row, names), _kind(row), _count(row["pladser"]), _count(row["heraf nye"] or "0")
            )
            if line.new > line.present:
                raise Refused(gettext_noop("Der kan ikke være flere nye pladser end pladser i alt."))
            if any((line.organisation_id, line.kind) == (o.organisation_id, o.kind) for _n, o in good):
                raise Refused(gettext_noop("Samme virksomhed og type står to gange."))
            good.append((number, line))
        except Refused as refusal:
            bad.append(Bad(number, refusal.reason))
    return good, bad


def _organisation(row: dict[str, str], names: Names) -> int:
    found = names.organisations.get(danish_sort_key(row["virksomhed"]))
    if found is None:
        raise Refused(
            gettext_noop("Virksomheden «%(name)s» står ikke i kataloget."), name=row["virksomhed"][:60]
        )
    return found


def _kind(row: dict[str, str]) -> str:
    kind = KINDS.get(danish_sort_key(row["type"]))
    if kind is None:
        raise Refused(
            gettext_noop(
                "Typen «%(name)s» kendes ikke. Brug fleksjob, løntilskud, praktik, STU, ordinært eller beskyttet."
            ),
            name=row["type"][:40],
        )
    return kind


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,4}", text):
        raise Refused(gettext_noop("«%(text)s» er ikke et antal."), text=text[:20])
    return int(text)


def _hours(text: str) -> float:
    if not re.fullmatch(r"\d{1,2}([.,]\d{1,2})?", text):
        raise Refused(gettext_noop("«%(text)s» er ikke et timetal, fx 12,5."), text=text[:20])
    return float(text.replace(",", "."))


def _day(text: str) -> date:
    danish = re.fullmatch(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", text)
    try:
        if danish:
            return date(int(danish[3]), int(danish[2]), int(danish[1]))
        return date.fromisoformat(text)
    except ValueError:
        pass
    raise Refused(gettext_noop("«%(text)s» er ikke en dato, fx 01-03-2027."), text=text[:20])
