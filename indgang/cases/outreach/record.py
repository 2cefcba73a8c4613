# SPDX-License-Identifier: MPL-2.0
"""What was seen on a visit is handed in: whole or not at all, and a draft that comes twice changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from indgang.cases.lines import checked, event, write_line
from indgang.cases.models import Case, Entry, TaskCandidate, Visit, VisitSync
from indgang.cases.outreach import permissions
from indgang.cases.outreach.objections import refuse_objection
from indgang.cases.outreach.promises import CHOOSE, GO_THERE, promise, settle
from indgang.cases.outreach.words import clean
from indgang.core.outreach.library import industry as known_industry
from indgang.core.outreach.library import typical
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal

DAYS_TO_CHOOSE = 5


@dataclass(frozen=True)
class Seen:
    """One task as it was seen. `client_id` is the device's own; `hours` are a week's."""

    client_id: UUID
    title: str
    library_key: str = ""
    hours: Decimal | None = None
    skills: str = ""
    volume: str = ""
    considerations: str = ""
    quality: str = ""
    safety: str = ""


@dataclass(frozen=True)
class Staffing:
    """How many work at the place, as the ratio rule and the rule of net extra jobs count them."""

    ordinary: int | None = None
    in_places: int | None = None
    fleksjobs: int | None = None
    monthly: tuple[int, ...] = ()


@dataclass(frozen=True)
class Draft:
    """All of one visit. `note` is for colleagues and never reaches the company."""

    client_id: UUID
    industry: str
    tasks: tuple[Seen, ...]
    staffing: Staffing = Staffing()
    note: str = ""


@transaction.atomic
def hand_in(by: Principal, case: Case, draft: Draft, *, now: datetime) -> bool:
    """Keep what was seen; False when this draft was handed in before, and then nothing changes.

    Refuses a visit that nobody has said yes to, and any text with a personal number or somebody's health: then
    nothing of the draft is kept, and the device still has it.
    """
    permissions.check_can_visit(by, case)
    visit = Visit.objects.select_for_update().get(case=case)
    if VisitSync.objects.filter(municipality_id=case.municipality_id, client_id=draft.client_id).exists():
        return False
    refuse_objection(case.municipality_id, case.claimed_cvr, unless_asked=case)
    if visit.agreed_at is None:
        raise Refused(
            gettext_noop(
                "Ingen i virksomheden har sagt ja til besøget endnu. Skriv først, hvem I har aftalt det med."
            )
        )
    known_industry(draft.industry)
    fresh = _new_tasks(case, draft)
    TaskCandidate.objects.bulk_create(fresh)
    _keep_staffing(visit, draft, now)
    if draft.note.strip():
        note = clean(draft.note, most=2000)
        write_line(by, case, Entry.Kind.NOTE, checked(note), now=now)
    VisitSync.objects.create(
        municipality_id=case.municipality_id, case=case, client_id=draft.client_id, at=now
    )
    _tell(by, case, fresh, now)
    audit.record(by, "outreach.hand_in", case.about, now=now, facts={"tasks": len(fresh)})
    return True


def _new_tasks(case: Case, draft: Draft) -> list[TaskCandidate]:
    ids = [seen.client_id for seen in draft.tasks]
    known = set(
        TaskCandidate.objects.filter(municipality_id=case.municipality_id, client_id__in=ids).values_list(
            "client_id", flat=True
        )
    )
    return [_task(case, seen) for seen in draft.tasks if seen.client_id not in known]


def _task(case: Case, seen: Seen) -> TaskCandidate:
    title = clean(seen.title, most=120)
    if not title:
        raise Refused(gettext_noop("Skriv, hvad opgaven er."))
    if seen.hours is not None and not 0 < seen.hours <= 200:
        raise Refused(gettext_noop("Skriv timer om ugen over nul ved «%(title)s»."), title=title)
    from_library = typical(seen.library_key)
    return TaskCandidate(
        municipality_id=case.municipality_id,
        case=case,
        client_id=seen.client_id,
        library_key=from_library.key if from_library else "",
        title=title,
        hours=seen.hours,
        skills=clean(seen.skills, most=200),
        volume=clean(seen.volume, most=200),
        considerations=clean(seen.considerations, most=200),
        quality=clean(seen.quality, most=200),
        safety=clean(seen.safety, most=200),
        cpv_code=from_library.cpv_code if from_library else "",
    )


def _keep_staffing(visit: Visit, draft: Draft, now: datetime) -> None:
    said = draft.staffing
    if said.monthly and len(said.monthly) != 12:
        raise Refused(gettext_noop("Skriv antallet af ansatte for tolv måneder, eller lad feltet stå tomt."))
    visit.industry = draft.industry
    visit.visited_at = visit.visited_at or now
    for name in ("ordinary", "in_places", "fleksjobs"):
        if getattr(said, name) is not None:
            setattr(visit, name, getattr(said, name))
    visit.monthly = list(said.monthly) or visit.monthly
    visit.save()


def _tell(by: Principal, case: Case, fresh: list[TaskCandidate], now: datetime) -> None:
    settle(case, (GO_THERE,), now)
    if not fresh:
        event(by, case, _("Besøgt. Der blev ikke fundet opgaver."), now=now)
        return
    names = "; ".join(task.title for task in fresh)
    event(by, case, _("Besøgt. Set: %(names)s.") % {"names": names}, now=now)
    settle(case, (CHOOSE,), now)
    promise(
        by, case, CHOOSE, _("Vælg vej for opgaverne hos %(name)s") % {"name": case.who}, DAYS_TO_CHOOSE, now
    )
