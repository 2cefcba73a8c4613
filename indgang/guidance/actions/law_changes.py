# SPDX-License-Identifier: MPL-2.0
"""Everything that used what has changed turns amber, with a duty, until somebody says what was done about it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indgang.core.law.pack import load
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.actions.sources import CHANGE_DUTY, DAYS_TO_LOOK, law_keeper
from indgang.guidance.models import LawNotice, SavedAnswer, StandingAssessment
from indgang.guidance.permissions import check_can_watch_law
from indgang.guidance.watch import Found, changes_of, changes_of_assessment
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise, settle
from indgang.kernel.models import Municipality, User


@transaction.atomic
def look_at_answers(
    by: Principal,
    answers: Iterable[SavedAnswer],
    *,
    today: date | None,
    now: datetime,
    owners: Mapping[str, User] | None = None,
) -> list[LawNotice]:
    """Turn amber the answers whose law has changed; give the newest answer about each thing.

    Leave `today` out where the day that decides is settled, as when a task has been published. `owners` says who
    looks at it by what the answer is about; else whoever saved the answer.
    """
    found = []
    for answer in answers:
        owner = (owners or {}).get(answer.about)
        notice = _look(by, changes_of(answer, today=today), answer=answer, owner=owner, now=now)
        if notice is not None:
            found.append(notice)
    return found


@transaction.atomic
def look_at_assessments(by: Principal, *, now: datetime) -> list[LawNotice]:
    """The same for the standing assessments that hold today."""
    today = timezone.localtime(now).date()
    rows = StandingAssessment.objects.filter(
        municipality_id=by.municipality_id, withdrawn_at=None, last_date__gte=today
    ).select_related("signed_by")
    found = []
    for row in rows:
        notice = _look(by, changes_of_assessment(row, today=today), assessment=row, now=now)
        if notice is not None:
            found.append(notice)
    return found


def _look(
    by: Principal,
    what: Found,
    *,
    answer: SavedAnswer | None = None,
    assessment: StandingAssessment | None = None,
    owner: User | None = None,
    now: datetime,
) -> LawNotice | None:
    earlier = list(LawNotice.objects.filter(answer=answer, assessment=assessment).order_by("-found_at"))
    told = what.as_json()
    seen = [change for notice in earlier if notice.handled_at for change in notice.changes]
    fresh = [change for change in told if change not in seen]
    standing = next((notice for notice in earlier if notice.handled_at is None), None)
    if not fresh:
        return None
    if standing is not None:
        if standing.changes != fresh:
            standing.changes, standing.differs, standing.pack = fresh, what.differs, load().label
            standing.save(update_fields=["changes", "differs", "pack"])
        return None
    owner = owner or _owner(by, answer, assessment)
    return _turn_amber(by, fresh, what.differs, answer, assessment, owner, now)


def _turn_amber(
    by: Principal,
    changes: list[dict[str, str]],
    differs: bool,
    answer: SavedAnswer | None,
    assessment: StandingAssessment | None,
    owner: User | None,
    now: datetime,
) -> LawNotice:
    title = answer.title if answer else str(assessment)
    path = (
        answer.path if answer else reverse("guidance:assessment", args=[assessment.pk if assessment else 0])
    )
    if not path and answer is not None and answer.case_id is not None:
        path = reverse("guidance:case", args=[answer.case_id]) + "?svar=1"
    calendar = Municipality.objects.get(pk=by.municipality_id).calendar()
    notice = LawNotice.objects.create(
        municipality_id=by.municipality_id,
        answer=answer,
        assessment=assessment,
        about=answer.about if answer else "",
        path=path,
        title=title[:150],
        pack=load().label,
        changes=changes,
        differs=differs,
        found_at=now,
    )
    words = (
        _("Loven er ændret, svaret bliver et andet: %(title)s")
        if differs
        else _("Loven er ændret: %(title)s")
    )
    notice.duty = promise(
        by,
        CHANGE_DUTY,
        words % {"title": title},
        path=reverse("guidance:law_changes") + f"#aendring-{notice.pk}",
        due_at=due_in(DAYS_TO_LOOK, now=now, calendar=calendar),
        now=now,
        owner=owner,
        calendar=calendar,
    )
    notice.save(update_fields=["duty"])
    facts = {"title": title, "changes": [change["da"] for change in changes], "pack": notice.pack}
    audit.record(by, "law.changed", f"law_notice:{notice.pk}", now=now, facts=facts)
    return notice


def _owner(by: Principal, answer: SavedAnswer | None, assessment: StandingAssessment | None) -> User | None:
    if assessment is not None:
        return assessment.signed_by
    if answer is not None and answer.case is not None:
        return answer.case.owner
    if answer is not None and answer.saved_by.startswith("user:"):
        user = User.objects.filter(pk=int(answer.saved_by.partition(":")[2]), is_active=True).first()
        if user is not None:
            return user
    return law_keeper(by.municipality_id)


@transaction.atomic
def handle_notice(by: Principal, notice: LawNotice, *, how: str, now: datetime) -> None:
    """Say what was done about it: it is amber no more."""
    duty_owner = notice.duty.owner_id if notice.duty else None
    if by.user_id is None or by.user_id != duty_owner:
        check_can_watch_law(by)
    if len(how.strip()) < 5:
        raise Refused(
            gettext_noop("Skriv kort, hvad du har gjort, fx «Svaret holder» eller «Nyt svar lavet».")
        )
    if notice.handled_at is not None:
        raise Refused(gettext_noop("Der er allerede en, der har set på det."))
    _end(notice, how.strip(), by.user_id, now)
    audit.record(by, "law.handled", f"law_notice:{notice.pk}", now=now, facts={"how": how.strip()[:300]})


def drop_notices(notices: Iterable[LawNotice], *, how: str, now: datetime, user_id: int | None = None) -> int:
    """End notices that no longer concern anybody: the thing is closed, or has a newer answer. Returns how many.

    `user_id` is whoever did it, when somebody did.
    """
    count = 0
    for notice in notices:
        _end(notice, how, user_id, now)
        count += 1
    return count


def _end(notice: LawNotice, how: str, user_id: int | None, now: datetime) -> None:
    notice.handled_at, notice.handled_by_id, notice.handled_how = now, user_id, how[:300]
    notice.save(update_fields=["handled_at", "handled_by", "handled_how"])
    if notice.duty is not None:
        settle(notice.duty, now=now)
