# SPDX-License-Identifier: MPL-2.0
"""Staff have found out whom a case is about and that the person speaks for them: a typed CVR number proves nothing."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from indgang.cases.actions.needs import end_need
from indgang.cases.actions.receive import ANSWER
from indgang.cases.lines import event
from indgang.cases.models import Case, Need, Participant
from indgang.cases.permissions import check_can_lead
from indgang.cases.queries import open_contact
from indgang.core.text import Refused, gettext_noop
from indgang.directory.actions.drafts import NewOrganisation, add_draft
from indgang.directory.actions.relations import assign_contact_person
from indgang.directory.models import Organisation
from indgang.directory.queries import contact_person
from indgang.kernel import audit
from indgang.kernel.access import Principal, system
from indgang.kernel.danish import written as _
from indgang.kernel.models import Duty


@transaction.atomic
def confirm(
    by: Principal, case: Case, person: Participant, organisation: Organisation, *, how: str, now: datetime
) -> Case:
    """The person speaks for the organisation; `how` says how we know, e.g. a call to the number in CVR.

    The case becomes the organisation's file, or lands in the one that is open: with its contact, its promises and its
    needs. Returns the case that goes on. Refuses when the case is another organisation's already.
    """
    check_can_lead(by, case)
    if not how.strip():
        raise Refused(
            gettext_noop("Skriv, hvordan I ved det: hvilket nummer er ringet op, og hvem sagde ja?")
        )
    if case.organisation_id not in (None, organisation.pk):
        raise Refused(
            gettext_noop("Sagen er %(name)s'. Åbn en ny, hvis det er en anden virksomhed."), name=case.who
        )
    person.confirmed_at, person.confirmed_by, person.confirmed_how = (
        now,
        by.name or "Indgang",
        how.strip()[:200],
    )
    person.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_how"])
    text = _("%(name)s taler for %(organisation)s: %(how)s") % {
        "name": person.name,
        "organisation": organisation.name,
        "how": how.strip(),
    }
    event(by, case, text, now=now, is_internal=True)
    goes_on = case if case.organisation_id else _placed(by, case, organisation, now)
    audit.record(
        by, "case.confirm", goes_on.about, now=now, facts={"organisation": organisation.pk, "from": case.pk}
    )
    return goes_on


@transaction.atomic
def confirm_new(
    by: Principal,
    case: Case,
    person: Participant,
    *,
    name: str,
    town: str,
    how: str,
    is_founder: bool,
    now: datetime,
) -> Case:
    """The same for one that is not in the directory yet: it is written down as a draft, from what they told."""
    check_can_lead(by, case)
    new = NewOrganisation(
        name=name,
        text=case.title or name,
        town=town,
        municipality_code=case.municipality.code,
        contact_name=person.name,
        contact_email=person.email,
        contact_phone=person.phone,
        cvr_number="" if is_founder else case.claimed_cvr,
        kind=Organisation.Kind.FOUNDER if is_founder else Organisation.Kind.SOCIAL,
    )
    source = Organisation.Source.SELF
    organisation = add_draft(
        by, new, source=source, source_note=_("Henvendelse"), has_asked_to_return=True, now=now
    )
    return confirm(by, case, person, organisation, how=how, now=now)


def _placed(by: Principal, case: Case, organisation: Organisation, now: datetime) -> Case:
    there = open_contact(organisation.pk, case.municipality_id) if case.kind == Case.Kind.CONTACT else None
    if there is None:
        try:
            with transaction.atomic():
                case.organisation = organisation
                case.save(update_fields=["organisation"])
        except IntegrityError:
            # Somebody else confirmed the same enterprise in the same moment: theirs is the file.
            case.organisation = None
            there = open_contact(organisation.pk, case.municipality_id)
    if there is not None:
        return _merged(by, case, there, now)
    lasting = contact_person(organisation.pk, case.municipality_id)
    if case.kind == Case.Kind.CONTACT and lasting is None:
        assign_contact_person(system(case.municipality_id), organisation, case.handler, now=now)
    elif lasting is not None and lasting.pk != case.handler_id and lasting.is_active:
        Duty.objects.filter(kind=ANSWER, path=case.path, done_at=None).update(owner=lasting)
        case.handler = lasting
        case.save(update_fields=["handler"])
    return case


def _merged(by: Principal, case: Case, into: Case, now: datetime) -> Case:
    """The thread's promises and needs go on in the file; the thread stays as a pointer with its lines."""
    open_topics = set(into.needs.filter(done_at=None).values_list("topic", flat=True))
    for need in Need.objects.filter(case=case, done_at=None).select_related("duty"):
        if need.topic in open_topics:
            end_need(need, now=now, dropped=True)
        else:
            need.case = into
            need.save(update_fields=["case"])
    Duty.objects.filter(Q(kind=ANSWER), path=case.path, done_at=None).update(owner=into.handler)
    Duty.objects.filter(path=case.path, done_at=None).update(path=into.path)
    case.merged_into, case.closed_at, case.organisation = into, now, into.organisation
    case.save(update_fields=["merged_into", "closed_at", "organisation"])
    into.enquired_at = max(into.enquired_at, case.enquired_at)
    into.save(update_fields=["enquired_at"])
    event(
        by,
        into,
        _("En tråd mere er lagt ind her: %(title)s") % {"title": case.title},
        now=now,
        is_internal=True,
    )
    return into
