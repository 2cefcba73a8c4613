# SPDX-License-Identifier: MPL-2.0
"""What somebody outside does behind their link: ask for a code, write back, and say what they thought."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from indgang.cases.actions.receive import promise_answer
from indgang.cases.lines import checked, event, write_line
from indgang.cases.lock import locked
from indgang.cases.models import Case, Entry, Participant, Rating
from indgang.cases.permissions import FOLLOW
from indgang.cases.queries import open_contact
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit, mail
from indgang.kernel.access import Principal
from indgang.kernel.codes import create_code
from indgang.kernel.danish import written as _
from indgang.kernel.models import StoredFile, User

CODE = "henvendelse"


@transaction.atomic
def send_code(by: Principal, person: Participant, *, now: datetime) -> None:
    """Mail six digits to the participant's own address: a link can be forwarded, the mailbox cannot."""
    if not person.email:
        raise Refused(gettext_noop("Vi har ingen e-mail på dig. Ring til din kontakt."))
    code = create_code(by, CODE, person.pk, recipient=person.email, now=now)
    body = _(
        "Din kode er {code}\n\nDen virker én gang i et kvarter. Har du ikke bedt om den, kan du se bort fra mailen."
    )
    mail.write(by, person.email, _("Din kode til Indgang"), body, now=now, about="code", code=code)


@transaction.atomic
def take_part(by: Principal, case: Case, *, now: datetime) -> Participant:
    """Somebody who is logged in for the enterprise takes part from their first word on, and hears what follows."""
    if case.organisation_id is None or not by.speaks_for(case.organisation_id):
        raise Refused(gettext_noop("Kun den, der taler for virksomheden, kan skrive her."))
    user = User.objects.get(pk=by.user_id or 0)
    person, _fresh = Participant.objects.update_or_create(
        case=case,
        email=user.email.lower(),
        defaults={"left_at": None},
        create_defaults={
            "municipality_id": case.municipality_id,
            "name": user.name[:100],
            "added_at": now,
            "confirmed_at": now,
            "confirmed_by": "Indgang",
            "confirmed_how": _("Logget ind for virksomheden"),
        },
    )
    return person


@transaction.atomic
def write_back(
    by: Principal,
    case: Case,
    author: str,
    text: str,
    *,
    now: datetime,
    files: Sequence[StoredFile] = (),
    mail_number: int | None = None,
) -> Entry:
    """A message from outside lands in the case and becomes a promise to answer; a closed case opens again."""
    case = reachable(locked(case), now=now, by=by)
    line = write_line(
        by,
        case,
        Entry.Kind.MESSAGE_IN,
        checked(text),
        now=now,
        author=author,
        files=files,
        mail_number=mail_number,
    )
    if mail_number is None:
        promise_answer(by, case, case.municipality, now)
    audit.record(by, "case.message_in", case.about, now=now)
    return line


def reachable(case: Case, *, by: Principal, now: datetime) -> Case:
    """Where a message belongs today: the file a thread was merged into, the enterprise's open one, or the case itself,
    opened again when it had ended."""
    if case.merged_into is not None:
        return reachable(locked(case.merged_into), by=by, now=now)
    if case.closed_at is None:
        return case
    if case.organisation_id is not None and case.kind == Case.Kind.CONTACT:
        other = open_contact(case.organisation_id, case.municipality_id)
        if other is not None:
            return locked(other)
    case.closed_at, case.ending, case.ending_reason, case.ending_paragraph = None, "", "", ""
    case.save(update_fields=["closed_at", "ending", "ending_reason", "ending_paragraph"])
    event(by, case, _("Åbnet igen: de har skrevet"), now=now)
    return case


@transaction.atomic
def rate(by: Principal, case: Case, person: Participant, stars: int, text: str, *, now: datetime) -> Rating:
    """1 to 5 and words, once for each ending; saying it again corrects it."""
    if not by.may_by_link(FOLLOW, person.pk) and not (
        case.organisation_id and by.speaks_for(case.organisation_id)
    ):
        raise Refused(gettext_noop("Kun den, der har henvendt sig, kan sige, hvordan det gik."))
    if case.closed_at is None:
        raise Refused(gettext_noop("Sagen er ikke afsluttet endnu. Vi spørger dig, når den er."))
    if stars not in range(1, 6):
        raise Refused(gettext_noop("Vælg et tal fra 1 til 5."))
    rating, _fresh = Rating.objects.update_or_create(
        case=case,
        participant=person,
        about_closing_at=case.closed_at,
        defaults={
            "municipality_id": case.municipality_id,
            "stars": stars,
            "text": checked(text) if text.strip() else "",
            "at": now,
        },
    )
    audit.record(by, "case.rate", case.about, now=now, facts={"stars": stars})
    return rating
