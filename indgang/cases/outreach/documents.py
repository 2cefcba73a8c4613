# SPDX-License-Identifier: MPL-2.0
"""Drafts to leave behind: task map, job profile with what VITAS will ask, and an agreement between two companies.

They are set when somebody asks for them and are not kept: what they say lies in the case.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from indgang.cases.models import Case, TaskCandidate
from indgang.cases.outreach.pages import staffed, sum_of
from indgang.core.text import Reason, Refused, gettext_noop
from indgang.kernel import danish
from indgang.kernel.pdf import typeset
from indgang.kernel.templatetags.ui import oere, say

DOCUMENTS = Path(__file__).parent / "documents"


@translation.override(danish.LANGUAGE)
def task_map(case: Case, tasks: Iterable[TaskCandidate], *, now: datetime) -> bytes:
    """Every task seen, with the way chosen, as a tagged PDF."""
    rows = [
        {
            "title": task.title,
            "hours": _hours(task.hours),
            "way": str(task.get_way_display()),
            "facts": [[label, value] for label, value in _facts(task) if value],
            "why": task.why,
        }
        for task in tasks
    ]
    if not rows:
        raise Refused(gettext_noop("Der er ingen opgaver at vise endnu. Skriv dem ind først."))
    return typeset(DOCUMENTS / "task_map.typ", {**_head(case, now), "tasks": rows})


@translation.override(danish.LANGUAGE)
def job_profile(task: TaskCandidate, *, now: datetime) -> bytes:
    """The fleksjob with its sums, and the facts that are typed into VITAS by hand, as a tagged PDF."""
    profile = getattr(task, "profile", None)
    today = timezone.localdate(now)
    found = sum_of(task, today)
    if profile is None or found is None:
        raise Refused(gettext_noop("Udfyld jobprofilen først."))
    rules = staffed(task.case.visit, today)
    case = task.case
    person = case.participants.filter(left_at=None).order_by("added_at", "pk").first()
    confirmed = profile.terms_confirmed_with or _("ikke bekræftet endnu")
    facts: dict[str, object] = {
        **_head(case, now),
        "title": task.title,
        "facts": [[label, value] for label, value in _facts(task) if value],
        "hours": _hours(profile.hours),
        "effective": _hours(found.effective_hours),
        "agreement": profile.agreement,
        "confirmed": confirmed,
        "support": profile.support,
        "sum": _said(found.steps),
        "notes": _said(found.notes),
        "rules": _said((*(rules.room.steps if rules.room else ()), *(rules.extra.steps if rules.extra else ()))),
        "vitas": [
            [_("Virksomhed"), case.who],
            [_("CVR-nummer"), case.claimed_cvr],
            [_("Kontakt"), ", ".join(part for part in (person.name, person.phone, person.email) if part) if person else ""],
            [_("Stilling"), task.title],
            [_("Timer om ugen"), _hours(profile.hours)],
            [_("Effektive timer"), _hours(found.effective_hours)],
            [_("Timeløn med pension"), oere(profile.hourly_oere)],
            [_("Overenskomst"), profile.agreement],
            [_("Løn og vilkår bekræftet af"), confirmed],
            [_("Opgaver"), ". ".join(part for part in (task.title, task.volume) if part)],
            [_("Hensyn på arbejdspladsen"), task.considerations],
        ],
    }  # fmt: skip
    return typeset(DOCUMENTS / "job_profile.typ", facts)


@translation.override(danish.LANGUAGE)
def agreement_draft(task: TaskCandidate, *, now: datetime) -> bytes:
    """A draft of the agreement between the two companies, as a tagged PDF."""
    outsourcing = getattr(task, "outsourcing", None)
    if outsourcing is None or outsourcing.supplier is None:
        raise Refused(gettext_noop("Vælg først, hvilken virksomhed der skal løse opgaven."))
    supplier = outsourcing.supplier
    price = oere(outsourcing.price_oere) if outsourcing.price_oere is not None else _("aftales")
    facts = {
        **_head(task.case, now),
        "title": task.title,
        "facts": [[label, value] for label, value in _facts(task) if value],
        "supplier": supplier.name,
        "supplier_cvr": supplier.cvr_number or "",
        "price": f"{price} {_('pr.')} {outsourcing.price_per}" if outsourcing.price_per else price,
        "trial": str(outsourcing.trial_weeks),
    }
    return typeset(DOCUMENTS / "agreement.typ", facts)


def _head(case: Case, now: datetime) -> dict[str, object]:
    return {
        "municipality": case.municipality.name,
        "unit": case.unit.name,
        "visitor": case.handler.name,
        "phone": case.handler.phone,
        "company": case.who,
        "cvr": case.claimed_cvr,
        "day": date_format(timezone.localtime(case.visit.visited_at or now), "DATE_FORMAT"),
    }


def _facts(task: TaskCandidate) -> list[tuple[str, str]]:
    return [
        (_("Timer om ugen"), _hours(task.hours)),
        (_("Omfang"), task.volume),
        (_("Skal kunne"), task.skills),
        (_("Hensyn"), task.considerations),
        (_("Løst godt, når"), task.quality),
        (_("Sikkerhed"), task.safety),
    ]


def _said(reasons: Iterable[Reason]) -> list[str]:
    return [say(reason) for reason in reasons]


def _hours(hours: Decimal | None) -> str:
    if hours is None:
        return ""
    written = number_format(hours, use_l10n=True)
    return written.rstrip("0").rstrip(",") if "," in written else written
