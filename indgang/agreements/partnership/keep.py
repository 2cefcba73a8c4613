# SPDX-License-Identifier: MPL-2.0
"""While the agreement holds: promises kept with evidence, figures read, red ones planned for, meetings called."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from indgang.agreements.lifetime import end, locked, path_of
from indgang.agreements.models import Agreement, Fulfilment, Goal, GoalReading, SteeringMember
from indgang.agreements.partnership.colour import Colour, colour
from indgang.agreements.partnership.force import drop, expect_again
from indgang.agreements.permissions import check_can_change, check_can_manage
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit, danish, mail
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise, settle
from indgang.kernel.models import StoredFile
from indgang.meetings.actions.plan import Invitee, Owner, call_meeting
from indgang.meetings.models import Meeting

PLAN_DUTY = "agreements.plan"
DAYS_TO_PLAN = 10
OWNER_KIND = "agreement"


def check_can_fulfil(by: Principal, fulfilment: Fulfilment) -> None:
    """The party itself, whoever the duty is with, or the one who answers for the agreement."""
    party = fulfilment.party
    if party.organisation_id is not None and by.speaks_for(party.organisation_id):
        return
    if by.user_id is not None and by.user_id == fulfilment.duty.owner_id:
        return
    check_can_manage(by, fulfilment.agreement)


@transaction.atomic
def fulfil(
    by: Principal,
    fulfilment: Fulfilment,
    *,
    evidence: str,
    done_date: date,
    document: StoredFile | None = None,
    now: datetime,
) -> Fulfilment | None:
    """Say how it is seen that a promise was kept, and on which day. Returns the next time of one that comes back."""
    agreement = locked(fulfilment.agreement)
    fulfilment = (
        Fulfilment.objects.select_for_update(of=("self",))
        .select_related("obligation__party", "obligation__owner", "party", "duty")
        .get(pk=fulfilment.pk)
    )
    fulfilment.agreement = agreement
    check_can_fulfil(by, fulfilment)
    if fulfilment.done_at is not None or fulfilment.dropped_at is not None:
        raise Refused(gettext_noop("Løftet er meldt holdt eller bortfaldet i forvejen."))
    if len(evidence.strip()) < 5:
        raise Refused(gettext_noop("Skriv med et par ord, hvordan man kan se, at løftet er holdt."))
    if done_date > timezone.localdate(now):
        raise Refused(gettext_noop("Skriv den dag, løftet blev holdt. Den kan ikke ligge i fremtiden."))
    fulfilment.done_at, fulfilment.done_date = now, done_date
    fulfilment.evidence, fulfilment.document = evidence.strip()[:500], document
    fulfilment.save(update_fields=["done_at", "done_date", "evidence", "document"])
    settle(fulfilment.duty, now=now)
    following = expect_again(by, fulfilment, now=now)
    facts = {"fulfilment": fulfilment.pk, "on": str(done_date)}
    audit.record(by, "agreement.kept", f"agreement:{agreement.pk}", now=now, facts=facts)
    return following


@transaction.atomic
def read_goal(
    by: Principal,
    agreement: Agreement,
    goal: Goal,
    *,
    value: Decimal,
    on_date: date,
    source: str,
    now: datetime,
) -> GoalReading:
    """Write a figure down. A red one gives the manager ten working days to have a plan written."""
    agreement = locked(agreement)
    parties = set(agreement.parties.filter(left_at=None).values_list("organisation_id", flat=True))
    if not parties & by.organisations:
        check_can_manage(by, agreement)
    if on_date > timezone.localdate(now):
        raise Refused(gettext_noop("Tallet kan ikke være fra en dag, der ikke er kommet."))
    if not source.strip():
        raise Refused(gettext_noop("Skriv, hvor tallet kommer fra."))
    if GoalReading.objects.filter(agreement=agreement, key=goal.key, on_date=on_date).exists():
        raise Refused(gettext_noop("Der er allerede et tal for den dag. Skriv en anden dato."))
    reading = GoalReading(
        municipality_id=agreement.municipality_id,
        agreement=agreement,
        goal=goal,
        key=goal.key,
        on_date=on_date,
        value=value,
        source=source.strip()[:150],
        read_at=now,
        read_by=str(by),
    )
    if colour_of(reading) is Colour.RED:
        calendar = agreement.municipality.calendar()
        reading.duty = promise(
            by,
            PLAN_DUTY,
            _("Rødt tal i %(title)s: skriv en plan for »%(goal)s«")
            % {"title": agreement.title, "goal": goal.title},
            path=f"{path_of(agreement)}#maal",
            due_at=due_in(DAYS_TO_PLAN, now=now, calendar=calendar),
            owner=agreement.manager,
            unit=agreement.unit,
            calendar=calendar,
            now=now,
        )
    reading.save()
    facts = {"key": goal.key, "colour": str(colour_of(reading))}
    audit.record(by, "agreement.reading", f"agreement:{agreement.pk}", now=now, facts=facts)
    return reading


def colour_of(reading: GoalReading) -> Colour:
    """By the goal as it stood when the figure was read."""
    goal = reading.goal
    return colour(
        reading.value,
        goal.target,
        higher_is_better=goal.higher_is_better,
        tolerance_percent=goal.tolerance_percent,
    )


@transaction.atomic
def write_plan(by: Principal, reading: GoalReading, text: str, *, now: datetime) -> None:
    """What will be done about a red figure."""
    agreement = locked(reading.agreement)
    check_can_manage(by, agreement)
    if colour_of(reading) is not Colour.RED:
        raise Refused(gettext_noop("Kun et rødt tal kræver en plan."))
    if len(text.strip()) < 30:
        raise Refused(gettext_noop("Skriv, hvad I gør, hvem der gør det, og hvornår I ser på tallet igen."))
    reading.plan, reading.planned_at = text.strip(), now
    reading.save(update_fields=["plan", "planned_at"])
    if reading.duty is not None:
        settle(reading.duty, now=now)
    audit.record(by, "agreement.plan", f"agreement:{agreement.pk}", now=now, facts={"reading": reading.pk})


@transaction.atomic
def call_steering_group(
    by: Principal, agreement: Agreement, *, times: Sequence[datetime], place: str, now: datetime
) -> Meeting:
    """A meeting of the steering group: one time stands, several are voted on. Its minutes are filed with the agreement."""
    agreement = locked(agreement)
    check_can_change(by, agreement)
    members = list(agreement.steering.order_by("pk"))
    if not any(one.part == SteeringMember.Part.CHAIR for one in members):
        raise Refused(gettext_noop("Følgegruppen mangler en formand. Sæt en på, før du indkalder."))
    return call_meeting(
        by,
        title=_("Følgegruppen for %(title)s") % {"title": agreement.title},
        organiser=agreement.manager,
        invitees=[Invitee(one.name, one.email, one.part) for one in members],
        times=times,
        length_minutes=90,
        place=place,
        owner=Owner(OWNER_KIND, agreement.pk, path_of(agreement)),
        now=now,
    )


@transaction.atomic
def end_partnership(
    by: Principal,
    agreement: Agreement,
    *,
    because: str,
    last_date: date,
    phase_out_date: date | None,
    now: datetime,
) -> None:
    """Give notice. Promises due after the last day fall away, those before it stand; every party is told."""
    agreement = end(
        by, agreement, because=because, last_date=last_date, phase_out_date=phase_out_date, now=now
    )
    later = Fulfilment.objects.select_related("duty").filter(
        agreement=agreement, done_at=None, dropped_at=None, due_date__gt=agreement.last_date
    )
    for fulfilment in later:
        drop(fulfilment, now)
    subject = _("Aftalen slutter: %(title)s") % {"title": agreement.title}
    body = _("Hej %(name)s\n\n»%(title)s« slutter den %(day)s. %(why)s\n\n%(after)s")
    after = (
        _("Det, der kører, afvikles senest %(day)s.") % {"day": danish.day(phase_out_date)}
        if phase_out_date
        else ""
    )
    for party in agreement.parties.filter(left_at=None, email_confirmed_at__isnull=False):
        facts = {
            "name": party.signer_name,
            "title": agreement.title,
            "day": danish.day(agreement.last_date),
            "why": agreement.ended_because,
            "after": after,
        }
        mail.write(by, party.email, subject, body % facts, now=now, about=f"agreement:{agreement.pk}")
