# SPDX-License-Identifier: MPL-2.0
"""Fleksløntilskud: what the municipality pays a person in a fleksjob per month, with the arithmetic.

Source: lov om en aktiv beskæftigelsesindsats § 123 (figures by year, with links, in `fleksjob.toml`).
Amounts are kroner per month before tax, pay includes pension contributions of both sides. Not modelled:
holiday pay, sickness and maternity refunds, income that covers several months, tax, ordinary ATP. The
municipality does the real calculation on last month's registered pay.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from indgang.core.law.sentence import number
from indgang.core.text import Reason, Refused, gettext_noop

OERE = Decimal("0.01")


@dataclass(frozen=True)
class FleksjobYear:
    """The figures of one year; `derived` names those that were computed and not read in print."""

    year: int
    maximum: int | Decimal
    step: int
    first: Decimal
    second: Decimal
    extra_pension: Decimal
    extra_pension_maximum: int
    derived: tuple[str, ...]
    confidence: str
    source: str

    @property
    def zero_point(self) -> int:
        """The pay in whole kroner at which nothing is left of the subsidy."""
        point = self.step + (self.maximum - self.first * self.step) / self.second
        return int(point.to_integral_value(ROUND_HALF_UP))


@dataclass(frozen=True)
class FleksjobSubsidy:
    """One month. `uncapped` is the subsidy before the ceiling of full ordinary pay (§ 123, stk. 3)."""

    subsidy: Decimal
    uncapped: Decimal
    total_gross: Decimal
    zero_point: int
    marginal_deduction: Decimal
    extra_pension: Decimal
    steps: tuple[Reason, ...]
    figures: FleksjobYear


def figures_of(year: int) -> FleksjobYear:
    """The figures of a year. Refuses a year of which some are missing."""
    table = _table()
    row = next((row for row in table["year"] if row["year"] == year), None)
    if row is None or "maximum" not in row:
        complete = ", ".join(str(row["year"]) for row in table["year"] if "maximum" in row)
        raise Refused(
            "Vi mangler tallene for fleksløntilskud i %(year)s. Vi har %(years)s.", year=year, years=complete
        )
    return FleksjobYear(
        year=year,
        maximum=row["maximum"],
        step=row["step"],
        first=Decimal(table["first_percent"]) / 100,
        second=Decimal(table["second_percent"]) / 100,
        extra_pension=Decimal(table["extra_pension_percent"]) / 100,
        extra_pension_maximum=table["extra_pension_maximum"],
        derived=tuple(row.get("derived", ())),
        confidence=row["confidence"],
        source=row["source"],
    )


def subsidy(*, year: int, pay: Decimal, other_pay: Decimal, full_pay: Decimal) -> FleksjobSubsidy:
    """The subsidy of a month: pay in the fleksjob, pay from other work, and full ordinary pay for the post.

    Refuses amounts that are negative or not numbers, and years without figures.
    """
    return subsidy_by(figures_of(year), pay=pay, other_pay=other_pay, full_pay=full_pay)


def subsidy_by(
    figures: FleksjobYear, *, pay: Decimal, other_pay: Decimal, full_pay: Decimal
) -> FleksjobSubsidy:
    """The same by given figures, for a calculation that rests on another highest benefit."""
    for name, amount in (("pay", pay), ("other-pay", other_pay), ("full-pay", full_pay)):
        if not amount.is_finite() or amount < 0:
            raise Refused(
                "%(name)s er %(amount)s. Skriv et beløb i kroner om måneden, nul eller mere.",
                name=name,
                amount=amount,
            )
    both = pay + other_pay
    below, above = min(both, Decimal(figures.step)), max(Decimal(0), both - figures.step)
    if pay == 0:
        none = Reason(
            gettext_noop(
                "Uden løn i fleksjobbet er der intet tilskud. Personen kan måske få ledighedsydelse."
            )
        )
        return _result(figures, pay, Decimal(0), Decimal(0), Decimal(0), (none,))
    before = figures.maximum - figures.first * below - figures.second * above
    uncapped = _oere(max(Decimal(0), before))
    room = max(Decimal(0), full_pay - pay)
    paid = _oere(min(uncapped, room))
    marginal = Decimal(0) if uncapped == 0 else figures.second if above else figures.first
    if uncapped > room:
        marginal = Decimal(1) if room else Decimal(0)
    return _result(
        figures, pay, paid, uncapped, marginal, _steps(figures, below, above, uncapped, room, paid)
    )


def as_json(result: FleksjobSubsidy) -> dict[str, Any]:
    """Plain data in kroner per month."""
    return {
        "subsidy_dkk": float(result.subsidy),
        "uncapped_dkk": float(result.uncapped),
        "total_gross_dkk": float(result.total_gross),
        "zero_point_dkk": result.zero_point,
        "marginal_deduction": float(result.marginal_deduction),
        "extra_pension_dkk": float(result.extra_pension),
        "steps": [str(step) for step in result.steps],
        "year": result.figures.year,
        "derived_figures": list(result.figures.derived),
        "confidence": result.figures.confidence,
        "source": result.figures.source,
    }


def _result(
    figures: FleksjobYear,
    pay: Decimal,
    paid: Decimal,
    uncapped: Decimal,
    marginal: Decimal,
    steps: tuple[Reason, ...],
) -> FleksjobSubsidy:
    pension = _oere(min(figures.extra_pension * paid, Decimal(figures.extra_pension_maximum)))
    return FleksjobSubsidy(
        subsidy=_oere(paid),
        uncapped=_oere(uncapped),
        total_gross=_oere(pay + paid),
        zero_point=figures.zero_point,
        marginal_deduction=marginal,
        extra_pension=pension,
        steps=steps,
        figures=figures,
    )


def _steps(
    figures: FleksjobYear, below: Decimal, above: Decimal, uncapped: Decimal, room: Decimal, paid: Decimal
) -> tuple[Reason, ...]:
    steps = [
        _step(
            gettext_noop("Højeste tilskud i %(year)s er %(amount)s kr."), figures.maximum, year=figures.year
        ),
        _step(
            gettext_noop("Træk %(percent)s %% af de første %(pay)s kr. løn: %(amount)s kr."),
            figures.first * below,
            percent=int(figures.first * 100),
            pay=_kroner(below),
        ),
    ]
    if above:
        words = gettext_noop("Træk %(percent)s %% af de næste %(pay)s kr. løn: %(amount)s kr.")
        steps.append(
            _step(words, figures.second * above, percent=int(figures.second * 100), pay=_kroner(above))
        )
    steps.append(_step(gettext_noop("Tilskuddet bliver %(amount)s kr."), uncapped))
    if paid < uncapped:
        words = gettext_noop(
            "Løn og tilskud må ikke blive mere end fuld løn. Derfor er tilskuddet højst %(amount)s kr."
        )
        steps.append(_step(words, room))
    return tuple(steps)


def _step(words: str, amount: Decimal | int, **values: object) -> Reason:
    filled: Mapping[str, object] = {"amount": _kroner(Decimal(amount)), **values}
    return Reason(words, filled)


def _kroner(amount: Decimal) -> str:
    return number(float(_oere(amount)))


def _oere(amount: Decimal) -> Decimal:
    return amount.quantize(OERE, ROUND_HALF_UP)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("fleksjob.toml").read_text("utf-8"))
