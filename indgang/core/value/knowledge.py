# SPDX-License-Identifier: MPL-2.0
"""What we know and what we assume: every number behind an account, with its source or its evidence grade."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from indgang.core.law.fleksjob import figures_of
from indgang.core.law.refund import staircase
from indgang.core.value.case import Case
from indgang.core.value.draws import quantities
from indgang.core.value.labels import label
from indgang.core.value.pack import Figures, Parameter
from indgang.core.value.quantity import Quantity
from indgang.core.value.result import Result

KNOWN_GRADES = ("A", "B")


@dataclass(frozen=True)
class Fact:
    """`known` is false for assumptions. `weight` is an H, M or L, or an evidence grade A to D."""

    name: str
    label_da: str
    label_en: str
    value: float | str
    unit: str
    known: bool
    weight: str
    source: str
    note_da: str = ""
    note_en: str = ""


def facts(result: Result) -> tuple[Fact, ...]:
    """Assumptions of the case first, then the pack's rows; each once."""
    return (*_from_case(result), *_from_law(result), *map(_from_pack, _rows(result.figures)))


def quantity_label(name: str, case: Case) -> tuple[str, str]:
    """Plain words for a drawn number, Danish and English."""
    kind, _, number = name.partition(".")
    da, en = label("parameter", kind)
    if kind == "service":
        service = case.services[int(number) - 1]
        return da % {"account": service.label_da}, en % {"account": service.label_da}
    return (f"{da} ({number})", f"{en} ({number})") if number else (da, en)


def _rows(figures: Figures) -> list[Parameter]:
    return [
        row
        for key, row in sorted(figures.used.items())
        if not key.startswith(("evidence.sample", "uncertainty."))
    ]


def _from_pack(row: Parameter) -> Fact:
    known = row.confidence != "L"
    return Fact(
        row.key, row.label_da, row.label_en, row.value, row.unit, known, row.confidence,
        row.source, row.note_da, row.note_en,
    )  # fmt: skip


def _from_case(result: Result) -> Iterator[Fact]:
    case = result.case
    for name, quantity in quantities(result.compiled).items():
        kind = name.partition(".")[0]
        if kind == "service":
            service = case.services[int(name.partition(".")[2]) - 1]
            known = service.quality != "guess" and not service.source
            yield _fact(name, case, quantity, "dkk_year", known, "M" if known else "L")
        elif kind == "cost":
            yield _fact(name, case, quantity, "dkk", True, "M")
        elif kind == "half_life":
            yield _fact(name, case, quantity, "weeks", False, "L")
        else:
            grade = case.grades.get(kind, "D")
            yield _fact(name, case, quantity, "share", grade in KNOWN_GRADES, grade)


def _from_law(result: Result) -> Iterator[Fact]:
    """The staircase and, where there is a fleksjob, its figures: `core.law` owns them."""
    rule = staircase(result.figures.on)
    steps = ", ".join(f"{percent} % til uge {last}" for last, percent in rule.steps)
    text = f"staten {steps}, derefter {rule.percent_after} %"
    yield Fact(
        "refund", "Refusionstrappen", "The reimbursement staircase", text, "text",
        rule.confidence != "L", rule.confidence, rule.sources[0],
    )  # fmt: skip
    if any(group.fleksjob for group in result.case.groups):
        year = figures_of(result.figures.on.year)
        yield Fact(
            "fleksjob.step", "Fleksløntilskud: grænse for det højere fradrag", "Fleksjob: step of the deduction",
            float(year.step), "dkk_month", year.confidence != "L", year.confidence, year.source,
        )  # fmt: skip


def _fact(name: str, case: Case, quantity: Quantity, unit: str, known: bool, weight: str) -> Fact:
    da, en = quantity_label(name, case)
    value = quantity.central if math.isfinite(quantity.central) else "bliver ved"
    return Fact(name, da, en, value, unit, known, weight, "sagen")
