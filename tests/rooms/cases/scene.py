# SPDX-License-Identifier: MPL-2.0
"""Anja of Syværket ApS writes to the municipality; Mette is its named contact."""

from datetime import UTC, datetime

from indgang.cases.actions.receive import Enquiry, receive
from indgang.cases.models import Case, RoutingRule
from indgang.kernel.access import Principal, anonymous
from tests.cast import Cast

MONDAY = datetime(2027, 1, 11, 7, 40, tzinfo=UTC)
"""Monday 11 January 2027, 8.40 in Denmark."""
BAGS = "Vi syr stofposer og vil gerne sælge til bibliotekerne, og vi mangler to personer ti timer om ugen."
ANJA = "anja@syvaerket.example"
CVR = "99494131"


def ready(cast: Cast) -> Cast:
    """Mette is the named contact; Jonas gets who wants to hire, Karen who wants to sell; Mette steps in for Jonas."""
    cast.home.public_contact = cast.people["mette"]
    cast.home.email = "indgang@aabjerg.example"
    cast.home.save()
    for topic, person, unit, days in (
        ("hire", "jonas", "Beskæftigelse", 3),
        ("sell", "karen", "Økonomi og Indkøb", 13),
    ):
        RoutingRule.objects.create(
            municipality=cast.home,
            topic=topic,
            person=cast.people[person],
            unit=cast.units[unit],
            working_days=days,
        )
    jonas = cast.people["jonas"].memberships.get()
    jonas.stand_in = cast.people["mette"]
    jonas.save()
    return cast


def an_enquiry(
    cast: Cast, text: str = BAGS, *, by: Principal | None = None, now: datetime = MONDAY, **more: str
) -> Case:
    """What Anja sends in the public form."""
    given = {
        "name": "Anja Friis",
        "email": ANJA,
        "company": "Syværket ApS",
        "cvr_number": CVR,
        "town": "Åbjerg",
    }
    return receive(by or anonymous(cast.home.pk), Enquiry(text, **(given | more)), now=now)
