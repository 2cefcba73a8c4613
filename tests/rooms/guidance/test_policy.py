# SPDX-License-Identifier: MPL-2.0
"""Own stricter policy without code: it closes, demands, has a history, and never opens."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.law.pack import load
from indgang.core.law.policy import read_policy
from indgang.core.text import Refused
from indgang.directory.categories import category_of
from indgang.guidance.actions import policy
from indgang.guidance.guide import guide
from indgang.guidance.models import PolicyVersion
from indgang.guidance.policy_text import KINDS, as_toml
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of

TODAY = NOW.date()
FACTS = {
    "kind": "services",
    "cpv_main": "90911300",
    "value_dkk": 400_000,
    "kgi": "no",
    "existing_agreement": "no",
}
CLOSE_A: dict[str, Any] = {
    "kinds": ["goods", "services"], "from_dkk": 300_000, "closes": ["A"], "documents": ["market_terms"],
    "reason": "Vi køber kun direkte under 300.000 kr.",
}  # fmt: skip


def add(cast: Cast, *, adopted: date = TODAY, **changes: Any) -> PolicyVersion:
    return policy.add_restriction(
        cast.be("søren"), CLOSE_A | changes, name="Åbjergs indkøbspolitik", adopted=adopted, now=NOW
    )


def test_a_restriction_closes_a_way_that_the_law_leaves_open(cast: Cast) -> None:
    assert "A" in guide(cast.home.pk, FACTS, TODAY).ways
    add(cast)
    answer = guide(cast.home.pk, FACTS, TODAY).answer
    assert "A" not in answer.routes
    assert "300.000" in answer.blocked["A"].da
    assert "market_terms" in answer.docs
    assert "A" in guide(cast.home.pk, FACTS | {"value_dkk": 299_999}, TODAY).ways


def test_it_counts_from_the_day_that_was_chosen(cast: Cast) -> None:
    add(cast, adopted=TODAY + timedelta(days=10))
    assert "A" in guide(cast.home.pk, FACTS, TODAY).ways
    assert "A" not in guide(cast.home.pk, FACTS, TODAY + timedelta(days=10)).ways


def test_taking_it_out_makes_a_new_version_and_history_stays(cast: Cast) -> None:
    add(cast)
    policy.remove_restriction(cast.be("søren"), 0, adopted=TODAY, now=NOW)
    assert "A" in guide(cast.home.pk, FACTS, TODAY).ways
    assert [each.change_note[:7] for each in PolicyVersion.objects.order_by("number")] == [
        "Tilføje",
        "Fjernet",
    ]


def test_only_the_head_of_purchasing_changes_it_and_next_door_has_its_own(cast: Cast) -> None:
    with pytest.raises(Refused, match="Kun indkøbschefen"):
        policy.add_restriction(cast.be("karen"), CLOSE_A, name="X", adopted=TODAY, now=NOW)
    add(cast)
    assert "A" in guide(cast.next_door.pk, FACTS, TODAY).ways


@pytest.mark.parametrize(
    "changes", [{"closes": [], "documents": []}, {"closes": ["P04"]}, {"documents": ["x"]}]
)
def test_what_closes_and_demands_nothing_or_the_unknown_is_refused(
    cast: Cast, changes: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        add(cast, **changes)
    assert not PolicyVersion.objects.exists()


@given(
    st.lists(st.sampled_from(KINDS), min_size=1, unique=True),
    st.none() | st.integers(1, 2_000_000_000),
    st.text(min_size=1, max_size=80).filter(str.strip),
    st.text(max_size=40),
)
def test_whatever_is_typed_gives_a_file_that_the_core_reads(
    kinds: list[str], amount: int | None, reason: str, name: str
) -> None:
    each = {"kinds": kinds, "from_dkk": amount, "closes": ["A"], "documents": [], "reason": reason}
    (restriction,) = read_policy(load(), as_toml(name, TODAY, [each])).restrictions
    assert restriction.closes == ("A",)


def test_the_pages_add_show_and_take_out(cast: Cast, browse: Browser) -> None:
    head = browse.log_in("søren")
    assert "ingen egen politik" in text_of(head.get("/jura/politik/"))
    head.get("/jura/politik/ny/")
    sent = CLOSE_A | {"from_dkk": "300.000", "adopted": "2026-01-01"}
    page = text_of(head.post("/jura/politik/ny/", sent | {"closes": [], "documents": []}, status=200))
    assert "Vælg en vej, der skal lukkes" in page
    page = text_of(head.follow("/jura/politik/ny/", sent))
    assert "Ved varer, tjenesteydelser fra 300.000 kr." in page
    assert "Tag ud" not in text_of(browse.log_in("carla").get("/jura/politik/"))
    browse.log_in("carla").get("/jura/politik/ny/", status=404)
    assert "Loven gælder alene" in text_of(head.follow("/jura/politik/tag-ud/0/"))
    assert "300.000" in text_of(head.get("/jura/politik/?version=1"))


def is_closed(cast: Cast, unit: str | None = None, on: date = TODAY, **facts: Any) -> bool:
    unit_id = cast.units[unit].pk if unit else None
    return "A" not in guide(cast.home.pk, FACTS | facts, on, unit_id=unit_id).ways


def test_a_restriction_may_be_about_one_kind_of_thing_only(cast: Cast) -> None:
    add(cast, cpv=["55", "9091"])
    assert is_closed(cast)
    assert is_closed(cast, cpv_main="55520000")
    assert not is_closed(cast, cpv_main="98310000")


def test_a_code_written_with_its_noughts_counts_with_all_under_it(cast: Cast) -> None:
    add(cast, cpv=["90900000"])
    assert is_closed(cast)
    assert not is_closed(cast, cpv_main="90511000")


def test_a_restriction_may_be_about_a_category_in_our_own_words(cast: Cast) -> None:
    add(cast, categories=[category_of("90911300")])
    assert is_closed(cast)
    assert not is_closed(cast, cpv_main="55520000")


def test_a_code_that_is_not_known_counts_against(cast: Cast) -> None:
    add(cast, cpv=["55"])
    answer = guide(
        cast.home.pk,
        {name: fact for name, fact in FACTS.items() if name != "cpv_main"} | {"kind": "goods"},
        TODAY,
    ).answer
    assert "A" in answer.blocked


def test_a_restriction_may_be_about_a_unit_and_what_lies_under_it(cast: Cast) -> None:
    library, office = cast.units["Biblioteket"], cast.units["Økonomi og Indkøb"]
    add(cast, units=[[office.pk, office.name]])
    assert is_closed(cast, "Økonomi og Indkøb")
    assert not is_closed(cast, "Biblioteket")
    assert is_closed(cast)
    library.parent = office
    library.save()
    assert is_closed(cast, "Biblioteket")


def test_a_restriction_may_run_from_a_day_to_a_day_and_below_an_amount(cast: Cast) -> None:
    last = TODAY + timedelta(days=30)
    add(cast, first_date=str(TODAY + timedelta(days=10)), last_date=str(last), below_dkk=450_000)
    assert not is_closed(cast)
    assert is_closed(cast, on=TODAY + timedelta(days=10))
    assert is_closed(cast, on=last)
    assert not is_closed(cast, on=last + timedelta(days=1))
    assert not is_closed(cast, on=last, value_dkk=450_000)


def test_the_page_limits_by_kind_unit_and_days_and_keeps_what_was_typed(cast: Cast, browse: Browser) -> None:
    head, office = browse.log_in("søren"), cast.units["Økonomi og Indkøb"]
    sent = CLOSE_A | {
        "from_dkk": "300.000", "below_dkk": "200.000", "adopted": "2026-01-01", "cpv": "55 x9", "units": [office.pk],
        "categories": [category_of("90911300")], "first_date": "2027-01-01", "last_date": "2026-01-01",
    }  # fmt: skip
    wrong = head.post("/jura/politik/ny/", sent, status=200)
    for sentence in ("x9 er ikke en CPV-kode", "Den sidste dag ligger før", "større end det, det gælder fra"):
        assert sentence in text_of(wrong)
    assert 'value="55 x9"' in wrong.content.decode()
    page = text_of(
        head.follow(
            "/jura/politik/ny/", sent | {"cpv": "55 98310000", "below_dkk": "", "last_date": "2027-12-31"}
        )
    )
    assert "CPV 55, CPV 98310000 i Økonomi og Indkøb fra 1. januar 2027 til og med 31. december 2027" in page


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('cpv = ["5"]', "CPV-koden 5"),
        ('first_date = "i morgen"', "skal være en dato"),
        ("first_date = 2027-02-01\nlast_date = 2027-01-01", "slutter, før den begynder"),
    ],
)
def test_a_file_with_a_limit_that_cannot_be_read_is_refused(line: str, said: str) -> None:
    text = f'name = "X"\n[[restriction]]\nwhen = "kind == goods"\ncloses = ["A"]\nreason_da = "Nej"\n{line}\n'
    with pytest.raises(Refused) as refused:
        read_policy(load(), text)
    assert said in str(refused.value)
