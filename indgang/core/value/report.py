# SPDX-License-Identifier: MPL-2.0
"""A result as plain data, ready for JSON: every figure with its gross, its range and what it rests on.

Kroner are rounded to øre, shares to six decimals, so that the same run always gives the same bytes.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from indgang.core.law.refund import staircase
from indgang.core.value import charts
from indgang.core.value.canonical import digest
from indgang.core.value.fleksjob import as_json as month_as_json
from indgang.core.value.fleksjob import month
from indgang.core.value.intervals import Interval
from indgang.core.value.knowledge import facts, quantity_label
from indgang.core.value.labels import label
from indgang.core.value.ledger import Ledger, largest_gap, ledger
from indgang.core.value.marks import Support, touches
from indgang.core.value.occupancy import first_counted_week
from indgang.core.value.result import Purse, Result
from indgang.core.value.statement import PERSPECTIVES

Plain = dict[str, Any]
BUDGET = ("job_centre", "municipality", "region", "state", "public")
SOCIETY = ("public", "citizens", "enterprises", "customers", "society")


def as_json(result: Result) -> Plain:
    """Everything; the manifest's `result_sha256` covers the rest."""
    book = ledger(result.books, result.horizon_weeks)
    accounts = [name for name in result.purses if name not in PERSPECTIVES and name != "job_centre"]
    found: Plain = {
        "title": result.case.title,
        "question": _question(result.question),
        "evidence": _evidence(result),
        "accounts": {name: _figure(result, result.purses[name]) for name in accounts},
        "perspectives": {
            name: _figure(result, purse) for name, purse in result.purses.items() if name not in accounts
        },
        "statements": _statements(result, accounts),
        "jobs": _jobs(result),
        "transfers": _transfers(result),
        "horizons": [_kroner(asdict(row)) for row in result.horizons],
        "per_unit": {row.purse: _per_unit(row) for row in result.per_unit},
        "equalisation": _equalisation(result),
        "careful": {name: _money(value) for name, value in result.careful_npv.items()},
        "success_needed": {name: _rounded(asdict(row)) for name, row in result.success_needed.items()},
        "tornado": _tornado(result),
        "waterfall": [_kroner(asdict(step)) for step in charts.waterfall(result)],
        "months": [_kroner(asdict(row)) for row in charts.over_time(result)],
        "fleksjob_month": _fleksjob(result),
        "facts": [asdict(fact) for fact in facts(result)],
        "other_questions": _other_questions(result),
        "doubts": _doubts(result),
        "warnings": [str(warning) for warning in result.warnings],
        "reconciliation": _reconciliation(result, book),
    }
    return {"manifest": {**result.manifest, "result_sha256": digest(found)}, **found}


def ledger_rows(result: Result) -> list[Plain]:
    """The machine-readable ledger, each row with the run it belongs to and the department's own name."""
    accounts = result.figures.pack.accounts
    return [
        {
            "run": result.manifest["run_id"],
            **asdict(row),
            "payer_department": accounts[row.payer].department,
            "receiver_department": accounts[row.receiver].department,
        }
        for row in ledger(result.books, result.horizon_weeks).rows()
    ]


def _figure(result: Result, purse: Purse) -> Plain:
    money = purse.amounts
    return {
        "label_da": purse.label_da,
        "label_en": purse.label_en,
        "npv_dkk": _money(money.npv),
        "gross_npv_dkk": _money(money.gross_npv),
        "undiscounted_dkk": _money(money.plain),
        "gross_undiscounted_dkk": _money(money.gross_plain),
        "interval": _interval(purse.interval),
        "gross_interval": _interval(purse.gross_interval),
        "break_even": purse.break_even.status,
        "break_even_month": purse.break_even.month,
        "question": result.question,
        "gross_question": "programme_gross",
        "evidence": result.grade,
        **_support(purse.support),
        "pack_sha256": result.figures.pack.sha256[:12],
        "run": result.manifest["run_id"],
        "ledger_accounts": list(purse.accounts),
    }


def _support(support: Support) -> Plain:
    return {"confidence": support.confidence, "unconfirmed": list(support.unconfirmed)}


def _interval(found: Interval | None) -> Plain | None:
    if found is None:
        return None
    return {
        "mean_dkk": _money(found.mean),
        "sd_dkk": _money(found.sd),
        "p5_dkk": _money(found.p5),
        "p50_dkk": _money(found.p50),
        "p95_dkk": _money(found.p95),
        "probability_positive": round(found.probability_positive, 6),
        "standard_error_dkk": _money(found.standard_error),
    }


def _question(code: str) -> Plain:
    text = label("question", code)
    return {"code": code, "da": text.da, "en": text.en}


def _evidence(result: Result) -> Plain:
    text = label("evidence", result.grade)
    return {"grade": result.grade, "da": text.da, "en": text.en, "by_parameter": dict(result.case.grades)}


