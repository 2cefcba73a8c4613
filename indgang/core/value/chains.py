# SPDX-License-Identifier: MPL-2.0
"""Other people's calculations, redone: an SROI chain, a table that should add up, an annuity, a claimed total.

They test the arithmetic of published figures; nothing here enters a value account.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from indgang.core.law.refund import staircase
from indgang.core.text import Reason, Refused, gettext_noop
from indgang.core.value.case_reader import run_start
from indgang.core.value.fields import WHOLE, Fields, check_no_person_numbers, number, plain
from indgang.core.value.fleksjob import as_json, month, read_fleksjob
from indgang.core.value.labels import label
from indgang.core.value.pack import Figures, Pack
from indgang.core.value.schema import KINDS

Plain = dict[str, Any]


def chain(raw: Mapping[str, object], pack: Pack) -> Plain:
    """The case's `kind` decides. Raises Refused on what cannot be read."""
    check_no_person_numbers(raw)
    kind = str(raw["kind"])
    if kind not in KINDS:
        raise Refused(_UNKNOWN, kind=kind, known=", ".join(("programme", *KINDS)))
    warnings: list[Reason] = []
    fields = Fields(raw, {**KINDS[kind], "kind": None, "title": None}, WHOLE, warnings)
    found = _fleksjob(fields, pack) if kind == "fleksjob" else _CHAINS[kind](fields)
    question = "fleksjob_month" if kind == "fleksjob" else "published"
    text = label("question", question)
    return {
        "kind": kind,
        "title": fields.text("title"),
        "question": {"code": question, "da": text.da, "en": text.en},
        **found,
        "warnings": [str(warning) for warning in warnings],
    }


def _fleksjob(fields: Fields, pack: Pack) -> Plain:
    figures = Figures(pack, run_start(fields, pack))
    terms = read_fleksjob(fields, figures)
    counted = fields.count("benefit_weeks_before", 104) + 1
    return {**as_json(month(terms, counted, staircase(figures.on), figures)), "counted_week": counted}


def _sroi(fields: Fields) -> Plain:
    gross = fields.number("people") * fields.number("value_each")
    after_deadweight = gross * (1 - fields.share("deadweight", 0.0))
    after_displacement = after_deadweight * (1 - fields.share("displacement", 0.0))
    first = after_displacement * (1 - fields.share("attribution", 0.0))
    rate, drop = fields.share("discount_rate", 0.035), fields.share("drop_off", 0.0)
    years = fields.count("years", 1, low=1, high=100)
    rows = [
        {
            "year": year + 1,
            "value": first * (1 - drop) ** year,
            "present_value": first * ((1 - drop) / (1 + rate)) ** year,
        }
        for year in range(years)
    ]
    total = sum(row["present_value"] for row in rows)
    investment = fields.number("investment")
    if investment <= 0:
        raise Refused(_NO_INVESTMENT)
    fields.warnings.append(Reason(_NOT_COMPARABLE))
    return {
        "gross": round(gross, 2),
        "after_deadweight": round(after_deadweight, 2),
        "after_displacement": round(after_displacement, 2),
        "after_attribution": round(first, 2),
        "years": [{name: round(value, 2) for name, value in row.items()} for row in rows],
        "present_value": round(total, 2),
        "net_present_value": round(total - investment, 2),
        "ratio": round(total / investment, 6),
    }


