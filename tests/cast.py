# SPDX-License-Identifier: MPL-2.0
"""The cast of every test: a municipality, its people, and a stranger next door who must never see a thing.

Mette coordinates, Søren heads purchasing, Karen tenders, Carla buys for the library, Jonas visits companies.
Dan works in the municipality next door.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from indgang.kernel import actions
from indgang.kernel.access import Kind, Post, Principal, system
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import Membership, Municipality, Role, Unit, User

NOW = datetime(2027, 4, 6, 8, 0, tzinfo=UTC)
START = date(2026, 1, 1)


@dataclass
class Cast:
    home: Municipality
    next_door: Municipality
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def be(self, name: str) -> Principal:
        """The principal of one of the cast, in the municipality where that person works."""
        user = self.people[name]
        home = self.next_door if name == "dan" else self.home
        posts = Membership.objects.filter(user=user, municipality=home).values_list("role", "unit_id")
        return Principal(
            Kind.USER,
            municipality_id=home.pk,
            user_id=user.pk,
            name=user.name,
            posts=frozenset(Post(Role(role), unit) for role, unit in posts),
        )

    @property
    def house(self) -> Principal:
        return system(self.home.pk)


def assemble() -> Cast:
    """Bring everyone on stage through the actions a coordinator uses; the tenant is home afterwards."""
    next_door = actions.open_municipality(
        "Nørrelund Kommune", 998, "29189846", hosts=["norrelund.localhost"], now=NOW
    )
    there = system(next_door.pk)
    town_hall = actions.add_unit(there, "Rådhuset", now=NOW)
    dan = actions.add_member(
        there,
        "dan@norrelund.example",
        "Dan Holt",
        unit=town_hall,
        role=Role.COORDINATOR,
        first_date=START,
        now=NOW,
    )
    home = actions.open_municipality("Åbjerg Kommune", 997, "29189641", hosts=["aabjerg.localhost"], now=NOW)
    house = system(home.pk)
    cast = Cast(home, next_door, people={"dan": dan.user})
    for name, kind in (
        ("Beskæftigelse", Unit.Kind.DEPARTMENT),
        ("Økonomi og Indkøb", Unit.Kind.DEPARTMENT),
        ("Biblioteket", Unit.Kind.INSTITUTION),
    ):
        cast.units[name] = actions.add_unit(house, name, kind=kind, now=NOW)
    for key, full_name, unit, role in (
        ("mette", "Mette Lind", "Beskæftigelse", Role.COORDINATOR),
        ("søren", "Søren Dahl", "Økonomi og Indkøb", Role.PURCHASING_HEAD),
        ("karen", "Karen Holm", "Økonomi og Indkøb", Role.TENDER_CONSULTANT),
        ("carla", "Carla Juhl", "Biblioteket", Role.BUYER),
        ("jonas", "Jonas Bay", "Beskæftigelse", Role.JOB_CONSULTANT),
    ):
        email = f"{full_name.split()[0].lower()}@aabjerg.example"
        member = actions.add_member(
            house, email, full_name, unit=cast.units[unit], role=role, first_date=START, now=NOW
        )
        cast.people[key] = member.user
    set_tenant(home.pk)
    return cast
