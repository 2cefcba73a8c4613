# SPDX-License-Identifier: MPL-2.0
"""The register of de minimis aid: summed over rolling three years, refused above the ceiling, undone with a trail."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.law.calculators.step import add_months
from indgang.core.text import Refused
from indgang.guidance.actions.aid import give_aid, in_euro, put_back_aid, take_out_aid
from indgang.guidance.aid import lines_of, room_on, undertakings
from indgang.guidance.models import AidEntry
from indgang.kernel.models import AuditLine
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of

CVR = "99318031"
TODAY = NOW.date()
RATE = Decimal("7.5")


def aid(cast: Cast, euro: int, day: date = TODAY, *, who: str = "karen", **changes: Any) -> AidEntry:
    said: dict[str, Any] = {
        "cvr_number": CVR, "name": "Rent Ord", "known": "given", "amount_dkk": euro * 15 // 2, "rate": RATE,
        "given_date": day, "giver": "Åbjerg Kommune", "legal_basis": "Kommunalfuldmagten, øremærket", "now": NOW,
    }  # fmt: skip
    return give_aid(cast.be(who), **(said | changes))


def left(cast: Cast, on: date = TODAY, **asked: Any) -> float:
    return room_on(lines_of(cast.home.pk, CVR), on, **asked).left


def test_three_years_roll_and_what_is_left_depends_on_the_day(cast: Cast) -> None:
    aid(cast, 200_000, add_months(TODAY, -30))
    aid(cast, 60_000)
    assert left(cast) == 40_000
    assert left(cast, add_months(TODAY, 6) - timedelta(days=1)) == 40_000
    assert left(cast, add_months(TODAY, 6)) == 240_000


def test_aid_above_the_ceiling_is_refused_and_says_what_is_left(cast: Cast) -> None:
    aid(cast, 280_000)
    with pytest.raises(Refused, match=r"plads til 20\.000 euro af 300\.000"):
        aid(cast, 20_002)
    aid(cast, 20_000)
    assert left(cast) == 0


def test_aid_entered_late_may_not_break_a_later_sum(cast: Cast) -> None:
    aid(cast, 290_000)
    with pytest.raises(Refused, match=r"plads til 10\.000 euro"):
        aid(cast, 20_000, add_months(TODAY, -12))
    aid(cast, 20_000, add_months(TODAY, -36))


def test_what_others_gave_is_told_even_past_the_ceiling_and_stops_ours(cast: Cast) -> None:
    aid(cast, 310_000, known="declared", giver="Staten")
    assert not room_on(lines_of(cast.home.pk, CVR), TODAY).fits
    with pytest.raises(Refused, match="plads til 0 euro"):
        aid(cast, 1_000)


def test_an_entrusted_service_has_a_ceiling_of_its_own(cast: Cast) -> None:
    aid(cast, 300_000)
    aid(cast, 700_000, entrusted=True)
    assert left(cast, entrusted=True) == 50_000


def test_a_line_is_taken_out_with_a_reason_and_can_count_again(cast: Cast) -> None:
    entry = aid(cast, 300_000)
    with pytest.raises(Refused, match="hvorfor"):
        take_out_aid(cast.be("karen"), entry, because="nej", now=NOW)
    take_out_aid(cast.be("karen"), entry, because="Beløbet var forkert", now=NOW)
    assert left(cast) == 300_000
    put_back_aid(cast.be("karen"), entry, now=NOW)
    assert left(cast) == 0
    take_out_aid(cast.be("karen"), entry, because="Beløbet var forkert", now=NOW)
    aid(cast, 100_000)
    with pytest.raises(Refused, match="går over loftet"):
        put_back_aid(cast.be("karen"), entry, now=NOW)
    acts = set(AuditLine.objects.filter(act__startswith="aid.").values_list("act", flat=True))
    assert acts == {"aid.give", "aid.take_out", "aid.put_back"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"legal_basis": "ja"}, "hjemlen"),
        ({"rate": Decimal("746")}, "Kursen"),
        ({"amount_dkk": 0}, "over nul"),
        ({"given_date": date(2030, 1, 1)}, "fremtiden"),
        ({"name": " "}, "navn"),
    ],
)
def test_a_line_that_says_too_little_is_refused(cast: Cast, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        aid(cast, 1_000, **changes)
    assert not AidEntry.objects.exists()


def test_only_those_who_keep_limits_write_and_next_door_has_its_own(cast: Cast) -> None:
    with pytest.raises(Refused):
        aid(cast, 1_000, who="carla")
    aid(cast, 1_000)
    assert lines_of(cast.next_door.pk, CVR) == []


@given(st.integers(1, 50_000_000), st.decimals(7, 8, places=4))
def test_euro_are_never_rounded_down(kroner: int, rate: Decimal) -> None:
    assert in_euro(kroner, rate) * rate >= kroner


def test_the_register_is_one_query_however_many_are_in_it(cast: Cast) -> None:
    aid(cast, 1_000)
    aid(cast, 2_000, cvr_number="99318032", name="Papir")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert [one.name for one in undertakings(cast.home.pk, TODAY)] == ["Papir", "Rent Ord"]
    assert len(queries) == 1


def test_the_pages_look_up_add_ask_take_out_and_put_back(cast: Cast, browse: Browser) -> None:
    karen, path = browse.log_in("karen"), f"/jura/stoette/{CVR}/"
    assert "Ingen støtte er skrevet ind" in text_of(karen.get("/jura/stoette/"))
    assert karen.client.get(f"/jura/stoette/?cvr_number={CVR}").headers["Location"] == path
    said = {
        "name": "Rent Ord", "known": "given", "amount_dkk": "1.492.000", "rate": "7,46", "given_date": str(timezone.localdate()),
        "giver": "Åbjerg Kommune", "legal_basis": "Kommunalfuldmagten, øremærket",
    }  # fmt: skip
    page = text_of(karen.follow(path, said))
    assert "100.000,00 euro tilbage" in page
    assert "vi henter ikke fra det" in page
    assert "2023/2831" in page
    over = karen.post(path, said, status=422)
    assert "går over loftet" in text_of(over)
    assert 'value="1.492.000"' in over.content.decode()
    assert "Støtten går over loftet" in text_of(karen.get(path + "?new_dkk=800.000"))
    assert "Rent Ord" in text_of(karen.get("/jura/stoette/"))
    entry = AidEntry.objects.get()
    wrong = karen.post(f"{path}{entry.pk}/tag-ud/", {f"l{entry.pk}-because": "x"}, status=422)
    assert "hvorfor linjen tages ud" in text_of(wrong)
    page = text_of(karen.follow(f"{path}{entry.pk}/tag-ud/", {f"l{entry.pk}-because": "Beløbet var forkert"}))
    assert "taget ud" in page
    assert "300.000,00 euro tilbage" in page
    assert "100.000,00 euro tilbage" in text_of(karen.follow(f"{path}{entry.pk}/tael-med/", {}))
    karen.get("/jura/stoette/abc/", status=404)
    karen.get(f"{path}{entry.pk}/bilag/", status=404)
    assert "Skriv støtte ind" not in text_of(browse.log_in("carla").get(path))


def test_the_sum_and_the_guide_lead_to_the_register(cast: Cast, browse: Browser) -> None:
    karen = browse.log_in("karen")
    assert "/jura/stoette/" in karen.get("/jura/beregn/de-minimis/").content.decode()
    assert "/jura/stoette/" in karen.get("/jura/").content.decode()
