# SPDX-License-Identifier: MPL-2.0
"""The search in memory follows the database, and shows everybody only what is theirs to see."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indgang.core.matching import Offer
from indgang.directory import search
from indgang.directory.actions import consent, drafts, freshness, listings, places, status
from indgang.directory.models import IndexChange, Organisation
from indgang.directory.search import LiveEntries, Question, browse, log
from indgang.kernel.access import anonymous
from indgang.kernel.database.tenancy import set_tenant
from tests.cast import Cast
from tests.rooms.directory.scene import a_draft, a_public_one, by_link

TODAY = timezone.localdate()


def a_few(cast: Cast) -> dict[str, Organisation]:
    now = timezone.now()
    given: dict[str, dict[str, Any]] = {
        "Papir & Pluk": {"text": "Pakning og mærkning af varer", "cvr_number": ""},
        "Rent Ord": {"text": "Vinduespudsning og rengøring", "cvr_number": ""},
        "Køkkenhaven": {"text": "Kantinedrift og frokostordninger", "cvr_number": ""},
        "Ådalens Have": {
            "text": "Pleje af grønne områder",
            "cvr_number": "",
            "town": "Horsens",
            "municipality_code": 615,
        },
    }
    return {name: a_public_one(cast, name=name, now=now, **facts) for name, facts in given.items()}


def names(cast: Cast, question: Question, *, who: str = "") -> list[str]:
    principal = cast.be(who) if who else anonymous(cast.home.pk)
    return [entry.name for entry in browse(principal, question, today=TODAY).entries]


def test_without_words_everybody_stands_in_danish_order(cast: Cast) -> None:
    a_few(cast)
    assert names(cast, Question()) == ["Køkkenhaven", "Papir & Pluk", "Rent Ord", "Ådalens Have"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("papi", "Papir & Pluk"),
        ("rent ord", "Rent Ord"),
        ("vindu", "Rent Ord"),
        ("pudsning", "Rent Ord"),
        ("horsens", "Ådalens Have"),
        ("ÅDALEN", "Ådalens Have"),
        ("frokost til 90 børn", "Køkkenhaven"),
        ("slå græs på kirkegården", "Ådalens Have"),
    ],
)
def test_a_name_a_part_of_a_word_a_place_or_the_meaning_finds(cast: Cast, text: str, first: str) -> None:
    a_few(cast)
    assert names(cast, Question(text=text))[0] == first


def test_the_main_thing_of_a_listing_counts_more_than_a_word_in_passing(cast: Cast) -> None:
    a_few(cast)
    a_public_one(
        cast, name="Alt muligt", cvr_number="", text="Malerarbejde inde og ude: trappeopgange, klasselokaler og vinduer",
        now=timezone.now(),
    )  # fmt: skip
    assert names(cast, Question(text="vindu"))[:2] == ["Rent Ord", "Alt muligt"]


def test_what_was_found_by_meaning_says_why(cast: Cast) -> None:
    few = a_few(cast)
    answer = browse(anonymous(cast.home.pk), Question(text="frokost til 90 børn"), today=TODAY)
    assert "frokostordning" in str(answer.reasons[few["Køkkenhaven"].pk])


def test_nobody_fits_gives_an_empty_answer(cast: Cast) -> None:
    a_few(cast)
    assert names(cast, Question(text="xyzzy qwerty")) == []
    assert search.find("hjertetransplantation").matches == ()


@pytest.mark.parametrize("text", ["", " ", "%", "_", "'; DROP TABLE", "\\", "a" * 5_000, "…", "1234"])
def test_odd_words_break_nothing(cast: Cast, text: str) -> None:
    a_few(cast)
    names(cast, Question(text=text))


def test_filters_ask_who_can_deliver_there_and_for_category_group_job_and_open_places(cast: Cast) -> None:
    few, now = a_few(cast), timezone.now()
    rent, have = few["Rent Ord"], few["Ådalens Have"]
    facts = listings.ListingFacts("Vinduespudsning", cpv_codes=("90911300",), areas=(615, 997))
    listings.save_listing(by_link(rent), rent, facts, rent.listings.get(), now=now)
    drafts.change_profile(by_link(have), have, now=now, target_groups=["mental"], job_types=["stu"])
    places.save_open_place(by_link(have), have, job_type="flex", text="Luge", now=now)
    assert names(cast, Question(place=615)) == ["Rent Ord", "Ådalens Have"]
    assert names(cast, Question(category="rengoering")) == ["Rent Ord"]
    assert names(cast, Question(target_group="mental")) == ["Ådalens Have"]
    assert names(cast, Question(job_type="stu")) == names(cast, Question(job_type="flex")) == ["Ådalens Have"]
    assert names(cast, Question(has_open_places=True, text="have")) == ["Ådalens Have"]
    listings.save_listing(
        by_link(rent), rent, listings.ListingFacts("Vinduer", everywhere=True), rent.listings.get(), now=now
    )
    assert "Rent Ord" in names(cast, Question(place=101))


def test_drafts_are_offered_to_their_own_municipalitys_staff_only(cast: Cast) -> None:
    a_few(cast)
    a_draft(cast, name="Kladden", cvr_number="", text="Snerydning")
    assert "Kladden" in names(cast, Question(text="rydde sne"), who="carla")
    assert "Kladden" not in names(cast, Question(text="rydde sne"))
    set_tenant(cast.next_door.pk)
    assert "Kladden" not in names(cast, Question(), who="dan")
    set_tenant(cast.home.pk)
    draft = Organisation.objects.get(name="Kladden")
    assert draft.pk not in [found.organisation_id for found in search.find("rydde sne").matches]


def test_every_change_is_seen_by_the_next_search_at_the_price_of_one_query(cast: Cast) -> None:
    few, live = a_few(cast), search.live_for()
    with CaptureQueriesContext(connection) as queries:
        search.live_for()
    assert len(queries) == 1
    now, rent = timezone.now(), few["Rent Ord"]
    listings.save_listing(by_link(rent), rent, listings.ListingFacts("Snerydning"), now=now)
    assert names(cast, Question(text="snerydning"))[0] == "Rent Ord"
    assert search.find("rydde sne").matches[0].organisation_id == rent.pk
    status.declare(by_link(rent), rent, now=now)
    assert search.live_for().entries[rent.pk].holds("self_declared", TODAY)
    freshness.close(by_link(rent), rent, now=now)
    assert "Rent Ord" not in names(cast, Question())
    assert rent.pk not in [found.organisation_id for found in search.find("rydde sne").matches]
    consent.remove(by_link(few["Køkkenhaven"]), few["Køkkenhaven"], now=now)
    assert "Køkkenhaven" not in names(cast, Question())
    assert live is search.live_for()


def test_those_on_pause_are_found_and_left_to_the_caller_but_not_given_to_the_command(cast: Cast) -> None:
    few = a_few(cast)
    rent = few["Rent Ord"]
    freshness.set_availability(
        by_link(rent), rent, now=timezone.now(), paused_until=TODAY + timedelta(days=9), holiday_first=None,
        holiday_last=None, invitations_a_month=4,
    )  # fmt: skip
    assert search.find("vinduespudsning").matches[0].organisation_id == rent.pk
    offered = list(search.offers_from_database())
    assert all(isinstance(offer, Offer) for offer in offered)
    assert sorted(offer.name for offer in offered) == ["Køkkenhaven", "Papir & Pluk", "Ådalens Have"]


def test_an_answer_has_codes_and_parts_when_a_need_holds_several_tasks(cast: Cast) -> None:
    a_few(cast)
    result = search.find("Vi skal have pudset vinduer. Desuden skal græsset slås.")
    assert "90911300" in [code for code, _label, _score in result.cpv]
    assert len(result.parts) == 2
    assert search.find(
        "frokost", place_code=997, value_dkk=20_000, cpv_code="55520000", days_until_start=30
    ).matches


def test_an_equivalence_which_is_one_municipalitys_own_never_enters_the_shared_index(cast: Cast) -> None:
    few = a_few(cast)
    status.decide_equivalence(
        cast.be("mette"), few["Rent Ord"], reason="Ja", evidence="Vedtægter", since=TODAY, valid_until=TODAY, now=timezone.now()
    )  # fmt: skip
    assert search.live_for().entries[few["Rent Ord"].pk].facts == ()


def test_the_log_is_kept_short_and_asking_for_everything_reads_everything(cast: Cast) -> None:
    few = a_few(cast)
    live = LiveEntries().refresh()
    assert log.compact() > 0
    assert IndexChange.objects.filter(organisation_id=few["Rent Ord"].pk).count() == 1
    entries = live.refresh().entries
    IndexChange.objects.create(organisation_id=few["Rent Ord"].pk, transaction_id=2**60)
    assert log.compact() == 1, "a number from another server"
    log.ask_for_rebuild()
    assert live.refresh().entries is not entries
    assert set(live.entries) == {organisation.pk for organisation in few.values()}


@pytest.fixture
def outside(db: None) -> Iterator[tuple[psycopg.Connection[Any], psycopg.Connection[Any], int]]:
    """Two connections beside the test's own, and a municipality that both can see."""
    parameters = connection.get_connection_params()
    for unwanted in ("cursor_factory", "context"):
        parameters.pop(unwanted, None)
    late, early = psycopg.connect(**parameters), psycopg.connect(**parameters)
    with early.transaction():
        row = early.execute(
            "INSERT INTO kernel_municipality (name, code, cvr_number, hosts, email, phone, answer_promise_days,"
            " invitation_answer_days, small_purchase_limit_dkk, payment_days, closed_periods, publishes_company_tasks)"
            " VALUES ('Sen Kommune', 996, '29189846', '[]', '', '', 3, 3, 50000, 30, '[]', false) RETURNING id"
        ).fetchone()
    assert row is not None
    try:
        yield late, early, row[0]
    finally:
        late.rollback()
        early.rollback()
        with early.transaction():
            early.execute("SELECT set_config('indgang.municipality', %s, true)", [str(row[0])])
            early.execute("DELETE FROM directory_organisation WHERE kept_by_id = %s", [row[0]])
            early.execute("DELETE FROM kernel_municipality WHERE id = %s", [row[0]])
        late.close()
        early.close()


