# SPDX-License-Identifier: MPL-2.0
"""A founder asks; somebody listens, looks at the five criteria, and points to what exists before help is given here."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from indgang.cases import letters
from indgang.cases.actions.receive import ANSWER, open_case
from indgang.cases.advice.permissions import check_can_advise
from indgang.cases.lines import checked, event, write_line
from indgang.cases.models import Case, Entry, Idea, Participant, Skill
from indgang.cases.routing import contact_for
from indgang.core.advice.screening import Form, Screening, screen
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit, duties
from indgang.kernel.access import Principal
from indgang.kernel.models import Duty, Municipality
from indgang.procurement.actions.describe import headline


@transaction.atomic
def ask_for_advice(
    by: Principal,
    text: str,
    *,
    name: str,
    email: str,
    phone: str,
    town: str,
    needs: Sequence[str],
    stage: str,
    now: datetime,
) -> Case:
    """Anybody with an idea may ask, also before there is an enterprise. Gives a promise and a receipt at once."""
    said, person = checked(text), name.strip()[:100]
    if not person or not (email.strip() or phone.strip()):
        raise Refused(gettext_noop("Skriv dit navn og enten e-mail eller telefon, så vi kan svare."))
    municipality = Municipality.objects.select_related("public_contact").get(pk=by.municipality_id)
    taker = contact_for(municipality, None, town=town, on=timezone.localdate(now))
    case = open_case(
        by, kind=Case.Kind.ADVICE, title=headline(said), handler=taker.person, unit=taker.unit,
        channel=Case.Channel.HOUSE if by.works_here else Case.Channel.FORM, claimed_name=person, town=town, now=now,
    )  # fmt: skip
    Idea.objects.create(
        municipality_id=case.municipality_id,
        case=case,
        stage=_known(stage, Idea.Stage.values),
        needs=_skills(needs),
    )
    sender = Participant.objects.create(
        municipality_id=case.municipality_id, case=case, name=person, email=email.strip().lower(),
        phone=phone.strip()[:20], added_at=now,
    )  # fmt: skip
    write_line(by, case, Entry.Kind.ENQUIRY, said, now=now, author=person)
    calendar = municipality.calendar()
    case.answer_due_at = duties.due_in(municipality.answer_promise_days, now=now, calendar=calendar)
    case.save(update_fields=["answer_due_at"])
    title = _("Tal med %(name)s om en idé") % {"name": person}
    duties.promise(
        by, ANSWER, title, path=case.path, due_at=case.answer_due_at, now=now, owner=case.handler, unit=case.unit,
        calendar=calendar,
    )  # fmt: skip
    letters.receipt(by, case, sender, case.answer_due_at, now=now)
    audit.record(by, "advice.ask", case.about, now=now, personal={"name": person})
    return case


@transaction.atomic
def screen_idea(
    by: Principal,
    case: Case,
    *,
    stage: str,
    legal_form: str,
    needs: Sequence[str],
    answers: Mapping[str, str],
    now: datetime,
) -> Screening:
    """Write down what the talk showed: how far, what is needed, and the five criteria. It decides nothing."""
    check_can_advise(by, case)
    form = _known(legal_form, [one.value for one in Form])
    found = screen(answers, form)
    idea = case.idea
    idea.stage, idea.legal_form = _known(stage, Idea.Stage.values), form
    idea.needs, idea.answers, idea.screened_at = _skills(needs), dict(answers), now
    idea.save()
    if case.first_answered_at is None:
        case.first_answered_at = now
        case.save(update_fields=["first_answered_at"])
    for duty in case_duties(case):
        duties.settle(duty, now=now)
    event(by, case, _("Idéen er gennemgået: %(verdict)s") % {"verdict": str(found.headline)}, now=now)
    audit.record(by, "advice.screen", case.about, now=now, facts={"verdict": found.verdict.value})
    return found


@transaction.atomic
def point_on(by: Principal, case: Case, *, now: datetime) -> None:
    """The founder has been shown the national platform and the business hub, which come first."""
    check_can_advise(by, case)
    if case.idea.pointed_at is not None:
        return
    case.idea.pointed_at = now
    case.idea.save(update_fields=["pointed_at"])
    event(by, case, _("Vist videre til Virksomhedsguiden og erhvervshuset."), now=now)
    audit.record(by, "advice.point_on", case.about, now=now)


@transaction.atomic
def say_why_local(by: Principal, case: Case, *, reason: str, now: datetime) -> None:
    """Why help is given here as well. Refuses before the founder has been shown what exists."""
    check_can_advise(by, case)
    if case.idea.pointed_at is None:
        raise Refused(gettext_noop("Vis først iværksætteren videre til det, der findes i forvejen."))
    case.idea.local_reason = checked(reason)[:300]
    case.idea.save(update_fields=["local_reason"])
    audit.record(by, "advice.local", case.about, now=now, facts={"reason": case.idea.local_reason})


def case_duties(case: Case) -> QuerySet[Duty]:
    """Open promises to answer in the case."""
    return Duty.objects.filter(kind=ANSWER, path=case.path, done_at=None)


def _skills(needs: Sequence[str]) -> list[str]:
    return [value for value in Skill.values if value in needs]


def _known(value: str, values: Sequence[str]) -> str:
    if value not in values:
        raise Refused(gettext_noop("Vælg en af mulighederne på listen."))
    return value
