# SPDX-License-Identifier: MPL-2.0
"""Running purchases: opened, added to, stopped at the limit with three choices, renewed or closed."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indgang.core.law.calculators.step import add_months
from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.guidance.actions.purchases import LIMIT_DUTY
from indgang.guidance.coverage import covers
from indgang.guidance.limits import Standing, direct_limit, standing
from indgang.guidance.models import LimitDecision, PurchaseEntry, RunningPurchase
from indgang.guidance.permissions import check_can_keep_limits
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import day as danish_day
from indgang.kernel.danish import written as _
from indgang.kernel.duties import at, due_in, move_due, promise, settle
from indgang.kernel.models import Duty, Municipality, Unit, User

RENEWAL_DUTY = "guidance.renewal"
LEGAL_DUTY = "guidance.limit_assessment"
LONGEST_MONTHS = 48
DAYS_FOR_A_LAWYER = 10


@transaction.atomic
def open_running(
    by: Principal,
    *,
    title: str,
    cpv_code: str,
    responsible: User,
    first_date: date,
    last_date: date,
    limit_dkk: int | None = None,
    organisation: Organisation | None = None,
    unit: Unit | None = None,
    original_dkk: int | None = None,
    notice_months: int = 3,
    now: datetime,
) -> RunningPurchase:
    """Begin to add up purchases of one kind. What has been bought of it in the term already counts at once.

    With `original_dkk`, the value at which a contract was tendered, the contract itself is the limit, and changes
    are held against udbudslovens § 180. Whether it is works is read from the code (division 45).
    """
    check_can_keep_limits(by)
    if len(title.strip()) < 3:
        raise Refused(gettext_noop("Skriv, hvad der købes."))
    if last_date <= first_date:
        raise Refused(gettext_noop("Slutdatoen skal ligge efter startdatoen."))
    if last_date > add_months(first_date, LONGEST_MONTHS):
        raise Refused(
            gettext_noop("Et løbende køb tælles højst i fire år ad gangen. Vælg en tidligere slutdato.")
        )
    works = cpv_code.startswith("45")
    highest = direct_limit(first_date, works=works)
    if limit_dkk is None:
        limit_dkk = original_dkk or highest
    if limit_dkk > highest and original_dkk is None:
        raise Refused(
            gettext_noop("Grænsen for at købe direkte er %(limit)s kr. Den kan kun sættes lavere."),
            limit=f"{highest:,}".replace(",", "."),
        )
    row = RunningPurchase.objects.create(
        municipality_id=by.municipality_id, title=title.strip(), cpv_code=cpv_code, organisation=organisation,
        unit=unit, responsible=responsible, first_date=first_date, last_date=last_date, limit_dkk=limit_dkk,
        original_dkk=original_dkk, works=works, notice_months=notice_months, created_at=now,
    )  # fmt: skip
    _gather(row)
    _watch_renewal(by, row, now)
    audit.record(by, "limit.open", f"running_purchase:{row.pk}", now=now, facts={"limit_dkk": limit_dkk})
    return row


def _gather(row: RunningPurchase) -> None:
    loose = PurchaseEntry.objects.filter(
        municipality_id=row.municipality_id, running=None, removed_at=None,
        bought_date__range=(row.first_date, row.last_date),
    )  # fmt: skip
    if row.organisation_id is not None:
        loose = loose.filter(organisation_id=row.organisation_id)
    if row.unit_id is not None:
        loose = loose.filter(unit_id=row.unit_id)
    mine = [entry.pk for entry in loose if entry.cpv_code and covers([row.cpv_code], entry.cpv_code)]
    PurchaseEntry.objects.filter(pk__in=mine).update(running=row)


def _watch_renewal(by: Principal, row: RunningPurchase, now: datetime) -> None:
    calendar = Municipality.objects.get(pk=by.municipality_id).calendar()
    warn = max(add_months(row.last_date, -row.notice_months), timezone.localtime(now).date())
    title = _("«%(title)s» udløber %(day)s: forny, udbyd eller stop")
    row.duty = promise(
        by,
        RENEWAL_DUTY,
        title % {"title": row.title, "day": danish_day(row.last_date)},
        path=reverse("guidance:limit", args=[row.pk]),
        due_at=at(warn),
        now=now,
        owner=row.responsible,
        unit=row.unit,
        calendar=calendar,
    )
    row.save(update_fields=["duty"])


@transaction.atomic
def add_amount(
    by: Principal,
    row: RunningPurchase,
    *,
    kind: str,
    text: str,
    amount_dkk: int,
    bought_date: date,
    now: datetime,
) -> PurchaseEntry:
    """Write down a contract, an option or a change. One that would reach the limit is stopped (see `choose`)."""
    row = _locked(row)
    _check_open(by, row)
    where = with_change(row, amount_dkk, kind)
    if where.passes and amount_dkk > 0:
        raise Refused(
            gettext_noop(
                "Det når grænsen. Vælg, hvad der skal ske: afvis, udbyd, eller få en juridisk vurdering."
            )
        )
    entry = _add(row, kind, text, amount_dkk, bought_date, now)
    audit.record(
        by, "limit.add", f"running_purchase:{row.pk}", now=now, facts={"amount_dkk": amount_dkk, "kind": kind}
    )
    return entry


def with_change(row: RunningPurchase, amount_dkk: int, kind: str) -> Standing:
    """Where it would stand; only changes are held against the margin of § 180."""
    if kind == PurchaseEntry.Kind.CHANGE or row.original_dkk is None:
        return standing(row, row.entries.all(), amount_dkk)
    entries = [*row.entries.all(), PurchaseEntry(kind=kind, amount_dkk=amount_dkk)]
    return standing(row, entries)


def _add(
    row: RunningPurchase, kind: str, text: str, amount_dkk: int, bought_date: date, now: datetime
) -> PurchaseEntry:
    if len(text.strip()) < 3:
        raise Refused(gettext_noop("Skriv, hvad beløbet er for."))
    if amount_dkk < 0 and kind != PurchaseEntry.Kind.CHANGE:
        raise Refused(gettext_noop("Kun en ændring kan være negativ."))
    return PurchaseEntry.objects.create(
        municipality_id=row.municipality_id, kind=kind, running=row, unit=row.unit, organisation=row.organisation,
        cpv_code=row.cpv_code, text=text.strip()[:200], amount_dkk=amount_dkk, bought_date=bought_date, entered_at=now,
    )  # fmt: skip


@transaction.atomic
def choose(
    by: Principal,
    row: RunningPurchase,
    *,
    text: str,
    amount_dkk: int,
    choice: str,
    because: str,
    now: datetime,
) -> LimitDecision:
    """What happens with a change that was stopped. A legal assessment becomes a duty with a date."""
    row = _locked(row)
    _check_open(by, row)
    if by.user_id is None:
        raise Refused(gettext_noop("Log ind for at vælge."))
    if len(because.strip()) < 5 or len(text.strip()) < 3:
        raise Refused(gettext_noop("Skriv kort hvorfor."))
    where = standing(row, row.entries.all(), amount_dkk)
    if not where.passes:
        raise Refused(gettext_noop("Det når ikke grænsen. Skriv det ind som et almindeligt beløb."))
    decision = LimitDecision.objects.create(
        municipality_id=by.municipality_id, running=row, text=text.strip()[:200], amount_dkk=amount_dkk,
        sum_dkk=round(where.limit.after), choice=choice, because=because.strip(), user_id=by.user_id, chosen_at=now,
    )  # fmt: skip
    if choice != LimitDecision.Choice.REJECT:
        calendar = Municipality.objects.get(pk=by.municipality_id).calendar()
        words = {
            LimitDecision.Choice.TENDER: _("Send i udbud: %(title)s"),
            LimitDecision.Choice.LEGAL: _("Få en juridisk vurdering: %(title)s"),
        }[LimitDecision.Choice(choice)]
        decision.duty = promise(
            by, LEGAL_DUTY, words % {"title": row.title}, path=reverse("guidance:limit", args=[row.pk]),
            due_at=due_in(DAYS_FOR_A_LAWYER, now=now, calendar=calendar), now=now, owner=row.responsible,
            calendar=calendar,
        )  # fmt: skip
        decision.save(update_fields=["duty"])
    for told in Duty.objects.filter(
        kind=LIMIT_DUTY, path=reverse("guidance:limit", args=[row.pk]), done_at=None
    ):
        settle(told, now=now)
    facts = {"choice": choice, "amount_dkk": amount_dkk, "sum_dkk": decision.sum_dkk}
    audit.record(by, "limit.choose", f"running_purchase:{row.pk}", now=now, facts=facts)
    return decision


@transaction.atomic
def settle_choice(
    by: Principal, decision: LimitDecision, *, allowed: bool, assessment: str, now: datetime
) -> None:
    """The lawyer's answer, entered by another person than the one who asked. Only then may the change be made."""
    check_can_keep_limits(by)
    if decision.choice == LimitDecision.Choice.REJECT or decision.settled_at is not None:
        raise Refused(gettext_noop("Der er ikke noget at afgøre her."))
    if by.user_id is None or by.user_id == decision.user_id:
        raise Refused(
            gettext_noop("En anden end den, der valgte, skal skrive vurderingen ind. Bed en kollega.")
        )
    if len(assessment.strip()) < 10:
        raise Refused(gettext_noop("Skriv, hvad vurderingen bygger på, fx hvilken grund i §§ 179-183."))
    if decision.choice == LimitDecision.Choice.TENDER and allowed:
        raise Refused(gettext_noop("Købet går i udbud. Så kan ændringen ikke også laves her."))
    decision.assessment, decision.settled_at, decision.settled_by_id = assessment.strip(), now, by.user_id
    decision.allowed = allowed if decision.choice == LimitDecision.Choice.LEGAL else None
    decision.save(update_fields=["assessment", "settled_at", "settled_by", "allowed"])
    if decision.duty is not None:
        settle(decision.duty, now=now)
    if decision.allowed:
        day = timezone.localtime(now).date()
        _add(decision.running, PurchaseEntry.Kind.CHANGE, decision.text, decision.amount_dkk, day, now)
    audit.record(
        by,
        "limit.settle",
        f"running_purchase:{decision.running_id}",
        now=now,
        facts={"allowed": decision.allowed},
    )


