# SPDX-License-Identifier: MPL-2.0
"""Possible splitting: purchases of the same thing in several units that together reach a limit.

A finding is a question to ask, not a verdict: units may be independent (§ 31) and needs may differ.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from indgang.core.law.calculators.step import add_months, step
from indgang.core.text import Reason, gettext_noop


@dataclass(frozen=True)
class UnitPurchase:
    """One purchase: `subject` says what it is (a CPV code or a category), value in kroner ex VAT."""

    unit: str
    subject: str
    bought_date: date
    value: float


@dataclass(frozen=True)
class PossibleSplit:
    """Purchases that are each below the limit and together reach it."""

    subject: str
    purchases: tuple[UnitPurchase, ...]
    total: float
    steps: tuple[Reason, ...]

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(purchase.unit for purchase in self.purchases))


def possible_splits(purchases: Iterable[UnitPurchase], *, limit: float, months: int) -> list[PossibleSplit]:
    """For each subject the largest sum within any period of that many months, when it reaches the limit.

    A purchase that reaches the limit by itself is left out: it has been seen already.
    """
    by_subject: dict[str, list[UnitPurchase]] = defaultdict(list)
    for purchase in purchases:
        if 0 < purchase.value < limit:
            by_subject[purchase.subject].append(purchase)
    found = (_largest(subject, group, limit, months) for subject, group in sorted(by_subject.items()))
    return [split for split in found if split is not None]


def _largest(subject: str, group: Sequence[UnitPurchase], limit: float, months: int) -> PossibleSplit | None:
    ordered = sorted(group, key=lambda purchase: (purchase.bought_date, purchase.unit))
    best: Sequence[UnitPurchase] = ()
    best_total, total, last = 0.0, 0.0, 0
    for first, purchase in enumerate(ordered):
        end = add_months(purchase.bought_date, months)
        while last < len(ordered) and ordered[last].bought_date < end:
            total += ordered[last].value
            last += 1
        if total > best_total:
            best_total, best = total, ordered[first:last]
        total -= purchase.value
    if best_total < limit or len(best) < 2:
        return None
    words = gettext_noop("%(day)s: %(unit)s, %(value)s kr.")
    steps = [step(words, day=each.bought_date, unit=each.unit, value=each.value) for each in best]
    total_words = gettext_noop(
        "I alt %(total)s kr. inden for %(months)s måneder. Grænsen er %(limit)s kr. Hører købene sammen?"
    )
    steps.append(step(total_words, total=best_total, months=months, limit=limit))
    return PossibleSplit(subject, tuple(best), best_total, tuple(steps))
