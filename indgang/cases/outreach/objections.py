# SPDX-License-Identifier: MPL-2.0
"""A company that wants no visits: written down, respected, and lifted only when it says so itself."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from indgang.cases.lines import event
from indgang.cases.models import Case, Objection
from indgang.cases.outreach import permissions
from indgang.cases.outreach.promises import GET_A_YES, GO_THERE, SAID_NO, promise, settle
from indgang.cases.outreach.queries import objection_of, open_visit
from indgang.cases.outreach.words import clean
from indgang.core.text import Refused, gettext_noop
from indgang.directory import numbers
from indgang.kernel import audit
from indgang.kernel.access import Principal


@transaction.atomic
def object_to_visits(by: Principal, *, name: str, cvr_number: str, how: str, now: datetime) -> Objection:
    """A company wants no visits. Taken from anybody, and again without effect; an open visit's visitor is told."""
    number, name = numbers.cvr_number(cvr_number), clean(name, most=150)
    if not name:
        raise Refused(gettext_noop("Skriv virksomhedens navn."))
    standing = objection_of(by.municipality_id, number)
    if standing is not None:
        return standing
    objection = Objection.objects.create(
        municipality_id=by.municipality_id,
        name=name,
        cvr_number=number,
        how=clean(how, most=200),
        said_at=now,
    )
    case = open_visit(by.municipality_id, cvr_number=number, organisation_id=None)
    if case is not None:
        settle(case, (GET_A_YES, GO_THERE), now)
        event(by, case, _("%(name)s vil ikke have besøg.") % {"name": name}, now=now)
        title = _("%(name)s har sagt nej til besøg: luk besøget") % {"name": name}
        promise(by, case, SAID_NO, title, 2, now)
    audit.record(by, "outreach.object", f"objection:{objection.pk}", now=now, facts={"cvr": number})
    return objection


@transaction.atomic
def lift_objection(by: Principal, objection: Objection, *, why: str, now: datetime) -> None:
    """The company has changed its mind; who said so stands in `why`."""
    permissions.check_can_plan(by)
    reason = clean(why, most=200)
    if not reason:
        raise Refused(gettext_noop("Skriv, hvem i virksomheden der har bedt om det, og hvornår."))
    if objection.lifted_at is None:
        objection.lifted_at, objection.lifted_why = now, reason
        objection.save(update_fields=["lifted_at", "lifted_why"])
        audit.record(by, "outreach.lift", f"objection:{objection.pk}", now=now)


def refuse_objection(municipality_id: int, number: str, *, unless_asked: Case | None = None) -> None:
    """Refuse what the company has said no to; its own wish for a visit goes before an older no."""
    objection = objection_of(municipality_id, number)
    if objection is None or (unless_asked is not None and unless_asked.visit.asked_themselves):
        return
    raise Refused(
        gettext_noop("%(name)s sagde %(day)s nej til besøg. Det står ved magt, til de selv siger andet."),
        name=objection.name,
        day=date_format(timezone.localtime(objection.said_at), "j. F Y"),
    )
