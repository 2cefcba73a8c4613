# SPDX-License-Identifier: MPL-2.0
"""An enterprise says yes to standing in the directory, or asks to be removed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from indgang.core.text import Refused, gettext_noop
from indgang.directory import letters, permissions, removals
from indgang.directory.models import Availability, Confirmation, Contact, Organisation
from indgang.directory.queries import caretaker, contact_person, main_contact
from indgang.kernel import audit, duties, mail
from indgang.kernel.access import Kind, Principal
from indgang.kernel.danish import written as _
from indgang.kernel.links import create_link, revoke_links
from indgang.kernel.models import Duty, Municipality, User

LINK_LIVES = timedelta(days=60)
ASK_AGAIN_AFTER = timedelta(days=14)
FOLLOW_UP_DAYS = 10
CALL_WITHIN_DAYS = 5
CALL = "directory.call"
"""The kind of duty: ring the enterprise about its profile."""


@transaction.atomic
def ask_for_yes(by: Principal, organisation: Organisation, *, now: datetime) -> bool:
    """Ask the enterprise whether it wants to be shown. True when a mail was written.

    One that is protected against advertising, or has no e-mail, gets no mail: ringing it becomes a duty instead.
    """
    permissions.check_can_ask(by, organisation)
    availability = Availability.objects.select_for_update().get(organisation=organisation)
    contact = main_contact(organisation.pk)
    if contact is None:
        raise Refused(gettext_noop("Skriv først, hvem vi kan kontakte."))
    if availability.asked_at and now < availability.asked_at + ASK_AGAIN_AFTER:
        raise Refused(gettext_noop("Vi har skrevet for nylig. Ring i stedet, og skriv svaret op her."))
    writes = bool(contact.email) and not organisation.advertising_protected
    if writes:
        _write_first_mail(by, organisation, contact, now)
    promise_call(
        by,
        organisation,
        working_days=FOLLOW_UP_DAYS if writes else CALL_WITHIN_DAYS,
        has_mailed=writes,
        now=now,
    )
    availability.asked_at = now
    availability.save(update_fields=["asked_at"])
    audit.record(
        by, "organisation.ask", f"organisation:{organisation.pk}", now=now, facts={"by_mail": writes}
    )
    return writes


def _write_first_mail(by: Principal, organisation: Organisation, contact: Contact, now: datetime) -> None:
    municipality = Municipality.objects.get(pk=by.municipality_id)
    sender = User.objects.filter(pk=by.user_id).first() if by.user_id else None
    subject, body = letters.may_we_show(organisation, contact, municipality, sender)
    send_link(by, organisation, contact, subject, body, now=now)


def send_link(
    by: Principal, organisation: Organisation, contact: Contact, subject: str, body: str, *, now: datetime
) -> None:
    """Mail a contact the link with which the enterprise answers for itself."""
    link = create_link(
        by, permissions.PURPOSE, organisation.pk, recipient=contact.email, now=now, lives=LINK_LIVES
    )
    mail.write(
        by,
        contact.email,
        subject,
        body,
        now=now,
        about=f"organisation:{organisation.pk}",
        link=link,
        link_path=letters.LINK_PATH,
    )


@transaction.atomic
def say_yes(by: Principal, organisation: Organisation, *, now: datetime) -> None:
    """The enterprise itself says yes: the profile becomes public."""
    permissions.check_can_publish(by, organisation)
    if not permissions.speaks(by, organisation):
        raise Refused(gettext_noop("Skriv, hvem i virksomheden der sagde ja."))
    channel = Confirmation.Channel.LINK if by.kind is Kind.LINK else Confirmation.Channel.LOG_IN
    _publish(by, organisation, channel, _speaker(by, organisation), "", now)


@transaction.atomic
def note_phoned_yes(by: Principal, organisation: Organisation, *, said_by: str, now: datetime) -> None:
    """Staff writes down that somebody in the enterprise said yes on the telephone."""
    permissions.check_can_publish(by, organisation)
    if not said_by.strip():
        raise Refused(gettext_noop("Skriv navnet på den, der sagde ja i telefonen."))
    _publish(by, organisation, Confirmation.Channel.PHONE, said_by.strip(), by.name, now)


def _publish(
    by: Principal, organisation: Organisation, channel: str, said_by: str, noted_by: str, now: datetime
) -> None:
    organisation.published_at = now
    organisation.save(update_fields=["published_at"])
    note_confirmation(
        organisation, Confirmation.Kind.LISTED, channel, said_by=said_by, noted_by=noted_by, now=now
    )
    settle_calls(organisation, now=now)
    audit.record(
        by,
        "organisation.publish",
        f"organisation:{organisation.pk}",
        now=now,
        facts={"channel": str(channel)},
        personal={"said_by": said_by},
    )


def note_confirmation(
    organisation: Organisation, kind: str, channel: str, *, said_by: str, noted_by: str, now: datetime
) -> None:
    """Keep who said what, and count the profile as current from now."""
    Confirmation.objects.create(
        organisation=organisation,
        kind=kind,
        channel=channel,
        said_by=said_by[:100],
        noted_by=noted_by[:100],
        at=now,
    )
    Availability.objects.filter(organisation=organisation).update(confirmed_at=now)


@transaction.atomic
def remove(by: Principal, organisation: Organisation, *, now: datetime) -> None:
    """Remove an enterprise that asked to go. Everything about it is deleted; an import does not bring it back.

    When papers point at it (a purchase, a bid) its bare name stays for their sake, closed and without details.
    """
    permissions.check_can_remove(by, organisation)
    towns = set(organisation.places.values_list("town", flat=True)) or {""}
    marks = {m for town in towns for m in removals.digests(organisation.name, town, organisation.cvr_number)}
    number = organisation.pk
    removals.remember(marks, now=now)
    settle_calls(organisation, now=now, outcome=Duty.Outcome.DROPPED)
    revoke_links(permissions.PURPOSE, number, now=now)
    erase(organisation, now=now)
    audit.record(by, "organisation.remove", f"organisation:{number}", now=now)


def erase(organisation: Organisation, *, now: datetime) -> None:
    """Delete an enterprise with all that hangs on it, or all but its name when papers point at it."""
    for children in (
        organisation.contacts,
        organisation.confirmations,
        organisation.open_places,
        organisation.places,
        organisation.status_facts,
    ):
        children.all().delete()
    try:
        with transaction.atomic():
            organisation.delete()
    except ProtectedError:
        organisation.listings.update(retired_at=now)
        organisation.presentation = organisation.website = organisation.email = organisation.phone = ""
        organisation.source_note, organisation.target_groups, organisation.job_types = "", [], []
        organisation.closed_at = now
        organisation.save()


def promise_call(
    by: Principal, organisation: Organisation, *, working_days: int, has_mailed: bool, now: datetime
) -> Duty:
    """Somebody must ring the enterprise: its contact person, else who asks, else who looks after it."""
    municipality = Municipality.objects.select_related("public_contact").get(pk=by.municipality_id)
    asker = User.objects.filter(pk=by.user_id).first() if by.user_id else None
    owner = (
        contact_person(organisation.pk, municipality.pk) or asker or caretaker(organisation.pk, municipality)
    )
    title = (
        _("Ring til %(name)s, hvis de ikke har svaret på mailen")
        if has_mailed
        else _("Ring til %(name)s om deres profil")
    ) % {"name": organisation.name}
    existing = open_calls(organisation).first()
    if existing is not None:
        return existing
    calendar = municipality.calendar()
    return duties.promise(
        by,
        CALL,
        title,
        path=f"/virksomheder/{organisation.pk}/svar/",
        due_at=duties.due_in(working_days, now=now, calendar=calendar),
        now=now,
        owner=owner,
        awaits_others=has_mailed,
        calendar=calendar,
    )


def open_calls(organisation: Organisation) -> QuerySet[Duty]:
    """Duties to ring the enterprise that nobody has kept yet."""
    return Duty.objects.filter(kind=CALL, path=f"/virksomheder/{organisation.pk}/svar/", done_at=None)


def settle_calls(organisation: Organisation, *, now: datetime, outcome: str = Duty.Outcome.DONE) -> None:
    """The enterprise has answered: nobody needs to ring."""
    for duty in open_calls(organisation):
        duties.settle(duty, now=now, outcome=outcome)


def _speaker(by: Principal, organisation: Organisation) -> str:
    if by.name:
        return by.name
    contact = main_contact(organisation.pk)
    return contact.name if contact else ""
