# SPDX-License-Identifier: MPL-2.0
"""A running purchase against its limit, and a change against the free margin of udbudsloven § 180."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indgang.core.law.calculators.step import step
from indgang.core.law.figures import Figures
from indgang.core.text import Reason, Refused, gettext_noop


@dataclass(frozen=True)
class AgainstLimit:
    """Kroner used, left (never below zero) and per cent of the limit, before and after a change.

    The limit is passed when the sum reaches it: "below 500,000" ends at 499,999.
    """

    used: float
    left: float
    percent: float
    after: float
    left_after: float
    percent_after: float
    passes: bool
    steps: tuple[Reason, ...]


def against_limit(limit: float, committed: Sequence[float], change: float = 0) -> AgainstLimit:
    """Purchases of one kind, options included, against a limit that they must stay below."""
    if limit <= 0 or any(amount < 0 for amount in committed):
        raise Refused("Grænsen skal være mere end nul, og intet køb kan være negativt.")
    used = sum(committed)
    after = used + change
    steps = [
        step(gettext_noop("Købt og aftalt, med optioner: %(used)s kr."), used=used),
        step(
            gettext_noop("Grænse: under %(limit)s kr. Der er %(left)s kr. tilbage."),
            limit=limit,
            left=max(0, limit - used),
        ),
    ]
    if change:
        words = gettext_noop(
            "Ændringen på %(change)s kr. giver %(after)s kr. i alt (%(percent)s %% af grænsen)."
        )
        steps.append(step(words, change=change, after=after, percent=round(100 * after / limit, 1)))
    if after >= limit:
        steps.append(
            step(gettext_noop("Grænsen er nået. Afvis, send i udbud, eller få en juridisk vurdering."))
        )
    return AgainstLimit(
        used=used,
        left=max(0, limit - used),
        percent=100 * used / limit,
        after=after,
        left_after=max(0, limit - after),
        percent_after=100 * after / limit,
        passes=after >= limit,
        steps=tuple(steps),
    )


@dataclass(frozen=True)
class ChangeMargin:
    """All changes added up against both limits of § 180; `left` is kroner until the nearer of them."""

    total: float
    percent: float
    threshold: int
    share_limit: float
    left: float
    free: bool
    steps: tuple[Reason, ...]


def change_margin(
    figures: Figures, on: date, *, works: bool, state: bool, original: float, changes: Sequence[float]
) -> ChangeMargin:
    """Whether changes of an EU-tendered contract stay below the threshold and below 10 % (works 15 %).

    Increases and reductions both count as changes. Refuses a day without thresholds and a value of zero.
    """
    row = figures.threshold_row(on)
    if row is None:
        raise Refused("Vi kender ikke tærskelværdierne for %(day)s.", day=on)
    if original <= 0:
        raise Refused("Kontraktens oprindelige værdi skal være mere end nul.")
    threshold = row.amounts["works" if works else "state" if state else "services"]
    percent_limit = figures.figure("change_percent_works" if works else "change_percent_purchase", on).amount
    total = sum(abs(change) for change in changes)
    share_limit = original * percent_limit / 100
    free = total < threshold and total * 100 < percent_limit * original
    steps = (
        step(
            gettext_noop("Ændringer i alt: %(total)s kr., %(percent)s %% af %(original)s kr."),
            total=total,
            percent=round(100 * total / original, 1),
            original=original,
        ),
        step(
            gettext_noop("De skal ligge under %(threshold)s kr. og under %(limit)s %% (%(share)s kr.)."),
            threshold=threshold,
            limit=percent_limit,
            share=share_limit,
        ),
        step(
            gettext_noop("Det gør de.")
            if free
            else gettext_noop(
                "Det gør de ikke. Find en anden grund i §§ 179-183, eller se det som et nyt køb."
            )
        ),
    )
    left = max(0.0, min(threshold, share_limit) - total)
    return ChangeMargin(total, 100 * total / original, threshold, share_limit, left, free, steps)
