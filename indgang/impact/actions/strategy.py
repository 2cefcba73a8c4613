# SPDX-License-Identifier: MPL-2.0
"""Targets are set, a committee's report is expected and handed in, a story is told and withdrawn."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indgang.core.quarter import Quarter
from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.impact.models import CommitteeReport, Story, Target
from indgang.impact.papers import figures_pdf
from indgang.impact.permissions import check_can_steer
from indgang.kernel import audit, files
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import at, move_due, promise, settle
from indgang.kernel.models import Municipality, User
from indgang.placements.models import QuarterFigures

DUTY = "impact.committee"


@transaction.atomic
def set_target(
    by: Principal, indicator: str, *, goal: int, since: date, deadline: date, source: str = "", now: datetime
) -> Target:
    """Set a target, or change the one there is."""
    check_can_steer(by)
    if deadline <= since:
        raise Refused(gettext_noop("Fristen ligger før den dag, der tælles fra. Ret datoerne."))
    if goal <= 0:
        raise Refused(gettext_noop("Skriv et mål over nul."))
    target, _made = Target.objects.update_or_create(
        municipality_id=by.municipality_id,
        indicator=indicator,
        defaults={"goal": goal, "since": since, "deadline": deadline, "source": source},
    )
    audit.record(
        by,
        "target.set",
        f"target:{target.pk}",
        now=now,
        facts={"indicator": indicator, "goal": goal, "since": str(since), "deadline": str(deadline)},
    )
    return target


@transaction.atomic
def drop_target(by: Principal, target: Target, *, now: datetime) -> None:
    check_can_steer(by)
    audit.record(by, "target.drop", f"target:{target.pk}", now=now, facts={"indicator": target.indicator})
    target.delete()


@transaction.atomic
def expect_report(
    by: Principal, quarter: Quarter, *, committee: str, due_on: date, now: datetime
) -> CommitteeReport:
    """The committee wants the quarter's figures by a day; changing it moves the duty along."""
    check_can_steer(by)
    if due_on <= quarter.last_date:
        raise Refused(gettext_noop("Fristen ligger, før kvartalet er slut. Vælg en senere dag."))
    calendar = Municipality.objects.get(pk=by.municipality_id).calendar()
    report, made = CommitteeReport.objects.get_or_create(
        municipality_id=by.municipality_id,
        year=quarter.year,
        quarter=quarter.number,
        defaults={"committee": committee, "due_on": due_on},
    )
    if report.handed_in_at is not None:
        raise Refused(gettext_noop("Rapporten er afleveret. Fristen kan ikke flyttes mere."))
    if made:
        report.duty = promise(
            by,
            DUTY,
            _("Tal for %(quarter)s til %(committee)s") % {"quarter": quarter, "committee": committee},
            path=f"{reverse('impact:figures')}?kvartal={quarter.year}-{quarter.number}",
            due_at=at(due_on),
            owner=User.objects.filter(pk=by.user_id or 0).first(),
            calendar=calendar,
            now=now,
        )
    elif report.duty is not None:
        move_due(report.duty, at(due_on), calendar=calendar)
    report.committee, report.due_on = committee, due_on
    report.save()
    audit.record(by, "report.expect", f"report:{report.pk}", now=now, facts={"due_on": str(due_on)})
    return report


@transaction.atomic
def hand_in(by: Principal, report: CommitteeReport, *, now: datetime) -> CommitteeReport:
    """The figures are frozen and on paper: keep the paper, end the duty."""
    check_can_steer(by)
    if report.handed_in_at is not None:
        raise Refused(gettext_noop("Rapporten er allerede afleveret."))
    frozen = QuarterFigures.objects.filter(
        municipality_id=by.municipality_id,
        year=report.year,
        quarter=report.quarter,
        frozen_at__isnull=False,
    )
    if not frozen.exists():
        raise Refused(gettext_noop("Luk kvartalet først, så tallene ikke ændrer sig efter mødet."))
    municipality = Municipality.objects.get(pk=by.municipality_id)
    pdf = figures_pdf(municipality, report.when, also_open=True, today=timezone.localdate(now))
    report.document = files.store(f"tal-{report.year}-{report.quarter}.pdf", pdf, by=by, now=now)
    report.handed_in_at, report.handed_in_by_id = now, by.user_id
    report.save()
    if report.duty is not None:
        settle(report.duty, now=now)
    audit.record(
        by, "report.hand_in", f"report:{report.pk}", now=now, facts={"sha256": report.document.sha256}
    )
    return report


@transaction.atomic
def tell_story(
    by: Principal,
    *,
    title: str,
    text: str,
    told_by: str,
    consent_on: date,
    consent_how: str,
    consent_until: date,
    organisation: Organisation | None = None,
    document: "UploadedFile[bytes] | None" = None,
    now: datetime,
) -> Story:
    """Show one person's story while the recorded consent holds."""
    check_can_steer(by)
    today = timezone.localdate(now)
    if consent_on > today:
        raise Refused(gettext_noop("Samtykket kan ikke være givet efter i dag."))
    if consent_until < today:
        raise Refused(gettext_noop("Samtykket er udløbet. Spørg igen, før historien vises."))
    if consent_how == Story.How.PAPER and document is None:
        raise Refused(gettext_noop("Vedhæft det underskrevne samtykke."))
    kept = files.receive(document, by=by, now=now) if document is not None else None
    story = Story.objects.create(
        municipality_id=by.municipality_id,
        title=title,
        text=text,
        told_by=told_by,
        organisation=organisation,
        consent_on=consent_on,
        consent_how=consent_how,
        consent_until=consent_until,
        document=kept,
        recorded_by_id=by.user_id or 0,
        recorded_at=now,
    )
    audit.record(by, "story.tell", f"story:{story.pk}", now=now, facts={"until": str(consent_until)})
    return story


@transaction.atomic
def withdraw_story(by: Principal, story: Story, *, now: datetime) -> None:
    """The person has changed their mind: the words are gone from this moment."""
    check_can_steer(by)
    if story.withdrawn_at is not None:
        raise Refused(gettext_noop("Historien er allerede trukket tilbage."))
    story.title, story.text, story.told_by, story.withdrawn_at = "", "", "", now
    story.save(update_fields=["title", "text", "told_by", "withdrawn_at"])
    audit.record(by, "story.withdraw", f"story:{story.pk}", now=now)
