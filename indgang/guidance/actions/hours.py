# SPDX-License-Identifier: MPL-2.0
"""Hours that a contract promises: asked for, reported from a phone, and an alarm when they lag behind."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.guidance.hours import next_due, standing
from indgang.guidance.models import HoursClause, HoursReport
from indgang.guidance.permissions import check_can_keep_limits
from indgang.kernel import audit, mail
from indgang.kernel.access import Kind, Principal
from indgang.kernel.danish import day as danish_day
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise, settle
from indgang.kernel.links import create_link, open_links, revoke_links
from indgang.kernel.models import Duty, Municipality, Unit, User

HOURS = "timer"
HOURS_DUTY, BEHIND_DUTY = "guidance.hours", "guidance.hours_behind"
LINK_LIVES = timedelta(days=60)
DAYS_TO_REPORT, DAYS_TO_ACT = 10, 5
MOST_HOURS = 1_000_000


def check_can_report_hours(by: Principal, clause: HoursClause) -> None:
    """By the link, by the one who manages the contract, or by those who keep such things."""
    if by.may_by_link(HOURS, clause.pk) or by.kind is Kind.SYSTEM:
        return
    if by.user_id is not None and by.user_id == clause.manager_id:
        return
    if clause.organisation_id is not None and by.speaks_for(clause.organisation_id):
        return
    check_can_keep_limits(by)


@transaction.atomic
def open_clause(
    by: Principal,
    *,
    kind: str,
    title: str,
    supplier: str,
    unit: Unit,
    manager: User,
    promised_hours: int,
    first_date: date,
    last_date: date,
    every_months: int = 3,
    reporter_name: str = "",
    reporter_email: str = "",
    organisation: Organisation | None = None,
    about: str = "",
    now: datetime,
) -> HoursClause:
    """Write down what a contract promises. `about` ties it to something in a room above (`agreement:4`)."""
    check_can_keep_limits(by)
    if last_date <= first_date:
        raise Refused(gettext_noop("Slutdatoen skal ligge efter startdatoen."))
    if not 1 <= every_months <= 12:
        raise Refused(gettext_noop("Vælg mellem hver måned og én gang om året."))
    clause = HoursClause.objects.create(
        municipality_id=by.municipality_id, kind=kind, title=title.strip(), supplier=supplier.strip(),
        organisation=organisation, unit=unit, manager=manager, reporter_name=reporter_name.strip(),
        reporter_email=reporter_email.strip().lower(), promised_hours=promised_hours, first_date=first_date,
        last_date=last_date, every_months=every_months, about=about, created_at=now,
    )  # fmt: skip
    _await_next(by, clause, first_date - timedelta(days=1), now)
    facts = {"kind": kind, "promised_hours": promised_hours}
    audit.record(by, "hours.open", f"hours_clause:{clause.pk}", now=now, facts=facts)
    return clause


def _await_next(by: Principal, clause: HoursClause, after: date, now: datetime) -> None:
    """The next period's report becomes a duty of the one who manages the contract."""
    if clause.duty is not None:
        settle(clause.duty, now=now)
    clause.next_report_date, clause.duty = next_due(clause, after), None
    if clause.next_report_date is not None:
        calendar = Municipality.objects.get(pk=by.municipality_id).calendar()
        opens = timezone.make_aware(datetime.combine(clause.next_report_date, datetime.min.time()))
        title = _("Timer til og med %(day)s: %(title)s")
        clause.duty = promise(
            by, HOURS_DUTY, title % {"day": danish_day(clause.next_report_date), "title": clause.title},
            path=reverse("guidance:hours", args=[clause.pk]), now=now, owner=clause.manager, unit=clause.unit,
            due_at=due_in(DAYS_TO_REPORT, now=opens, calendar=calendar), awaits_others=bool(clause.reporter_email),
            calendar=calendar,
        )  # fmt: skip
    clause.save(update_fields=["next_report_date", "duty"])


@transaction.atomic
def report_hours(
    by: Principal,
    clause: HoursClause,
    *,
    hours: int,
    until_date: date,
    people: int | None = None,
    note: str = "",
    now: datetime,
) -> HoursReport:
    """Hours since the report before, up to a day. A negative number corrects what was reported too high."""
    clause = _locked(clause)
    check_can_report_hours(by, clause)
    if clause.ended_at is not None:
        raise Refused(gettext_noop("Der skal ikke meldes flere timer på den kontrakt."))
    if until_date > timezone.localtime(now).date():
        raise Refused(gettext_noop("Meld kun timer, der er arbejdet. Vælg en dag til og med i dag."))
    if until_date < clause.first_date:
        raise Refused(gettext_noop("Kontrakten var ikke begyndt den dag."))
    earlier = list(clause.reports.all())
    if abs(hours) > MOST_HOURS or sum(report.hours for report in earlier) + hours < 0:
        raise Refused(gettext_noop("Det kan ikke passe. Skriv antallet af timer siden sidst."))
    report = HoursReport.objects.create(
        municipality_id=clause.municipality_id, clause=clause, until_date=until_date, hours=hours, people=people,
        note=note.strip(), reported_at=now, reported_by=str(by),
    )  # fmt: skip
    if clause.next_report_date is not None and until_date >= clause.next_report_date:
        _await_next(by, clause, until_date, now)
    _watch_lag(by, clause, [*earlier, report], now)
    audit.record(
        by,
        "hours.report",
        f"hours_clause:{clause.pk}",
        now=now,
        facts={"hours": hours, "until": until_date.isoformat()},
    )
    return report


