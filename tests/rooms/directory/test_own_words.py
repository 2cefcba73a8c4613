# SPDX-License-Identifier: MPL-2.0
"""A municipality teaches the search its own words: at once, for itself only, and with a way back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indgang.core.text import Refused
from indgang.directory import search
from indgang.directory.actions import words
from indgang.directory.models import OwnWords
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import AuditLine
from tests.cast import Cast
from tests.pages import Browser, text_of
from tests.rooms.directory.scene import a_public_one


def teach(
    cast: Cast, said: str, meaning: str = "vask af tøj", *, name: str = "", by: str = "mette"
) -> OwnWords:
    return words.add_words(cast.be(by), words=said, meaning=meaning, name=name, now=timezone.now())


def found(cast: Cast, text: str, *, municipality_id: int | None = None) -> list[int]:
    asked = search.find(text, municipality_id=municipality_id or cast.home.pk)
    return [match.organisation_id for match in asked.matches]


def test_a_taught_word_counts_from_the_next_search_and_only_here(cast: Cast) -> None:
    laundry = a_public_one(cast, text="Vask, tørring og foldning af tøj", now=timezone.now())
    need = "Snoldestuen på Bakkegården skal have hjælp"
    assert found(cast, need) == []
    teach(cast, "snoldestuen, linneddyp")
    assert found(cast, need) == [laundry.pk]
    assert found(cast, need, municipality_id=cast.next_door.pk) == []
    set_tenant(cast.next_door.pk)
    assert OwnWords.objects.count() == 0
    assert found(cast, need, municipality_id=cast.next_door.pk) == []
    set_tenant(cast.home.pk)


def test_words_are_taken_out_and_put_back_and_the_log_tells(cast: Cast) -> None:
    laundry = a_public_one(cast, text="Vask, tørring og foldning af tøj", now=timezone.now())
    row = teach(cast, "snoldestuen")
    words.take_out(cast.be("mette"), row, now=timezone.now())
    assert found(cast, "snoldestuen") == []
    words.put_back(cast.be("mette"), row, now=timezone.now())
    assert found(cast, "snoldestuen") == [laundry.pk]
    acts = list(
        AuditLine.objects.filter(subject=f"own_words:{row.pk}")
        .order_by("number")
        .values_list("act", flat=True)
    )
    assert acts == ["own_words.add", "own_words.take_out", "own_words.put_back"]


def test_a_trade_of_ones_own_finds_its_seller_first_and_its_neighbours_after(cast: Cast) -> None:
    kites = a_public_one(cast, name="Drageholdet", cvr_number="", text="Kludderflak", now=timezone.now())
    wood = a_public_one(
        cast, name="Træet", cvr_number="", text="Træværksted og ting i træ", now=timezone.now()
    )
    teach(cast, "kludderflak, flyvetøj", "træværksted", name="Kludderflak")
    assert found(cast, "flyvetøj til skolegården")[:2] == [kites.pk, wood.pk]
    teach(cast, "vindpapir", "kludderflak")
    assert found(cast, "vindpapir til skolegården")[:1] == [kites.pk]


@pytest.mark.parametrize(
    ("said", "meaning", "name", "sentence"),
    [
        ("", "vask af tøj", "", "mindst ét ord"),
        ("og", "vask af tøj", "", "siger for lidt"),
        ("<script>", "vask af tøj", "", "ikke et ord"),
        ('x" ]\n[y', "vask af tøj", "", "ikke et ord"),
        ("snoldestuen", "xyzzy", "", "kender ikke noget fag"),
        ("snoldestuen", "", "", "kender ikke noget fag"),
        ("vask af tøj", "vask af tøj", "", "allerede læst sådan"),
        ("snoldestuen", "", 'A" b', "bogstaver og mellemrum"),
    ],
)
def test_words_that_teach_nothing_are_refused(
    cast: Cast, said: str, meaning: str, name: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        teach(cast, said, meaning, name=name)
    assert OwnWords.objects.count() == 0


def test_only_coordinator_and_administrator_teach(cast: Cast) -> None:
    with pytest.raises(Refused, match="koordinator"):
        teach(cast, "snoldestuen", by="carla")


def test_a_search_costs_no_further_query_once_the_words_are_known(cast: Cast) -> None:
    a_public_one(cast, text="Vask af tøj", now=timezone.now())
    teach(cast, "snoldestuen")
    found(cast, "snoldestuen")
    with CaptureQueriesContext(connection) as own:
        found(cast, "snoldestuen")
    with CaptureQueriesContext(connection) as common:
        search.find("snoldestuen")
    assert len(own) == len(common)


def test_the_page_teaches_takes_out_and_puts_back(cast: Cast, browse: Browser) -> None:
    laundry = a_public_one(cast, text="Vask, tørring og foldning af tøj", now=timezone.now())
    mette = browse.log_in("mette")
    page = mette.post(
        "/virksomheder/ord/", {"words": "snoldestuen", "meaning": "xyzzy", "name": ""}, status=200
    )
    assert "kender ikke noget fag" in text_of(page)
    assert 'value="snoldestuen"' in page.content.decode()
    told = {"words": "snoldestuen", "meaning": "vask af tøj", "name": ""}
    assert "Fra nu af læses »snoldestuen« som vask af tøj" in text_of(
        mette.follow("/virksomheder/ord/", told)
    )
    assert laundry.name in text_of(mette.get("/virksomheder/?q=snoldestuen"))
    row = OwnWords.objects.get()
    assert "Fortryd" in text_of(mette.follow(f"/virksomheder/ord/{row.pk}/ud/"))
    assert laundry.name not in text_of(mette.get("/virksomheder/?q=snoldestuen"))
    assert "gælder igen" in text_of(mette.follow(f"/virksomheder/ord/{row.pk}/tilbage/"))
    assert laundry.name in text_of(mette.get("/virksomheder/?q=snoldestuen"))
    assert "Egne ord" in text_of(mette.get("/kommunen/"))


def test_buyers_and_strangers_cannot_teach(cast: Cast, browse: Browser) -> None:
    row = teach(cast, "snoldestuen")
    browse.log_in("carla").get("/virksomheder/ord/", status=404)
    browse.log_in("carla").post(f"/virksomheder/ord/{row.pk}/ud/", status=404)
    row.refresh_from_db()
    assert row.removed_at is None
