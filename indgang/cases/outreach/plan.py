# SPDX-License-Identifier: MPL-2.0
"""Before the visit: published criteria, one visitor for one company, a yes, and a no that is respected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indgang.cases import letters
from indgang.cases.actions.receive import ANSWER, open_case, promise_answer
from indgang.cases.lines import checked, event, write_line
from indgang.cases.models import Case, Entry, Participant, Visit, VisitCriteria
from indgang.cases.outreach import permissions
from indgang.cases.outreach.objections import refuse_objection
from indgang.cases.outreach.promises import GET_A_YES, GO_THERE, promise, settle
from indgang.cases.outreach.queries import current_criteria, open_visit
from indgang.cases.outreach.words import clean
from indgang.cases.routing import contact_for, placed
from indgang.core.text import Refused, gettext_noop
from indgang.directory import numbers
from indgang.directory.models import Organisation
from indgang.kernel import audit, danish, duties
from indgang.kernel.access import Principal
from indgang.kernel.models import Municipality, User

DAYS_TO_AGREE = 10


@dataclass(frozen=True)
class Company:
    """A company and whom to talk to there. The CVR number must be right; everything else is as somebody said it."""

    name: str
    cvr_number: str
    contact_name: str
    contact_email: str = ""
    contact_phone: str = ""
    town: str = ""
    industry: str = ""
    is_sole_trader: bool = False


@transaction.atomic
def set_criteria(by: Principal, lines: Sequence[str], *, now: datetime) -> VisitCriteria:
    """Publish how companies are chosen. The version before stays readable; the same lines again change nothing."""
    permissions.check_can_set_criteria(by)
    wanted = [clean(line, most=200) for line in lines if line.strip()]
    if not wanted:
        raise Refused(gettext_noop("Skriv mindst ét kriterium, så alle kan se, hvordan I vælger."))
    current = current_criteria(by.municipality_id)
    if current is not None and current.lines == wanted:
        return current
    criteria = VisitCriteria.objects.create(
        municipality_id=by.municipality_id, lines=wanted, from_at=now, decided_by_id=by.user_id or 0
    )
    audit.record(by, "outreach.criteria", f"visit_criteria:{criteria.pk}", now=now, facts={"lines": wanted})
    return criteria


@transaction.atomic
def plan_visit(
    by: Principal, company: Company, *, criterion: str, now: datetime, visitor: User | None = None
) -> Case:
    """Put a company on the plan. `criterion` is one of the published lines.

    Refuses a reason that is not published, a company that has said no, and one that a colleague visits already.
    """
    permissions.check_can_plan(by)
    criteria = current_criteria(by.municipality_id)
    if criteria is None or criterion not in criteria.lines:
        raise Refused(
            gettext_noop(
                "Vælg det offentliggjorte kriterium, der gør, at I besøger netop den her virksomhed. Mangler det, så ret"
                " kriterierne først."
            )
        )
    number = numbers.cvr_number(company.cvr_number)
    refuse_objection(by.municipality_id, number)
    person = visitor or User.objects.get(pk=by.user_id or 0)
    municipality = Municipality.objects.get(pk=by.municipality_id)
    taker = placed(municipality, person, DAYS_TO_AGREE, on=timezone.localdate(now))
    case = _opened(
        by, company, number, person=taker.person, unit=taker.unit, channel=Case.Channel.HOUSE, now=now
    )
    Visit.objects.create(
        municipality_id=by.municipality_id,
        case=case,
        industry=company.industry,
        is_sole_trader=company.is_sole_trader,
        criterion=criterion,
        criteria=criteria,
    )
    _contact(case, company, now)
    event(by, case, _("På besøgsplanen, fordi: %(why)s") % {"why": criterion}, now=now)
    promise(by, case, GET_A_YES, _("Ring og få et ja: %(name)s") % {"name": company.name}, DAYS_TO_AGREE, now)
    audit.record(by, "outreach.plan", case.about, now=now, facts={"cvr": number, "criterion": criterion})
    return case


@transaction.atomic
def ask_for_visit(by: Principal, company: Company, text: str, *, now: datetime) -> Case:
    """A company asks for a visit. One that is on the plan already gets no second visitor: its wish lands there."""
    said, number = checked(text or _("Vi vil gerne have besøg.")), numbers.cvr_number(company.cvr_number)
    if not company.contact_name.strip() or not (
        company.contact_email.strip() or company.contact_phone.strip()
    ):
        raise Refused(gettext_noop("Skriv dit navn og enten e-mail eller telefon, så vi kan svare."))
    municipality = Municipality.objects.select_related("public_contact").get(pk=by.municipality_id)
    case = open_visit(municipality.pk, cvr_number=number, organisation_id=None)
    if case is None:
        taker = contact_for(municipality, None, town=company.town, on=timezone.localdate(now))
        case = _opened(
            by, company, number, person=taker.person, unit=taker.unit, channel=Case.Channel.FORM, now=now
        )
    visit, fresh = Visit.objects.get_or_create(
        case=case,
        defaults={
            "municipality_id": case.municipality_id,
            "industry": company.industry,
            "is_sole_trader": company.is_sole_trader,
            "asked_themselves": True,
        },
    )
    if not fresh and not visit.asked_themselves:
        visit.asked_themselves = True
        visit.save(update_fields=["asked_themselves"])
    person = _contact(case, company, now)
    write_line(by, case, Entry.Kind.ENQUIRY, said, now=now, author=company.contact_name)
    asked = _("Aftal et besøg: %(name)s har bedt om det") % {"name": case.who}
    duty = promise_answer(by, case, municipality, now, title=asked)
    letters.receipt(by, case, person, duty.due_at, now=now)
    audit.record(by, "outreach.ask", case.about, now=now, personal={"name": company.contact_name})
    return case


@transaction.atomic
def agree(by: Principal, case: Case, *, agreed_with: str, planned_at: datetime, now: datetime) -> None:
    """Somebody in the company has said yes to a visit at a time. Silence is not a yes, so a name is needed."""
    permissions.check_can_visit(by, case)
    refuse_objection(case.municipality_id, case.claimed_cvr, unless_asked=case)
    name = clean(agreed_with, most=100)
    if not name:
        raise Refused(gettext_noop("Skriv, hvem i virksomheden der har sagt ja. Intet svar er ikke et ja."))
    visit = Visit.objects.select_for_update().get(case=case)
    visit.agreed_at, visit.agreed_with, visit.planned_at = now, name, planned_at
    visit.save(update_fields=["agreed_at", "agreed_with", "planned_at"])
    if case.first_answered_at is None:
        case.first_answered_at = now
        case.save(update_fields=["first_answered_at"])
    settle(case, (GET_A_YES, GO_THERE, ANSWER), now)
    when = danish.long_moment(planned_at)
    event(by, case, _("Besøg aftalt med %(name)s %(when)s.") % {"name": name, "when": when}, now=now)
    title = _("Besøg hos %(name)s") % {"name": case.who}
    duties.promise(
        by, GO_THERE, title, path=f"/opsoegende/besoeg/{case.pk}/", due_at=planned_at, now=now, owner=case.handler,
        unit=case.unit, calendar=case.municipality.calendar(),
    )  # fmt: skip
    audit.record(by, "outreach.agree", case.about, now=now, personal={"with": name})


def _opened(
    by: Principal, company: Company, number: str, *, person: User, unit: object, channel: str, now: datetime
) -> Case:
    name = clean(company.name, most=150)
    if not name:
        raise Refused(gettext_noop("Skriv virksomhedens navn."))
    known = Organisation.objects.filter(cvr_number=number, merged_into=None).first()
    try:
        with transaction.atomic():
            return open_case(
                by,
                kind=Case.Kind.OUTREACH,
                title=_("Besøg hos %(name)s") % {"name": name},
                handler=person,
                unit=unit,  # type: ignore[arg-type]
                channel=channel,
                organisation_id=known.pk if known else None,
                claimed_name=name,
                claimed_cvr=number,
                town=company.town,
                now=now,
            )
    except IntegrityError as trouble:
        taken = open_visit(by.municipality_id, cvr_number=number, organisation_id=known.pk if known else None)
        if taken is None:
            raise
        raise Refused(
            gettext_noop(
                "%(company)s har et åbent besøg hos %(name)s, %(unit)s. Tal med %(name)s i stedet for at besøge dem to gange."
            ),
            company=name,
            name=taken.handler.name,
            unit=taken.unit.name,
        ) from trouble


def _contact(case: Case, company: Company, now: datetime) -> Participant:
    email = company.contact_email.strip().lower()
    known = case.participants.filter(email=email).first() if email else None
    return known or Participant.objects.create(
        municipality_id=case.municipality_id,
        case=case,
        name=clean(company.contact_name, most=100) or company.name[:100],
        email=email,
        phone=company.contact_phone.strip()[:20],
        added_at=now,
    )
