# SPDX-License-Identifier: MPL-2.0
"""Something is asked for that the agreement does not give: it is stopped until a legal opinion is attached."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from indgang.agreements.lifetime import case_key, locked, path_of
from indgang.agreements.models import Agreement, Party, SupportRequest
from indgang.agreements.partnership.keep import OWNER_KIND
from indgang.agreements.permissions import check_can_change, check_can_manage
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit, danish, filing
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise, settle
from indgang.kernel.models import Duty, StoredFile
from indgang.kernel.templatetags.ui import kr
from indgang.meetings.actions.record import add_item
from indgang.meetings.models import Meeting

OPINION_DUTY = "agreements.opinion"
DAYS = 15


@transaction.atomic
def ask(
    by: Principal, agreement: Agreement, party: Party, *, text: str, amount_dkk: int | None, now: datetime
) -> SupportRequest:
    """A party asks. It is written down, answered with the clause, and waits for a lawyer."""
    agreement = locked(agreement)
    if party.organisation_id is None or not by.speaks_for(party.organisation_id):
        check_can_manage(by, agreement)
    if len(text.strip()) < 10:
        raise Refused(gettext_noop("Skriv, hvad der bedes om, og hvad det skal bruges til."))
    calendar = agreement.municipality.calendar()
    row = SupportRequest.objects.create(
        municipality_id=agreement.municipality_id,
        agreement=agreement,
        party=party,
        text=text.strip()[:500],
        amount_dkk=amount_dkk,
        asked_at=now,
        duty=promise(
            by,
            OPINION_DUTY,
            _("Få en jurist til at vurdere: %(name)s beder om støtte") % {"name": party.name},
            path=f"{path_of(agreement)}#stoette",
            due_at=due_in(DAYS, now=now, calendar=calendar),
            owner=agreement.manager,
            unit=agreement.unit,
            calendar=calendar,
            now=now,
        ),
    )
    audit.record(by, "agreement.support", f"agreement:{agreement.pk}", now=now, facts={"request": row.pk})
    return row


@transaction.atomic
def attach_opinion(
    by: Principal, request: SupportRequest, *, text: str, document: StoredFile, now: datetime
) -> None:
    """The lawyer's written opinion. It is filed; only now may the request go on an agenda."""
    agreement = locked(request.agreement)
    check_can_manage(by, agreement)
    if request.closed_at is not None:
        raise Refused(gettext_noop("Ønsket er lukket."))
    if by.user_id is None or len(text.strip()) < 20:
        raise Refused(gettext_noop("Skriv kort, hvad juristen siger: om det er lovligt, og hvorfor."))
    request.opinion, request.opinion_document = text.strip(), document
    request.opinion_by_id, request.opinion_at = by.user_id, now
    request.save(update_fields=["opinion", "opinion_document", "opinion_by", "opinion_at"])
    if request.duty is not None:
        settle(request.duty, now=now)
    filing.journalise(
        by, case_key(agreement), _("Juridisk vurdering af et ønske om støtte"), document, now=now
    )
    audit.record(by, "agreement.opinion", f"agreement:{agreement.pk}", now=now, facts={"request": request.pk})


@transaction.atomic
def put_on_agenda(by: Principal, request: SupportRequest, meeting: Meeting, *, now: datetime) -> None:
    """Put the request on one of the agreement's own meetings. Refuses without a legal opinion."""
    agreement = locked(request.agreement)
    check_can_change(by, agreement)
    if request.closed_at is not None:
        raise Refused(gettext_noop("Ønsket er lukket."))
    if request.opinion_at is None:
        raise Refused(
            gettext_noop(
                "Aftalen giver ikke støtte. Læg juristens vurdering ved, før det kommer på en dagsorden."
            )
        )
    if (meeting.owner_kind, meeting.owner_id) != (OWNER_KIND, agreement.pk):
        raise Refused(gettext_noop("Vælg et af følgegruppens møder."))
    with translation.override(danish.LANGUAGE):
        amount = f" ({kr(request.amount_dkk)})" if request.amount_dkk else ""
    add_item(
        by,
        meeting,
        title=_("Ønske om støtte fra %(name)s") % {"name": request.party.name} + amount,
        text=f"{request.text}\n\n" + _("Juridisk vurdering: %(text)s") % {"text": request.opinion},
        asked_by=request.party.name,
        now=now,
    )
    request.meeting_id = meeting.pk
    request.save(update_fields=["meeting_id"])
    audit.record(by, "agreement.agenda", f"agreement:{agreement.pk}", now=now, facts={"request": request.pk})


@transaction.atomic
def close(by: Principal, request: SupportRequest, *, now: datetime) -> None:
    """Taken back, or answered with a no."""
    agreement = locked(request.agreement)
    if request.party.organisation_id is None or not by.speaks_for(request.party.organisation_id):
        check_can_manage(by, agreement)
    if request.closed_at is None:
        request.closed_at = now
        request.save(update_fields=["closed_at"])
        if request.duty is not None:
            settle(request.duty, now=now, outcome=Duty.Outcome.DROPPED)
        audit.record(
            by, "agreement.support_close", f"agreement:{agreement.pk}", now=now, facts={"request": request.pk}
        )
