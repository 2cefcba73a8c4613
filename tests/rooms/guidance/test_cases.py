# SPDX-License-Identifier: MPL-2.0
"""Asked one question at a time, only those that matter, and answered line by line."""

from datetime import date, timedelta
from typing import Any

import pytest

from indgang.core.law.pack import load
from indgang.core.text import Refused
from indgang.guidance.actions import assessments, cases
from indgang.guidance.aims import AIMS, BUY
from indgang.guidance.asking import open_questions
from indgang.guidance.guide import guide
from indgang.guidance.models import LawCase, StandingAssessment
from indgang.guidance.topics import TOPICS
from indgang.kernel.models import Duty
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of
from tests.rooms.guidance.scene import a_list, an_agreement

TODAY = NOW.date()
WINDOWS = {"kind": "services", "cpv_main": "90911300", "value_dkk": 180_000}


def signed(cast: Cast, **changes: Any) -> StandingAssessment:
    facts: dict[str, Any] = {
        "kind": "cross_border",
        "cpv_code": "90910000",
        "up_to_dkk": 480_000,
        "reasoning": "Arbejdet udføres lokalt, og ingen udenlandsk har budt i ti år.",
        "first_date": date(2026, 1, 1),
        "last_date": date(2028, 12, 31),
    }
    return assessments.sign(cast.be("søren"), now=NOW, **(facts | changes))


def asked(cast: Cast, facts: dict[str, Any], passed: tuple[str, ...] = ()) -> list[str]:
    return [each.fact for each in open_questions(guide(cast.home.pk, facts, TODAY), passed)]


def a_case(cast: Cast, **facts: Any) -> LawCase:
    return cases.open_case(
        cast.be("carla"), BUY, "Vinduespudsning på biblioteket", facts=WINDOWS | facts, now=NOW
    )


# --- what is asked


def test_a_covered_purchase_asks_nothing(cast: Cast) -> None:
    an_agreement(cast, "90910000")
    assert asked(cast, WINDOWS) == []


def test_without_an_assessment_the_engine_stops_and_asks_about_interest_from_abroad(cast: Cast) -> None:
    a_list(cast)
    guided = guide(cast.home.pk, WINDOWS, TODAY)
    assert guided.answer.stop == "kgi"
    assert "kgi" in asked(cast, WINDOWS)


def test_a_buyer_inherits_the_assessment_and_sees_no_question_about_it(cast: Cast) -> None:
    a_list(cast)
    row = signed(cast)
    guided = guide(cast.home.pk, WINDOWS, TODAY)
    assert guided.answer.regime == "A"
    assert guided.cross_border == row
    assert asked(cast, WINDOWS) == ["related_value_dkk"]


@pytest.mark.parametrize(
    "changes",
    [
        {"cpv_code": "90920000"},
        {"up_to_dkk": 179_999},
        {"first_date": TODAY + timedelta(days=1)},
        {"kind": "price"},
    ],
)
def test_an_assessment_counts_only_for_its_code_amount_time_and_kind(
    cast: Cast, changes: dict[str, Any]
) -> None:
    signed(cast, **changes)
    assert guide(cast.home.pk, WINDOWS, TODAY).answer.stop == "kgi"


def test_an_assessment_that_has_ended_or_was_withdrawn_counts_no_longer(cast: Cast) -> None:
    row = signed(cast, last_date=date(2027, 6, 30))
    assert guide(cast.home.pk, WINDOWS, row.last_date).answer.stop is None
    assert guide(cast.home.pk, WINDOWS, row.last_date + timedelta(days=1)).answer.stop == "kgi"
    assessments.withdraw(cast.be("søren"), row, because="Et svensk firma har budt.", now=NOW)
    assert guide(cast.home.pk, WINDOWS, TODAY).answer.stop == "kgi"
    assert not Duty.objects.filter(kind=assessments.RENEW, done_at=None).exists()


