# SPDX-License-Identifier: MPL-2.0
"""Who takes an enquiry and each of its needs: by the coordinator's rules, past those who have left."""

from dataclasses import dataclass
from datetime import date

from indgang.cases.models import RoutingRule
from indgang.core.enquiry.routing import Rule, best_rule
from indgang.core.text import Refused, gettext_noop
from indgang.directory.queries import caretaker, contact_person
from indgang.kernel.models import Membership, Municipality, Unit, User

USUAL_DAYS = 10


@dataclass(frozen=True)
class Taker:
    """Who gets something, in which unit, and within how many working days."""

    person: User
    unit: Unit
    working_days: int


def contact_for(municipality: Municipality, organisation_id: int | None, *, town: str, on: date) -> Taker:
    """The contact person: the organisation's own, else by rule, else the municipality's named one or a coordinator."""
    days = municipality.answer_promise_days
    person = contact_person(organisation_id, municipality.pk) if organisation_id else None
    if person is None:
        by_rule = _by_rule(municipality, "", town=town, amount_dkk=None)
        person = by_rule.person if by_rule else caretaker(0, municipality)
    if person is None:
        raise Refused(gettext_noop("Kommunen har ingen koordinator endnu. Ring i stedet til rådhuset."))
    return placed(municipality, person, days, on=on)


def taker_for(
    municipality: Municipality, topic: str, *, town: str, amount_dkk: int | None, on: date
) -> Taker | None:
    """Who looks after a topic; None when no rule says so."""
    rule = _by_rule(municipality, topic, town=town, amount_dkk=amount_dkk)
    if rule is None:
        return None
    return placed(municipality, rule.person, rule.working_days, on=on, unit=rule.unit)


def placed(
    municipality: Municipality, person: User, working_days: int, *, on: date, unit: Unit | None = None
) -> Taker:
    """A person with the unit of their post; one who has left is replaced by the stand-in."""
    posts = Membership.objects.filter(user=person, municipality=municipality).select_related(
        "unit", "stand_in"
    )
    here = [post for post in posts if person.is_active and (post.last_date is None or post.last_date >= on)]
    if here:
        return Taker(person, unit or here[0].unit, working_days)
    gone = posts.exclude(stand_in=None).order_by("-last_date").first()
    if gone is not None and gone.stand_in is not None and gone.stand_in.is_active:
        return Taker(gone.stand_in, unit or gone.unit, working_days)
    raise Refused(
        gettext_noop("%(name)s arbejder her ikke mere og har ingen stedfortræder. Vælg en anden."),
        name=person.name,
    )


def _by_rule(
    municipality: Municipality, topic: str, *, town: str, amount_dkk: int | None
) -> RoutingRule | None:
    rows = {
        row.pk: row
        for row in RoutingRule.objects.filter(municipality=municipality).select_related("person", "unit")
    }
    rules = [Rule(row.pk, row.topic, row.town, row.from_dkk) for row in rows.values()]
    found = best_rule(rules, topic, town=town, amount_dkk=amount_dkk)
    return rows[found.key] if found else None