def _statements(result: Result, accounts: list[str]) -> Plain:
    wellbeing = result.wellbeing
    return {
        "added_together": False,
        "budget": {"accounts": accounts, "perspectives": list(BUDGET)},
        "society": {
            "perspectives": list(SOCIETY),
            "with_tax_distortion_dkk": _maybe(result.society_with_distortion),
        },
        "wellbeing": None
        if wellbeing is None
        else {
            "wellby": round(wellbeing.amount, 6),
            "p5": round(wellbeing.interval.p5, 6) if wellbeing.interval else None,
            "p95": round(wellbeing.interval.p95, 6) if wellbeing.interval else None,
            "money_value_dkk": _maybe(wellbeing.krone),
        },
    }


def _jobs(result: Result) -> Plain:
    weeks = result.horizon_weeks
    end = min(max(g.start_week + g.programme_weeks for g in result.case.groups), weeks - 1)
    years = result.job_years
    net, gross = result.purses["public"].amounts.npv, result.purses["public"].amounts.gross_npv
    return {
        "gross_at_programme_end": round(float(result.jobs.gross[end]), 6),
        "programme_end_week": end,
        "net_at_week_52": round(float(result.jobs.net[min(52, len(result.jobs.net) - 1)]), 6),
        "net_job_years": round(result.jobs.net_years(weeks), 6),
        "gross_job_years": round(result.jobs.gross_years(weeks), 6),
        "net_job_years_p5": round(years.p5, 6) if years else None,
        "net_job_years_p95": round(years.p95, 6) if years else None,
        "gross_times_net": round(gross / net, 6) if net > 0 else None,
        "cost_npv_dkk": _money(result.cost_npv),
    }


def _transfers(result: Result) -> Plain:
    table = result.transfers
    return {
        "rows": [{"payer": t.payer, "receiver": t.receiver, "amount_dkk": t.amount} for t in table.transfers],
        "missing_dkk": table.missing,
        "break_even_for_all": not table.missing,
    }


def _per_unit(row: Any) -> Plain:
    return {
        "participant_dkk": _money(row.participant),
        "net_job_year_dkk": _maybe(row.net_job_year),
        "net_job_year_question": "net_job_year",
        "purchase_krone": None if row.purchase_krone is None else round(row.purchase_krone, 6),
        "purchase_krone_without_premium": None
        if row.purchase_krone_without_premium is None
        else round(row.purchase_krone_without_premium, 6),
    }


def _equalisation(result: Result) -> Plain:
    after = result.municipality_after_equalisation
    before = result.purses["municipality"].amounts.npv
    return {
        "counted": bool(result.case.method.equalisation),
        "municipality_after_dkk": _money(after),
        "changes_the_sign": (before > 0) != (after > 0),
        "confidence": result.figures.pack.find(
            "municipality.equalisation_share", result.figures.on
        ).confidence,
    }


def _tornado(result: Result) -> list[Plain]:
    rows = []
    for swing in result.tornado:
        da, en = quantity_label(swing.name, result.case)
        row = {"label_da": da, "label_en": en, **asdict(swing), "swing_dkk": _money(swing.swing)}
        rows.append(_rounded(row))
    return rows


def _fleksjob(result: Result) -> Plain | None:
    rule = staircase(result.figures.on)
    months = {
        group.id: month_as_json(month(group.fleksjob, first_counted_week(group, rule), rule, result.figures))
        for group in result.case.groups
        if group.fleksjob
    }
    return months or None


def _other_questions(result: Result) -> list[Plain]:
    rows = []
    for key, code in (
        ("published.average_mover.year", "average_mover"),
        ("published.held_job_low.year", "held_job"),
        ("published.held_job_high.year", "held_job"),
    ):
        known = result.figures.pack.versions(key)
        if known:
            rows.append({"question": _question(code), "dkk": known[0].value, "source": known[0].source})
    return rows


def _doubts(result: Result) -> list[Plain]:
    doubts = sorted(result.figures.pack.doubts, key=lambda doubt: doubt.rank)
    return [
        {"rank": d.rank, "da": d.text_da, "en": d.text_en, "touches_this": touches(d, result.figures.used)}
        for d in doubts
    ]


def _reconciliation(result: Result, book: Ledger) -> Plain:
    society = result.purses["society"].amounts.npv
    return {
        "society_npv_dkk": _money(society),
        "resource_npv_dkk": _money(-society),
        "ledger_oere": round(largest_gap(book, result.books), 3),
        "draws_oere": round(result.reconciliation_oere, 3),
        "limit_oere": 1,
    }


def _money(value: float) -> float:
    return round(value, 2) + 0.0


def _maybe(value: float | None) -> float | None:
    return None if value is None else _money(value)


def _rounded(row: Mapping[str, Any]) -> Plain:
    return {name: round(value, 6) if isinstance(value, float) else value for name, value in row.items()}


def _kroner(row: Mapping[str, Any]) -> Plain:
    plain: Plain = {}
    for name, value in row.items():
        if isinstance(value, float):
            plain[name] = _money(value)
        elif isinstance(value, dict):
            plain[name] = {key: _money(number) for key, number in value.items()}
        else:
            plain[name] = value
    return plain
