# SPDX-License-Identifier: MPL-2.0
"""Agenda, attendance, decisions that become duties, and minutes that are sent, frozen and filed."""

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit, danish, files, filing
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import at, promise, settle
from indgang.kernel.models import Duty, StoredFile, User
from indgang.kernel.pdf import typeset
from indgang.meetings import letters
from indgang.meetings.lock import locked
from indgang.meetings.models import AgendaItem, Meeting, Minutes, Participant, Resolution
from indgang.meetings.permissions import check_can_run, check_can_write_up

RESOLUTION_DUTY = "meetings.resolution"
DOCUMENT = Path(__file__).parent.parent / "documents" / "minutes.typ"


@transaction.atomic
def add_item(
    by: Principal, meeting: Meeting, *, title: str, text: str = "", asked_by: str = "", now: datetime
) -> AgendaItem:
    """Put a point last on the agenda."""
    meeting = locked(meeting)
    check_can_write_up(by, meeting)
    if not title.strip():
        raise Refused(gettext_noop("Skriv, hvad punktet handler om."))
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        municipality_id=meeting.municipality_id,
        meeting=meeting,
        position=last + 1,
        title=title.strip()[:150],
        text=text.strip(),
        asked_by=asked_by.strip()[:100],
    )
    audit.record(by, "meeting.agenda", f"meeting:{meeting.pk}", now=now, facts={"item": item.pk})
    return item


@transaction.atomic
def remove_item(by: Principal, item: AgendaItem, *, now: datetime) -> None:
    meeting = locked(item.meeting)
    check_can_write_up(by, meeting)
    number = item.pk
    item.delete()
    audit.record(by, "meeting.agenda_off", f"meeting:{meeting.pk}", now=now, facts={"item": number})


@transaction.atomic
def note_attendance(by: Principal, meeting: Meeting, present: Collection[int], *, now: datetime) -> None:
    """Who came, by participant id; all others did not."""
    meeting = locked(meeting)
    check_can_run(by, meeting)
    if meeting.starts_at is None or meeting.starts_at > now:
        raise Refused(gettext_noop("Skriv fremmødet op, når mødet er begyndt."))
    rows = meeting.participants.filter(withdrawn_at=None)
    rows.filter(pk__in=present).update(attended=True)
    rows.exclude(pk__in=present).update(attended=False)
    audit.record(by, "meeting.attendance", f"meeting:{meeting.pk}", now=now, facts={"came": len(present)})


@transaction.atomic
def resolve(
    by: Principal,
    meeting: Meeting,
    *,
    text: str,
    owner: User | None = None,
    who: str = "",
    due_date: date | None = None,
    now: datetime,
) -> Resolution:
    """Write a decision down. With a date it becomes a duty of `owner`; when somebody outside is to act (`who`),
    the owner is the one who sees to it, the organiser when none is named."""
    meeting = locked(meeting)
    check_can_write_up(by, meeting)
    if not text.strip():
        raise Refused(gettext_noop("Skriv, hvad der blev besluttet."))
    if due_date is None and (owner is not None or who):
        raise Refused(gettext_noop("Skriv, hvornår det skal være gjort."))
    if due_date is not None and due_date < timezone.localdate(now):
        raise Refused(gettext_noop("Datoen er gået. Skriv en dag, der kommer."))
    resolution = Resolution(
        municipality_id=meeting.municipality_id,
        meeting=meeting,
        text=text.strip()[:500],
        who=(who or (owner.name if owner else "")).strip()[:100],
        decided_at=now,
    )
    if due_date is not None:
        resolution.duty = promise(
            by,
            RESOLUTION_DUTY,
            text.strip(),
            path=reverse("meetings:meeting", args=[meeting.pk]) + "#beslutninger",
            due_at=at(due_date),
            owner=owner or meeting.organiser,
            awaits_others=bool(who),
            calendar=meeting.municipality.calendar(),
            now=now,
        )
    resolution.save()
    audit.record(by, "meeting.resolve", f"meeting:{meeting.pk}", now=now, facts={"resolution": resolution.pk})
    return resolution


