# SPDX-License-Identifier: MPL-2.0
"""A result as plain data, ready for JSON: every figure with its gross, its range and what it rests on.

Kroner are rounded to øre, shares to six decimals, so that the same run always gives the same bytes.
"""

from indgang.core.value import charts
from indgang.core.value.canonical import digest
from indgang.core.value.intervals import Interval
from indgang.core.value.knowledge import facts
from indgang.core.value.labels import label
from indgang.core.value.ledger import Ledger, largest_gap, ledger
from indgang.core.value.marks import Support
from indgang.core.value.report_tables import (
    Plain,
    all_oere,
    doubts,
    equalisation,
    fleksjob_months,
    oere,
    oere_or_none,
    other_questions,
    per_unit,
    question,
    rounded,
    tornado,
    transfers,
)
from indgang.core.value.result import Horizon, Purse, Result
from indgang.core.value.statement import PERSPECTIVES

BUDGET = ("job_centre", "municipality", "region", "state", "public")
SOCIETY = ("public", "citizens", "enterprises", "customers", "society")


def as_json(result: Result) -> Plain:
    """Everything; the manifest's `result_sha256` covers the rest."""
    book = ledger(result.books, result.horizon_weeks)
    accounts = [name for name in result.purses if name not in PERSPECTIVES and name != "job_centre"]
    found: Plain = {
        "title": result.case.title,
        "question": question(result.question),
        "evidence": _evidence(result),
        "accounts": {name: _figure(result, result.purses[name]) for name in accounts},
        "perspectives": {
            name: _figure(result, purse) for name, purse in result.purses.items() if name not in accounts
        },
        "statements": _statements(result, accounts),
        "jobs": _jobs(result),
        "transfers": transfers(result),
        "horizons": [_horizon(row) for row in result.horizons],
        "per_unit": {row.purse: per_unit(row) for row in result.per_unit},
        "equalisation": equalisation(result),
        "careful": {name: oere(value) for name, value in result.careful_npv.items()},
        "success_needed": {name: rounded(vars(row)) for name, row in result.success_needed.items()},
        "tornado": tornado(result),
        "waterfall": [all_oere(vars(step)) for step in charts.waterfall(result)],
        "months": [all_oere(vars(row)) for row in charts.over_time(result)],
        "fleksjob_month": fleksjob_months(result),
        "facts": [dict(vars(fact)) for fact in facts(result)],
        "other_questions": other_questions(result),
        "doubts": doubts(result),
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
            **vars(row),
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
        "npv_dkk": oere(money.npv),
        "gross_npv_dkk": oere(money.gross_npv),
        "undiscounted_dkk": oere(money.plain),
        "gross_undiscounted_dkk": oere(money.gross_plain),
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


def _horizon(row: Horizon) -> Plain:
    return {
        "years": round(row.years, 6),
        "purse": row.purse,
        "npv_dkk": oere(row.npv),
        "undiscounted_dkk": oere(row.plain),
    }


def _support(support: Support) -> Plain:
    return {"confidence": support.confidence, "unconfirmed": list(support.unconfirmed)}


def _interval(found: Interval | None) -> Plain | None:
    if found is None:
        return None
    return {
        "mean_dkk": oere(found.mean),
        "sd_dkk": oere(found.sd),
        "p5_dkk": oere(found.p5),
        "p50_dkk": oere(found.p50),
        "p95_dkk": oere(found.p95),
        "probability_positive": round(found.probability_positive, 6),
        "standard_error_dkk": oere(found.standard_error),
    }


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
            "with_tax_distortion_dkk": oere_or_none(result.society_with_distortion),
        },
        "wellbeing": None
        if wellbeing is None
        else {
            "wellby": round(wellbeing.amount, 6),
            "p5": round(wellbeing.interval.p5, 6) if wellbeing.interval else None,
            "p95": round(wellbeing.interval.p95, 6) if wellbeing.interval else None,
            "money_value_dkk": oere_or_none(wellbeing.krone),
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
        "cost_npv_dkk": oere(result.cost_npv),
    }


def _reconciliation(result: Result, book: Ledger) -> Plain:
    society = result.purses["society"].amounts.npv
    return {
        "society_npv_dkk": oere(society),
        "resource_npv_dkk": oere(-society),
        "ledger_oere": round(largest_gap(book, result.books), 3),
        "draws_oere": round(result.reconciliation_oere, 3),
        "limit_oere": 1,
    }
