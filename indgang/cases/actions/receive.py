# SPDX-License-Identifier: MPL-2.0
"""An enquiry comes in: it lands in the file it belongs to, or opens one, with a promise and a receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from indgang.cases import letters
from indgang.cases.lines import checked, write_line
from indgang.cases.lock import locked, one_at_a_time
from indgang.cases.models import Case, Entry, Participant
from indgang.cases.queries import open_contact, participants_of
from indgang.cases.routing import contact_for
from indgang.core.text import Refused, gettext_noop
from indgang.directory import numbers
from indgang.directory.models import Contact
from indgang.kernel import audit, duties
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.models import Duty, Municipality, StoredFile, Unit, User
from indgang.procurement.actions.describe import headline

ANSWER = "cases.answer"
"""The kind of duty: answer an enquiry within the promise."""


@dataclass(frozen=True)
class Enquiry:
    """What somebody wants, in their own words, and who they say they are. Only text and name must be there."""

    text: str
    name: str
    email: str = ""
    phone: str = ""
    company: str = ""
    cvr_number: str = ""
    town: str = ""
    channel: str = Case.Channel.FORM
    mail_number: int | None = None


@transaction.atomic
def receive(by: Principal, enquiry: Enquiry, *, now: datetime, files: Sequence[StoredFile] = ()) -> Case:
    """Take an enquiry. A typed CVR number proves nothing, so only somebody whom staff have confirmed (or who is
    logged in for the enterprise) reaches the enterprise's own file; everybody else gets a thread of their own.

    Refuses an empty or far too long text, a personal number, a wrong CVR number, and a sender we cannot answer.
    """
    text = checked(enquiry.text)
    name, email = enquiry.name.strip()[:100], enquiry.email.strip().lower()
    if not name or not (email or enquiry.phone.strip()):
        raise Refused(gettext_noop("Skriv dit navn og enten e-mail eller telefon, så vi kan svare."))
    cvr_number = numbers.cvr_number(enquiry.cvr_number) if enquiry.cvr_number.strip() else ""
    municipality = Municipality.objects.select_related("public_contact").get(pk=by.municipality_id)
    organisation_id = confirmed_organisation(by, email, cvr_number)
    one_at_a_time(municipality.pk, email or enquiry.phone.strip())
    case = _there(organisation_id, municipality.pk, email, cvr_number)
    if case is None:
        case = locked(_opened(by, enquiry, text, cvr_number, organisation_id, municipality, now))
    person = _sender(case, name, email, enquiry.phone, organisation_id is not None, now)
    write_line(
        by, case, Entry.Kind.ENQUIRY, text, now=now, author=name, files=files, mail_number=enquiry.mail_number
    )
    case.enquired_at = now
    case.save(update_fields=["enquired_at"])
    duty = promise_answer(by, case, municipality, now)
    letters.receipt(by, case, person, duty.due_at, now=now)
    audit.record(
        by,
        "case.receive",
        case.about,
        now=now,
        facts={"channel": str(enquiry.channel)},
        personal={"name": name},
    )
    return case


@transaction.atomic
def open_case(
    by: Principal,
    *,
    kind: str,
    title: str,
    handler: User,
    unit: Unit,
    now: datetime,
    channel: str = Case.Channel.HOUSE,
    organisation_id: int | None = None,
    claimed_name: str = "",
    claimed_cvr: str = "",
    town: str = "",
) -> Case:
    """Begin a case of any kind. A second open contact of one organisation is refused by the database."""
    return Case.objects.create(
        municipality_id=by.municipality_id,
        kind=kind,
        channel=channel,
        title=title[:150],
        organisation_id=organisation_id,
        claimed_name=claimed_name.strip()[:150],
        claimed_cvr=claimed_cvr,
        town=town.strip()[:60],
        unit=unit,
        handler=handler,
        created_at=now,
        enquired_at=now,
        touched_at=now,
    )


def confirmed_organisation(by: Principal, email: str, cvr_number: str) -> int | None:
    """The one organisation that somebody is known to speak for: logged in, confirmed by staff here, or a contact who
    may answer in the directory. A typed CVR number chooses among them; by itself it proves nothing."""
    known = set(by.organisations)
    if not known and email:
        known |= set(
            Participant.objects.filter(
                municipality_id=by.municipality_id, email=email, confirmed_at__isnull=False, left_at=None
            )
            .exclude(case__organisation=None)
            .values_list("case__organisation_id", flat=True)
        )
        known |= set(
            Contact.objects.filter(
                email__iexact=email, speaks_for=True, left_at=None, organisation__closed_at=None
            ).values_list("organisation_id", flat=True)
        )
    if cvr_number and known:
        from indgang.directory.models import Organisation

        known = set(
            Organisation.objects.filter(pk__in=known, cvr_number=cvr_number).values_list("pk", flat=True)
        )
    return known.pop() if len(known) == 1 else None


def _there(organisation_id: int | None, municipality_id: int, email: str, cvr_number: str) -> Case | None:
    """The open case that the enquiry belongs in, held still; None when there is none, or it ended this very moment."""
    found = (
        open_contact(organisation_id, municipality_id)
        if organisation_id
        else _own_thread(municipality_id, email, cvr_number)
    )
    case = locked(found) if found is not None else None
    return case if case is not None and case.is_open else None


def _own_thread(municipality_id: int, email: str, cvr_number: str) -> Case | None:
    """The open thread that the same address has about the same company, so that nobody repeats anything."""
    if not email:
        return None
    mine = Participant.objects.filter(email=email, left_at=None).values("case_id")
    return (
        Case.objects.filter(
            municipality_id=municipality_id,
            kind=Case.Kind.CONTACT,
            organisation=None,
            closed_at=None,
            claimed_cvr=cvr_number,
            pk__in=mine,
        )
        .order_by("-touched_at")
        .first()
    )


def _opened(
    by: Principal,
    enquiry: Enquiry,
    text: str,
    cvr_number: str,
    organisation_id: int | None,
    municipality: Municipality,
    now: datetime,
) -> Case:
    taker = contact_for(municipality, organisation_id, town=enquiry.town, on=timezone.localdate(now))
    try:
        with transaction.atomic():
            return open_case(
                by,
                kind=Case.Kind.CONTACT,
                title=headline(text),
                handler=taker.person,
                unit=taker.unit,
                channel=enquiry.channel,
                organisation_id=organisation_id,
                claimed_name=enquiry.company,
                claimed_cvr=cvr_number,
                town=enquiry.town,
                now=now,
            )
    except IntegrityError:
        # Somebody from the same enterprise wrote in the same second, and that one opened the file.
        first = open_contact(organisation_id or 0, municipality.pk)
        if first is None:
            raise
        return first


def _sender(case: Case, name: str, email: str, phone: str, is_confirmed: bool, now: datetime) -> Participant:
    known = participants_of(case).filter(email=email).first() if email else None
    if known is not None:
        if phone.strip() and not known.phone:
            known.phone = phone.strip()[:20]
            known.save(update_fields=["phone"])
        return known
    return Participant.objects.create(
        municipality_id=case.municipality_id,
        case=case,
        name=name,
        email=email,
        phone=phone.strip()[:20],
        added_at=now,
        confirmed_at=now if is_confirmed else None,
        confirmed_by="Indgang" if is_confirmed else "",
        confirmed_how=_("Kendt i forvejen") if is_confirmed else "",
    )


def promise_answer(
    by: Principal, case: Case, municipality: Municipality, now: datetime, *, title: str = ""
) -> Duty:
    """The promise to answer, under `title` or the case's own; one that stands already goes on."""
    standing = Duty.objects.filter(kind=ANSWER, path=case.path, done_at=None).first()
    if standing is not None:
        return standing
    calendar = municipality.calendar()
    due_at = duties.due_in(municipality.answer_promise_days, now=now, calendar=calendar)
    if case.answer_due_at is None:
        case.answer_due_at = due_at
        case.save(update_fields=["answer_due_at"])
    title = title or _("Svar på henvendelsen: %(title)s") % {"title": case.title}
    return duties.promise(
        by, ANSWER, title, path=case.path, due_at=due_at, now=now, owner=case.handler, unit=case.unit,
        calendar=calendar,
    )  # fmt: skip