def test_related_purchases_count_against_the_amount_of_the_assessment(cast: Cast) -> None:
    signed(cast, up_to_dkk=200_000)
    assert guide(cast.home.pk, WINDOWS | {"related_value_dkk": 300_000}, TODAY).answer.stop == "kgi"


def test_what_somebody_states_wins_over_what_is_inherited(cast: Cast) -> None:
    signed(cast)
    assert guide(cast.home.pk, WINDOWS | {"kgi": "yes"}, TODAY).answer.regime == "C"


def test_the_head_of_purchasing_signs_and_nobody_else(cast: Cast) -> None:
    with pytest.raises(Refused, match="Kun indkøbschefen"):
        assessments.sign(
            cast.be("carla"), kind="price", cpv_code="90910000", up_to_dkk=1, reasoning="x" * 30,
            first_date=TODAY, last_date=TODAY, now=NOW,
        )  # fmt: skip


def test_the_signer_is_asked_to_look_again_a_month_before_it_ends(cast: Cast) -> None:
    row = signed(cast)
    duty = Duty.objects.get(kind=assessments.RENEW)
    assert duty.due_at.date() == row.last_date - timedelta(days=30)
    assert duty.owner_id == cast.people["søren"].pk


def test_a_question_whose_answer_changes_nothing_is_not_asked(cast: Cast) -> None:
    a_list(cast)
    large = {
        "kind": "services",
        "cpv_main": "98310000",
        "value_dkk": 2_000_000,
        "related_value_dkk": 2_000_000,
    }
    assert "duration_months" not in asked(cast, large)
    assert "duration_months" in asked(cast, large | {"value_dkk": 6_000_000, "related_value_dkk": 6_000_000})


def test_the_code_is_asked_first_when_the_words_do_not_give_it(cast: Cast) -> None:
    assert asked(cast, {"kind": "goods", "value_dkk": 90_000})[0] == "cpv_main"


def test_i_do_not_know_is_an_answer_and_is_not_asked_again(cast: Cast) -> None:
    a_list(cast)
    assert "kgi" not in asked(cast, WINDOWS | {"kgi": "unknown"})
    assert guide(cast.home.pk, WINDOWS | {"kgi": "unknown"}, TODAY).answer.routes == []


def test_every_fact_of_the_vocabulary_can_be_told_somewhere() -> None:
    vocabulary = load().facts
    told = {name for topic in TOPICS for name in topic.facts}
    told |= {
        fact for spec in vocabulary.values() for each in spec.choices for fact in each.facts if spec.question
    }
    told |= {name.rpartition(".")[0] for name in told}
    assert set(vocabulary) - told == set()


# --- the pages


def test_from_own_words_to_an_answer_with_a_paragraph_on_each_line(cast: Cast, browse: Browser) -> None:
    a_list(cast)
    signed(cast)
    carla = browse.log_in("carla")
    page = carla.follow("/jura/", {"need": "Vinduespudsning på biblioteket", "value_dkk": "180.000"})
    assert "Køber I mere af det samme" in text_of(page)
    row = LawCase.objects.get()
    page = carla.follow(f"/jura/sag/{row.pk}/svar/related_value_dkk/", {"answer": "180.000"})
    said = text_of(page)
    assert "Det må I" in said
    assert "vurderet af Søren Dahl" in said
    assert "ikke gennemgået af jurist" in said
    assert "kilder læst" in said
    assert "§§ 40-45" in said


def test_a_covered_purchase_is_told_where_to_order_and_no_case_is_made(cast: Cast, browse: Browser) -> None:
    an_agreement(cast)
    page = browse.log_in("carla").post(
        "/jura/", {"need": "Vinduespudsning på biblioteket", "value_dkk": "20.000"}, status=200
    )
    assert "Dækket af aftalen med Rent Ord ApS" in text_of(page)
    assert not LawCase.objects.exists()
    page = browse.log_in("carla").follow(
        "/jura/", {"need": "Vinduespudsning på biblioteket", "value_dkk": "20.000", "anyway": "1"}
    )
    assert "CPV-kode" in text_of(page)