@transaction.atomic
def carry_out(by: Principal, resolution: Resolution, *, now: datetime) -> None:
    """What was decided is done: by its owner, or by the one who runs the meeting."""
    duty = resolution.duty
    if duty is None:
        raise Refused(gettext_noop("Beslutningen har ingen frist at afslutte."))
    if by.user_id is None or duty.owner_id != by.user_id:
        check_can_run(by, resolution.meeting)
    settle(duty, now=now)
    audit.record(by, "meeting.carry_out", f"meeting:{resolution.meeting_id}", now=now)


@transaction.atomic
def drop_resolution(by: Principal, resolution: Resolution, *, now: datetime) -> None:
    """Take a decision out again while the minutes are not sent."""
    meeting = locked(resolution.meeting)
    check_can_write_up(by, meeting)
    duty, number = resolution.duty, resolution.pk
    resolution.delete()
    if duty is not None:
        settle(duty, now=now, outcome=Duty.Outcome.DROPPED)
    audit.record(by, "meeting.unresolve", f"meeting:{meeting.pk}", now=now, facts={"resolution": number})


@transaction.atomic
def write_minutes(by: Principal, meeting: Meeting, text: str, *, now: datetime) -> Minutes:
    """Keep the minutes as a draft that may be changed."""
    meeting = locked(meeting)
    check_can_write_up(by, meeting)
    if meeting.starts_at is None or meeting.starts_at > now:
        raise Refused(gettext_noop("Referatet kan skrives, når mødet er begyndt."))
    if not text.strip():
        raise Refused(gettext_noop("Skriv, hvad der blev talt om."))
    facts = {
        "municipality_id": meeting.municipality_id,
        "text": text.strip(),
        "written_by_id": by.user_id,
        "written_at": now,
    }
    minutes, _made = Minutes.objects.update_or_create(meeting=meeting, defaults=facts)
    audit.record(by, "meeting.write_up", f"meeting:{meeting.pk}", now=now)
    return minutes


@transaction.atomic
def send_minutes(by: Principal, meeting: Meeting, *, now: datetime) -> Minutes:
    """Freeze, file and send them to everyone who takes part. Those who were signed up but did not come get none."""
    meeting = locked(meeting)
    check_can_write_up(by, meeting)
    minutes = Minutes.objects.select_for_update().filter(meeting=meeting).first()
    if minutes is None:
        raise Refused(gettext_noop("Skriv referatet først."))
    minutes.document, minutes.sent_at = _draw(by, meeting, minutes, now), now
    minutes.save(update_fields=["document", "sent_at"])
    title = _("Referat: %(title)s") % {"title": meeting.title}
    filing.journalise(by, meeting.case_key, title, minutes.document, now=now)
    if meeting.duty is not None:
        settle(meeting.duty, now=now)
    text = _("Hej %(name)s\n\nHer er referatet af »%(title)s«:\n{link}")
    for one in letters.present(meeting):
        if one.part != Participant.Part.SIGNED_UP or one.attended:
            letters.tell(by, one, title, text % {"name": one.name, "title": meeting.title}, now=now)
    audit.record(by, "meeting.minutes", f"meeting:{meeting.pk}", now=now)
    return minutes


def _draw(by: Principal, meeting: Meeting, minutes: Minutes, now: datetime) -> StoredFile:
    came = meeting.participants.filter(attended=True).order_by("pk").values_list("name", flat=True)
    facts = {
        "title": meeting.title,
        "municipality": meeting.municipality.name,
        "when": letters.said(meeting.starts_at) if meeting.starts_at else "",
        "place": meeting.place,
        "present": ", ".join(name for name in came if name),
        "agenda": [item.title for item in meeting.agenda.order_by("position")],
        "text": minutes.text,
        "resolutions": [
            {
                "text": row.text,
                "who": row.who,
                "due": danish.day(timezone.localtime(row.duty.due_at)) if row.duty else "",
            }
            for row in meeting.resolutions.select_related("duty").order_by("pk")
        ],
        "writer": by.name,
    }
    return files.store(f"referat-{meeting.pk}.pdf", typeset(DOCUMENT, facts), by=by, now=now)
