# SPDX-License-Identifier: MPL-2.0
"""The coordinator's rules: who gets what, and where the form may stand."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from indgang.cases.models import Entrance, RoutingRule, Topic
from indgang.cases.permissions import check_can_route
from indgang.cases.routing import placed
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.models import Municipality, User


@transaction.atomic
def set_rule(
    by: Principal,
    *,
    topic: str,
    person: User,
    working_days: int,
    now: datetime,
    town: str = "",
    from_dkk: int | None = None,
    rule: RoutingRule | None = None,
) -> RoutingRule:
    """Make a rule, or change one. Two rules for the same situation are refused."""
    check_can_route(by)
    if topic and topic not in Topic.values:
        raise Refused(gettext_noop("Vælg et emne."))
    municipality = Municipality.objects.get(pk=by.municipality_id)
    taker = placed(municipality, person, working_days, on=timezone.localdate(now))
    row = rule or RoutingRule(municipality_id=by.municipality_id)
    row.topic, row.town, row.from_dkk = topic, town.strip(), from_dkk
    row.person, row.unit, row.working_days = taker.person, taker.unit, working_days
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as trouble:
        raise Refused(gettext_noop("Der er allerede en regel for netop det. Ret den i stedet.")) from trouble
    audit.record(
        by, "routing.set", f"rule:{row.pk}", now=now, facts={"topic": topic, "person": taker.person.pk}
    )
    return row


@transaction.atomic
def remove_rule(by: Principal, rule: RoutingRule, *, now: datetime) -> None:
    check_can_route(by)
    number = rule.pk
    rule.delete()
    audit.record(by, "routing.remove", f"rule:{number}", now=now)


@transaction.atomic
def set_entrance(by: Principal, *, embed_origins: list[str], now: datetime) -> Entrance:
    """Whose pages may show the form."""
    check_can_route(by)
    row, _fresh = Entrance.objects.update_or_create(
        municipality_id=by.municipality_id, defaults={"embed_origins": embed_origins}
    )
    audit.record(
        by, "entrance.set", f"municipality:{by.municipality_id}", now=now, facts={"origins": embed_origins}
    )
    return row
