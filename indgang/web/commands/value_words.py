# SPDX-License-Identifier: MPL-2.0
"""The short answers of `indgang value`: a month of fleksjob, a spell, a standing, a redone calculation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from indgang.core.law.refund import Staircase
from indgang.core.value.fields import kroner, plain
from indgang.core.value.staircase import Spell, Standing, settled
from indgang.web.commands.value_lines import MARK, heading, oere, say, shown

if TYPE_CHECKING:  # the short answers load no numerics
    from indgang.core.value.knowledge import Fact


def print_month(month: Mapping[str, float]) -> None:
    """A month of fleksjob, kroner."""
    for label, key in (
        ("Loft over tilskuddet", "ceiling_dkk"), ("Fleksløntilskud", "subsidy_dkk"),
        ("Løn og tilskud i alt", "income_dkk"), ("Kommunen betaler", "municipality_dkk"),
        ("Staten betaler", "state_dkk"), ("Ledighedsydelse i stedet", "ledighedsydelse_dkk"),
        ("Kommunen sparer", "municipality_saves_dkk"),
    ):  # fmt: skip
        print(f"  {label:28}{oere(month[key]):>14} kr.")


def print_chain(found: Mapping[str, Any]) -> None:
    """Another's calculation, redone."""
    if found["title"]:
        print(found["title"])
    say(found["question"]["da"])
    if found["kind"] == "fleksjob":
        print_month(found)
    else:
        for key, value in found.items():
            if key in _WORDS:
                print(f"  {_WORDS[key]:34}{shown(value)}")
    for warning in found["warnings"]:
        say(f"OBS: {warning}", hang=5)
    print(f"Kørsel {found['manifest']['run_id']}")


_WORDS = {
    "gross": "I alt før fradrag", "after_deadweight": "Efter det, der var sket alligevel",
    "after_displacement": "Efter fortrængning", "after_attribution": "Efter andres del",
    "present_value": "Nutidsværdi", "net_present_value": "Nutidsværdi minus investering",
    "sum_of_parts": "Summen af delene", "total": "I alt", "remainder": "Rest", "cost": "Pris", "npv": "Netto",
    "ratio": "Pr. krone", "adds_up": "Går op", "factor": "Annuitetsfaktor", "present_values": "Nutidsværdier",
    "outcomes": "Personer med resultatet", "expected_total": "Burde give i alt", "claimed_total": "Påstået i alt",
    "implied_outcomes": "Svarer til personer", "implied_value_each": "Svarer til pr. person",
}  # fmt: skip


def print_public(found: Mapping[str, Any]) -> None:
    """Rounded figures that everybody may see."""
    print(found["title"])
    say(
        f"Omkring {found['people']} deltagere, {plain(round(found['horizon_years'], 2))} år. Evidens {found['evidence']}."
    )
    print(f"{'':28}{'netto':>12} {'fra':>12}{'til':>12}{'brutto':>13}")
    for row in found["perspectives"].values():
        mark = MARK if row["confidence"] == "L" else " "
        ends = "".join(
            f"{'-' if row[key] is None else kroner(row[key]):>12}" for key in ("p5_dkk", "p95_dkk")
        )
        print(
            f"{row['label_da']:28}{kroner(row['npv_dkk']):>12}{mark}{ends}{kroner(row['gross_npv_dkk']):>13}"
        )
    say(f"Afrundet til 1.000 kr. {MARK}: hviler på et ubekræftet tal. Kørsel {found['run']}.")


def print_spell(found: Spell, week: float, rule: Staircase) -> None:
    """A spell on benefit, step by step."""
    print(f"Ydelse {oere(week)} kr. om ugen. {rule.statute}.")
    print(f"{'uge':>11}{'staten':>9}{'i alt':>15}{'kommunen':>15}{'staten':>15}")
    *steps, whole = settled(found, 0)
    for step in steps:
        weeks = f"{step.first_week}-{step.last_week}"
        cells = "".join(f"{kroner(cell):>15}" for cell in (step.gross, step.municipality, step.state))
        print(f"{weeks:>11}{step.state_percent:>7} %{cells}")
    cells = "".join(f"{kroner(cell):>15}" for cell in (whole.gross, whole.municipality, whole.state))
    print(f"{'i alt':>11}{'':9}{cells}")
    if found.gross:
        print(f"Kommunens andel er {plain(round(found.municipality / found.gross * 100, 2))} %.")
        say(
            f"En fast tommelfingerregel på 80 % ville sige {kroner(found.rule_of_thumb)} kr., "
            f"{kroner(round(found.rule_of_thumb) - whole.municipality)} kr. for meget."
            if found.rule_of_thumb - found.municipality > 0.5
            else "Alle ugerne ligger på det sidste trin, så tommelfingerreglen på 80 % passer her."
        )


