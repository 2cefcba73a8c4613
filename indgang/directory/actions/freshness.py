# SPDX-License-Identifier: MPL-2.0
"""Keeping profiles current without nagging, and letting enterprises decide when they are asked."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from indgang.core.text import Refused, gettext_noop
from indgang.directory import letters, permissions
from indgang.directory.actions.consent import (
    CALL_WITHIN_DAYS,
    note_confirmation,
    promise_call,
    send_link,
    settle_calls,
)
from indgang.directory.freshness import ASK_AFTER, FADES_AFTER, HIDDEN_AFTER, NOTICE
from indgang.directory.models import Availability, Confirmation, Contact, Organisation
from indgang.directory.queries import main_contact
from indgang.kernel import audit
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Municipality

LONGEST_PAUSE_DAYS = 366
MOST_INVITATIONS = 30


@transaction.atomic
def confirm(by: Principal, organisation: Organisation, *, now: datetime, said_by: str = "") -> None:
    """The profile still holds: said by the enterprise itself, or written down by staff (`said_by`)."""
    permissions.check_can_confirm(by, organisation)
    if permissions.speaks(by, organisation):
        channel = Confirmation.Channel.LINK if by.kind is Kind.LINK else Confirmation.Channel.LOG_IN
        contact = main_contact(organisation.pk)
        said_by, noted_by = by.name or (contact.name if contact else ""), ""
    else:
        channel, noted_by = Confirmation.Channel.PHONE, by.name
        if not said_by.strip():
            raise Refused(gettext_noop("Skriv navnet på den, der bekræftede i telefonen."))
    note_confirmation(
        organisation, Confirmation.Kind.CURRENT, channel, said_by=said_by, noted_by=noted_by, now=now
    )
    settle_calls(organisation, now=now)
    audit.record(
        by,
        "organisation.confirm",
        f"organisation:{organisation.pk}",
        now=now,
        facts={"channel": str(channel)},
        personal={"said_by": said_by},
    )


@transaction.atomic
def ask_if_current(by: Principal, organisation: Organisation, *, now: datetime) -> None:
    """Ask with one mail, or with a telephone duty when there is no address to write to.

    Never more often than every 90 days.
    """
    availability = Availability.objects.select_for_update().get(organisation=organisation)
    if availability.asked_at and now < availability.asked_at + ASK_AFTER:
        raise Refused(gettext_noop("Virksomheden er spurgt inden for de sidste 90 dage."))
    confirmed = timezone.localdate(availability.confirmed_at or now)
    contact = main_contact(organisation.pk)
    if contact is not None and contact.email:
        subject, body = letters.still_current(
            organisation, contact, _home(by), confirmed + FADES_AFTER, confirmed + HIDDEN_AFTER
        )
        send_link(by, organisation, contact, subject, body, now=now)
    else:
        promise_call(by, organisation, working_days=CALL_WITHIN_DAYS, has_mailed=False, now=now)
    availability.asked_at = now
    availability.save(update_fields=["asked_at"])
    audit.record(by, "organisation.ask_if_current", f"organisation:{organisation.pk}", now=now)


@transaction.atomic
def announce_hiding(by: Principal, organisation: Organisation, *, now: datetime) -> None:
    """Two weeks' notice before the profile leaves the search; a person also rings."""
    availability = Availability.objects.select_for_update().get(organisation=organisation)
    confirmed = timezone.localdate(availability.confirmed_at or now)
    hidden_on = max(confirmed + HIDDEN_AFTER, timezone.localdate(now) + NOTICE)
    contact: Contact | None = main_contact(organisation.pk)
    if contact is not None and contact.email:
        subject, body = letters.soon_hidden(organisation, contact, _home(by), hidden_on)
        send_link(by, organisation, contact, subject, body, now=now)
    promise_call(by, organisation, working_days=CALL_WITHIN_DAYS, has_mailed=False, now=now)
    availability.warned_at = now
    availability.save(update_fields=["warned_at"])
    audit.record(by, "organisation.announce_hiding", f"organisation:{organisation.pk}", now=now)


@transaction.atomic
def set_availability(
    by: Principal,
    organisation: Organisation,
    *,
    now: datetime,
    paused_until: date | None,
    holiday_first: date | None,
    holiday_last: date | None,
    invitations_a_month: int,
) -> None:
    """Pause, holiday and how often the enterprise wants to be asked. Empty dates mean none."""
    permissions.check_can_edit(by, organisation)
    today = timezone.localdate(now)
    if paused_until and (paused_until - today).days > LONGEST_PAUSE_DAYS:
        raise Refused(
            gettext_noop("En pause varer højst et år. Luk virksomheden, hvis den ikke kommer tilbage.")
        )
    if (holiday_first is None) != (holiday_last is None):
        raise Refused(gettext_noop("Skriv både feriens første og sidste dag."))
    if holiday_first and holiday_last and holiday_last < holiday_first:
        raise Refused(gettext_noop("Ferien slutter, før den begynder. Byt om på de to datoer."))
    if not 0 <= invitations_a_month <= MOST_INVITATIONS:
        raise Refused(gettext_noop("Skriv et antal mellem 0 og %(most)d."), most=MOST_INVITATIONS)
    Availability.objects.filter(organisation=organisation).update(
        paused_until=paused_until,
        holiday_first=holiday_first,
        holiday_last=holiday_last,
        invitations_a_month=invitations_a_month,
    )
    audit.record(
        by,
        "organisation.availability",
        f"organisation:{organisation.pk}",
        now=now,
        facts={"paused_until": str(paused_until or ""), "invitations_a_month": invitations_a_month},
    )


@transaction.atomic
def close(by: Principal, organisation: Organisation, *, now: datetime) -> None:
    """The enterprise has stopped: out of search and matching, its history kept."""
    permissions.check_can_edit(by, organisation)
    organisation.closed_at = now
    organisation.save(update_fields=["closed_at"])
    settle_calls(organisation, now=now)
    audit.record(by, "organisation.close", f"organisation:{organisation.pk}", now=now)


@transaction.atomic
def reopen(by: Principal, organisation: Organisation, *, now: datetime) -> None:
    permissions.check_can_reopen(by, organisation)
    organisation.closed_at = None
    organisation.save(update_fields=["closed_at"])
    audit.record(by, "organisation.reopen", f"organisation:{organisation.pk}", now=now)


def _home(by: Principal) -> Municipality:
    return Municipality.objects.select_related("public_contact").get(pk=by.municipality_id)
