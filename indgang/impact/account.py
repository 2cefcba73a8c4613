# SPDX-License-Identifier: MPL-2.0
"""An account as a page shows it, made from the plain data of a run, kept or fresh. No figure stands alone: gross
beside net, point beside range, what it rests on, and the run it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from indgang.impact import drawings
from indgang.kernel.templatetags.ui import kr

CURVES = ("job_centre", "municipality", "state", "public")
NEEDED = ("job_centre", "municipality", "public", "society")
ORDER = ("municipality", "region", "state", "public", "citizens", "society")


@dataclass(frozen=True)
class Row:
    """One purse. Amounts are kroner; `doubtful` marks what rests on something unconfirmed."""

    name: str
    label: str
    net: int
    gross: int
    low: int | None
    high: int | None
    likely: int | None
    pays_back: str
    doubtful: bool
    unconfirmed: str
    is_sum: bool


def page(found: Mapping[str, Any]) -> dict[str, Any]:
    """Everything the template needs."""
    label = label_key()
    manifest = found["manifest"]
    rows = _rows(found, label)
    by_name = {row.name: row for row in rows}
    months = found["months"]
    names = {
        name: _short(name)
        for name in CURVES
        if name in found["perspectives"] and name in months[0]["running"]
    }
    if "KOM.BESK" in months[0]["running"] and "job_centre" not in names:
        names = {"KOM.BESK": _("Jobcentret"), **names}
    return {
        "title": found["title"],
        "question": found["question"][label.removeprefix("label_")],
        "rows": rows,
        "main": [by_name[name] for name in ("municipality", "public", "society")],
        "waterfall": drawings.waterfall(found["waterfall"], label),
        "curves": drawings.over_time(months, names),
        "year_rows": [
            [round(months[number - 1]["running"][name]) for name in names]
            for number in range(12, len(months) + 1, 12)
        ],
        "curve_names": list(names.items()),
        "tornado": drawings.tornado(found["tornado"], label),
        "swings": _swings(found["tornado"], label),
        "findings": _findings(rows, found["tornado"], label),
        "jobs": found["jobs"],
        "known": [_fact(fact, label) for fact in found["facts"] if fact["known"]],
        "assumed": [_fact(fact, label) for fact in found["facts"] if not fact["known"]],
        "doubts": [
            {"rank": d["rank"], "text": d[label.removeprefix("label_")], "here": d["touches_this"]}
            for d in found["doubts"]
        ],
        "warnings": found["warnings"],
        "needed": _needed(found["success_needed"]),
        "equalisation": found["equalisation"],
        "careful": {name: round(amount) for name, amount in found["careful"].items()},
        "others": [
            {"question": row["question"][label.removeprefix("label_")], "amount": round(row["dkk"])}
            for row in found["other_questions"]
        ],
        "evidence": found["evidence"][label.removeprefix("label_")],
        "run": manifest["run_id"],
        "pack": manifest["pack"],
        "pack_hash": manifest["pack_sha256"][:12],
        "pack_signed": manifest["pack_signed_off"],
        "draws": manifest["draws"],
        "seed": manifest["seed"],
        "times": found["jobs"]["gross_times_net"],
        "horizon_years": round(len(months) / 12),
    }


def _findings(rows: list[Row], swings: Any, label: str) -> dict[str, str]:
    """What each chart shows, in one sentence."""
    by_name = {row.name: row for row in rows}
    departments = [row for row in rows if row.name.startswith("KOM.")]
    least = min(departments, key=lambda row: row.net)
    words = {
        "payer": least.label, "payer_net": kr(least.net), "municipality": kr(by_name["municipality"].net),
        "state": kr(by_name["state"].net), "citizens": kr(by_name["citizens"].net),
    }  # fmt: skip
    return {
        "who": (
            _(
                "%(payer)s ender på %(payer_net)s, kommunen i alt på %(municipality)s, staten på %(state)s og borgerne på %(citizens)s."
            )
            % words
        ).replace("kr..", "kr."),
        "when": _("Det offentlige: %(public)s. Kommunen: %(municipality)s.")
        % {"public": by_name["public"].pays_back, "municipality": by_name["municipality"].pays_back},
        "what": _("Mest flytter: %(what)s.") % {"what": swings[0][label]} if swings else "",
    }


def label_key() -> str:
    """Which of the two languages of the core a reader gets."""
    return "label_en" if (get_language() or "da").startswith("en") else "label_da"


def _rows(found: Mapping[str, Any], label: str) -> list[Row]:
    """Departments, then the municipality; region; the state's accounts, then the state; and so on."""
    accounts, purses = found["accounts"], found["perspectives"]
    rows = []
    for name in ORDER:
        inner = [code for code in purses[name]["ledger_accounts"] if code in accounts]
        if name in ("municipality", "state"):
            rows += [
                _row(code, accounts[code], label, is_sum=False) for code in inner if _moves(accounts[code])
            ]
        rows.append(_row(name, purses[name], label, is_sum=True))
    return rows


