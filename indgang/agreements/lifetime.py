# SPDX-License-Identifier: MPL-2.0
"""Holding an agreement still, warning before it runs out, prolonging it, and ending it with a phase-out."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indgang.agreements.models import Agreement
from indgang.agreements.permissions import check_can_change, check_can_manage
from indgang.agreements.term import EARLY, LATE, months_before
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit, danish, filing
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import at, promise, settle
from indgang.kernel.models import Duty, StoredFile

RENEWAL_DUTY = "agreements.renewal"
PHASE_OUT_DUTY = "agreements.phase_out"
PAGES = {Agreement.Kind.PURCHASE: "agreements:purchase", Agreement.Kind.PARTNERSHIP: "agreements:partnership"}


def locked(agreement: Agreement) -> Agreement:
    """The agreement as it stands now, held until the transaction ends."""
    return (
        Agreement.objects.select_for_update(of=("self",))
        .select_related("manager", "municipality", "unit", "early_warning", "late_warning")
        .get(pk=agreement.pk)
    )


def path_of(agreement: Agreement) -> str:
    return reverse(PAGES[Agreement.Kind(agreement.kind)], args=[agreement.pk])


def case_key(agreement: Agreement) -> str:
    """Under which case the records system keeps its papers."""
    return f"aftale-{agreement.pk}"


def warn_before_end(by: Principal, agreement: Agreement, *, now: datetime) -> None:
    """Two duties for the manager, six and three months before the last day; moments that have passed are left out.

    Saves the agreement. Warnings that stood are dropped.
    """
    for name, months in (("early_warning", EARLY), ("late_warning", LATE)):
        standing: Duty | None = getattr(agreement, name)
        if standing is not None:
            settle(standing, now=now, outcome=Duty.Outcome.DROPPED)
        day = months_before(agreement.last_date, months)
        setattr(agreement, name, _warning(by, agreement, day, now) if day > timezone.localdate(now) else None)
    agreement.save(update_fields=["early_warning", "late_warning"])


def _warning(by: Principal, agreement: Agreement, day: date, now: datetime) -> Duty:
    title = _("Forny eller afslut: %(title)s udløber %(day)s") % {
        "title": agreement.title,
        "day": danish.day(agreement.last_date),
    }
    return promise(
        by,
        RENEWAL_DUTY,
        title,
        path=path_of(agreement),
        due_at=at(day),
        owner=agreement.manager,
        unit=agreement.unit,
        calendar=agreement.municipality.calendar(),
        now=now,
    )


@transaction.atomic
def prolong(
    by: Principal, agreement: Agreement, *, last_date: date, document: StoredFile, now: datetime
) -> None:
    """A later last day, on a signed paper that is filed. The warnings start over."""
    agreement = locked(agreement)
    check_can_change(by, agreement)
    if agreement.in_force_at is None:
        raise Refused(gettext_noop("Aftalen er ikke trådt i kraft. Ret datoerne i kladden i stedet."))
    if last_date <= agreement.last_date:
        raise Refused(gettext_noop("Den nye slutdato skal ligge efter den gamle."))
    if document.content_type != "application/pdf":
        raise Refused(gettext_noop("Læg forlængelsen ind som underskrevet PDF."))
    before, agreement.last_date = agreement.last_date, last_date
    agreement.save(update_fields=["last_date"])
    warn_before_end(by, agreement, now=now)
    title = _("Forlængelse: %(title)s") % {"title": agreement.title}
    filing.journalise(by, case_key(agreement), title, document, now=now)
    facts = {"from": str(before), "to": str(last_date), "file": document.pk}
    audit.record(by, "agreement.prolong", f"agreement:{agreement.pk}", now=now, facts=facts)


@transaction.atomic
def end(
    by: Principal,
    agreement: Agreement,
    *,
    because: str,
    last_date: date,
    phase_out_date: date | None = None,
    now: datetime,
) -> Agreement:
    """Give notice: nothing new after `last_date`; what runs is phased out by `phase_out_date`, which gets an owner."""
    agreement = locked(agreement)
    check_can_change(by, agreement)
    if not because.strip():
        raise Refused(gettext_noop("Skriv, hvorfor aftalen slutter. Det står i historien."))
    if last_date < timezone.localdate(now):
        raise Refused(gettext_noop("Vælg en slutdato, der ikke er gået."))
    if phase_out_date is not None and phase_out_date < last_date:
        raise Refused(gettext_noop("Afviklingen kan først være færdig, når aftalen slutter."))
    agreement.ended_at, agreement.ended_because = now, because.strip()[:300]
    agreement.last_date = max(agreement.first_date, min(last_date, agreement.last_date))
    agreement.phase_out_date = phase_out_date
    agreement.save(update_fields=["ended_at", "ended_because", "last_date", "phase_out_date"])
    for warning in (agreement.early_warning, agreement.late_warning):
        if warning is not None:
            settle(warning, now=now, outcome=Duty.Outcome.DROPPED)
    if phase_out_date is not None:
        promise(
            by,
            PHASE_OUT_DUTY,
            _("Afvikl det, der kører på %(title)s") % {"title": agreement.title},
            path=path_of(agreement),
            due_at=at(phase_out_date),
            owner=agreement.manager,
            unit=agreement.unit,
            calendar=agreement.municipality.calendar(),
            now=now,
        )
    audit.record(by, "agreement.end", f"agreement:{agreement.pk}", now=now, facts={"last": str(last_date)})
    return agreement


@transaction.atomic
def phased_out(by: Principal, agreement: Agreement, how: str, *, now: datetime) -> None:
    """What ran on an agreement that has ended is over, and `how` says what became of it."""
    agreement = locked(agreement)
    check_can_manage(by, agreement)
    if agreement.ended_at is None or agreement.phase_out_date is None:
        raise Refused(gettext_noop("Der er ikke noget, der skal afvikles på aftalen."))
    if agreement.phased_out_at is not None:
        raise Refused(gettext_noop("Det er meldt afviklet i forvejen."))
    if len(how.strip()) < 5:
        raise Refused(gettext_noop("Skriv med et par ord, hvad der er sket med det, der kørte."))
    agreement.phased_out_at, agreement.phased_out_how = now, how.strip()[:300]
    agreement.save(update_fields=["phased_out_at", "phased_out_how"])
    for duty in Duty.objects.filter(kind=PHASE_OUT_DUTY, path=path_of(agreement), done_at=None):
        settle(duty, now=now)
    audit.record(by, "agreement.phased_out", f"agreement:{agreement.pk}", now=now)
