# SPDX-License-Identifier: MPL-2.0
"""A case in the guide: opened, told more, left for now, put away. The law itself is asked when a page is shown."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from indgang.core.law import cpv
from indgang.core.law.as_json import as_json
from indgang.core.law.finding import NOT_APPLICABLE
from indgang.core.text import Refused, gettext_noop
from indgang.directory.search import find
from indgang.guidance.aims import Aim
from indgang.guidance.guide import AGREEMENT, Guided, guide
from indgang.guidance.models import LawCase, SavedAnswer
from indgang.guidance.permissions import check_can_ask, check_can_change_case
from indgang.kernel import audit
from indgang.kernel.access import Principal

SURE = 0.85
LONGEST_TITLE = 150


def facts_in(text: str) -> dict[str, str]:
    """Code and kind of purchase when the software can hardly be wrong; else nothing. The page shows it for correction."""
    found = find(text, top=1).cpv if text.strip() else ()
    if not found or found[0][2] < SURE:
        return {}
    return {"cpv_main": found[0][0], "kind": cpv.kind_of(found[0][0])}


@transaction.atomic
def open_case(
    by: Principal,
    aim: Aim,
    title: str,
    *,
    facts: Mapping[str, Any] | None = None,
    about: str = "",
    back_path: str = "",
    unit_id: int | None = None,
    now: datetime,
) -> LawCase:
    """Open a case with what is known from the start. A case about the same thing is opened once and found again."""
    check_can_ask(by)
    title = " ".join(title.split())
    if len(title) < 3:
        raise Refused(gettext_noop("Skriv med et par ord, hvad det drejer sig om."))
    if about:
        standing = LawCase.objects.filter(municipality_id=by.municipality_id, about=about).first()
        if standing is not None:
            return standing
    case = LawCase.objects.create(
        municipality_id=by.municipality_id,
        owner_id=by.user_id or 0,
        unit_id=unit_id or min(by.units),
        aim=aim.key,
        title=title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…",
        facts={**aim.facts, **(facts or {})},
        about=about,
        back_path=back_path,
        created_at=now,
        changed_at=now,
    )
    audit.record(by, "law.open", f"law-case:{case.pk}", now=now, facts={"aim": aim.key, "about": about})
    return case


@transaction.atomic
def tell(by: Principal, case: LawCase, changes: Mapping[str, Any], *, now: datetime) -> None:
    """Store facts; None takes one back. Refuses what cannot be read or cannot all be true, and then stores nothing."""
    check_can_change_case(by, case)
    _refuse_put_away(case)
    facts = without(case.facts, changes)
    facts |= {name: value for name, value in changes.items() if value is not None}
    if facts.get("kind"):
        guide(case.municipality_id, facts, day_of(facts, now), unit_id=case.unit_id)
    case.facts, case.changed_at = facts, now
    case.passed = [name for name in case.passed if name not in changes]
    case.save(update_fields=["facts", "passed", "changed_at"])
    audit.record(by, "law.tell", f"law-case:{case.pk}", now=now, facts={"facts": sorted(changes)})


def without(facts: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The facts without `names`, and without what an agreement answered before said of itself."""
    gone = set(names)
    if AGREEMENT in gone or f"{AGREEMENT}.exclusive" in gone:
        gone |= {AGREEMENT, f"{AGREEMENT}.exclusive"}
    return {name: value for name, value in facts.items() if name not in gone}


@transaction.atomic
def pass_by(by: Principal, case: LawCase, fact: str, *, now: datetime) -> None:
    """Leave a question for now; the answer says what it means that nobody has answered it."""
    check_can_change_case(by, case)
    _refuse_put_away(case)
    case.passed, case.changed_at = [*(name for name in case.passed if name != fact), fact], now
    case.save(update_fields=["passed", "changed_at"])


@transaction.atomic
def put_away(by: Principal, case: LawCase, *, now: datetime) -> None:
    """Take a case off one's list; it can be taken up again."""
    check_can_change_case(by, case)
    case.closed_at = None if case.closed_at else now
    case.save(update_fields=["closed_at"])
    act = "law.put_away" if case.closed_at else "law.take_up"
    audit.record(by, act, f"law-case:{case.pk}", now=now)


def save_answer(
    by: Principal,
    guided: Guided,
    title: str,
    *,
    case: LawCase | None = None,
    about: str = "",
    path: str = "",
    now: datetime,
) -> SavedAnswer:
    """Keep an answer as it was given, for ever. Part of a larger act."""
    told = as_json(guided.answer)
    row = SavedAnswer(
        municipality_id=by.municipality_id,
        case=case,
        about=about,
        path=path,
        title=title[:LONGEST_TITLE],
        on=guided.on,
        facts=dict(guided.facts),
        answer=told,
        rules=[each.rule.id for each in guided.answer.findings if each.status != NOT_APPLICABLE],
        pack=told["pack"],
        policy=(told["policy"] or "")[:250],
        saved_at=now,
        saved_by=str(by),
    )
    row.save(force_insert=True)
    return row


def day_of(facts: Mapping[str, Any], now: datetime) -> date:
    """The day whose law counts: the publication date that was stated, else today."""
    try:
        return date.fromisoformat(str(facts.get("publication_date", "")))
    except ValueError:
        return timezone.localdate(now)


def _refuse_put_away(case: LawCase) -> None:
    if case.closed_at is not None:
        raise Refused(gettext_noop("Sagen er lagt væk. Tag den op igen for at rette i den."))
