# SPDX-License-Identifier: MPL-2.0
"""What changed between two packs, so that everything that used a changed rule or figure can be looked at again."""

from dataclasses import dataclass, fields

from indgang.core.law.figures import FigureRow, ThresholdRow
from indgang.core.law.logic import Condition
from indgang.core.law.pack import Pack
from indgang.core.law.rule import Block, Rule

NO_MATTER = frozenset({"sources"})  # another source for the same rule changes nothing that was decided


@dataclass(frozen=True)
class Difference:
    """Ids of rules that came, went or changed (with the fields), and names of figures that changed."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: dict[str, tuple[str, ...]]
    figures: tuple[str, ...]

    def touches(self, pack: Pack, rule_id: str) -> bool:
        """Whether an answer that used this rule (of the newer pack) should be looked at again."""
        if rule_id in self.added or rule_id in self.removed or rule_id in self.changed:
            return True
        read = {name for condition in pack.rule(rule_id).conditions() for name in condition.names}
        return bool(read & set(self.figures))


def difference(before: Pack, after: Pack) -> Difference:
    """From the older pack to the newer one."""
    old, new = ({rule.id: rule for rule in pack.rules} for pack in (before, after))
    changed = {rule_id: _changed(old[rule_id], new[rule_id]) for rule_id in new if rule_id in old}
    return Difference(
        added=tuple(rule_id for rule_id in new if rule_id not in old),
        removed=tuple(rule_id for rule_id in old if rule_id not in new),
        changed={rule_id: names for rule_id, names in changed.items() if names},
        figures=tuple(sorted({name for name, _ in _figures(before) ^ _figures(after)})),
    )


def _changed(old: Rule, new: Rule) -> tuple[str, ...]:
    names = (field.name for field in fields(Rule) if field.name not in NO_MATTER)
    return tuple(name for name in names if _plain(getattr(old, name)) != _plain(getattr(new, name)))


def _plain(value: object) -> object:
    if isinstance(value, Condition):
        return value.text
    if isinstance(value, Block):
        return (value.when.text, value.reason)
    return tuple(_plain(each) for each in value) if isinstance(value, tuple) else value


Fact = tuple[str, object]


def _figures(pack: Pack) -> set[Fact]:
    singles = {
        (name, _single(row)) for row in pack.figures.rows for name in (row.id, *READ_AS.get(row.id, ()))
    }
    return singles | {fact for row in pack.figures.thresholds for fact in _columns(row)}


def _single(row: FigureRow) -> tuple[object, ...]:
    return (row.amount, row.valid_from, row.valid_to)


def _columns(row: ThresholdRow) -> set[Fact]:
    """Each cell under every name by which a condition reads it."""
    cells = {
        column: (column, amount, row.valid_from, row.valid_to, column in row.derived)
        for column, amount in row.amounts.items()
    }
    return {(name, cell) for column, cell in cells.items() for name in READ_AS[column]}


READ_AS = {
    "services": ("threshold", "threshold_services", "change_threshold"),
    "light": ("threshold",),
    "works": ("threshold", "change_threshold"),
    "state": ("threshold", "change_threshold"),
    "small_lot": ("small_lot_limit",),
    "small_lot_works": ("small_lot_limit",),
    "change_percent_purchase": ("change_percent",),
    "change_percent_works": ("change_percent",),
}
