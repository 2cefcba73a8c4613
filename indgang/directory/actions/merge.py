# SPDX-License-Identifier: MPL-2.0
"""Two rows that turned out to be one enterprise."""

from datetime import datetime

from django.db import IntegrityError, ProgrammingError, models, transaction

from indgang.core.text import Refused, gettext_noop
from indgang.directory import permissions
from indgang.directory.models import (
    Availability,
    Contact,
    ContactAssignment,
    Organisation,
    Place,
    StatusFact,
)
from indgang.kernel import audit
from indgang.kernel.access import Principal


@transaction.atomic
def merge(by: Principal, into: Organisation, gone: Organisation, *, now: datetime) -> Organisation:
    """Move everything that hangs on `gone` over to `into`, in this room and in those above.

    `gone` stays as a pointer, so that old addresses lead to `into`. What `into` lacks (number, presentation,
    publication) it takes over. Refuses two that both have a CVR number: they are two enterprises.
    """
    permissions.check_can_merge(by, into, gone)
    if into.cvr_number and gone.cvr_number:
        raise Refused(
            gettext_noop("%(one)s og %(other)s har hver sit CVR-nummer og er to virksomheder."),
            one=into.name,
            other=gone.name,
        )
    number, had_contact_person = gone.cvr_number, _has_contact_person(into)
    _give_way(into, gone, had_contact_person, now)
    moved = _move_children(into, gone)
    _keep_newest_confirmation(into, gone)
    gone.cvr_number, gone.merged_into, gone.closed_at = None, into, now
    gone.save()
    _take_over(into, gone, number)
    audit.record(
        by,
        "organisation.merge",
        f"organisation:{into.pk}",
        now=now,
        facts={"from": gone.pk, "moved": moved},
        personal={"name": gone.name},
    )
    return into


def _give_way(into: Organisation, gone: Organisation, had_contact_person: bool, now: datetime) -> None:
    """What there can only be one of stays with `into`."""
    if Place.objects.filter(organisation=into, is_main=True).exists():
        Place.objects.filter(organisation=gone).update(is_main=False)
    if Contact.objects.filter(organisation=into, is_main=True, left_at=None).exists():
        Contact.objects.filter(organisation=gone).update(is_main=False)
    if had_contact_person:
        ContactAssignment.objects.filter(organisation=gone, last_at=None).update(last_at=now)
    kept = StatusFact.objects.filter(organisation=into, ended_at=None)
    for fact in StatusFact.objects.filter(organisation=gone, ended_at=None):
        if kept.filter(kind=fact.kind, municipality=fact.municipality).exists():
            fact.ended_at = now
            fact.save(update_fields=["ended_at"])
    Organisation.objects.filter(merged_into=gone).update(merged_into=into)


def _move_children(into: Organisation, gone: Organisation) -> int:
    """Rows of every model that points at an organisation; rooms above need not be known here."""
    moved = 0
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.related_model in (
            Availability,
            Organisation,
        ):
            continue
        manager = relation.related_model._base_manager
        name = relation.field.name
        for number in list(manager.filter(**{name: gone}).values_list("pk", flat=True)):
            moved += _move_row(manager.filter(pk=number), name, into)
    return moved


def _move_row(row: models.QuerySet[models.Model], name: str, into: Organisation) -> int:
    """One row moves, unless there can only be one of it with `into` or it may never change: then it stays with the
    pointer, which leads to `into`."""
    try:
        with transaction.atomic():
            return row.update(**{name: into})
    except (IntegrityError, ProgrammingError):
        return 0


def _take_over(into: Organisation, gone: Organisation, number: str | None) -> None:
    into.cvr_number = into.cvr_number or number
    if into.cvr_number and into.kind == Organisation.Kind.FOUNDER:
        into.kind = gone.kind if gone.kind != Organisation.Kind.FOUNDER else Organisation.Kind.SOCIAL
    for field in ("legal_form", "presentation", "website", "email", "phone"):
        if not getattr(into, field):
            setattr(into, field, getattr(gone, field))
    into.target_groups = sorted({*into.target_groups, *gone.target_groups})
    into.job_types = sorted({*into.job_types, *gone.job_types})
    into.published_at = into.published_at or gone.published_at
    into.save()


def _keep_newest_confirmation(into: Organisation, gone: Organisation) -> None:
    theirs = Availability.objects.filter(organisation=gone).first()
    if theirs is not None:
        kept, _ = Availability.objects.get_or_create(organisation=into)
        known = [moment for moment in (kept.confirmed_at, theirs.confirmed_at) if moment]
        kept.confirmed_at = max(known, default=None)
        kept.save(update_fields=["confirmed_at"])
        theirs.delete()


def _has_contact_person(organisation: Organisation) -> bool:
    return ContactAssignment.objects.filter(organisation=organisation, last_at=None).exists()