def publish(there: psycopg.Connection[Any], municipality_id: int, name: str) -> int:
    there.execute("SELECT set_config('indgang.municipality', %s, true)", [str(municipality_id)])
    row = there.execute(
        "INSERT INTO directory_organisation (kind, name, sort_key, legal_form, advertising_protected, presentation,"
        " website, email, phone, target_groups, job_types, kept_by_id, source, source_note, created_at, published_at)"
        " VALUES ('social', %s, %s, '', false, '', '', '', '', '{}', '{}', %s, 'self', '', now(), now()) RETURNING id",
        [name, name.lower(), municipality_id],
    ).fetchone()
    assert row is not None
    return int(row[0])


def test_a_transaction_that_commits_late_is_not_missed(
    outside: tuple[psycopg.Connection[Any], psycopg.Connection[Any], int],
) -> None:
    late, early, municipality_id = outside
    live = LiveEntries().refresh()
    slow = publish(late, municipality_id, "Den langsomme")
    quick = publish(early, municipality_id, "Den hurtige")
    early.commit()
    assert quick in live.refresh().entries
    assert slow not in live.entries
    entries = live.refresh().entries
    assert live.refresh().entries is entries, "what was applied already is not applied again"
    late.commit()
    assert {slow, quick} <= set(live.refresh().entries)