def spell_json(found: Spell, rule: Staircase) -> dict[str, Any]:
    """Kroner in whole øre; rows and columns add up."""
    *steps, whole = settled(found, 2)
    return {
        "gross_dkk": whole.gross,
        "municipality_dkk": whole.municipality,
        "state_dkk": whole.state,
        "municipal_share": round(found.municipality / found.gross, 6) if found.gross else None,
        "flat_80_percent_dkk": round(found.rule_of_thumb, 2),
        "steps": [
            {
                "first_week": step.first_week, "last_week": step.last_week, "state_percent": step.state_percent,
                "gross_dkk": step.gross, "municipality_dkk": step.municipality, "state_dkk": step.state,
            }
            for step in steps
        ],
        "statute": rule.statute,
        "confidence": rule.confidence,
        "sources": list(rule.sources),
    }  # fmt: skip


def print_standing(found: Standing) -> None:
    """Where a person stands on the staircase."""
    print(f"Efter {_weeks(found.weeks)} er der talt {found.counted_weeks} på trappen.")
    if found.state_percent is not None:
        print(
            f"Staten betaler {found.state_percent} % i den sidst talte uge, kommunen {100 - found.state_percent} %."
        )
    print(f"En ydelsesuge nu bliver nr. {found.next_week}: staten betaler {found.next_state_percent} %.")
    for week in found.restarts:
        print(f"Trappen begyndte forfra i uge {week}.")
    print(f"Selvforsørgelse i de seneste 156 uger: {_weeks(found.self_support_in_window)}.")
    if found.missing_self_support:
        print(f"Der mangler {_weeks(found.missing_self_support)}, før en ny periode begynder forfra.")
    say("Uger i fleksjob tæller som ydelsesuger; løntilskud tæller hverken som ydelse eller selvforsørgelse.")


def _weeks(count: int) -> str:
    return "1 uge" if count == 1 else f"{count} uger"


def standing_json(found: Standing, rule: Staircase) -> dict[str, Any]:
    """Position, next week and what is lacking."""
    return {
        "weeks": found.weeks,
        "counted_weeks": found.counted_weeks,
        "state_percent": found.state_percent,
        "municipal_percent": None if found.state_percent is None else 100 - found.state_percent,
        "next_benefit_week": {
            "counted_week": found.next_week,
            "state_percent": found.next_state_percent,
            "municipal_percent": 100 - found.next_state_percent,
            "starts_over": found.next_week == 1 and found.counted_weeks > 0,
        },
        "self_support_in_window": found.self_support_in_window,
        "missing_self_support_weeks": found.missing_self_support,
        "restarts_in_weeks": list(found.restarts),
        "statute": rule.statute,
        "confidence": rule.confidence,
    }


def print_facts(rows: Iterable[Fact]) -> None:
    """What we know, then what we assume."""
    found = list(rows)
    for known, title in ((True, "Det ved vi"), (False, "Det antager vi")):
        heading(title)
        for fact in (fact for fact in found if fact.known is known):
            say(f"{fact.label_da}: {_amount(fact)} [{fact.weight}] {fact.source}".rstrip(), hang=4)
            if not known and fact.note_da:
                say(fact.note_da, indent=4)


def print_doubts(found: Mapping[str, Any]) -> None:
    """Everything that is not verified, with a star where it touches these figures."""
    heading("Tvivl, værst først")
    for doubt in found["doubts"]:
        star = "*" if doubt["touches_this"] else " "
        say(f"{star}{doubt['rank']}. {doubt['da']}", hang=4)
    print("* rører tallene her.")


def _amount(fact: Fact) -> str:
    if isinstance(fact.value, str):
        return fact.value
    if fact.unit == "share":
        return f"{plain(round(fact.value * 100, 3))} %"
    unit = {"dkk": "kr.", "dkk_year": "kr. om året", "dkk_month": "kr. om måneden", "dkk_week": "kr. om ugen",
            "dkk_day": "kr. om dagen", "weeks": "uger"}.get(fact.unit, "")  # fmt: skip
    return f"{plain(round(fact.value, 2))} {unit}".strip()
