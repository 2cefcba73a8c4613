# SPDX-License-Identifier: MPL-2.0
"""Åbjerg Kommune and its people, and the municipality next door."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from django.contrib.auth.hashers import make_password

from indgang.kernel import actions
from indgang.kernel.access import Kind, Post, Principal, system
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import Membership, Municipality, Role, Unit, User

PASSWORD = "indgang-demo-2027"  # noqa: S105
START = date(2026, 1, 1)

UNITS = (
    ("Beskæftigelse og Erhverv", Unit.Kind.DEPARTMENT, "5790000000012", "Rådhuspladsen 1, 8799 Åbjerg"),
    ("Økonomi og Indkøb", Unit.Kind.DEPARTMENT, "5790000000029", "Rådhuspladsen 1, 8799 Åbjerg"),
    ("Børn og Unge", Unit.Kind.DEPARTMENT, "5790000000036", "Rådhuspladsen 3, 8799 Åbjerg"),
    ("Teknik og Miljø", Unit.Kind.DEPARTMENT, "5790000000043", "Materielvej 8, 8799 Åbjerg"),
    ("Åbjerg Bibliotek", Unit.Kind.INSTITUTION, "5790000000050", "Bibliotekstorvet 2, 8799 Åbjerg"),
    ("Børnehuset Solsikken", Unit.Kind.INSTITUTION, "5790000000067", "Skovvej 14, 8798 Sønderlund"),
)
PEOPLE = (
    ("mette", "Mette Lind", "Beskæftigelse og Erhverv", Role.COORDINATOR, "2010 4411"),
    ("soeren", "Søren Dahl", "Økonomi og Indkøb", Role.PURCHASING_HEAD, "2010 4412"),
    ("karen", "Karen Holm", "Økonomi og Indkøb", Role.TENDER_CONSULTANT, "2010 4413"),
    ("jonas", "Jonas Bay", "Beskæftigelse og Erhverv", Role.JOB_CONSULTANT, "2010 4414"),
    ("carla", "Carla Juhl", "Åbjerg Bibliotek", Role.BUYER, "2010 4415"),
    ("peter", "Peter Vang", "Børnehuset Solsikken", Role.BUYER, "2010 4416"),
    ("lise", "Lise Krag", "Beskæftigelse og Erhverv", Role.DIRECTOR, "2010 4417"),
    ("finn", "Finn Bruun", "Økonomi og Indkøb", Role.FINANCE, "2010 4418"),
)


@dataclass
class Stage:
    """Who and what the demo's scenes may use."""

    municipality: Municipality
    now: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    @property
    def house(self) -> Principal:
        return system(self.municipality.pk)

    def be(self, key: str) -> Principal:
        """One of the people, as a principal."""
        user = self.users[key]
        posts = Membership.objects.filter(user=user).values_list("role", "unit_id")
        return Principal(
            Kind.USER,
            municipality_id=self.municipality.pk,
            user_id=user.pk,
            name=user.name,
            posts=frozenset(Post(Role(role), unit) for role, unit in posts),
        )


def open_aabjerg(now: datetime) -> Stage:
    """Åbjerg with units and people; leaves the transaction bound to it."""
    aabjerg = actions.open_municipality(
        "Åbjerg Kommune", 997, "29189641", hosts=["aabjerg.localhost"], now=now
    )
    stage = Stage(aabjerg, now)
    for name, kind, ean, address in UNITS:
        stage.units[name] = actions.add_unit(
            stage.house, name, now=now, kind=kind, ean_number=ean, delivery_address=address,
            town=address.rsplit(" ", 1)[1],
        )  # fmt: skip
    for key, name, unit, role, phone in PEOPLE:
        stage.users[key] = _person(stage.house, key, "aabjerg", name, stage.units[unit], role, phone, now)
    aabjerg.email, aabjerg.phone = "indgang@aabjerg.example", "8799 1000"
    aabjerg.public_contact = stage.users["mette"]
    aabjerg.save(update_fields=["email", "phone", "public_contact"])
    stand_in = {"jonas": "mette", "mette": "jonas", "soeren": "karen", "karen": "soeren"}
    for key, other in stand_in.items():
        Membership.objects.filter(user=stage.users[key]).update(stand_in=stage.users[other])
    _open_next_door(now)
    set_tenant(aabjerg.pk)
    return stage


def _open_next_door(now: datetime) -> None:
    other = actions.open_municipality(
        "Nørrelund Kommune", 998, "29189846", hosts=["norrelund.localhost"], now=now
    )
    house = system(other.pk)
    unit = actions.add_unit(house, "Rådhuset", now=now)
    _person(house, "dan", "norrelund", "Dan Holt", unit, Role.COORDINATOR, "2020 1000", now)


def _person(
    house: Principal, key: str, place: str, name: str, unit: Unit, role: Role, phone: str, now: datetime
) -> User:
    membership = actions.add_member(
        house, f"{key}@{place}.example", name, unit=unit, role=role, first_date=START, now=now, phone=phone
    )
    user = membership.user
    user.password = _hashed()
    user.save(update_fields=["password"])
    return user


@cache
def _hashed() -> str:
    """All have the same password here, so the slow part is done once."""
    return make_password(PASSWORD)
