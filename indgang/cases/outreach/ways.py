# SPDX-License-Identifier: MPL-2.0
"""Each task gets a way: a fleksjob in the company, another enterprise, or neither. People choose; we do the sums."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indgang.cases.lines import event, in_danish
from indgang.cases.models import Case, JobProfile, Outsourcing, TaskCandidate
from indgang.cases.outreach import permissions
from indgang.cases.outreach.promises import CHOOSE, settle
from indgang.cases.outreach.words import clean
from indgang.core.outreach.job_profile import fleksjob_sum
from indgang.core.text import Refused, gettext_noop
from indgang.directory.actions.drafts import NewOrganisation, add_draft
from indgang.directory.models import Organisation
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.procurement.actions.company import ask_for_company
from indgang.procurement.models import TaskNotice


@transaction.atomic
def choose_in_house(
    by: Principal,
    task: TaskCandidate,
    *,
    hours: Decimal,
    intensity_percent: int,
    hourly_oere: int,
    agreement: str,
    support: str,
    now: datetime,
) -> JobProfile:
    """A fleksjob in the company: hours at work a week, intensity, and the hourly pay of a collective agreement.

    Changed terms must be confirmed anew.
    """
    permissions.check_can_choose(by, task)
    year = timezone.localdate(now).year
    fleksjob_sum(
        hours=hours, intensity_percent=intensity_percent, hourly_pay=Decimal(hourly_oere) / 100, year=year
    )
    named = clean(agreement, most=120)
    if not named:
        raise Refused(
            gettext_noop(
                "Skriv, hvilken overenskomst løn og vilkår følger, eller den, der gælder på området."
            )
        )
    profile, _fresh = JobProfile.objects.update_or_create(
        task=task,
        defaults={
            "municipality_id": task.municipality_id,
            "hours": hours,
            "intensity_percent": intensity_percent,
            "hourly_oere": hourly_oere,
            "agreement": named,
            "support": clean(support, most=300),
            "terms_confirmed_at": None,
            "terms_confirmed_with": "",
        },
    )
    _choose(by, task, TaskCandidate.Way.IN_HOUSE, "", now)
    return profile


@transaction.atomic
def confirm_terms(by: Principal, task: TaskCandidate, *, confirmed_with: str, now: datetime) -> None:
    """Pay and terms are confirmed by the shop steward, the union or the employers' side: somebody with a name."""
    permissions.check_can_choose(by, task)
    profile = JobProfile.objects.filter(task=task).first()
    if profile is None or task.way != TaskCandidate.Way.IN_HOUSE:
        raise Refused(gettext_noop("Udfyld jobprofilen først."))
    name = clean(confirmed_with, most=100)
    if not name:
        raise Refused(gettext_noop("Skriv, hvem der har bekræftet løn og vilkår, fx tillidsrepræsentanten."))
    profile.terms_confirmed_with, profile.terms_confirmed_at = name, now
    profile.save(update_fields=["terms_confirmed_with", "terms_confirmed_at"])
    audit.record(
        by, "outreach.terms", task.case.about, now=now, facts={"task": task.pk}, personal={"with": name}
    )


@transaction.atomic
def choose_outsourcing(
    by: Principal,
    task: TaskCandidate,
    *,
    supplier: Organisation | None,
    price_oere: int | None,
    price_per: str,
    trial_weeks: int,
    now: datetime,
) -> Outsourcing:
    """Another enterprise solves the task. Price and terms are for the two to agree; this is what they begin with."""
    permissions.check_can_choose(by, task)
    if supplier is not None and supplier.cvr_number and supplier.cvr_number == task.case.claimed_cvr:
        raise Refused(gettext_noop("%(name)s er virksomheden selv. Vælg en anden."), name=supplier.name)
    if not 0 <= trial_weeks <= 52:
        raise Refused(gettext_noop("Skriv en prøveperiode på højst 52 uger."))
    outsourcing, _fresh = Outsourcing.objects.update_or_create(
        task=task,
        defaults={
            "municipality_id": task.municipality_id,
            "supplier": supplier,
            "price_oere": price_oere,
            "price_per": clean(price_per, most=40),
            "trial_weeks": trial_weeks,
        },
    )
    _choose(by, task, TaskCandidate.Way.OUTSOURCE, "", now)
    return outsourcing


@transaction.atomic
def choose_neither(by: Principal, task: TaskCandidate, *, why: str, now: datetime) -> None:
    """Neither way fits. Why is worth knowing, so it is asked."""
    permissions.check_can_choose(by, task)
    reason = clean(why, most=200)
    if not reason:
        raise Refused(gettext_noop("Skriv kort, hvorfor ingen af delene passer."))
    _choose(by, task, TaskCandidate.Way.NEITHER, reason, now)


@transaction.atomic
def find_somebody(by: Principal, task: TaskCandidate, *, now: datetime) -> TaskNotice:
    """Make the task a company's task, so that those who fit are asked and the two put in touch. Once for each task."""
    permissions.check_can_choose(by, task)
    outsourcing, _fresh = Outsourcing.objects.get_or_create(
        task=task, defaults={"municipality_id": task.municipality_id}
    )
    if outsourcing.notice is not None:
        return outsourcing.notice
    company = _company_of(by, task.case, now)
    notice = ask_for_company(by, company, _need(task), place=task.case.town, now=now)
    outsourcing.notice = notice
    outsourcing.save(update_fields=["notice"])
    _choose(by, task, TaskCandidate.Way.OUTSOURCE, "", now)
    return notice


def _need(task: TaskCandidate) -> str:
    lines = [task.need]
    if task.hours is not None:
        lines.append(_("Cirka %(hours)s timer om ugen.") % {"hours": str(task.hours).replace(".", ",")})
    lines += [text for text in (task.skills, task.safety) if text]
    return "\n".join(lines)


def _company_of(by: Principal, case: Case, now: datetime) -> Organisation:
    """The company in the directory; written down as a draft, seen by staff alone, when it is not there yet."""
    if case.organisation is not None:
        return case.organisation
    known = Organisation.objects.filter(cvr_number=case.claimed_cvr, merged_into=None).first()
    if known is None:
        person = case.participants.filter(left_at=None).order_by("added_at", "pk").first()
        known = add_draft(
            by,
            NewOrganisation(
                name=case.claimed_name,
                text=_("Almindelig virksomhed, som har opgaver at give videre."),
                town=case.town or case.municipality.name,
                municipality_code=case.municipality.code,
                contact_name=person.name if person else case.claimed_name,
                contact_email=person.email if person else "",
                contact_phone=person.phone if person else "",
                cvr_number=case.claimed_cvr,
                kind=Organisation.Kind.ORDINARY,
            ),
            source=Organisation.Source.PHONE,
            source_note=_("Virksomhedsbesøg"),
            now=now,
        )
    case.organisation = known
    case.save(update_fields=["organisation"])
    return known


def _choose(by: Principal, task: TaskCandidate, way: str, why: str, now: datetime) -> None:
    changed = task.way != way
    task.way, task.why, task.chosen_at = way, why, now
    task.save(update_fields=["way", "why", "chosen_at"])
    if changed:
        text = _("%(task)s: %(way)s.") % {"task": task.title, "way": in_danish(TaskCandidate.Way(way).label)}
        event(by, task.case, text, now=now)
    if not task.case.candidates.filter(way="").exists():
        settle(task.case, (CHOOSE,), now)
    audit.record(by, "outreach.choose", task.case.about, now=now, facts={"task": task.pk, "way": way})
