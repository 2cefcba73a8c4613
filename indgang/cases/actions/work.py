# SPDX-License-Identifier: MPL-2.0
"""What staff say and write in a case: answers, calls, internal notes, and who takes part."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from indgang.cases import letters
from indgang.cases.actions.receive import ANSWER
from indgang.cases.lines import checked, write_line
from indgang.cases.models import Case, Entry, Participant
from indgang.cases.permissions import check_can_work
from indgang.cases.queries import participants_of
from indgang.core.text import Refused, gettext_noop
from indgang.directory import numbers
from indgang.kernel import audit, duties, inbox
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.models import Duty, IncomingMail, StoredFile, Unit


@transaction.atomic
def answer(by: Principal, case: Case, text: str, *, now: datetime, files: Sequence[StoredFile] = ()) -> Entry:
    """Write to everybody who takes part. The mail says that there is an answer; the text lies behind the link."""
    check_can_work(by, case)
    people = [person for person in participants_of(case) if person.email]
    if not people:
        raise Refused(gettext_noop("Ingen i sagen har en e-mail. Ring, og skriv samtalen ned i stedet."))
    line = write_line(by, case, Entry.Kind.MESSAGE_OUT, checked(text), now=now, files=files)
    body = _("%(contact)s har svaret dig.\n\nLæs svaret her: {link}\n\nVenlig hilsen\n%(signature)s") % {
        "contact": by.name or case.handler.name,
        "signature": letters.signature(case),
    }
    letters.write_to_all(by, case, _("Der er svar på din henvendelse"), body, now=now)
    _has_answered(by, case, now)
    audit.record(by, "case.answer", case.about, now=now)
    return line


@transaction.atomic
def note_call(
    by: Principal, case: Case, text: str, *, reached: bool, now: datetime, is_internal: bool = False
) -> Entry:
    """Write down a call. One in which somebody was reached answers the enquiry; the sender can read what was said."""
    check_can_work(by, case)
    line = write_line(
        by, case, Entry.Kind.CALL, checked(text), now=now, is_internal=is_internal or not reached
    )
    if reached:
        _has_answered(by, case, now)
    audit.record(by, "case.call", case.about, now=now, facts={"reached": reached})
    return line


@transaction.atomic
def note(by: Principal, case: Case, text: str, *, now: datetime, only_unit: Unit | None = None) -> Entry:
    """An internal note, for all colleagues in the case or for one unit alone. It never reaches the enterprise."""
    check_can_work(by, case)
    if only_unit is not None and only_unit.pk not in by.units:
        raise Refused(gettext_noop("Du kan kun skrive noter for din egen enhed."))
    line = write_line(by, case, Entry.Kind.NOTE, checked(text), now=now, only_unit=only_unit)
    audit.record(by, "case.note", case.about, now=now)
    return line


@transaction.atomic
def strike(by: Principal, case: Case, line: Entry, *, why: str, now: datetime) -> None:
    """Empty a line that should never have been written here, e.g. about somebody's health. That it was there stays."""
    check_can_work(by, case)
    if not why.strip():
        raise Refused(
            gettext_noop("Skriv kort, hvorfor teksten skal væk. Skriv ikke selve oplysningen igen.")
        )
    line.text = ""
    line.save(update_fields=["text"])
    write_line(
        by, case, Entry.Kind.EVENT, _("En tekst er fjernet: %(why)s") % {"why": checked(why)}, now=now,
        is_internal=True,
    )  # fmt: skip
    audit.record(by, "case.strike", case.about, now=now, facts={"line": line.pk})


@transaction.atomic
def add_participant(
    by: Principal, case: Case, *, name: str, email: str, phone: str, role: str, now: datetime
) -> Participant:
    """Somebody else from outside takes part and gets the mails from now on."""
    check_can_work(by, case)
    name, email = name.strip(), email.strip().lower()
    if not name or not (email or phone.strip()):
        raise Refused(gettext_noop("Skriv navn og enten e-mail eller telefon."))
    if email and participants_of(case).filter(email=email).exists():
        raise Refused(gettext_noop("%(email)s er med i sagen i forvejen."), email=email)
    person, _fresh = Participant.objects.update_or_create(
        case=case,
        email=email,
        name=name[:100],
        defaults={
            "municipality_id": case.municipality_id,
            "phone": numbers.phone_number(phone),
            "role": role.strip()[:60],
            "added_at": now,
            "left_at": None,
        },
    )
    audit.record(by, "case.participant", case.about, now=now, personal={"name": name})
    return person


@transaction.atomic
def remove_participant(by: Principal, case: Case, person: Participant, *, now: datetime) -> None:
    """Somebody takes part no longer: no more mails, and their link stops working."""
    from indgang.cases.permissions import FOLLOW
    from indgang.kernel.links import revoke_links

    check_can_work(by, case)
    person.left_at = now
    person.save(update_fields=["left_at"])
    revoke_links(FOLLOW, person.pk, now=now)
    audit.record(by, "case.participant_left", case.about, now=now)


@transaction.atomic
def needs_no_answer(by: Principal, case: Case, *, now: datetime) -> None:
    """Somebody has read what came in, and it asks for no answer ("tak for hjælpen")."""
    check_can_work(by, case)
    if case.answer_due_at is not None and case.first_answered_at is None:
        raise Refused(gettext_noop("Den første henvendelse skal besvares. Skriv et svar, eller ring."))
    settle_answers(by, case, now=now)
    audit.record(by, "case.read", case.about, now=now)


def settle_answers(by: Principal, case: Case, *, now: datetime, outcome: str = Duty.Outcome.DONE) -> None:
    """End every promise to answer in a case, and take hand of the mails that asked."""
    for mail in IncomingMail.objects.filter(answers__about=case.about, handled_at=None):
        inbox.handle(by, mail, now=now)
    for duty in Duty.objects.filter(kind__in=(ANSWER, inbox.DUTY), path=case.path, done_at=None):
        duties.settle(duty, now=now, outcome=outcome)


def _has_answered(by: Principal, case: Case, now: datetime) -> None:
    if case.first_answered_at is None:
        case.first_answered_at = now
        case.save(update_fields=["first_answered_at"])
    settle_answers(by, case, now=now)