def _watch_lag(by: Principal, clause: HoursClause, reports: list[HoursReport], now: datetime) -> None:
    """An alarm while a clause is behind, ended when it has caught up."""
    where = standing(clause, reports, timezone.localtime(now).date())
    alert = clause.alert if clause.alert is not None and clause.alert.is_open else None
    if where.is_behind and alert is None:
        calendar = Municipality.objects.get(pk=by.municipality_id).calendar()
        words = _("Bagud med timer: %(title)s (%(delivered)d af %(expected)d)")
        clause.alert = promise(
            by, BEHIND_DUTY,
            words % {"title": clause.title, "delivered": where.delivered, "expected": where.expected},
            path=reverse("guidance:hours", args=[clause.pk]), now=now, owner=clause.manager, unit=clause.unit,
            due_at=due_in(DAYS_TO_ACT, now=now, calendar=calendar), calendar=calendar,
        )  # fmt: skip
        clause.save(update_fields=["alert"])
    elif not where.is_behind and alert is not None:
        settle(alert, now=now)


@transaction.atomic
def look_at_hours(by: Principal, *, now: datetime) -> int:
    """Every night: ask by mail for the hours of a period that has ended, and see who is behind. Returns mails."""
    today, count = timezone.localtime(now).date(), 0
    clauses = HoursClause.objects.filter(municipality_id=by.municipality_id, ended_at=None)
    for clause in clauses.select_related("duty", "alert", "manager", "unit").prefetch_related("reports"):
        due = clause.next_report_date
        if due is not None and due < today and clause.reporter_email:
            asked = open_links(HOURS, clause.pk).filter(created_at__date__gt=due)
            if not asked.exists():
                send_link(by, clause, now=now)
                count += 1
        _watch_lag(by, clause, list(clause.reports.all()), now)
    return count


@transaction.atomic
def send_link(by: Principal, clause: HoursClause, *, now: datetime) -> None:
    """Mail the one who reports a link to the form; earlier links stop working."""
    check_can_report_hours(by, clause)
    if not clause.reporter_email:
        raise Refused(
            gettext_noop("Der er ingen e-mail at sende til. Ret kontrakten, eller meld timerne selv.")
        )
    revoke_links(HOURS, clause.pk, now=now)
    link = create_link(by, HOURS, clause.pk, recipient=clause.reporter_email, now=now, lives=LINK_LIVES)
    body = _(
        "Hej %(name)s\n\nHvor mange timer er der arbejdet på «%(title)s»? Det tager to minutter, også på en telefon:\n{link}\n\n%(manager)s, %(municipality)s"
    )
    words = {
        "name": clause.reporter_name or clause.supplier,
        "title": clause.title,
        "manager": clause.manager.name,
        "municipality": Municipality.objects.get(pk=clause.municipality_id).name,
    }
    mail.write(
        by, clause.reporter_email, _("Timer på %(title)s") % words, body % words, now=now,
        about=f"hours_clause:{clause.pk}", link=link, link_path="/l/timer/{token}/",
        reply_path=reverse("guidance:hours", args=[clause.pk]), reply_owner=clause.manager,
    )  # fmt: skip
    audit.record(by, "hours.ask", f"hours_clause:{clause.pk}", now=now)


@transaction.atomic
def end_clause(by: Principal, clause: HoursClause, *, because: str, now: datetime) -> None:
    """No more hours are reported; what was reported stays."""
    check_can_keep_limits(by)
    clause = _locked(clause)
    if clause.ended_at is not None:
        raise Refused(gettext_noop("Den er allerede afsluttet."))
    if len(because.strip()) < 5:
        raise Refused(gettext_noop("Skriv kort hvorfor."))
    clause.ended_at, clause.ended_because = now, because.strip()
    clause.save(update_fields=["ended_at", "ended_because"])
    revoke_links(HOURS, clause.pk, now=now)
    for duty in (clause.duty, clause.alert):
        if duty is not None:
            settle(duty, now=now, outcome=Duty.Outcome.DROPPED)
    audit.record(by, "hours.end", f"hours_clause:{clause.pk}", now=now, facts={"because": because.strip()})


def _locked(clause: HoursClause) -> HoursClause:
    rows = HoursClause.objects.select_for_update(of=("self",)).select_related(
        "duty", "alert", "manager", "unit"
    )
    return rows.prefetch_related("reports").get(pk=clause.pk)