def _reconciliation(fields: Fields) -> Plain:
    raw = fields.get("parts")
    if not isinstance(raw, Mapping) or not raw:
        raise Refused(_NO_PARTS)
    parts = {str(name): number(value, f"parts.{name}", -math.inf) for name, value in raw.items()}
    added = sum(parts.values())
    total = fields.number("total", added, low=-math.inf)
    tolerance = fields.number("tolerance", 1.0)
    found: Plain = {
        "sum_of_parts": round(added, 2),
        "total": round(total, 2),
        "remainder": round(total - added, 2),
    }
    if not (fields.has("cost") or fields.has("npv")):
        return {**found, "adds_up": abs(total - added) <= tolerance}
    npv = fields.number("npv", math.nan, low=-math.inf) if fields.has("npv") else math.nan
    cost = fields.number("cost", total - npv, low=-math.inf)
    ratio = total / cost if cost else math.inf
    adds_up = abs(total - added) <= tolerance and (math.isnan(npv) or abs(total - cost - npv) <= tolerance)
    if fields.has("ratio"):
        adds_up = adds_up and abs(fields.number("ratio") - ratio) <= 0.005 + 1e-9
    if not adds_up:
        fields.warnings.append(Reason(_DOES_NOT_ADD_UP))
    return {
        **found,
        "cost": round(cost, 2),
        "npv": round(total - cost, 2),
        "ratio": round(ratio, 6) if math.isfinite(ratio) else None,
        "adds_up": adds_up,
    }


def _annuity(fields: Fields) -> Plain:
    raw = fields.get("yearly")
    values = [
        number(value, "yearly", -math.inf) for value in (raw if isinstance(raw, list | tuple) else [raw])
    ]
    years = fields.count("years", low=1, high=1_000)
    rate = fields.share("discount_rate")
    shift = {"due": 0.0, "mid": 0.5, "end": 1.0}[fields.choice("timing", ("due", "mid", "end"), "due")]
    factor = sum((1 + rate) ** -(year + shift) for year in range(years))
    return {"factor": round(factor, 6), "present_values": [round(value * factor, 2) for value in values]}


def _claim(fields: Fields) -> Plain:
    persons = fields.number("persons", math.nan) * fields.share("share", 1.0)
    each, total = fields.number("value_each", math.nan), fields.number("claimed_total", math.nan)
    if sum(map(math.isnan, (persons, each, total))) > 1:
        raise Refused(_TWO_OF_THREE)
    if math.isnan(total):
        return {"outcomes": round(persons, 6), "total": round(persons * each, 2)}
    found: Plain = {"claimed_total": total}
    if not math.isnan(each) and each > 0:
        found["implied_outcomes"] = round(total / each, 6)
    if not math.isnan(persons) and persons > 0:
        found["implied_value_each"] = round(total / persons, 2)
    if not math.isnan(persons) and not math.isnan(each):
        expected = persons * each
        found |= {"outcomes": round(persons, 6), "expected_total": round(expected, 2)}
        found["adds_up"] = abs(total - expected) <= fields.number("tolerance", 0.01) * max(
            abs(total), abs(expected)
        )
        if not found["adds_up"] and each > 0:
            values = {"outcomes": plain(round(persons, 1)), "implied": plain(round(total / each, 1))}
            fields.warnings.append(Reason(_CLAIM_OFF, values))
    return found


_CHAINS: dict[str, Callable[[Fields], Plain]] = {
    "sroi": _sroi,
    "reconciliation": _reconciliation,
    "annuity": _annuity,
    "claim": _claim,
}

_UNKNOWN = gettext_noop("kind „%(kind)s“ kendes ikke. Vælg en af: %(known)s.")
_NO_INVESTMENT = gettext_noop("investment skal være over 0: et forhold kræver noget at dele med.")
_NOT_COMPARABLE = gettext_noop(
    "SROI-tal kan ikke sammenlignes mellem regnskaber og bør ikke stå som overskrift."
)
_NO_PARTS = gettext_noop("„parts“ skal være navne og beløb, fx taxpayers: 2570.")
_DOES_NOT_ADD_UP = gettext_noop("Tallene passer ikke sammen: mere end afrunding skiller dem.")
_TWO_OF_THREE = gettext_noop("Skriv mindst to af persons, value_each og claimed_total.")
_CLAIM_OFF = gettext_noop(
    "Totalen svarer til %(implied)s personer, men der er regnet med %(outcomes)s. Tallene passer ikke sammen."
)
