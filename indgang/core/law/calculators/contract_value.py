# SPDX-License-Identifier: MPL-2.0
"""What a contract is worth (udbudsloven §§ 30, 35 and 38): kroner ex VAT over the whole term."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from indgang.core.law.calculators.step import step
from indgang.core.law.figures import Figures
from indgang.core.text import Reason, Refused, gettext_noop


@dataclass(frozen=True)
class Price:
    """What is known of the price. Give a total, a monthly payment, recurring sums, or several of them.

    `months` includes extensions; None is open-ended. `options` and `premiums` are named amounts.
    """

    total: float | None = None
    monthly: float | None = None
    months: float | None = None
    last_12_months: float | None = None
    next_12_months: float | None = None
    options: Mapping[str, float] = field(default_factory=dict)
    premiums: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class ContractValue:
    """The value in kroner and how it came about."""

    value: float
    steps: tuple[Reason, ...]


def contract_value(figures: Figures, on: date, price: Price) -> ContractValue:
    """The largest of the ways to count that the facts allow, plus options and premiums.

    Refuses negative amounts, a term that is not positive, and a price of which nothing is known.
    """
    _check(price)
    steps: list[Reason] = []
    ways: list[float] = []
    if price.total is not None:
        ways.append(price.total)
        steps.append(step(gettext_noop("Samlet pris: %(total)s kr."), total=price.total))
    if price.monthly is not None:
        ways.append(_by_month(figures, on, price.monthly, price.months, steps))
    yearly = [amount for amount in (price.last_12_months, price.next_12_months) if amount is not None]
    if yearly:
        ways.append(max(yearly))
        words = gettext_noop(
            "Køb, der vender tilbage: det største af de seneste og de næste 12 måneder er %(amount)s kr."
        )
        steps.append(step(words, amount=max(yearly)))
    if len(ways) > 1:
        steps.append(step(gettext_noop("Vi regner med den største: %(amount)s kr."), amount=max(ways)))
    value = max(ways) + _added(price.options, gettext_noop("Option %(name)s: %(amount)s kr."), steps)
    value += _added(price.premiums, gettext_noop("Præmie %(name)s: %(amount)s kr."), steps)
    steps.append(step(gettext_noop("Kontraktens værdi: %(value)s kr. uden moms."), value=value))
    return ContractValue(value, tuple(steps))


def _by_month(figures: Figures, on: date, monthly: float, months: float | None, steps: list[Reason]) -> float:
    longest = figures.figure("open_ended_months", on).amount
    counted = longest if months is None or months > longest else months
    words = gettext_noop("%(monthly)s kr. om måneden × %(months)s måneder = %(amount)s kr.")
    if months is None:
        words = gettext_noop(
            "Ingen slutdato: %(monthly)s kr. om måneden × %(months)s måneder = %(amount)s kr."
        )
    elif months > longest:
        words = gettext_noop("Lang løbetid: %(monthly)s kr. om måneden × %(months)s måneder = %(amount)s kr.")
    steps.append(step(words, monthly=monthly, months=counted, amount=monthly * counted))
    return monthly * counted


def _added(amounts: Mapping[str, float], words: str, steps: list[Reason]) -> float:
    steps.extend(step(words, name=name, amount=amount) for name, amount in amounts.items())
    return sum(amounts.values())


def _check(price: Price) -> None:
    stated: Sequence[float | None] = (price.total, price.monthly, price.last_12_months, price.next_12_months)
    if all(amount is None for amount in stated):
        raise Refused("Skriv en samlet pris, en månedspris eller et forbrug på 12 måneder.")
    amounts = [
        amount
        for amount in (*stated, *price.options.values(), *price.premiums.values())
        if amount is not None
    ]
    if any(amount < 0 for amount in amounts):
        raise Refused("Et beløb er negativt. Skriv beløb i kroner, nul eller mere.")
    if price.months is not None and price.months <= 0:
        raise Refused(
            "Løbetiden skal være mere end nul måneder. Lad feltet stå tomt, når der ikke er en slutdato."
        )
