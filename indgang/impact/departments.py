# SPDX-License-Identifier: MPL-2.0
"""The municipality's own names for the accounts, laid over a finished answer. No amount changes.

Several accounts may belong to one department: each keeps its line, and what the departments owe each other is netted.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from indgang.core.value.pack import Account, Level
from indgang.core.value.transfers import transfers
from indgang.impact import valuing
from indgang.impact.models import DepartmentNames, ValueRun

LABELS = ("label_da", "label_en")


def accounts() -> list[Account]:
    """The municipality's accounts, in the chart's order."""
    return [a for a in valuing.pack().accounts.values() if a.level is Level.MUNICIPALITY]


def in_force(municipality_id: int, at: datetime | None = None) -> dict[str, str]:
    """Own names by account, as they are now or were at a moment; what has none keeps the chart's name."""
    rows = DepartmentNames.objects.filter(municipality_id=municipality_id)
    row = (rows.filter(at__lte=at) if at else rows).order_by("-version").first()
    return dict(row.names) if row else {}


def of_run(run: ValueRun) -> dict[str, Any]:
    """A kept run with the names that were in force when it was kept, so that it never changes."""
    return named(run.result, in_force(run.municipality_id, run.at))


def labels(names: Mapping[str, str]) -> dict[str, str]:
    """How each account is called: the department, and the chart's own name where a department has several."""
    shared = Counter(names.values())
    chart = {account.code: account.department for account in accounts()}
    return {
        code: f"{name} ({chart[code]})" if shared[name] > 1 and code in chart else name
        for code, name in names.items()
        if name
    }


def named(found: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The answer with the municipality's names in every table and chart."""
    if not names:
        return dict(found)
    label = labels(names)
    figures = found["accounts"]
    old = {figures[code][key]: label[code] for code in label if code in figures for key in LABELS}
    return {
        **found,
        "accounts": {
            code: {**figure, **dict.fromkeys(LABELS, label.get(code)), "department": names[code]}
            if label.get(code)
            else figure
            for code, figure in figures.items()
        },
        "waterfall": [
            {**step, **dict.fromkeys(LABELS, label[step["name"]])} if step["name"] in label else step
            for step in found["waterfall"]
        ],
        **{part: [_renamed(row, old) for row in found[part]] for part in ("tornado", "facts")},
    }


def _renamed(row: Mapping[str, Any], old: Mapping[str, str]) -> dict[str, Any]:
    """Prices are called after the account that saves them."""
    told = dict(row)
    for key in LABELS:
        head, colon, tail = str(row[key]).partition(": ")
        if colon and tail in old:
            told[key] = f"{head}: {old[tail]}"
    return told


def owed(found: Mapping[str, Any], label: str) -> dict[str, Any]:
    """Who should pay whom between departments, kroner: accounts of one department are first put together."""
    values: dict[str, float] = {}
    behind: dict[str, list[Mapping[str, Any]]] = {}
    for code, figure in found["accounts"].items():
        if code.startswith("KOM."):
            name = figure.get("department") or figure[label]
            values[name] = values.get(name, 0.0) + figure["npv_dkk"]
            behind.setdefault(name, []).append(figure)
    table = transfers(values)
    return {
        "rows": [
            {"payer": row.payer, "receiver": row.receiver, "amount": round(row.amount)}
            for row in table.transfers
        ],
        "missing": round(table.missing),
        "before": [_before(name, amount, behind[name]) for name, amount in values.items() if round(amount)],
        "run": found["manifest"]["run_id"],
    }


def _before(name: str, net: float, figures: list[Mapping[str, Any]]) -> dict[str, Any]:
    """A department before anything moves; a range only where it has one account, for ranges cannot be added."""
    found = figures[0]["interval"] if len(figures) == 1 else None
    return {
        "name": name,
        "net": round(net),
        "low": round(found["p5_dkk"]) if found else None,
        "high": round(found["p95_dkk"]) if found else None,
        "gross": round(sum(figure["gross_npv_dkk"] for figure in figures)),
        "doubtful": any(figure["confidence"] == "L" for figure in figures),
    }
