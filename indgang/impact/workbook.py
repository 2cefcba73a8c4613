# SPDX-License-Identifier: MPL-2.0
"""A kept run as a workbook whose sums are formulas over its ledger, so that anybody can follow a krone back."""

import io
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from indgang.core.value.effect import discount_factors
from indgang.core.value.labels import label
from indgang.core.value.report import ledger_rows
from indgang.core.value.result import Result
from indgang.impact import account, departments, valuing
from indgang.impact.models import ValueRun

BOLD = Font(bold=True)
KRONER = "#,##0"
LEDGER = "Posteringer"


def workbook(run: ValueRun) -> bytes:
    """Three sheets: the account, its ledger week by week, and what it rests on."""
    result = valuing.without_chance(run.result["manifest"]["case"])
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    rows = ledger_rows(result)
    _summary(sheet, run, result, len(rows) + 1)
    _ledger(book.create_sheet(LEDGER), run, result, rows)
    _assumptions(book.create_sheet(_("Antagelser og tvivl")), run)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _summary(sheet: Worksheet, run: ValueRun, result: Result, last: int) -> None:
    """One line per account, summed over the ledger; the perspectives are sums of those lines."""
    sheet.title = _("Regnskab")
    sheet.append([run.case.title])
    sheet.append([_("Kørsel"), run.run_id, _("Pakke"), run.pack, run.pack_sha256, _("Frø"), run.seed])
    sheet.append([run.result["question"]["da"], "", _("Evidens"), run.result["evidence"]["da"]])
    sheet.append([])
    sheet.append(
        [_("Konto"), _("Navn"), _("Netto, nutidskroner"), _("Netto uden rente"), _("Brutto"), "P5", "P95",
         _("Ikke bekræftet"), _("Kørsel")]
    )  # fmt: skip
    for cell in (*sheet[1], *sheet[5]):
        cell.font = BOLD
    place: dict[str, int] = {}
    accounts: Mapping[str, Any] = departments.of_run(run)["accounts"]
    for code in (code for code in result.figures.pack.accounts if code in accounts):
        figure = accounts[code]
        row = sheet.max_row + 1
        place[code] = row
        paid = f"SUMIFS({LEDGER}!$%s$2:$%s${last},{LEDGER}!$%s$2:$%s${last},$A{row})"
        sums = [
            "=" + paid % (column, column, "E", "E") + "-" + paid % (column, column, "D", "D")
            for column in ("K", "J")
        ]
        sheet.append([code, figure["label_da"], *sums, *_beside(figure), run.run_id])
    for name in account.ORDER:
        figure = run.result["perspectives"][name]
        cells = sorted(place[code] for code in figure["ledger_accounts"] if code in place)
        sums = [f"={'+'.join(f'{column}{row}' for row in cells)}" for column in ("C", "D")]
        sheet.append([name, figure["label_da"], *sums, *_beside(figure), run.run_id])
        for cell in sheet[sheet.max_row]:
            cell.font = BOLD
    for cells_of_row in sheet.iter_rows(min_row=6, min_col=3, max_col=7):
        for cell in cells_of_row:
            cell.number_format = KRONER
    for column, width in (
        ("A", 14),
        ("B", 38),
        ("C", 20),
        ("D", 18),
        ("E", 14),
        ("F", 14),
        ("G", 14),
        ("H", 30),
    ):
        sheet.column_dimensions[column].width = width


def _beside(figure: Mapping[str, Any]) -> list[Any]:
    found = figure["interval"] or {}
    return [
        figure["gross_npv_dkk"],
        found.get("p5_dkk"),
        found.get("p95_dkk"),
        ", ".join(figure["unconfirmed"]),
    ]


def _ledger(sheet: Worksheet, run: ValueRun, result: Result, rows: list[dict[str, Any]]) -> None:
    """Every posting in øre; with the programme counts plus, without it minus. Two formulas turn it into kroner."""
    sheet.append(
        [_("Kørsel"), _("Uge"), _("Forløb"), _("Betaler"), _("Modtager"), _("Hvad"), _("Slags"), _("Øre"),
         _("Rentefaktor"), _("Kroner, med minus uden"), _("Nutidskroner")]
    )  # fmt: skip
    factors = discount_factors(result.horizon_weeks, result.case.method.rates).tolist()
    for number, row in enumerate(rows, 2):
        sheet.append(
            [
                run.run_id,
                row["week"],
                _("med") if row["path"] == "T" else _("uden"),
                row["payer"],
                row["receiver"],
                label("instrument", row["instrument"]).da,
                label("kind", row["kind"]).da,
                row["amount_oere"] if row["path"] == "T" else -row["amount_oere"],
                factors[row["week"]],
                f"=H{number}/100",
                f"=J{number}*I{number}",
            ]
        )
    for cell in sheet[1]:
        cell.font = BOLD
    sheet.freeze_panes = "A2"


def _assumptions(sheet: Worksheet, run: ValueRun) -> None:
    sheet.append(
        [_("Navn"), _("Værdi"), _("Enhed"), _("Ved vi det?"), _("Sikkerhed"), _("Kilde"), _("Kørsel")]
    )
    for fact in departments.of_run(run)["facts"]:
        known = _("ved vi") if fact["known"] else _("antager vi")
        sheet.append(
            [fact["label_da"], fact["value"], fact["unit"], known, fact["weight"], fact["source"], run.run_id]
        )
    sheet.append([])
    sheet.append([_("Tvivl, værst først")])
    for doubt in run.result["doubts"]:
        sheet.append([f"{doubt['rank']}. {doubt['da']}"])
    for column, width in (("A", 60), ("B", 16), ("F", 60)):
        sheet.column_dimensions[column].width = width
    for cell in sheet[1]:
        cell.font = BOLD
