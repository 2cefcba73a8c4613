# SPDX-License-Identifier: MPL-2.0
"""The law watch: sources read in time, answers that turn amber, and what a lawyer has said."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indgang.core.law.as_json import as_json
from indgang.core.law.evaluate import evaluate
from indgang.core.law.pack import add_packs, load, remove_packs
from indgang.core.law.reading import read_facts
from indgang.core.text import Refused
from indgang.guidance.actions import confirm, law_changes, sources
from indgang.guidance.models import (
    LawCase,
    LawNotice,
    SavedAnswer,
    SourceReview,
    SourceWatch,
    StandingAssessment,
)
from indgang.guidance.night import look_at_the_law
from indgang.guidance.watch import amber_abouts, notices_about, signed_off
from indgang.kernel.models import AuditLine, Duty
from tests.cast import NOW, Cast
from tests.core.law.later_pack import publish
from tests.pages import Browser, text_of

LOTS = ("figures.toml", 'id = "small_lots_percent"\namount = 20', 'id = "small_lots_percent"\namount = 15')
TENDER: dict[str, object] = {
    "kind": "services", "value_dkk": 3_000_000, "cpv_main": "90910000", "kgi": "no",
    "part": {"value_dkk": 500_000, "cpv_main": "90911300"}, "total_value_all_parts": 3_000_000,
}  # fmt: skip


@pytest.fixture
def later(tmp_path: Path) -> Iterator[object]:
    """Publish a later pack with `later(change, …)`; it is forgotten after the test."""
    shelves: list[Path] = []

    def put_in(*changes: tuple[str, str, str], name: str = "2027-06-01") -> None:
        shelves.append(tmp_path / name)
        shelves[-1].mkdir()
        add_packs(publish(shelves[-1], *changes, name=name))

    yield put_in
    for shelf in shelves:
        remove_packs(shelf)


def a_case(cast: Cast, title: str = "Rengøring på fem skoler") -> LawCase:
    return LawCase.objects.create(
        municipality=cast.home, title=title, owner=cast.people["carla"], unit=cast.units["Biblioteket"],
        aim="buy", facts=TENDER, created_at=NOW, changed_at=NOW,
    )  # fmt: skip


def an_answer(
    cast: Cast, case: LawCase | None = None, about: str = "", on: date | None = None
) -> SavedAnswer:
    """What the newest pack says of a tender with a small lot, saved."""
    day = on or NOW.date()
    answer = evaluate(load(), read_facts(load(), TENDER), day)
    return SavedAnswer.objects.create(
        municipality=cast.home, case=case, about=about, path="/opgaver/12/" if about else "",
        title="Rengøring på fem skoler", on=day, facts=TENDER, answer=as_json(answer),
        rules=[*answer.routes, *answer.duties], pack=load().label, saved_at=NOW,
        saved_by=f"user:{cast.people['carla'].pk}",
    )  # fmt: skip


def test_every_source_gets_an_owner_and_a_day_and_one_duty_stands_for_them_all(cast: Cast) -> None:
    new = sources.watch_sources(cast.house, now=NOW)
    assert new == len(load().sources)
    duty = Duty.objects.get(kind=sources.SOURCES_DUTY)
    assert duty.owner == cast.people["søren"]
    assert duty.title == f"Læs {new} kilder til reglerne igen"
    assert sources.watch_sources(cast.house, now=NOW) == 0
    assert Duty.objects.filter(kind=sources.SOURCES_DUTY).count() == 1


def test_a_source_that_is_read_again_leaves_the_duty_and_gets_a_new_day(cast: Cast) -> None:
    sources.watch_sources(cast.house, now=NOW)
    one = SourceWatch.objects.get(key="S01")
    later = date(2028, 1, 1)
    sources.review_sources(cast.be("søren"), [one], outcome="unchanged", next_date=later, now=NOW)
    one.refresh_from_db()
    assert one.review_by == later
    counts = sorted(duty.title for duty in Duty.objects.filter(kind=sources.SOURCES_DUTY, done_at=None))
    assert counts == [
        "Læs 1 kilde til reglerne igen",
        f"Læs {len(load().sources) - 1} kilder til reglerne igen",
    ]
    assert SourceReview.objects.get().user == cast.people["søren"]
    assert AuditLine.objects.filter(act="law.review").count() == 1


def test_when_all_are_read_the_duty_is_done(cast: Cast) -> None:
    sources.watch_sources(cast.house, now=NOW)
    first = Duty.objects.get(kind=sources.SOURCES_DUTY)
    every = list(SourceWatch.objects.all())
    sources.review_sources(cast.be("søren"), every, outcome="unchanged", next_date=date(2028, 1, 1), now=NOW)
    first.refresh_from_db()
    assert not first.is_open


def test_a_changed_source_says_what_and_asks_for_new_rules(cast: Cast) -> None:
    sources.watch_sources(cast.house, now=NOW)
    one = SourceWatch.objects.get(key="S01")
    with pytest.raises(Refused, match="hvad der er ændret"):
        sources.review_sources(
            cast.be("søren"), [one], outcome="changed", next_date=date(2028, 1, 1), now=NOW
        )
    sources.review_sources(
        cast.be("søren"),
        [one],
        outcome="changed",
        note="§ 190 er skrevet om",
        next_date=date(2028, 1, 1),
        now=NOW,
    )
    assert Duty.objects.get(kind=sources.CHANGE_DUTY).title == "Kilden S01 er ændret: få reglerne rettet"


@pytest.mark.parametrize("name", ["carla", "jonas"])
def test_only_those_who_answer_for_the_whole_may_say_that_a_source_is_read(cast: Cast, name: str) -> None:
    sources.watch_sources(cast.house, now=NOW)
    with pytest.raises(Refused):
        sources.review_sources(
            cast.be(name), list(SourceWatch.objects.all()[:1]), outcome="unchanged",
            next_date=date(2028, 1, 1), now=NOW,
        )  # fmt: skip


def test_a_source_can_be_given_to_a_colleague_but_not_to_a_stranger(cast: Cast) -> None:
    sources.watch_sources(cast.house, now=NOW)
    two = list(SourceWatch.objects.filter(key__in=["S01", "S03"]))
    sources.give_sources(cast.be("søren"), two, owner=cast.people["karen"], now=NOW)
    assert Duty.objects.get(owner=cast.people["karen"]).title == "Læs 2 kilder til reglerne igen"
    with pytest.raises(Refused, match="arbejder i kommunen"):
        sources.give_sources(cast.be("søren"), two, owner=cast.people["dan"], now=NOW)


def test_a_new_pack_turns_the_case_amber_with_what_changed_and_a_duty(cast: Cast, later: object) -> None:
    case = a_case(cast)
    an_answer(cast, case)
    look_at_the_law(cast.house, now=NOW)
    assert not LawNotice.objects.exists()
    later(LOTS)  # type: ignore[operator]
    look_at_the_law(cast.house, now=NOW)
    notice = LawNotice.objects.get()
    assert notice.differs
    assert [change["da"] for change in notice.changes] == [
        "«Delydelse» (R08) var åben og er nu lukket.",
        "Så meget må delydelser højst udgøre af det hele: 20 → 15 %.",
    ]
    assert notice.duty is not None
    assert notice.duty.owner == cast.people["carla"]
    assert notice.duty.title == "Loven er ændret, svaret bliver et andet: Rengøring på fem skoler"
    look_at_the_law(cast.house, now=NOW)
    assert LawNotice.objects.count() == 1


def test_it_is_amber_until_somebody_says_what_was_done_and_then_not_again(cast: Cast, later: object) -> None:
    an_answer(cast, a_case(cast))
    later(LOTS)  # type: ignore[operator]
    look_at_the_law(cast.house, now=NOW)
    notice = LawNotice.objects.get()
    with pytest.raises(Refused, match="Skriv kort"):
        law_changes.handle_notice(cast.be("carla"), notice, how="ok", now=NOW)
    with pytest.raises(Refused):
        law_changes.handle_notice(cast.be("jonas"), notice, how="Svaret holder", now=NOW)
    law_changes.handle_notice(cast.be("carla"), notice, how="Vi køber ikke delen for sig", now=NOW)
    assert notice.duty is not None
    assert not notice.duty.is_open
    look_at_the_law(cast.house, now=NOW + timedelta(days=1))
    assert LawNotice.objects.filter(handled_at=None).count() == 0


def test_a_newer_answer_or_a_closed_case_ends_the_notice(cast: Cast, later: object) -> None:
    first, second = a_case(cast), a_case(cast, "Vask")
    an_answer(cast, first)
    an_answer(cast, second)
    later(LOTS)  # type: ignore[operator]
    look_at_the_law(cast.house, now=NOW)
    assert LawNotice.objects.filter(handled_at=None).count() == 2
    an_answer(cast, first)
    LawCase.objects.filter(pk=second.pk).update(closed_at=NOW)
    look_at_the_law(cast.house, now=NOW)
    assert sorted(LawNotice.objects.values_list("handled_how", flat=True)) == [
        "Der er lavet et nyt svar", "Sagen er lagt væk",
    ]  # fmt: skip
    assert not Duty.objects.filter(kind=sources.CHANGE_DUTY, done_at=None).exists()


def test_an_answer_about_a_task_is_looked_at_by_the_room_above_and_read_by_its_name(
    cast: Cast, later: object
) -> None:
    answer = an_answer(cast, about="task:12")
    later(LOTS)  # type: ignore[operator]
    look_at_the_law(cast.house, now=NOW)
    assert amber_abouts(cast.home.pk) == frozenset()
    law_changes.look_at_answers(cast.house, [answer], today=None, now=NOW)
    assert amber_abouts(cast.home.pk) == {"task:12"}
    assert [notice.path for notice in notices_about(cast.home.pk, "task:12")] == ["/opgaver/12/"]


def test_a_settled_day_is_not_touched_by_time_but_an_open_one_is(cast: Cast) -> None:
    answer = an_answer(cast, about="task:12", on=date(2025, 12, 1))
    assert law_changes.look_at_answers(cast.house, [answer], today=None, now=NOW) == []
    assert len(law_changes.look_at_answers(cast.house, [answer], today=date(2026, 1, 5), now=NOW)) == 1


def an_assessment(cast: Cast, signed_at: datetime) -> StandingAssessment:
    return StandingAssessment.objects.create(
        municipality=cast.home, kind="cross_border", cpv_code="90910000", up_to_dkk=400_000, reasoning="Lokalt",
        first_date=date(2027, 1, 1), last_date=date(2028, 12, 31), signed_by=cast.people["søren"], signed_at=signed_at,
    )  # fmt: skip


def test_a_standing_assessment_turns_amber_when_its_rules_change_after_it_was_signed(
    cast: Cast, later: object
) -> None:
    before = an_assessment(cast, NOW)
    later(("figures.toml", "services = 1611360", "services = 1500000"))  # type: ignore[operator]
    an_assessment(cast, NOW + timedelta(days=60))
    look_at_the_law(cast.house, now=NOW + timedelta(days=61))
    notice = LawNotice.objects.get()
    assert notice.assessment == before
    assert notice.duty is not None
    assert notice.duty.owner == cast.people["søren"]
    assert [change["da"] for change in notice.changes] == [
        "Tærsklen for varer og tjenester fra 1. januar 2026: 1.611.360 → 1.500.000 kr."
    ]


def test_a_sign_off_says_who_and_when_once_and_can_be_taken_back(cast: Cast) -> None:
    pack = load()
    assert signed_off(cast.home.pk, pack) is None
    with pytest.raises(Refused):
        confirm.sign_off(cast.be("carla"), pack, lawyer="Ida Juul", title="Advokat", now=NOW)
    row = confirm.sign_off(cast.be("søren"), pack, lawyer="Ida Juul", title="Advokat", now=NOW)
    assert signed_off(cast.home.pk, pack.label) == row
    assert signed_off(cast.next_door.pk, pack) is None
    with pytest.raises(Refused, match="allerede godkendt"):
        confirm.sign_off(cast.be("søren"), pack, lawyer="Ida Juul", title="Advokat", now=NOW)
    confirm.withdraw_sign_off(cast.be("søren"), row, because="Hun så en ældre udgave", now=NOW)
    assert signed_off(cast.home.pk, pack) is None
    assert AuditLine.objects.filter(act__in=["law.sign_off", "law.withdraw_sign_off"]).count() == 2
    assert "Ida" not in str(list(AuditLine.objects.values_list("facts", flat=True)))


def test_pages_of_the_watch_are_for_staff_and_say_what_is_open(cast: Cast, browse: Browser) -> None:
    browse.get("/jura/kilder/", status=302)
    head = browse.log_in("søren")
    assert "Ingen holder øje endnu" in text_of(head.get("/jura/kilder/"))
    assert "kilder har nu en ansvarlig" in text_of(head.follow("/jura/kilder/begynd/"))
    page = head.post(
        "/jura/kilder/",
        {"do": "review", "outcome": "changed", "next_date": "2030-01-01", "source": ["S01"]},
        status=422,
    )
    assert "Skriv, hvad der er ændret" in text_of(page)
    said = {"do": "review", "outcome": "unchanged", "next_date": "2030-01-01", "source": ["S01", "S03"]}
    assert "Gemt." in text_of(head.follow("/jura/kilder/", said))
    open_points = text_of(head.get("/jura/ubekraeftet/"))
    assert "14 punkter er stadig åbne" in open_points
    answered = {
        "do": "confirm",
        "lawyer": "Ida Juul",
        "title": "Advokat",
        "note": "Ja, koden skal stå på listen.",
    }
    assert "13 punkter er stadig åbne" in text_of(head.follow("/jura/ubekraeftet/U13/", answered))
    assert "Ida Juul, Advokat" in text_of(head.get("/jura/ubekraeftet/U13/"))
    assert "14 punkter" in text_of(
        head.follow("/jura/ubekraeftet/U13/", {"do": "withdraw", "because": "Misforstået"})
    )
    assert "trukket tilbage: Misforstået" in text_of(head.get("/jura/ubekraeftet/U13/"))


def test_the_pack_is_signed_on_its_page_and_every_rule_page_shows_it(cast: Cast, browse: Browser) -> None:
    head = browse.log_in("søren")
    assert "ikke godkendt af en jurist" in text_of(head.get("/jura/regel/R54/"))
    said = {"do": "sign", "lawyer": "Ida Juul", "title": "Advokat", "note": ""}
    assert "Godkendt af en jurist" in text_of(head.follow("/jura/regler/", said))
    assert "af Ida Juul, Advokat" in text_of(head.get("/jura/regel/R54/"))
    carla = browse.log_in("carla")
    assert "Kun indkøbschefen og direktører" not in text_of(carla.get("/jura/regler/"))
    carla.post("/jura/regler/", {"do": "withdraw", "because": "Nej tak"}, status=422)
    head.get("/jura/regel/R999/", status=404)


def test_every_rule_has_a_page(cast: Cast, browse: Browser) -> None:
    carla = browse.log_in("carla")
    for rule in load().rules:
        carla.get(f"/jura/regel/{rule.id}/")


def test_the_amber_list_is_read_handled_and_keeps_what_was_typed(
    cast: Cast, browse: Browser, later: object
) -> None:
    an_answer(cast, a_case(cast))
    later(LOTS)  # type: ignore[operator]
    look_at_the_law(cast.house, now=NOW)
    notice = LawNotice.objects.get()
    mette = browse.log_in("mette")
    page = text_of(mette.get("/jura/aendringer/"))
    assert "«Delydelse» (R08) var åben og er nu lukket." in page
    assert "Carla Juhl ser på det" in page
    assert "Loven er ændret, og svaret bliver et andet" in text_of(mette.get(notice.path))
    field = f"{notice.pk}-how"
    wrong = mette.post(f"/jura/aendringer/{notice.pk}/", {field: "ok"}, status=422)
    assert 'value="ok"' in wrong.content.decode()
    assert "Intet er ændret" in text_of(
        mette.follow(f"/jura/aendringer/{notice.pk}/", {field: "Vi køber det hele samlet"})
    )
    browse.log_in("dan").post(f"/jura/aendringer/{notice.pk}/", {field: "Hej hej"}, status=404)


def test_the_list_of_sources_costs_the_same_however_many_are_reviewed(cast: Cast, browse: Browser) -> None:
    sources.watch_sources(cast.house, now=NOW)
    head = browse.log_in("søren")
    head.get("/jura/kilder/")
    with CaptureQueriesContext(connection) as before:
        head.get("/jura/kilder/")
    every = list(SourceWatch.objects.all())
    sources.review_sources(cast.be("søren"), every, outcome="unchanged", next_date=date(2028, 1, 1), now=NOW)
    with CaptureQueriesContext(connection) as after:
        head.get("/jura/kilder/")
    assert len(after) == len(before)
