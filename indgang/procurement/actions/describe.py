# SPDX-License-Identifier: MPL-2.0
"""Writing a task, telling the law what it must know, and choosing whom to ask."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.models import Municipality, Unit
from indgang.procurement.lawful import counted_dkk, kind_of_code
from indgang.procurement.models import Invitation, LawFacts, TaskNotice
from indgang.procurement.permissions import check_can_change_draft, check_can_create, check_may_buy_from

LONGEST_NEED = 20_000


@transaction.atomic
def describe_task(
    by: Principal,
    *,
    unit: Unit,
    buyer_id: int,
    need: str,
    value_dkk: int,
    place: str = "",
    delivery_date: date | None = None,
    cpv_code: str = "",
    now: datetime,
) -> TaskNotice:
    """Write down a need. Its value decides the lane; its CPV code the kind of purchase; both can be changed."""
    check_can_create(by)
    need = need.strip()
    if len(need) < 10:
        raise Refused(
            gettext_noop("Skriv en hel sætning om, hvad der skal løses, fx «Pak 2.400 læsepakker».")
        )
    if len(need) > LONGEST_NEED:
        raise Refused(
            gettext_noop("Teksten er for lang. Skriv det vigtigste her, og læg resten ved som bilag.")
        )
    if delivery_date is not None and delivery_date < now.date():
        raise Refused(gettext_noop("Datoen er gået. Vælg en dag, der kommer."))
    limit = Municipality.objects.get(pk=by.municipality_id).small_purchase_limit_dkk
    small = value_dkk < limit
    task = TaskNotice.objects.create(
        municipality_id=by.municipality_id,
        unit=unit,
        buyer_id=buyer_id,
        lane=TaskNotice.Lane.SMALL if small else TaskNotice.Lane.COMPETITION,
        title=headline(need),
        need=need,
        place=place or unit.delivery_address,
        delivery_date=delivery_date,
        cpv_code=cpv_code,
        created_at=now,
    )
    LawFacts.objects.create(
        municipality_id=by.municipality_id,
        task=task,
        kind=kind_of_code(cpv_code),
        value_dkk=value_dkk,
        related_value_dkk=value_dkk if small else None,
        cross_border=LawFacts.Known.NO if small else LawFacts.Known.UNKNOWN,
        binding_agreement=LawFacts.Known.NO if small else LawFacts.Known.UNKNOWN,
    )
    audit.record(
        by, "task.describe", f"task:{task.pk}", now=now, facts={"value_dkk": value_dkk, "lane": task.lane}
    )
    return task


def headline(need: str) -> str:
    """The first sentence, cut at a word when it is long."""
    first = re.split(r"(?<=[.!?])\s|\n", need.strip(), maxsplit=1)[0].rstrip(" .")
    if len(first) <= 80:
        return first
    return first[:79].rsplit(" ", 1)[0] + "…"


@transaction.atomic
def choose_lane(by: Principal, task: TaskNotice, lane: str, *, now: datetime) -> None:
    """Ask for sealed bids although the amount is small, or go back to asking a few."""
    check_can_change_draft(by, task, now)
    if lane == TaskNotice.Lane.SMALL and _lane_of(task) != lane:
        raise Refused(gettext_noop("Beløbet er over grænsen for småkøb."))
    task.lane = lane
    task.save(update_fields=["lane"])
    audit.record(by, "task.lane", f"task:{task.pk}", now=now, facts={"lane": lane})


@transaction.atomic
def split_task(by: Principal, task: TaskNotice, needs: Sequence[str], *, now: datetime) -> list[TaskNotice]:
    """Make each of several tasks in one need a task of its own. The law goes on counting the whole value."""
    check_can_change_draft(by, task, now)
    if len(needs) < 2:
        raise Refused(gettext_noop("Teksten rummer kun én opgave."))
    whole = task.law.related_value_dkk or task.law.value_dkk
    parts = []
    for need in needs:
        part = describe_task(
            by,
            unit=task.unit,
            buyer_id=task.buyer_id,
            need=need,
            value_dkk=max(1, task.law.value_dkk // len(needs)),
            place=task.place,
            delivery_date=task.delivery_date,
            now=now,
        )
        part.part_of = task
        part.lane = _lane_of(part)
        part.save(update_fields=["part_of", "lane"])
        part.law.related_value_dkk = whole
        if part.lane == TaskNotice.Lane.COMPETITION:
            part.law.cross_border, part.law.binding_agreement = (
                task.law.cross_border,
                task.law.binding_agreement,
            )
        part.law.save(update_fields=["related_value_dkk", "cross_border", "binding_agreement"])
        parts.append(part)
    task.withdrawn_at, task.withdrawn_reason = now, PARTED
    task.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    audit.record(by, "task.split", f"task:{task.pk}", now=now, facts={"parts": [part.pk for part in parts]})
    return parts


def _lane_of(task: TaskNotice) -> str:
    small = counted_dkk(task) < task.municipality.small_purchase_limit_dkk
    return TaskNotice.Lane.SMALL if small else TaskNotice.Lane.COMPETITION


def _check_keeps_the_whole(whole: TaskNotice, related_value_dkk: int) -> None:
    least = whole.law.related_value_dkk or whole.law.value_dkk
    if related_value_dkk < least:
        raise Refused(
            gettext_noop(
                "Opgaven er en del af en større. Skriv mindst %(least)s kr., som er det, delene koster tilsammen."
            ),
            least=f"{least:,}".replace(",", "."),
        )


PARTED = gettext_noop("Delt op i flere opgaver.")


@transaction.atomic
def change_task(by: Principal, task: TaskNotice, *, now: datetime, **changes: object) -> None:
    """Change the words of a draft; `changes` are fields of TaskNotice."""
    check_can_change_draft(by, task, now)
    for name, value in changes.items():
        setattr(task, name, value)
    task.save(update_fields=list(changes))
    audit.record(by, "task.change", f"task:{task.pk}", now=now, facts={"fields": sorted(changes)})


@transaction.atomic
def tell_the_law(
    by: Principal,
    task: TaskNotice,
    *,
    kind: str,
    value_dkk: int,
    related_value_dkk: int | None,
    cross_border: str,
    binding_agreement: str,
    agreement_note: str = "",
    reasoning: str = "",
    cpv_code: str | None = None,
    now: datetime,
) -> LawFacts:
    """Answer the questions on which the lawful way depends."""
    check_can_change_draft(by, task, now)
    if related_value_dkk is not None and related_value_dkk < value_dkk:
        raise Refused(gettext_noop("Køb af samme slags lagt sammen kan ikke være mindre end dette køb."))
    if task.part_of is not None and related_value_dkk is not None:
        _check_keeps_the_whole(task.part_of, related_value_dkk)
    law = task.law
    law.kind, law.value_dkk, law.related_value_dkk = kind, value_dkk, related_value_dkk
    law.cross_border, law.binding_agreement = cross_border, binding_agreement
    law.agreement_note, law.reasoning, law.decided_at = agreement_note, reasoning, now
    law.save()
    if _lane_of(task) == TaskNotice.Lane.COMPETITION:  # a competition that was chosen stays one
        task.lane = TaskNotice.Lane.COMPETITION
    if cpv_code is not None:
        task.cpv_code = cpv_code
    task.save(update_fields=["lane", "cpv_code"])
    audit.record(
        by,
        "task.law",
        f"task:{task.pk}",
        now=now,
        facts={"value_dkk": value_dkk, "related_value_dkk": related_value_dkk, "cross_border": cross_border,
               "binding_agreement": binding_agreement},
    )  # fmt: skip
    return law


@transaction.atomic
def pick(
    by: Principal,
    task: TaskNotice,
    organisation: Organisation,
    *,
    origin: str = Invitation.Origin.MATCH,
    score: float | None = None,
    reasons: Sequence[str] = (),
    why: str = "",
    now: datetime,
) -> Invitation:
    """Put an enterprise on the list of those to be asked; putting it back after it was taken off is fine."""
    check_can_change_draft(by, task, now)
    check_may_buy_from(by, task, organisation.pk, now)
    if origin == Invitation.Origin.BUYER and not why.strip():
        raise Refused(gettext_noop("Skriv kort, hvorfor virksomheden skal med."))
    invitation, fresh = Invitation.objects.get_or_create(
        task=task,
        organisation=organisation,
        defaults={
            "municipality_id": by.municipality_id,
            "origin": origin,
            "score": score,
            "reasons": list(reasons),
            "why": why,
            "picked_at": now,
        },
    )
    if not fresh and invitation.removed_at is not None:
        invitation.removed_at, invitation.why, invitation.picked_at = None, why, now
        invitation.save(update_fields=["removed_at", "why", "picked_at"])
    audit.record(
        by, "task.pick", f"task:{task.pk}", now=now, facts={"organisation": organisation.pk, "why": why}
    )
    return invitation


@transaction.atomic
def take_off(by: Principal, invitation: Invitation, *, why: str, now: datetime) -> None:
    """Take an enterprise off the list, with a reason that stays."""
    check_can_change_draft(by, invitation.task, now)
    if not why.strip():
        raise Refused(gettext_noop("Skriv kort, hvorfor virksomheden ikke skal spørges."))
    invitation.removed_at, invitation.why = now, why
    invitation.save(update_fields=["removed_at", "why"])
    audit.record(
        by,
        "task.take_off",
        f"task:{invitation.task_id}",
        now=now,
        facts={"organisation": invitation.organisation_id, "why": why},
    )
