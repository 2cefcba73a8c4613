# SPDX-License-Identifier: MPL-2.0
"""Contact persons, interests and bars: the same question asked from every room."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from indgang.core.text import Refused
from indgang.directory import queries
from indgang.directory.actions import relations
from indgang.directory.models import ContactAssignment, Interest, Organisation, PurchaseBar
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import Unit, User
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of
from tests.rooms.directory.scene import a_public_one

DAY = date(2027, 4, 6)


@pytest.fixture
def public(cast: Cast) -> Organisation:
    return a_public_one(cast, now=timezone.now())


def a_tie(
    cast: Cast, organisation: Organisation, *, who: str = "carla", by: str = "carla", **changes: object
) -> Interest:
    given = {"kind": "board", "first_date": DAY, "source": "", "now": NOW}
    return relations.state_interest(
        cast.be(by),
        organisation,
        user=cast.people[who],
        **(given | changes),  # type: ignore[arg-type]
    )


def test_an_enterprise_has_one_contact_person_here_and_the_others_stay_in_the_history(
    cast: Cast, public: Organisation
) -> None:
    assert queries.contact_person(public.pk, cast.home.pk) is None
    for name in ("mette", "mette", "jonas"):
        relations.assign_contact_person(cast.be("mette"), public, cast.people[name], now=NOW)
    assert queries.contact_person(public.pk, cast.home.pk) == cast.people["jonas"]
    assert [row.user.name for row in ContactAssignment.objects.order_by("pk")] == ["Mette Lind", "Jonas Bay"]
    relations.end_contact_person(cast.be("mette"), public, now=NOW)
    assert queries.contact_person(public.pk, cast.home.pk) is None


def test_a_contact_person_works_here(cast: Cast, public: Organisation) -> None:
    with pytest.raises(Refused, match="arbejder ikke i kommunen"):
        relations.assign_contact_person(cast.be("mette"), public, cast.people["dan"], now=NOW)
    with pytest.raises(Refused, match="En koordinator vælger"):
        relations.assign_contact_person(cast.be("jonas"), public, cast.people["jonas"], now=NOW)


@pytest.mark.parametrize(("days", "counts"), [(-1, False), (0, True), (30, True), (31, False)])
def test_an_interest_counts_from_its_first_to_its_last_day(
    cast: Cast, public: Organisation, days: int, counts: bool
) -> None:
    a_tie(cast, public, last_date=DAY + timedelta(days=30))
    on = DAY + timedelta(days=days)
    assert queries.conflicts(cast.people["carla"].pk, public.pk, on=on).exists() is counts
    assert queries.conflicts_among([cast.people["carla"].pk], [public.pk], on=on).exists() is counts


def test_anybody_who_works_here_states_their_own_and_a_coordinator_others(
    cast: Cast, public: Organisation
) -> None:
    assert a_tie(cast, public).source == "Oplyst af Carla Juhl"
    with pytest.raises(Refused, match="En koordinator kan skrive andres"):
        a_tie(cast, public, who="jonas")
    with pytest.raises(Refused, match="hvor oplysningen kommer fra"):
        a_tie(cast, public, who="jonas", by="mette")
    assert a_tie(cast, public, who="jonas", by="mette", source="Nævnt på møde").user == cast.people["jonas"]


def test_interests_that_make_no_sense_are_refused(cast: Cast, public: Organisation) -> None:
    with pytest.raises(Refused, match="hvad der knytter"):
        a_tie(cast, public, kind="nabo")
    with pytest.raises(Refused, match="før begyndelsen"):
        a_tie(cast, public, last_date=DAY - timedelta(days=1))


def test_the_municipality_next_door_knows_nothing_of_our_interests_and_bars(
    cast: Cast, public: Organisation
) -> None:
    a_tie(cast, public)
    a_bar(cast, organisation=public)
    set_tenant(cast.next_door.pk)
    for model in (Interest, PurchaseBar, ContactAssignment):
        assert not model.objects.exists()


def a_bar(cast: Cast, *, unit: str = "Biblioteket", **changes: object) -> PurchaseBar:
    given = {"first_date": DAY, "last_date": DAY + timedelta(days=365), "reason": "Orlov", "now": NOW}
    return relations.set_bar(cast.be("mette"), unit=cast.units[unit], **(given | changes))  # type: ignore[arg-type]


def test_a_bar_keeps_one_unit_from_buying_for_a_while(cast: Cast, public: Organisation) -> None:
    a_bar(cast, organisation=public)
    library, procurement = cast.units["Biblioteket"].pk, cast.units["Økonomi og Indkøb"].pk
    assert queries.bars(public.pk, library, on=DAY).exists()
    assert not queries.bars(public.pk, procurement, on=DAY).exists()
    assert not queries.bars(public.pk, library, on=DAY + timedelta(days=366)).exists()


def test_a_departments_bar_binds_its_institutions(cast: Cast, public: Organisation) -> None:
    library = cast.units["Biblioteket"]
    Unit.objects.filter(pk=library.pk).update(parent=cast.units["Beskæftigelse"])
    a_bar(cast, unit="Beskæftigelse", organisation=public)
    assert queries.bars(public.pk, library.pk, on=DAY).exists()


def test_a_bar_on_a_founder_counts_from_the_day_the_enterprise_exists(
    cast: Cast, public: Organisation
) -> None:
    founder = User.objects.create_user("rikke@papirpluk.example", name="Rikke Thorup")
    a_bar(cast, founder=founder)
    library = cast.units["Biblioteket"].pk
    assert not queries.bars(public.pk, library, on=DAY).exists()
    public.contacts.update(user=founder)
    assert queries.bars(public.pk, library, on=DAY).exists()


def test_a_lifted_bar_no_longer_counts_from_today(cast: Cast, public: Organisation) -> None:
    begun, coming = (
        a_bar(cast, organisation=public, first_date=DAY - timedelta(days=9)),
        a_bar(cast, organisation=public),
    )
    for bar in (begun, coming):
        relations.lift_bar(cast.be("mette"), bar, now=NOW)
    assert not queries.bars(public.pk, cast.units["Biblioteket"].pk, on=DAY).exists()
    assert PurchaseBar.objects.get().last_date == DAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({}, "Vælg den virksomhed"),
        ({"reason": " "}, "hvorfor enheden"),
        ({"last_date": date(2020, 1, 1)}, "før begyndelsen"),
    ],
)
def test_a_bar_needs_somebody_a_reason_and_an_order(
    cast: Cast, public: Organisation, wrong: dict[str, object], sentence: str
) -> None:
    given = wrong if not wrong else wrong | {"organisation": public}
    with pytest.raises(Refused, match=sentence):
        a_bar(cast, **given)


def test_everybody_states_their_own_interests_on_a_page(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    carla = browse.log_in("carla")
    given = {"organisation": public.pk, "kind": "family", "first_date": "2027-01-01"}
    assert "Familie" in text_of(carla.follow("/virksomheder/interesser/", given))
    row = Interest.objects.get()
    browse.log_in("jonas").post(f"/virksomheder/interesser/{row.pk}/slut/", status=404)
    assert "Familie" not in text_of(browse.log_in("jonas").get(public.path))
    assert "Carla Juhl : Familie" in text_of(browse.log_in("søren").get(public.path))
    carla.post(f"/virksomheder/interesser/{row.pk}/slut/", status=409)
    Interest.objects.update(first_date="2020-01-01")
    carla.post(f"/virksomheder/interesser/{row.pk}/slut/")
    row.refresh_from_db()
    assert row.last_date == timezone.localdate()


def test_the_coordinator_chooses_contact_person_and_writes_bars_on_pages(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    mette = browse.log_in("mette")
    mette.get(f"/virksomheder/{public.pk}/kontaktperson/")
    page = mette.follow(f"/virksomheder/{public.pk}/kontaktperson/", {"user": cast.people["jonas"].pk})
    assert "Kontaktperson i kommunen Jonas Bay" in text_of(page)
    bar = {
        "unit": cast.units["Biblioteket"].pk,
        "reason": "Orlov",
        "first_date": "2020-01-01",
        "last_date": "2090-01-01",
    }
    page = mette.follow(f"/virksomheder/{public.pk}/spaerring/", bar)
    assert "Biblioteket til 1. januar 2090: Orlov" in text_of(page)
    row = PurchaseBar.objects.get()
    mette.post(f"/virksomheder/{public.pk}/spaerring/{row.pk}/ophaev/")
    interest = {
        "user": cast.people["carla"].pk,
        "kind": "mentor",
        "first_date": "2026-01-01",
        "source": "Mødereferat",
    }
    assert "Carla Juhl : Mentor" in text_of(mette.follow(f"/virksomheder/{public.pk}/interesse/", interest))
    for page_name in ("kontaktperson", "spaerring"):
        browse.log_in("carla").get(f"/virksomheder/{public.pk}/{page_name}/", status=404)
