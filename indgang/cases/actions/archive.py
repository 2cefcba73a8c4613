# SPDX-License-Identifier: MPL-2.0
"""A case that has ended goes to the records system, which is the archive; we keep it for a while only."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from indgang.cases.lines import in_danish
from indgang.cases.models import Case, Entry
from indgang.cases.queries import lines_of
from indgang.kernel import audit, filing
from indgang.kernel.access import Principal
from indgang.kernel.danish import day, moment
from indgang.kernel.files import store
from indgang.kernel.models import FilingItem
from indgang.kernel.pdf import typeset

TEMPLATE = Path(__file__).resolve().parent.parent / "documents" / "case.typ"


@transaction.atomic
def file_case(by: Principal, case: Case, *, now: datetime) -> FilingItem | None:
    """The whole thread as a PDF on its way to the records system; None when the case has been opened again."""
    if case.closed_at is None:
        return None
    pdf = typeset(TEMPLATE, _facts(case))
    title = f"Sag {case.pk}: {case.title}"
    kept = store(f"sag-{case.pk}.pdf", pdf, by=by, now=now)
    item = filing.journalise(by, f"sag-{case.pk}", title, kept, now=now)
    audit.record(by, "case.file", case.about, now=now, facts={"item": item.pk})
    return item


def _facts(case: Case) -> dict[str, object]:
    return {
        "municipality": case.municipality.name,
        "unit": case.unit.name,
        "kind": in_danish(Case.Kind(case.kind).label),
        "number": str(case.pk),
        "title": case.title,
        "who": case.who,
        "received": day(case.created_at.date()),
        "closed": day(case.closed_at.date()) if case.closed_at else "",
        "ending": in_danish(Case.Ending(case.ending).label)
        if case.ending
        else "lagt sammen med en anden sag",
        "reason": case.ending_reason,
        "paragraph": case.ending_paragraph,
        "handler": case.handler.name,
        "lines": [
            {
                "at": moment(line.at),
                "kind": in_danish(Entry.Kind(line.kind).label),
                "author": line.author,
                "internal": line.is_internal,
                "text": line.text or "Teksten er fjernet.",
            }
            for line in lines_of(case).order_by("at", "pk")
        ],
    }
