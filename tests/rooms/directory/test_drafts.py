# SPDX-License-Identifier: MPL-2.0
import pytest
from django.db import connection

from indgang.core.text import Refused
from indgang.directory.actions import drafts
from indgang.directory.models import Organisation
from indgang.directory.queries import visible_to
from indgang.kernel.access import anonymous
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import AuditLine
from tests.cast import NOW, Cast
from tests.rooms.directory.scene import a_draft, a_public_one


def test_a_draft_needs_name_place_contact_and_text_and_nothing_else(cast: Cast) -> None:
    draft = a_draft(cast, cvr_number="", contact_email="")
    assert (draft.is_draft, draft.cvr_number, draft.kept_by) == (True, None, cast.home)
    assert draft.places.get().is_main
    assert draft.contacts.get().phone == "87 99 22 14"
    assert draft.listings.get().checked_at is None


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"name": " "}, "Skriv virksomhedens navn"),
        ({"town": ""}, "hvilken by"),
        ({"contact_email": "", "contact_phone": ""}, "hvem vi kan kontakte"),
        ({"text": "\n"}, "hvad virksomheden sælger"),
        ({"cvr_number": "99202832"}, "99202832 findes ikke: et ciffer er forkert"),
        ({"cvr_number": "1234"}, "otte cifre"),
        ({"p_number": "12"}, "ti cifre"),
        ({"p_number": "0101901234"}, "ligner et CPR-nummer"),
    ],
)
def test_what_is_missing_or_wrong_is_said_in_one_sentence(
    cast: Cast, missing: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        a_draft(cast, **missing)
    assert not Organisation.objects.exists()


def test_a_p_number_may_look_like_a_birthday(cast: Cast) -> None:
    assert a_draft(cast, p_number="1001 901 234").places.get().p_number == "1001901234"


def test_two_enterprises_never_have_one_cvr_number(cast: Cast) -> None:
    a_draft(cast)
    with pytest.raises(Refused, match="står her allerede: Papir & Pluk"):
        a_draft(cast, name="Papir og Pluk")


def test_a_number_in_another_municipalitys_draft_is_refused_without_telling_what_stands_there(
    cast: Cast,
) -> None:
    a_draft(cast)
    set_tenant(cast.next_door.pk)
    with pytest.raises(Refused, match="ved at blive skrevet ind af en anden kommune") as refusal:
        a_draft(cast, by="dan", name="En anden")
    assert "Papir" not in str(refusal.value)


def test_a_p_number_that_stands_elsewhere_is_refused(cast: Cast) -> None:
    a_draft(cast, p_number="1000000001")
    with pytest.raises(Refused, match="P-nummer 1000000001 står allerede"):
        a_draft(cast, name="To", cvr_number="", p_number="1000000001")


def test_only_those_who_keep_profiles_write_enterprises_down(cast: Cast) -> None:
    with pytest.raises(Refused, match="Koordinatorer og jobkonsulenter"):
        a_draft(cast, by="carla")
    assert a_draft(cast, by="jonas").pk


def test_a_draft_is_seen_by_its_municipalitys_staff_only_also_when_our_own_filters_are_off(
    cast: Cast,
) -> None:
    draft = a_draft(cast)
    assert visible_to(cast.be("carla")).filter(pk=draft.pk).exists()
    assert not visible_to(anonymous(cast.home.pk)).filter(pk=draft.pk).exists()
    set_tenant(cast.next_door.pk)
    assert not Organisation.objects.filter(pk=draft.pk).exists()
    with connection.cursor() as cursor:
        for table in ("organisation", "contact", "place", "listing", "availability"):
            cursor.execute(f"SELECT count(*) FROM directory_{table}")  # noqa: S608
            assert cursor.fetchone() == (0,), table


def test_a_published_one_is_shared_but_only_its_keeper_can_write_it(cast: Cast) -> None:
    public = a_public_one(cast)
    set_tenant(cast.next_door.pk)
    assert visible_to(cast.be("dan")).get() == public
    assert Organisation.objects.filter(pk=public.pk).update(name="Stjålet") == 0
    with pytest.raises(Refused, match="rettes af virksomheden selv eller af Åbjerg Kommune"):
        drafts.change_profile(cast.be("dan"), public, name="Stjålet", now=NOW)


def test_a_change_leaves_one_line_in_the_log_and_nothing_when_nothing_differs(cast: Cast) -> None:
    draft = a_draft(cast)
    before = AuditLine.objects.count()
    drafts.change_profile(cast.be("mette"), draft, presentation="Vi pakker", name=draft.name, now=NOW)
    drafts.change_profile(cast.be("mette"), draft, presentation="Vi pakker", now=NOW)
    assert AuditLine.objects.count() == before + 1
    assert AuditLine.objects.latest("number").facts == {"fields": ["presentation"]}
    with pytest.raises(ValueError, match="not part of a profile"):
        drafts.change_profile(cast.be("mette"), draft, kept_by=cast.next_door, now=NOW)


def test_a_founder_gets_a_cvr_number_later_and_keeps_it(cast: Cast) -> None:
    founder = a_draft(cast, cvr_number="", kind=Organisation.Kind.FOUNDER)
    drafts.attach_cvr(cast.be("mette"), founder, "99 20 28 31", now=NOW)
    founder.refresh_from_db()
    assert (founder.cvr_number, founder.kind) == ("99202831", Organisation.Kind.SOCIAL)
    with pytest.raises(Refused, match="Et nyt nummer er en ny virksomhed"):
        drafts.attach_cvr(cast.be("mette"), founder, "99318031", now=NOW)


def test_the_same_name_in_the_same_town_is_told_before_it_stands_twice(cast: Cast) -> None:
    a_draft(cast)
    with pytest.raises(Refused, match="i Åbjerg står her allerede"):
        a_draft(cast, name="PAPIR & PLUK", cvr_number="")
    assert a_draft(cast, name="Papir & Pluk", town="Horsens", municipality_code=615, cvr_number="").pk
    assert a_draft(cast, name="Papir & Pluk", cvr_number="99318031").pk
