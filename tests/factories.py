# SPDX-License-Identifier: MPL-2.0
"""Short ways to what a test needs but is not about."""

from datetime import date, datetime, timedelta
from itertools import count

from django.db import connection
from django.utils import timezone

from indgang.directory.models import Availability, Contact, Listing, Organisation, Place
from indgang.kernel.access import Kind, Principal
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import User
from indgang.procurement.actions import bids, describe, send
from indgang.procurement.models import Competition, Invitation, TaskNotice
from tests.cast import NOW, Cast

_numbers = count(30_000_001)
PACKING = "Pakning og mærkning af varer, læsepakker og velkomstposer i små og store oplag"


def an_enterprise(
    cast: Cast, name: str, text: str = PACKING, *, email: str = "", cvr: str = "", published: bool = True
) -> Organisation:
    """A published enterprise that sells one thing, with a main contact who may answer."""
    organisation = Organisation.objects.create(
        name=name,
        cvr_number=cvr or f"{next(_numbers)}",
        kept_by=cast.home,
        source=Organisation.Source.SELF,
        created_at=NOW,
        published_at=NOW if published else None,
    )
    Availability.objects.create(organisation=organisation, confirmed_at=NOW)
    Place.objects.create(organisation=organisation, town="Åbjerg", municipality_code=997, is_main=True)
    Listing.objects.create(organisation=organisation, text=text, created_at=NOW)
    Contact.objects.create(
        organisation=organisation,
        name=f"Leder af {name}",
        email=email or f"{name.split(maxsplit=1)[0].lower()}@example.dk",
        phone="2030 4050",
        is_main=True,
        speaks_for=True,
    )
    return organisation


def speaker(cast: Cast, organisation: Organisation) -> Principal:
    """Somebody logged in who speaks for an enterprise, with the database told so."""
    contact = organisation.contacts.get(is_main=True)
    if contact.user is None:
        contact.user = User.objects.create_user(contact.email, name=contact.name)
        contact.save(update_fields=["user"])
    set_tenant(cast.home.pk, organisations=[organisation.pk])
    return Principal(
        Kind.USER,
        municipality_id=cast.home.pk,
        user_id=contact.user.pk,
        name=contact.name,
        organisations=frozenset({organisation.pk}),
    )


def as_staff(cast: Cast) -> None:
    """Let the database see with the municipality's eyes again."""
    set_tenant(cast.home.pk)


def a_task(cast: Cast, *, value_dkk: int = 36_000, need: str = "", now: datetime | None = None) -> TaskNotice:
    """Carla's draft: 2,400 reading kits for the library."""
    carla = cast.be("carla")
    return describe.describe_task(
        carla,
        unit=cast.units["Biblioteket"],
        buyer_id=carla.user_id or 0,
        need=need or "Pak 2.400 læsepakker til sommerbogen. Leveres på biblioteket.",
        value_dkk=value_dkk,
        delivery_date=date(2027, 5, 10),
        now=now or NOW,
    )


def answered_law(cast: Cast, task: TaskNotice, **changes: object) -> None:
    """The questions of law answered so that invited quotes are lawful."""
    facts: dict[str, object] = {
        "kind": "services",
        "value_dkk": task.law.value_dkk,
        "related_value_dkk": task.law.value_dkk,
        "cross_border": "no",
        "binding_agreement": "no",
    }
    describe.tell_the_law(cast.be("carla"), task, now=NOW, **(facts | changes))  # type: ignore[arg-type]


def a_competition(
    cast: Cast, *enterprises: Organisation, seconds: float = 3600, value_dkk: int = 60_000, **terms: object
) -> TaskNotice:
    """A competition sent out in real time, whose deadline lies `seconds` from now."""
    now = timezone.now()
    task = a_task(cast, value_dkk=value_dkk, now=now)
    TaskNotice.objects.filter(pk=task.pk).update(lane=TaskNotice.Lane.COMPETITION)
    task.refresh_from_db()
    answered_law(cast, task)
    TaskNotice.objects.filter(pk=task.pk).update(lane=TaskNotice.Lane.COMPETITION)
    task.refresh_from_db()
    for enterprise in enterprises:
        describe.pick(cast.be("carla"), task, enterprise, now=now)
    least, send.LEAST_TIME_FOR_BIDS = send.LEAST_TIME_FOR_BIDS, timedelta()
    try:
        send.publish_competition(
            cast.be("carla"),
            task,
            bids_until=now + timedelta(seconds=seconds),
            weighs="Laveste pris",
            now=now,
            **terms,  # type: ignore[arg-type]
        )
    finally:
        send.LEAST_TIME_FOR_BIDS = least
    until = timezone.now().replace(microsecond=0) + timedelta(seconds=seconds)
    Competition.objects.filter(task=task, bids_until__lt=until).update(
        bids_until=until
    )  # sending took a while
    return TaskNotice.objects.get(pk=task.pk)


def a_bid(cast: Cast, task: TaskNotice, organisation: Organisation, kroner: float, text: str = "") -> None:
    by = speaker(cast, organisation)
    bids.place_bid(by, task, organisation.pk, bids.Offer(round(kroner * 100), None, text), now=timezone.now())
    as_staff(cast)


def wait_until_closed(task: TaskNotice) -> None:
    """Sleep in the database until its own clock has passed the deadline's last second."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_sleep(greatest(0, extract(epoch FROM %s + interval '1.05 second' - clock_timestamp())))",
            [Competition.objects.get(task=task).bids_until],
        )


def invitation_of(task: TaskNotice, organisation: Organisation) -> Invitation:
    return task.invitations.select_related("task", "organisation", "contact", "duty").get(
        organisation=organisation
    )
