# SPDX-License-Identifier: MPL-2.0
"""The few rounded figures of a result that everybody may see."""

from typing import Any

from indgang.core.text import Refused, gettext_noop
from indgang.core.value.publish import Rules, check_enough
from indgang.core.value.result import Result
from indgang.core.value.statement import MAIN


def public_summary(result: Result, by: Rules) -> dict[str, Any]:
    """Rounded to 1,000 kr. and 5 people. Refuses when too few people or enterprises stand behind it."""
    check_enough(result.case.participants, by)
    named = {group.enterprise for group in result.case.groups if group.enterprise}
    if named and len(named) < by.enterprises and not named <= by.consent:
        raise Refused(_ENTERPRISES, count=len(named), least=by.enterprises)
    return {
        "title": result.case.title,
        "run": result.manifest["run_id"],
        "pack_sha256": result.figures.pack.sha256,
        "people": _nearest(result.case.participants, by.round_people),
        "evidence": result.grade,
        "horizon_years": result.horizon_weeks / 52,
        "perspectives": {name: _line(result, name, by.round_amount) for name in MAIN},
    }


def _line(result: Result, name: str, unit: int) -> dict[str, Any]:
    purse = result.purses[name]
    found = purse.interval
    return {
        "label_da": purse.label_da,
        "label_en": purse.label_en,
        "npv_dkk": _nearest(purse.amounts.npv, unit),
        "gross_npv_dkk": _nearest(purse.amounts.gross_npv, unit),
        "p5_dkk": _nearest(found.p5, unit) if found else None,
        "p95_dkk": _nearest(found.p95, unit) if found else None,
        "confidence": purse.support.confidence,
    }


def _nearest(value: float, unit: int) -> int:
    return round(value / unit) * unit


_ENTERPRISES = gettext_noop(
    "Tallene bygger på %(count)s virksomheder. Et tal, alle må se, kræver mindst %(least)s eller virksomhedernes ja "
    "(--consent)."
)
