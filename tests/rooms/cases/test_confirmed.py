# SPDX-License-Identifier: MPL-2.0
"""Whom a case is about is found out by staff; who gets what is the coordinator's to decide; figures are computed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from indgang.cases.actions import closing, confirm, handover, needs, routes, work
from indgang.cases.actions.follow import rate
from indgang.cases.actions.receive import ANSWER
from indgang.cases.bundle import bundled
from indgang.cases.figures import figures
from indgang.cases.models import Case, HandOver, RoutingRule
from indgang.cases.pages import sorting
from indgang.cases.permissions import FOLLOW
from indgang.core.text import Refused
from indgang.directory.models import ContactAssignment, Organisation
from indgang.directory.queries import contact_person
from indgang.kernel.links import create_link, principal_of
from indgang.kernel.models import Duty, OutgoingMail
from tests.cast import Cast
from tests.factories import an_enterprise
from tests.pages import Browser, text_of
from tests.rooms.cases.scene import ANJA, CVR, MONDAY, an_enquiry, ready

HOW = "Ringet op på 20 30 40 50, nummeret i CVR"


@pytest.fixture
def anja(cast: Cast) -> Case:
    return an_enquiry(ready(cast))


def confirmed(cast: Cast, case: Case, organisation: Organisation, **more: object) -> Case:
    person = case.participants.get()
    given = {"how": HOW, "now": MONDAY, **more}
    return confirm.confirm(cast.be("mette"), case, person, organisation, **given)  # type: ignore[arg-type]


def test_a_later_enquiry_lands_in_the_same_file_with_the_same_contact(cast: Cast, anja: Case) -> None:
    organisation = an_enterprise(cast, "Syværket ApS", cvr=CVR)
    with pytest.raises(Refused, match="hvordan I ved det"):
        confirmed(cast, anja, organisation, how=" ")
    confirmed(cast, anja, organisation)
    assert contact_person(organisation.pk, cast.home.pk) == cast.people["mette"]
    later = an_enquiry(cast, "Vi vil gerne leje et lokale.", now=MONDAY + timedelta(days=29))
    assert (later, later.organisation, later.handler) == (anja, organisation, cast.people["mette"])
    assert later.entries.filter(kind="enquiry").count() == 2


def test_the_thread_of_a_colleague_is_laid_into_the_open_file(cast: Cast, anja: Case) -> None:
    organisation = an_enterprise(cast, "Syværket ApS", cvr=CVR)
    confirmed(cast, anja, organisation)
    handover.hand_over(cast.be("mette"), anja, cast.people["jonas"], why="Kender dem", now=MONDAY)
    bo = an_enquiry(cast, "Bo her, vi mangler også et lokale.", name="Bo", email="bo@syvaerket.example")
    assert bo.organisation is None
    needs.sort_out(cast.be("mette"), bo, [needs.Wanted("premises", cast.people["mette"], 5)], now=MONDAY)
    assert confirmed(cast, bo, organisation) == anja
    bo.refresh_from_db()
    assert bo.merged_into == anja
    assert [need.topic for need in anja.needs.filter(done_at=None)] == ["premises"]
    promises = Duty.objects.filter(kind=ANSWER, done_at=None)
    assert {(duty.path, duty.owner) for duty in promises} == {(anja.path, cast.people["jonas"])}
    again = an_enquiry(cast, "Og så et spørgsmål.", name="Bo", email="bo@syvaerket.example")
    assert again == anja
    assert OutgoingMail.objects.filter(recipient="bo@syvaerket.example").count() == 2


def test_one_that_is_not_in_the_directory_is_written_down_as_a_draft(cast: Cast, anja: Case) -> None:
    person = anja.participants.get()
    case = confirm.confirm_new(
        cast.be("mette"),
        anja,
        person,
        name="Syværket ApS",
        town="Åbjerg",
        how=HOW,
        is_founder=False,
        now=MONDAY,
    )
    assert case.organisation is not None
    assert (case.organisation.cvr_number, case.organisation.is_draft) == (CVR, True)
    assert case.organisation.contacts.get().email == ANJA


def test_a_file_is_one_enterprises_and_cannot_become_anothers(cast: Cast, anja: Case) -> None:
    confirmed(cast, anja, an_enterprise(cast, "Syværket ApS", cvr=CVR))
    with pytest.raises(Refused, match="anden virksomhed"):
        confirmed(cast, anja, an_enterprise(cast, "En anden", email="en@anden.example"))


def test_staff_confirm_on_a_page_that_tells_them_to_ring(cast: Cast, browse: Browser, anja: Case) -> None:
    organisation = an_enterprise(cast, "Syværket ApS", cvr=CVR)
    mette, person = browse.log_in("mette"), anja.participants.get()
    path = f"{anja.path}bekraeft/{person.pk}/"
    assert "Ring til det nummer, der står i CVR" in text_of(mette.get(path))
    assert "Skriv det, når virksomheden er ny" in text_of(
        mette.post(path, {"organisation": "ny", "how": HOW}, status=200)
    )
    said = text_of(mette.follow(path, {"organisation": organisation.pk, "how": HOW}))
    assert "bekræftet" in said
    assert "ikke bekræftet" not in said


def test_the_rule_that_says_most_decides(cast: Cast, anja: Case) -> None:
    by = cast.be("mette")
    routes.set_rule(
        by, topic="sell", person=cast.people["søren"], working_days=2, from_dkk=100_000, now=MONDAY
    )
    routes.set_rule(by, topic="sell", person=cast.people["carla"], working_days=7, town="Lunde", now=MONDAY)

    def taker(text: str, town: str) -> int:
        case = an_enquiry(cast, text, town=town, email=f"{len(text)}@{town}.dk")
        takers: dict[str, tuple[int, int]] = sorting(bundled(Case.objects.all()).get(pk=case.pk))["takers"]
        return takers["sell"][0]

    people = cast.people
    assert taker("Vi vil sælge.", "Åbjerg") == people["karen"].pk
    assert taker("Vi vil sælge for 250.000 kr.", "Åbjerg") == people["søren"].pk
    assert taker("Vi vil sælge for 250.000 kr.", "lunde") == people["carla"].pk
    with pytest.raises(Refused, match="allerede en regel"):
        routes.set_rule(by, topic="sell", person=people["mette"], working_days=2, town="Lunde", now=MONDAY)
    with pytest.raises(Refused, match="En koordinator"):
        routes.set_rule(cast.be("jonas"), topic="law", person=people["mette"], working_days=2, now=MONDAY)


def test_the_coordinator_edits_rules_and_frames_on_a_page(cast: Cast, browse: Browser) -> None:
    ready(cast)
    mette = browse.log_in("mette")
    given = {"topic": "law", "person": cast.people["søren"].pk, "working_days": "5"}
    assert "Søren Dahl" in text_of(mette.follow("/sager/regler/ny/", given))
    rule = RoutingRule.objects.get(topic="law")
    assert "2 arbejdsdage" in text_of(
        mette.follow(f"/sager/regler/{rule.pk}/", given | {"working_days": "2"})
    )
    mette.follow(f"/sager/regler/{rule.pk}/fjern/")
    assert not RoutingRule.objects.filter(topic="law").exists()
    wrong = mette.post("/sager/regler/indgang/", {"embed_origins": "aabjerg.dk"}, status=200)
    assert "aabjerg.dk er ikke en adresse" in text_of(wrong)
    mette.follow("/sager/regler/indgang/", {"embed_origins": "https://www.aabjerg.dk/\n"})
    assert "https://www.aabjerg.dk" in browse.get("/kontakt/indlejret/").headers["Content-Security-Policy"]
    browse.log_in("jonas").get("/sager/regler/", status=404)


def test_who_is_let_go_leaves_no_case_alone(cast: Cast, browse: Browser, anja: Case) -> None:
    organisation = an_enterprise(cast, "Syværket ApS", cvr=CVR)
    confirmed(cast, anja, organisation)
    handover.hand_over(cast.be("mette"), anja, cast.people["jonas"], why="Kender dem", now=MONDAY)
    routes.set_rule(cast.be("mette"), topic="start", person=cast.people["jonas"], working_days=2, now=MONDAY)
    jonas = cast.people["jonas"].memberships.get()
    mette = browse.log_in("mette")
    said = text_of(mette.follow(f"/kommunen/kollega/{jonas.pk}/stopper/", {"last_date": "2027-03-01"}))
    assert "Jonas Bay er stoppet, Mette Lind er trådt til" in said
    cast.people["jonas"].refresh_from_db()
    assert not cast.people["jonas"].is_active
    assert contact_person(organisation.pk, cast.home.pk) == cast.people["mette"]
    assert not RoutingRule.objects.filter(person=cast.people["jonas"]).exists()
    told = OutgoingMail.objects.filter(recipient=ANJA, subject="Du har fået en ny kontakt hos os")
    assert "Mette Lind er din kontakt hos os fra nu af, efter Jonas Bay" in told.latest("pk").body
    mette.follow(f"{anja.path}giv/", {"person": cast.people["mette"].pk, "why": "Bliver"})
    assert not HandOver.objects.filter(is_makeshift=True, settled_at=None).exists()


def test_who_has_cases_and_nobody_to_step_in_is_not_let_go(cast: Cast, browse: Browser, anja: Case) -> None:
    member = cast.people["karen"].memberships.get()
    handover.hand_over(cast.be("mette"), anja, cast.people["karen"], why="Udbud", now=MONDAY)
    work.answer(cast.be("karen"), anja, "Hej", now=MONDAY)
    page = browse.log_in("mette").post(
        f"/kommunen/kollega/{member.pk}/stopper/", {"last_date": "2027-03-01"}, status=200
    )
    assert "har ingen stedfortræder" in text_of(page)
    cast.people["karen"].refresh_from_db()
    assert cast.people["karen"].is_active


def test_published_figures_are_counted_from_what_happened(cast: Cast, browse: Browser, anja: Case) -> None:
    kept, late = anja, an_enquiry(cast, email="sen@example.dk")
    work.answer(cast.be("mette"), kept, "Straks", now=MONDAY)
    work.answer(cast.be("mette"), late, "Sent", now=MONDAY + timedelta(days=9))
    handover.hand_over(cast.be("mette"), late, cast.people["jonas"], why="Fordeling", now=MONDAY)
    closing.close(cast.be("jonas"), late, "helped", now=MONDAY + timedelta(days=10))
    link = create_link(
        cast.house, FOLLOW, late.participants.get().pk, recipient="x", now=MONDAY, lives=timedelta(days=99)
    )
    rate(principal_of(link), late, late.participants.get(), 4, "", now=MONDAY + timedelta(days=11))
    stays, changed = an_enterprise(cast, "Bliver"), an_enterprise(cast, "Skifter")
    begun = MONDAY - timedelta(days=500)
    for organisation, ended in ((stays, None), (changed, begun + timedelta(days=90))):
        ContactAssignment.objects.create(
            municipality=cast.home,
            organisation=organisation,
            user=cast.people["mette"],
            first_at=begun,
            last_at=ended,
        )
    counted = figures(cast.home.pk, now=MONDAY + timedelta(days=20))
    assert (counted.kept, counted.promised, counted.kept_share) == (1, 2, 50)
    assert (counted.hand_overs, counted.cases, counted.hand_overs_a_case) == (1, 2, 0.5)
    assert (counted.unchanged, counted.lasting, counted.unchanged_share) == (1, 2, 50)
    assert (counted.ratings, counted.stars) == (1, None)
    assert counted.endings == (("helped", 1),)
    assert "Holder vi, hvad vi lover?" in text_of(browse.get("/kontakt/tal/"))


def test_a_promise_whose_moment_has_not_come_is_not_counted(cast: Cast, anja: Case) -> None:
    assert figures(cast.home.pk, now=MONDAY + timedelta(hours=1)).promised == 0
    assert figures(cast.home.pk, now=timezone.now().replace(year=2027, month=1, day=20)).kept_share == 0


def test_first_answers_are_counted_by_themselves_and_an_ending_is_an_answer(cast: Cast, anja: Case) -> None:
    work.answer(cast.be("mette"), anja, "Straks", now=MONDAY)
    an_enquiry(cast, "Og et lokale?", now=MONDAY + timedelta(days=1))  # the same sender; nobody answers
    ended = an_enquiry(cast, email="trukket@example.dk")
    closing.close(cast.be("mette"), ended, "withdrawn", now=MONDAY + timedelta(days=1))
    counted = figures(cast.home.pk, now=MONDAY + timedelta(days=20))
    assert (counted.in_time, counted.firsts, counted.in_time_share) == (2, 2, 100)
    assert (counted.kept, counted.promised) == (2, 3)


def test_hand_overs_are_counted_over_the_cases_that_were_open_then(cast: Cast, anja: Case) -> None:
    later = MONDAY + timedelta(days=400)
    handover.hand_over(cast.be("mette"), anja, cast.people["jonas"], why="Fordeling", now=later)
    counted = figures(cast.home.pk, now=later + timedelta(days=1))
    assert (counted.hand_overs, counted.cases, counted.firsts) == (1, 1, 0)


def test_one_persons_five_answers_are_no_average(cast: Cast, anja: Case) -> None:
    def rated(number: int, email: str) -> None:
        case = an_enquiry(cast, f"Nummer {number}", email=email, now=MONDAY)
        closing.close(cast.be("mette"), case, "helped", now=MONDAY + timedelta(minutes=number))
        person = case.participants.get()
        link = create_link(cast.house, FOLLOW, person.pk, recipient="x", now=MONDAY, lives=timedelta(days=9))
        rate(principal_of(link), case, person, 5, "", now=MONDAY + timedelta(minutes=number))

    for number in range(5):
        rated(number, ANJA)
    counted = figures(cast.home.pk, now=MONDAY + timedelta(days=1))
    assert (counted.ratings, counted.stars) == (5, None)
    for number in range(4):
        rated(10 + number, f"n{number}@example.dk")
    assert figures(cast.home.pk, now=MONDAY + timedelta(days=1)).stars == 5.0
