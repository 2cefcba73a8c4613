# SPDX-License-Identifier: MPL-2.0
"""The figures and the account on paper: tagged PDF (PDF/UA-1) in plain Danish. Model results stand on page two."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import translation

from indgang.core.quarter import Quarter
from indgang.impact import account, departments
from indgang.impact.indicators import Lasting, Line, PlainFigures, Progress, plain_figures
from indgang.impact.models import Target, ValueRun
from indgang.kernel.danish import LANGUAGE, day
from indgang.kernel.danish import written as _
from indgang.kernel.models import Municipality
from indgang.kernel.pdf import typeset
from indgang.kernel.templatetags.ui import kr

DOCUMENTS = Path(__file__).parent / "documents"
HIDDEN = "skjult"


def figures_pdf(municipality: Municipality, quarter: Quarter, *, also_open: bool, today: date) -> bytes:
    """One quarter's plain figures, rounded as everybody sees them, for a paper goes round; on page two what the model
    says, when a run has been kept."""
    with translation.override(LANGUAGE):
        found = plain_figures(municipality.pk, quarter, exact=False, also_open=also_open, today=today)
        run = ValueRun.objects.filter(municipality_id=municipality.pk).order_by("-at").first()
        facts = _figures(municipality, found, today)
        facts["model"] = _model(run) if run is not None else None
        return typeset(DOCUMENTS / "figures.typ", facts)


def sheet_pdf(municipality: Municipality, run: ValueRun) -> bytes:
    """One page that says what a kept run says."""
    with translation.override(LANGUAGE):
        facts = _model(run) | {"municipality": municipality.name, "at": day(run.at.date())}
        return typeset(DOCUMENTS / "sheet.typ", facts)


def _figures(municipality: Municipality, found: PlainFigures, today: date) -> dict[str, Any]:
    story, committee, counted = found.story, found.committee, found.counted
    return {
        "municipality": municipality.name,
        "quarter": str(found.quarter),
        "made": day(today),
        "committee": committee.committee if committee else "",
        "due": day(committee.due_on) if committee else "",
        "lines": [_line(line) for line in found.lines],
        "total": _line(found.total) if found.total else None,
        "few": found.total is None or found.total.total is None,
        "rounded": str(found.rounded_to or ""),
        "least": str(counted.least_people if counted else 5),
        "frozen": day(counted.frozen_at.date()) if counted and counted.frozen_at else "",
        "repeats": bool(counted and counted.may_repeat),
        "alive_3": _lasting(found.alive_3),
        "alive_12": _lasting(found.alive_12),
        "bought": kr(found.bought_dkk),
        "orders": str(found.orders),
        "targets": [_progress(one) for one in found.progress],
        "story": {"title": story.title, "text": story.text, "by": story.told_by} if story else None,
    }


def _line(line: Line) -> list[str]:
    return [str(line.label), *(_number(n) for n in (line.new, line.before, line.total))]


def _number(people: int | None) -> str:
    return HIDDEN if people is None else str(people)


def _lasting(found: Lasting) -> str:
    if found.alive is None or not found.due:
        return _("for få til at vise")
    return _("cirka %(alive)d af %(due)d (%(percent)d %%)") % {
        "alive": found.alive,
        "due": found.due,
        "percent": found.percent,
    }


def _progress(one: Progress) -> dict[str, Any]:
    target = one.target
    money = target.indicator == Target.Indicator.BOUGHT_DKK
    reached = HIDDEN if one.reached is None else (kr(one.reached) if money else str(one.reached))
    return {
        "label": str(target.get_indicator_display()),
        "reached": (_("mindst ") if one.at_least else "") + reached,
        "goal": kr(target.goal) if money else str(target.goal),
        "deadline": day(target.deadline),
        "percent": one.percent,
    }


def _model(run: ValueRun) -> dict[str, Any]:
    shown = account.page(departments.of_run(run))
    return {
        "title": shown["title"],
        "question": shown["question"],
        "rows": [
            {
                "label": row.label,
                "net": _amount(row.net),
                "range": f"{_amount(row.low)} til {_amount(row.high)}",
                "gross": _amount(row.gross),
                "back": row.pays_back,
                "sum": row.is_sum,
                "mark": " ?" if row.doubtful else "",
            }
            for row in shown["rows"]
        ],
        "swings": [f"{s['label']}: {s['low']} – {s['high']}" for s in shown["swings"][:3]],
        "doubts": [d["text"] for d in shown["doubts"]],
        "evidence": shown["evidence"],
        "jobs": _jobs(shown["jobs"]),
        "years": str(shown["horizon_years"]),
        "run": run.run_id,
        "pack": run.pack,
        "hash": run.pack_sha256[:12],
        "seed": str(run.seed),
        "draws": str(run.draws),
    }


def _amount(kroner: int | None) -> str:
    return kr(kroner).replace("-", "\u2212")


def _jobs(jobs: Mapping[str, Any]) -> str:
    return _("%(gross)s i job, da forløbet sluttede; efter et år %(net)s flere end ellers. %(years)s ekstra job-år i alt.") % {
        "gross": _one(jobs["gross_at_programme_end"]),
        "net": _one(jobs["net_at_week_52"]),
        "years": _one(jobs["net_job_years"]),
    }  # fmt: skip


def _one(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