@transaction.atomic
def renew(by: Principal, row: RunningPurchase, *, last_date: date, now: datetime) -> None:
    """Let it run on inside the four years; the warning moves along."""
    row = _locked(row)
    _check_open(by, row)
    if last_date <= row.last_date:
        raise Refused(gettext_noop("Vælg en dag efter den nuværende slutdato."))
    if last_date > add_months(row.first_date, LONGEST_MONTHS):
        raise Refused(
            gettext_noop("Fire år er brugt op. Begynd et nyt løbende køb, når købet har været i udbud.")
        )
    row.last_date = last_date
    row.save(update_fields=["last_date"])
    _gather(row)
    if row.duty is not None and row.duty.is_open:
        calendar = Municipality.objects.get(pk=by.municipality_id).calendar()
        move_due(row.duty, at(add_months(last_date, -row.notice_months)), calendar=calendar)
    else:
        _watch_renewal(by, row, now)
    audit.record(
        by, "limit.renew", f"running_purchase:{row.pk}", now=now, facts={"last": last_date.isoformat()}
    )


@transaction.atomic
def close(by: Principal, row: RunningPurchase, *, now: datetime) -> None:
    """Stop adding up; what was counted stays readable."""
    row = _locked(row)
    _check_open(by, row)
    row.closed_at = now
    row.save(update_fields=["closed_at"])
    for duty in Duty.objects.filter(path=reverse("guidance:limit", args=[row.pk]), done_at=None):
        settle(duty, now=now, outcome=Duty.Outcome.DROPPED)
    audit.record(by, "limit.close", f"running_purchase:{row.pk}", now=now)


def _locked(row: RunningPurchase) -> RunningPurchase:
    rows = RunningPurchase.objects.select_for_update(of=("self",))
    return rows.select_related("duty", "responsible", "unit", "organisation").get(pk=row.pk)


def _check_open(by: Principal, row: RunningPurchase) -> None:
    check_can_keep_limits(by)
    if row.closed_at is not None:
        raise Refused(gettext_noop("Det løbende køb er afsluttet."))
