# SPDX-License-Identifier: MPL-2.0
"""An enterprise corrects its own profile: by its link on a phone, or logged in. Strangers find nothing."""

import pytest
from django.test import Client
from django.utils import timezone

from indgang.core.text import Refused
from indgang.directory.actions import listings, people, places
from indgang.directory.models import Contact, Listing, OpenPlace, Organisation
from indgang.kernel.models import OutgoingMail
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of
from tests.rooms.directory.scene import a_link, a_public_one, by_link

PAGES = ("", "om/", "ydelser/ny/", "steder/ny/", "pladser/ny/", "personer/ny/", "hvornaar/")
BACKEND = "indgang.web.principal.Accounts"


@pytest.fixture
def public(cast: Cast) -> Organisation:
    return a_public_one(cast, now=timezone.now())


def as_rikke(cast: Cast, organisation: Organisation) -> Browser:
    """The enterprise's own person, logged in."""
    contact = organisation.contacts.get()
    user = people.give_log_in(by_link(organisation), contact, now=timezone.now())
    rikke = Browser(cast)
    rikke.client = Client(headers={"host": "aabjerg.localhost"})
    rikke.client.force_login(user, backend=BACKEND)
    return rikke


def test_every_page_opens_by_link_logged_in_and_for_the_municipalitys_keepers(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    link, rikke = a_link(cast, public, now=timezone.now()), as_rikke(cast, public)
    mette = browse.log_in("mette")
    for page in PAGES:
        browse.get(f"{link}ret/{page}")
        rikke.get(f"/virksomheder/{public.pk}/ret/{page}")
        mette.get(f"/virksomheder/{public.pk}/ret/{page}")


def test_strangers_never_see_the_profiles_own_pages(browse: Browser, public: Organisation) -> None:
    for page in PAGES:
        path = f"/virksomheder/{public.pk}/ret/{page}"
        assert browse.get(path, status=302).headers["Location"] == f"/log-ind/?next={path}"
        for stranger in ("dan", "carla"):
            browse.log_in(stranger).get(path, status=404)


def test_my_enterprise_leads_straight_to_the_profile(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    rikke = as_rikke(cast, public)
    assert (
        rikke.get("/virksomheder/min/", status=302).headers["Location"] == f"/virksomheder/{public.pk}/ret/"
    )
    assert "Min virksomhed" in text_of(rikke.get("/virksomheder/"))
    assert "Du taler ikke for en virksomhed" in text_of(browse.log_in("carla").get("/virksomheder/min/"))


def test_who_may_log_in_gets_a_link_and_speaks_for_the_enterprise(cast: Cast, public: Organisation) -> None:
    rikke = as_rikke(cast, public)
    assert OutgoingMail.objects.latest("pk").subject == "Du kan nu logge ind for Papir & Pluk S.M.B.A."
    assert "Det er jeres profil" in text_of(rikke.get(public.path))


def test_what_they_say_of_themselves_is_saved(cast: Cast, browse: Browser, public: Organisation) -> None:
    link = a_link(cast, public, now=timezone.now())
    given = {
        "name": "Papir & Pluk",
        "presentation": "Vi pakker.",
        "target_groups": ["mental", "autism"],
        "job_types": ["flex"],
        "website": "papirpluk.example",
        "cvr_number": "99202831",
    }
    browse.post(f"{link}ret/om/", given)
    public.refresh_from_db()
    assert (public.presentation, public.website) == ("Vi pakker.", "https://papirpluk.example")
    assert public.target_groups == ["mental", "autism"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"presentation": "Ring til Per, 010190-1234"}, "ligner et CPR-nummer"),
        ({"cvr_number": "99202830"}, "et ciffer er forkert"),
        ({"cvr_number": "99318031"}, "Et nyt nummer er en ny virksomhed"),
        ({"website": "ikke en adresse"}, "Skriv adressen, som den står i browseren"),
        ({"name": ""}, "Navn:"),
    ],
)
def test_bad_input_is_refused_where_it_stands_and_nothing_is_lost(
    cast: Cast, browse: Browser, public: Organisation, wrong: dict[str, str], sentence: str
) -> None:
    link = a_link(cast, public, now=timezone.now())
    answer = browse.post(f"{link}ret/om/", {"name": "Nyt navn", "presentation": "Ny"} | wrong, status=200)
    assert sentence in text_of(answer)
    public.refresh_from_db()
    assert public.name == "Papir & Pluk S.M.B.A."