def test_answers_are_kept_and_taken_up_again(cast: Cast, browse: Browser) -> None:
    carla = browse.log_in("carla")
    row = a_case(cast)
    carla.post(f"/jura/sag/{row.pk}/svar/existing_agreement/", {"answer": "none"})
    assert LawCase.objects.get().facts["existing_agreement"] == "no"
    assert row.title in text_of(carla.get("/jura/sager/"))
    carla.post(f"/jura/sag/{row.pk}/svar/existing_agreement/", {"answer": "exclusive"})
    facts = LawCase.objects.get().facts
    assert facts["existing_agreement.exclusive"] == "yes"
    assert "existing_agreement" not in facts


def test_a_question_is_skipped_for_now_or_answered_with_not_knowing(cast: Cast, browse: Browser) -> None:
    a_list(cast)
    carla, row = browse.log_in("carla"), a_case(cast)
    carla.post(f"/jura/sag/{row.pk}/svar/related_value_dkk/", {"unsure": "1"})
    carla.post(f"/jura/sag/{row.pk}/svar/kgi/", {"pass": "1"})
    row.refresh_from_db()
    assert (row.facts["related_value_dkk"], row.passed) == ("unknown", ["kgi"])
    assert "Vi kan ikke svare endnu" in text_of(carla.get(f"/jura/sag/{row.pk}/"))


