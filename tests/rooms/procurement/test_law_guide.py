# SPDX-License-Identifier: MPL-2.0
"""The guide inside a purchase: asked before anybody is invited, kept with the task, asked again when something changes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from indgang.core.text import Refused
from indgang.guidance.actions import assessments, cases, overrides
from indgang.guidance.models import LawCase, SavedAnswer
from indgang.procurement.actions import award, describe, guided, send
from indgang.procurement.lawful import gate
from indgang.procurement.models import Answer, LawFacts, TaskNotice
from tests.cast import NOW, Cast
from tests.factories import a_competition, a_task, an_enterprise, answered_law, invitation_of
from tests.pages import Browser, text_of
from tests.rooms.guidance.scene import a_list, an_agreement

PACKING = "79920000"


def coded(task: TaskNotice) -> TaskNotice:
    TaskNotice.objects.filter(pk=task.pk).update(cpv_code=PACKING)
    return TaskNotice.objects.get(pk=task.pk)


def assessed(cast: Cast, up_to: int = 300_000) -> None:
    assessments.sign(
        cast.be("søren"), kind="cross_border", cpv_code=PACKING, up_to_dkk=up_to,
        reasoning="Pakning i små oplag løses lokalt.", first_date=date(2026, 1, 1), last_date=date(2029, 12, 31), now=NOW,
    )  # fmt: skip


def on_day(task: TaskNotice) -> Any:
    return gate(task.law, on=timezone.localdate())


def test_a_small_purchase_that_is_covered_asks_nothing_and_says_where_to_order(
    cast: Cast, browse: Browser
) -> None:
    an_agreement(cast, PACKING, category="Pakning", last_date=date(2029, 12, 31))
    task = coded(a_task(cast))
    page = text_of(browse.log_in("carla").get(f"/opgaver/{task.pk}/"))
    assert "Dækket af aftalen med Rent Ord ApS" in page
    assert "Spørg dem om pris" not in page
    assert "Svar på spørgsmålene" not in page
    papir = an_enterprise(cast, "Papir & Pluk")
    describe.pick(cast.be("carla"), task, papir, now=NOW)
    with pytest.raises(Refused, match="Dækket af aftalen med Rent Ord ApS"):
        send.ask_small(cast.be("carla"), task, now=timezone.now())


def test_a_small_purchase_asks_no_more_than_before_with_list_and_assessment(cast: Cast) -> None:
    a_list(cast)
    assessed(cast)
    task = coded(a_task(cast))
    describe.pick(cast.be("carla"), task, an_enterprise(cast, "Papir & Pluk"), now=NOW)
    send.ask_small(cast.be("carla"), task, now=timezone.now())
    kept = SavedAnswer.objects.get(about=f"task:{task.pk}")
    assert (kept.answer["regime"], kept.path) == ("A", f"/opgaver/{task.pk}/")


def test_the_list_and_the_assessment_take_questions_off_the_form(cast: Cast, browse: Browser) -> None:
    task, carla = coded(a_task(cast, value_dkk=90_000)), browse.log_in("carla")
    page = text_of(carla.get(f"/opgaver/{task.pk}/jura/"))
    assert "Er købet dækket" in page
    assert "andre EU-lande" in page
    a_list(cast)
    assessed(cast)
    page = text_of(carla.get(f"/opgaver/{task.pk}/jura/"))
    assert "Er købet dækket" not in page
    assert "andre EU-lande" not in page
    facts = {"kind": "services", "value_dkk": "90.000", "related_value_dkk": "90.000", "cpv_code": PACKING}
    carla.post(f"/opgaver/{task.pk}/jura/", facts)
    assert on_day(coded(task)).is_open


def test_an_assessment_does_not_reach_beyond_its_amount(cast: Cast) -> None:
    a_list(cast)
    assessed(cast, up_to=100_000)
    task = coded(a_task(cast, value_dkk=90_000))
    LawFacts.objects.filter(task=task).update(related_value_dkk=150_000)
    assert not on_day(coded(task)).is_open


def test_the_answer_stays_with_the_task_to_the_award(cast: Cast, browse: Browser) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir)
    kept = SavedAnswer.objects.get(about=f"task:{task.pk}")
    page = browse.log_in("carla").get(f"/opgaver/{task.pk}/")
    assert f"/jura/svar/{kept.pk}/" in page.content.decode()
    said = text_of(browse.log_in("carla").get(f"/jura/svar/{kept.pk}/"))
    assert "Det måtte I" in said
    assert kept.pack in said
    browse.log_in("dan").get(f"/jura/svar/{kept.pk}/", status=404)


def test_inviting_later_asks_the_law_again_with_what_is_known_then(cast: Cast) -> None:
    papir, later = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    task = a_competition(cast, papir)
    coded(task)
    an_agreement(cast, PACKING, last_date=date(2029, 12, 31))
    with pytest.raises(Refused, match="Dækket af aftalen"):
        send.invite_later(
            cast.be("carla"), TaskNotice.objects.get(pk=task.pk), later, why="Ringede", now=timezone.now()
        )


def test_a_price_that_leaves_the_lawful_way_is_refused(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir, value_dkk=60_000)
    assessments_at = 499_000 * 100
    send.check_still_lawful(task, assessments_at, timezone.now())
    TaskNotice.objects.filter(pk=task.pk).update(cpv_code="")
    with pytest.raises(Refused, match="ændrer, hvad I må"):
        send.check_still_lawful(TaskNotice.objects.get(pk=task.pk), 2_000_000 * 100, timezone.now())


def test_buying_small_at_a_price_the_law_does_not_allow_is_refused(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = coded(a_task(cast))
    describe.pick(cast.be("carla"), task, papir, now=NOW)
    send.ask_small(cast.be("carla"), task, now=timezone.now())
    LawFacts.objects.filter(task=task).update(cross_border="unknown")
    Answer.objects.create(
        municipality=cast.home, invitation=invitation_of(task, papir), kind="yes", at=timezone.now(),
        given_by="test", price_oere=4_000_000,
    )  # fmt: skip
    with pytest.raises(Refused, match="ændrer, hvad I må"):
        award.buy_small(cast.be("carla"), invitation_of(task, papir), now=timezone.now())


def test_from_the_task_through_the_whole_guide_and_back(cast: Cast, browse: Browser) -> None:
    a_list(cast)
    task, carla = coded(a_task(cast, value_dkk=90_000)), browse.log_in("carla")
    where = carla.post(f"/opgaver/{task.pk}/jura/guide/").headers["Location"]
    assert carla.post(f"/opgaver/{task.pk}/jura/guide/").headers["Location"] == where
    case = LawCase.objects.get()
    assert (case.facts["value_dkk"], case.unit) == (90_000, task.unit)
    carla.post(f"{where}svar/related_value_dkk/", {"answer": "120.000"})
    carla.post(f"{where}svar/kgi/", {"answer": "no"})
    assert "Brug svarene på opgaven" in text_of(carla.get(f"{where}?svar=1"))
    page = text_of(carla.follow(case.back_path))
    assert "Svarene fra guiden gælder" in page
    law = LawFacts.objects.get(task=task)
    assert (law.related_value_dkk, law.cross_border) == (120_000, "no")
    assert on_day(coded(task)).is_open


def test_what_only_the_guide_knows_counts_for_the_task(cast: Cast) -> None:
    task = coded(a_task(cast, value_dkk=90_000))
    answered_law(cast, task)
    case = guided.open_guide(cast.be("carla"), TaskNotice.objects.get(pk=task.pk), now=timezone.now())
    assert on_day(coded(task)).is_open
    cases.tell(cast.be("carla"), case, {"lots": [{"value_dkk": 3_000_000}]}, now=timezone.now())
    assert not on_day(coded(task)).is_open


def test_doubt_that_two_have_decided_on_opens_the_task_until_a_fact_changes(cast: Cast) -> None:
    a_list(cast)
    task = coded(a_task(cast, value_dkk=90_000))
    LawFacts.objects.filter(task=task).update(cross_border="no")
    case = guided.open_guide(cast.be("carla"), coded(task), now=timezone.now())
    row = overrides.ask_override(
        cast.be("carla"), case, "A", reason="Alle enheders køb er set igennem.",
        second=cast.people["søren"], now=timezone.now(),
    )  # fmt: skip
    assert not on_day(coded(task)).is_open
    overrides.decide_override(cast.be("søren"), row, backed=True, now=timezone.now())
    assert on_day(coded(task)).route == "A"
    LawFacts.objects.filter(task=task).update(value_dkk=95_000)
    assert not on_day(coded(task)).is_open


def test_answers_from_the_guide_are_refused_once_the_task_is_out(cast: Cast) -> None:
    task = a_competition(cast, an_enterprise(cast, "Papir & Pluk"))
    guided.open_guide(cast.be("carla"), task, now=timezone.now() + timedelta(seconds=1))
    with pytest.raises(Refused, match="sendt ud"):
        guided.take_from_guide(cast.be("carla"), TaskNotice.objects.get(pk=task.pk), now=timezone.now())