def test_a_listing_is_written_with_everything_that_is_known(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    link = a_link(cast, public, now=timezone.now())
    given = {
        "text": "Kuvertering af breve",
        "cpv_codes": ["79920000"],
        "reach": "chosen",
        "areas": ["997", "615"],
        "capacity_a_week": "3000",
        "capacity_unit": "kuverter",
        "lead_days": "10",
        "smallest_dkk": "2.000",
        "largest_dkk": "50.000 kr.",
        "season_months": ["1", "2"],
        "more_codes": "79571000-7",
    }
    browse.post(f"{link}ret/ydelser/ny/", given)
    kept = Listing.objects.get(text="Kuvertering af breve")
    assert (kept.cpv_codes, kept.areas) == (["79920000", "79571000"], [615, 997])
    assert (kept.smallest_dkk, kept.largest_dkk, kept.season_months) == (2000, 50000, [1, 2])
    assert "Kuvertering" in text_of(browse.get(public.path))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reach": "chosen"}, "mindst én kommune"),
        ({"more_codes": "00000000"}, "findes ikke"),
        ({"smallest_dkk": "9000", "largest_dkk": "10"}, "Byt om på de to beløb"),
        ({"text": ""}, "Hvad sælger I?:"),
        ({"capacity_a_week": "mange"}, "Indtast et heltal"),
    ],
)
def test_a_listing_that_makes_no_sense_is_refused(
    cast: Cast, browse: Browser, public: Organisation, wrong: dict[str, str], sentence: str
) -> None:
    link = a_link(cast, public, now=timezone.now())
    answer = browse.post(f"{link}ret/ydelser/ny/", {"text": "Noget", "reach": ""} | wrong, status=200)
    assert sentence in text_of(answer)
    assert Listing.objects.count() == 1


def test_codes_are_suggested_from_the_text_and_nothing_is_saved(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    link = a_link(cast, public, now=timezone.now())
    answer = browse.post(f"{link}ret/ydelser/ny/", {"text": "Vinduespudsning", "suggest": "ja"}, status=200)
    assert "Vinduespudsning 90911300" in text_of(answer)
    assert Listing.objects.count() == 1


def test_the_last_listing_place_and_person_stay(cast: Cast, public: Organisation) -> None:
    by = by_link(public)
    with pytest.raises(Refused, match="mindst én ydelse"):
        listings.retire_listing(by, public.listings.get(), now=NOW)
    with pytest.raises(Refused, match="mindst ét sted"):
        places.remove_place(by, public.places.get(), now=NOW)
    with pytest.raises(Refused, match="mindst én"):
        people.let_contact_go(by, public.contacts.get(), now=NOW)


def test_a_new_main_place_and_a_new_main_person_take_over(cast: Cast, public: Organisation) -> None:
    by = by_link(public)
    places.save_place(by, public, town="Horsens", municipality_code=615, is_main=True, now=NOW)
    assert [place.town for place in public.places.filter(is_main=True)] == ["Horsens"]
    people.save_contact(by, public, name="Ny leder", email="ny@papirpluk.example", is_main=True, now=NOW)
    assert [person.name for person in public.contacts.filter(is_main=True)] == ["Ny leder"]
    places.remove_place(by, public.places.get(town="Horsens"), now=NOW)
    assert public.places.get().is_main
    people.let_contact_go(by, public.contacts.get(name="Ny leder"), now=NOW)
    left = Contact.objects.get(name="Ny leder")
    assert (left.is_main, left.speaks_for, left.left_at) == (False, False, NOW)
    assert public.contacts.get(left_at=None).is_main


def test_nobody_is_shown_who_has_not_said_so(cast: Cast, browse: Browser, public: Organisation) -> None:
    assert "Rikke Thorup" not in text_of(browse.get(public.path))
    contact = public.contacts.get()
    link = a_link(cast, public, now=timezone.now())
    given = {"name": contact.name, "email": contact.email, "is_shown": "on", "is_main": "on"}
    browse.post(f"{link}ret/personer/{contact.pk}/", given)
    assert "Rikke Thorup" in text_of(browse.get(public.path))


def test_open_places_come_and_go_by_their_dates(cast: Cast, browse: Browser, public: Organisation) -> None:
    link = a_link(cast, public, now=timezone.now())
    given = {"job_type": "flex", "text": "Pakke varer", "count": "2"}
    browse.post(f"{link}ret/pladser/ny/", given)
    assert "2 × Fleksjob" in text_of(browse.get(public.path))
    OpenPlace.objects.update(last_date="2020-01-01")
    assert "2 × Fleksjob" not in text_of(browse.get(public.path))
    answer = browse.post(
        f"{link}ret/pladser/ny/", given | {"first_date": "2027-05-02", "last_date": "2027-05-01"}, status=200
    )
    assert "Byt om på de to datoer" in text_of(answer)


def test_holidays_pause_and_the_monthly_maximum_are_the_enterprises_own(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    link = a_link(cast, public, now=timezone.now())
    given = {"invitations_a_month": "2", "holiday_first": "2090-07-01", "holiday_last": "2090-07-21"}
    browse.post(f"{link}ret/hvornaar/", given)
    kept = public.availability
    kept.refresh_from_db()
    assert (kept.invitations_a_month, str(kept.holiday_last)) == (2, "2090-07-21")
    half = browse.post(f"{link}ret/hvornaar/", given | {"holiday_last": ""}, status=200)
    assert "både feriens første og sidste dag" in text_of(half)


def test_a_closed_enterprise_is_out_of_sight_until_it_opens_again(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    link = a_link(cast, public, now=timezone.now())
    browse.post(f"{link}ret/luk/")
    browse.get(public.path, status=404)
    assert "Papir" not in text_of(browse.get("/virksomheder/"))
    assert "lukket" in text_of(browse.get(f"{link}ret/"))
    browse.post(f"{link}ret/aabn/")
    browse.get(public.path)