@pytest.mark.parametrize(
    ("fact", "answer", "said"),
    [
        ("value_dkk", "-5", "større end"),
        ("value_dkk", "meget", "beløb i hele kroner"),
        ("value_dkk", "", "Svar på spørgsmålet"),
        ("cpv_main", "12345678", "findes ikke i CPV-listen"),
        ("cpv_main", "9091", "er ikke en CPV-kode"),
        ("duration_months", "0", "antallet af måneder"),
        ("related_value_dkk", "1.000", "mindre end"),
        ("kgi", "måske", "Marker en gyldig valgmulighed"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence_and_nothing_is_stored(
    cast: Cast, browse: Browser, fact: str, answer: str, said: str
) -> None:
    row = a_case(cast)
    page = browse.log_in("carla").post(
        f"/jura/sag/{row.pk}/svar/{fact}/", {"answer": answer, "other": answer}, status=422
    )
    assert said in text_of(page), text_of(page)
    assert "_" not in text_of(page).replace(fact, "")
    assert LawCase.objects.get().facts == WINDOWS


def test_a_personal_number_is_refused_where_a_case_is_named(cast: Cast, browse: Browser) -> None:
    page = browse.log_in("carla").post("/jura/", {"need": "Hjælp til 010190-1234"}, status=200)
    assert "CPR-nummer" in text_of(page)
    assert not LawCase.objects.exists()


def test_facts_that_clash_can_be_put_right(cast: Cast, browse: Browser) -> None:
    row = a_case(cast)
    LawCase.objects.filter(pk=row.pk).update(facts=WINDOWS | {"related_value_dkk": 5})
    page = text_of(browse.log_in("carla").get(f"/jura/sag/{row.pk}/"))
    assert "passer ikke sammen" in page
    assert "related_value_dkk" not in page


@pytest.mark.parametrize("day", ["2015-12-31", "2032-01-01"])
def test_outside_the_known_periods_nothing_is_open(cast: Cast, browse: Browser, day: str) -> None:
    row = a_case(cast, publication_date=day, kgi="no", related_value_dkk=180_000)
    assert "Vi kan ikke svare endnu" in text_of(browse.log_in("carla").get(f"/jura/sag/{row.pk}/?svar=1"))


@pytest.mark.parametrize("key", [each.key for each in AIMS[1:]])
def test_every_other_aim_begins_a_case_that_asks_or_answers(cast: Cast, browse: Browser, key: str) -> None:
    carla = browse.log_in("carla")
    carla.get(f"/jura/ny/{key}/")
    page = carla.follow(f"/jura/ny/{key}/", {"title": "Noget, vi vil gøre"})
    assert "Hvorfor spørger vi?" in text_of(page) or "Det må I" in text_of(page)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.key)
def test_every_topic_shows_what_is_known_and_stores_it_unchanged(
    cast: Cast, browse: Browser, topic: Any
) -> None:
    carla, row = browse.log_in("carla"), a_case(cast)
    page = carla.get(f"/jura/sag/{row.pk}/om/{topic.key}/")
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    carla.post(f"/jura/sag/{row.pk}/om/{topic.key}/", sent)
    assert LawCase.objects.get().facts == WINDOWS


def test_parts_are_written_one_to_a_line(cast: Cast, browse: Browser) -> None:
    row = a_case(cast, value_dkk=3_000_000)
    browse.log_in("carla").post(
        f"/jura/sag/{row.pk}/om/dele/", {"lots": "2.400.000\n400.000 90911300", "part": "400.000"}
    )
    facts = LawCase.objects.get().facts
    assert facts["lots"] == [{"value_dkk": "2.400.000"}, {"value_dkk": "400.000", "cpv_main": "90911300"}]
    assert facts["part"] == {"value_dkk": "400.000"}


def test_colleagues_elsewhere_and_the_municipality_next_door_do_not_see_the_case(
    cast: Cast, browse: Browser
) -> None:
    row = a_case(cast)
    browse.log_in("jonas").get(f"/jura/sag/{row.pk}/", status=404)
    browse.log_in("dan").get(f"/jura/sag/{row.pk}/", status=404)
    browse.log_in("søren").get(f"/jura/sag/{row.pk}/")


def test_a_case_is_put_away_and_taken_up(cast: Cast, browse: Browser) -> None:
    carla, row = browse.log_in("carla"), a_case(cast)
    carla.post(f"/jura/sag/{row.pk}/laeg-vaek/")
    with pytest.raises(Refused, match="lagt væk"):
        cases.tell(cast.be("carla"), LawCase.objects.get(), {"kgi": "no"}, now=NOW)
    carla.post(f"/jura/sag/{row.pk}/laeg-vaek/")
    assert LawCase.objects.get().closed_at is None


def test_signing_and_withdrawing_on_the_pages(cast: Cast, browse: Browser) -> None:
    head = browse.log_in("søren")
    facts = {
        "kind": "cross_border", "cpv_code": "90910000-9", "up_to_dkk": "480.000", "first_date": "2026-01-01",
        "reasoning": "Arbejdet udføres lokalt af små firmaer.", "last_date": "2028-12-31",
    }  # fmt: skip
    assert "findes ikke" in text_of(head.post("/jura/vurderinger/ny/", facts | {"cpv_code": "1"}, status=200))
    page = head.follow("/jura/vurderinger/ny/", facts)
    assert "Søren Dahl" in text_of(page)
    row = StandingAssessment.objects.get()
    assert "480.000" in text_of(browse.log_in("carla").get("/jura/vurderinger/"))
    browse.log_in("carla").get("/jura/vurderinger/ny/", status=404)
    head.get(f"/jura/vurderinger/ny/?forny={row.pk}")
    page = head.follow(f"/jura/vurderinger/{row.pk}/", {"because": "Et svensk firma har budt."})
    assert "Et svensk firma har budt." in text_of(page)
    browse.log_in("dan").get(f"/jura/vurderinger/{row.pk}/", status=404)


def test_the_answer_page_asks_the_database_a_fixed_number_of_times(
    cast: Cast, browse: Browser, django_assert_max_num_queries: Any
) -> None:
    a_list(cast)
    signed(cast)
    row = a_case(cast, related_value_dkk=180_000)
    carla = browse.log_in("carla")
    with django_assert_max_num_queries(18):
        carla.get(f"/jura/sag/{row.pk}/")
