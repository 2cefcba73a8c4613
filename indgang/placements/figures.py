# SPDX-License-Identifier: MPL-2.0
"""The ledger of quarters: what may be shown of one, by the rules that hide (`core.value.publish`)."""

from collections.abc import Collection, Mapping
from typing import Any

from indgang.core.text import Refused
from indgang.core.value import release
from indgang.core.value.publish import LOWEST_PEOPLE, TOTAL, Contribution, PublicTable, Rules, publish
from indgang.placements.models import TYPES
from indgang.placements.totals import Totals

NEW, BEFORE = "new", "before"
LEAVING = release.Movement(TOTAL, BEFORE)
"""Who was there when one quarter ended and is not from before in the next."""
RELEASED = "released"


def tables(
    by_enterprise: Mapping[int, Totals],
    least_people: int = LOWEST_PEOPLE,
    consent: Collection[int] = (),
) -> dict[str, Any]:
    """`consent`: enterprises that let themselves be shown though they could be recognised.

    Plain data for the ledger. A cell is None when it is hidden, a table when too few people stand behind it.

    Counts are exact where they are shown; those who do not collect them see `with_released`.
    """
    rules = Rules(people=least_people, round_people=1, consent=frozenset(map(str, consent)))
    return {
        "posts": _table(_posts(by_enterprise), rules),
        "alive_3": _lasting(by_enterprise, "alive_3", "due_3", rules),
        "alive_12": _lasting(by_enterprise, "alive_12", "due_12", rules),
        "enterprises": len([one for one in by_enterprise.values() if one.people]),
    }


def with_released(
    tables: Mapping[str, Any],
    least_people: int,
    *,
    earlier: Mapping[str, Any] | None = None,
    later: Mapping[str, Any] | None = None,
    year_ago: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The tables, and beside them what everybody but the collectors sees: rounded, and guarded against being
    subtracted from the tables of other quarters. Those who lasted are set against those who began then."""
    posts = None
    if tables["posts"] is not None:
        mine = release.sheet(tables["posts"], least_people)
        mine = release.guarded(mine, _sheet(earlier), _sheet(later), LEAVING, least_people)
        posts = {
            "rows": list(mine.rows),
            "columns": list(mine.columns),
            "people": [list(p) for p in mine.people],
        }
    told = {"posts": posts, "step": release.step_for(least_people)}
    for name, then in (("alive_3", earlier), ("alive_12", year_ago)):
        told[name] = None if _tells_who_stopped(tables[name], _sheet(then), least_people) else tables[name]
    return {**tables, RELEASED: told}


def _tells_who_stopped(lasting: Mapping[str, int] | None, then: release.Sheet | None, least: int) -> bool:
    if lasting is None or then is None or NEW not in then.columns:
        return False
    both = (lasting["alive"], lasting["alive"])
    lasted = release.Sheet((RELEASED, TOTAL), (BEFORE, TOTAL), (both, both), release.step_for(least))
    low, high = release.left_range(then, lasted, TOTAL, release.Movement(NEW, BEFORE))
    return release.is_told(low, high, least)


def released(tables: Mapping[str, Any]) -> dict[str, Any]:
    """What everybody may see of a quarter."""
    told: dict[str, Any] = tables.get(RELEASED) or {}
    return told


def _sheet(tables: Mapping[str, Any] | None) -> release.Sheet | None:
    told = released(tables or {})
    posts = told.get("posts")
    if posts is None:
        return None
    people = tuple(tuple(line) for line in posts["people"])
    return release.Sheet(tuple(posts["rows"]), tuple(posts["columns"]), people, told["step"])


def _posts(by_enterprise: Mapping[int, Totals]) -> list[Contribution]:
    rows = []
    for number, totals in by_enterprise.items():
        for kind in TYPES:
            there = totals.present.get(kind, 0)
            fresh = min(totals.new.get(kind, 0), there)
            rows += _contributions(kind, number, {NEW: fresh, BEFORE: there - fresh})
    return rows


def _lasting(
    by_enterprise: Mapping[int, Totals], alive: str, due: str, rules: Rules
) -> dict[str, int] | None:
    """How many of those that began earlier lasted, both rounded, so that the few who stopped cannot be
    counted; None when too few people or enterprises stand behind either number."""
    shown = {}
    for name, counted in (("alive", alive), ("due", due)):
        told = [
            Contribution("people", name, str(number), people, float(people))
            for number, totals in by_enterprise.items()
            if (people := getattr(totals, counted))
        ]
        shown[name] = release.rounded(total(_table(told, rules)), release.step_for(rules.people))
    if shown["alive"] is None or shown["due"] is None:
        return None
    return {"alive": shown["alive"], "due": shown["due"]}


def _contributions(row: str, number: int, columns: Mapping[str, int]) -> list[Contribution]:
    """Every column of a row that holds anybody, so that a column of zeros is a column like any other."""
    if not any(columns.values()):
        return []
    return [
        Contribution(row, column, str(number), people, float(people)) for column, people in columns.items()
    ]


def _table(contributions: list[Contribution], rules: Rules) -> dict[str, Any] | None:
    try:
        found = publish(contributions, rules)
    except Refused:
        return None
    return _plain(found)


def _plain(found: PublicTable) -> dict[str, Any]:
    return {
        "rows": list(found.rows),
        "columns": list(found.columns),
        "people": [[found.cells[row, column].people for column in found.columns] for row in found.rows],
    }


def cell(table: dict[str, Any] | None, row: str, column: str) -> int | None:
    """The people of one cell; 0 where the kind is not there at all, None where it is hidden or the table is."""
    if table is None:
        return None
    if row not in table["rows"] or column not in table["columns"]:
        return 0
    people: int | None = table["people"][table["rows"].index(row)][table["columns"].index(column)]
    return people


def total(table: dict[str, Any] | None, column: str = TOTAL) -> int | None:
    """The last row of a column."""
    return cell(table, TOTAL, column)