def _moves(figure: Mapping[str, Any]) -> bool:
    return bool(abs(figure["npv_dkk"]) >= 0.5 or abs(figure["gross_npv_dkk"]) >= 0.5)


def _row(name: str, figure: Mapping[str, Any], label: str, *, is_sum: bool) -> Row:
    found = figure["interval"]
    return Row(
        name=name,
        label=figure[label],
        net=round(figure["npv_dkk"]),
        gross=round(figure["gross_npv_dkk"]),
        low=round(found["p5_dkk"]) if found else None,
        high=round(found["p95_dkk"]) if found else None,
        likely=round(100 * found["probability_positive"]) if found else None,
        pays_back=_pays_back(figure),
        doubtful=figure["confidence"] == "L",
        unconfirmed=", ".join(figure["unconfirmed"]),
        is_sum=is_sum,
    )


def _pays_back(figure: Mapping[str, Any]) -> str:
    if figure["break_even"] == "reached":
        return _("måned %(month)d") % {"month": figure["break_even_month"]}
    return (
        _("ikke inden for perioden") if figure["break_even"] == "not_within_horizon" else _("betaler intet")
    )


def _swings(rows: Any, label: str) -> list[dict[str, Any]]:
    return [
        {
            "label": row[label],
            "low": _number(row["name"], row["low_value"]),
            "high": _number(row["name"], row["high_value"]),
            "at_low": round(row["at_low"]),
            "at_high": round(row["at_high"]),
        }
        for row in rows
    ]


def _number(name: str, number: float) -> str:
    share = name.split(".", maxsplit=1)[0] in ("success", "base_rate", "displacement")
    return f"{100 * number:.0f} %" if share else f"{number:,.0f}".replace(",", ".")


def _needed(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    words = {"never": _("kan ikke gå i nul"), "always": _("altid over nul"), "no_effect": "–"}
    return [
        (_short(name), f"{100 * row['rate']:.0f} %" if row["rate"] is not None else words[row["status"]])
        for name, row in ((name, found[name]) for name in NEEDED)
    ]


def _fact(fact: Mapping[str, Any], label: str) -> dict[str, Any]:
    number = fact["value"]
    if isinstance(number, int | float):
        shown = f"{100 * number:g} %" if fact["unit"] == "share" else f"{number:,.10g}".replace(",", ".")
        shown = shown if fact["unit"] == "share" else _danish(float(number))
    else:
        shown = str(number)
    units = {"dkk": "kr.", "dkk_year": _("kr. om året"), "dkk_month": _("kr. om måneden"), "weeks": _("uger")}
    return {
        "label": fact[label],
        "value": f"{shown} {units.get(fact['unit'], '')}".strip(),
        "weight": fact["weight"],
        "source": fact["source"] if fact["source"] != "sagen" else _("jeres egen antagelse"),
        "link": fact["source"] if str(fact["source"]).startswith("https://") else "",
    }


def _danish(number: float) -> str:
    whole = f"{number:,.2f}".rstrip("0").rstrip(".")
    return whole.replace(",", " ").replace(".", ",").replace(" ", ".")


def _short(name: str) -> str:
    return {
        "job_centre": _("Jobcentret"),
        "municipality": _("Kommunen"),
        "state": _("Staten"),
        "public": _("Det offentlige"),
        "society": _("Samfundet"),
    }.get(name, name)
