# SPDX-License-Identifier: MPL-2.0
"""Another contact person: chosen by a human, or at once when somebody leaves. Nobody outside repeats anything."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from indgang.cases import letters
from indgang.cases.actions.needs import NEED, move_need
from indgang.cases.lines import event
from indgang.cases.models import Case, HandOver, Need, RoutingRule
from indgang.cases.permissions import check_can_hand_over
from indgang.cases.routing import placed
from indgang.core.text import Refused, gettext_noop
from indgang.directory.actions.relations import assign_contact_person
from indgang.directory.models import ContactAssignment
from indgang.kernel import audit
from indgang.kernel.access import Principal, system
from indgang.kernel.danish import written as _
from indgang.kernel.models import Duty, Municipality, User


@transaction.atomic
def hand_over(by: Principal, case: Case, person: User, *, why: str, now: datetime) -> None:
    """Give a case, and the enterprise's lasting contact, to another colleague. Those outside are told the name."""
    check_can_hand_over(by, case)
    if person.pk == case.handler_id:
        _settle(case, now)
        return
    if not why.strip():
        raise Refused(gettext_noop("Skriv kort, hvorfor sagen skifter hænder."))
    _settle(case, now)
    _move(by, case, person, why.strip(), now, is_makeshift=False)
    audit.record(by, "case.hand_over", case.about, now=now, facts={"to": person.pk})


@transaction.atomic
def leaver(by: Principal, gone: User, *, now: datetime) -> int:
    """Somebody has left: open cases, needs and rules drop to the stand-in at once; returns how many cases did.

    Each hand-over is makeshift until somebody has chosen a contact person for good. Call it after the post has ended.
    """
    cases = list(
        Case.objects.select_for_update(of=("self",))
        .select_related("handler", "unit", "organisation", "municipality")
        .filter(handler=gone, closed_at=None, municipality_id=by.municipality_id)
        .order_by("pk")
    )
    needs = list(
        Need.objects.filter(person=gone, done_at=None, municipality_id=by.municipality_id).select_related(
            "duty"
        )
    )
    lasting = ContactAssignment.objects.filter(
        user=gone, last_at=None, municipality_id=by.municipality_id
    ).select_related("organisation")
    rules = RoutingRule.objects.filter(person=gone, municipality_id=by.municipality_id)
    if not cases and not needs and not lasting and not rules:
        return 0
    municipality = Municipality.objects.get(pk=by.municipality_id)
    stand_in = placed(municipality, gone, 0, on=timezone.localdate(now)).person
    if stand_in.pk == gone.pk:
        raise Refused(gettext_noop("%(name)s har en anden post her og beholder sine sager."), name=gone.name)
    why = _("%(name)s er stoppet") % {"name": gone.name}
    for case in cases:
        _settle(case, now)
        _move(by, case, stand_in, why, now, is_makeshift=True)
    for need in needs:
        move_need(by, need, stand_in, now=now)
    for assignment in lasting.filter(last_at=None):
        assign_contact_person(system(by.municipality_id), assignment.organisation, stand_in, now=now)
    rules.update(person=stand_in)
    Municipality.objects.filter(pk=municipality.pk, public_contact=gone).update(public_contact=stand_in)
    audit.record(
        by, "case.leaver", f"user:{gone.pk}", now=now, facts={"cases": len(cases), "to": stand_in.pk}
    )
    return len(cases)


def _move(by: Principal, case: Case, person: User, why: str, now: datetime, *, is_makeshift: bool) -> None:
    gave = case.handler
    taker = placed(case.municipality, person, 0, on=timezone.localdate(now))
    HandOver.objects.create(
        municipality_id=case.municipality_id,
        case=case,
        gave=gave,
        took=taker.person,
        at=now,
        why=why[:200],
        is_makeshift=is_makeshift,
    )
    case.handler, case.unit = taker.person, taker.unit
    case.save(update_fields=["handler", "unit"])
    Duty.objects.filter(Q(owner=gave) | Q(owner=None), ~Q(kind=NEED), path=case.path, done_at=None).update(
        owner=taker.person
    )
    if case.organisation is not None and case.kind == Case.Kind.CONTACT:
        assign_contact_person(system(case.municipality_id), case.organisation, taker.person, now=now)
    text = _("%(new)s er nu kontaktperson efter %(old)s.") % {"new": taker.person.name, "old": gave.name}
    event(by, case, text, now=now)
    body = _(
        "%(new)s er din kontakt hos os fra nu af, efter %(old)s. Alt, hvad du har skrevet og fået lovet, følger med;"
        " du skal ikke fortælle noget igen.\n\nFølg sagen her: {link}\n\nVenlig hilsen\n%(signature)s"
    ) % {"new": taker.person.name, "old": gave.name, "signature": letters.signature(case)}
    letters.write_to_all(by, case, _("Du har fået en ny kontakt hos os"), body, now=now)


def _settle(case: Case, now: datetime) -> None:
    """Somebody has chosen, or the stand-in has left as well: what was makeshift does not wait any more."""
    case.hand_overs.filter(is_makeshift=True, settled_at=None).update(settled_at=now)
