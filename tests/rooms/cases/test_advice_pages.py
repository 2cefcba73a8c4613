# SPDX-License-Identifier: MPL-2.0
"""Pages of advice: one next step for the adviser, one page each for mentor and founder."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from indgang.cases.advice import mentors, parties
from indgang.cases.advice.permissions import FOUNDER, MENTOR
from indgang.cases.models import Case, Mentor, MentorMatch
from indgang.core.advice.screening import CRITERIA
from indgang.kernel.links import create_link, mint
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of
from tests.rooms.cases.founders import IDEA, an_idea, by_link, grethe, proposed, running, screened

ASKING = {
    "text": IDEA, "stage": "idea", "needs": ["price", "customer"], "name": "Ali Demir", "email": "ali@example.dk",
    "town": "Åbjerg",
}  # fmt: skip
SCREENED = {"stage": "idea", "legal_form": "none", "needs": ["price"]} | {one.key: "yes" for one in CRITERIA}


def link_of(cast: Cast, match: MentorMatch, purpose: str) -> str:
    """The address that one of the two has in a mail."""
    from datetime import timedelta

    from django.utils import timezone

    link = create_link(
        cast.house, purpose, match.pk, recipient="x@example.dk", now=timezone.now(), lives=timedelta(days=9)
    )
    return f"/l/mentor/{mint(link, now=timezone.now())}/"


def test_anybody_asks_and_what_exists_is_shown_first(cast: Cast, browse: Browser) -> None:
    assert "Virksomhedsguiden" in text_of(browse.get("/raadgivning/"))
    assert "Mette Lind ringer eller skriver senest" in text_of(
        browse.post("/raadgivning/", ASKING, status=200)
    )
    assert Case.objects.get().idea.needs == ["price", "customer"]


def test_what_was_typed_stays_when_something_is_wrong(cast: Cast, browse: Browser) -> None:
    for wrong, told in (
        ({"email": ""}, "e-mail eller telefon"),
        ({"text": "Ring til 010190-1234"}, "CPR"),
        ({"text": "Min søn har autisme, og jeg vil starte"}, "helbred"),
    ):
        said = browse.post("/raadgivning/", ASKING | wrong, status=200)
        assert told in text_of(said)
        assert "Ali Demir" in said.content.decode()
    assert not Case.objects.exists()


def test_the_adviser_is_led_from_the_talk_to_a_mentor(cast: Cast, browse: Browser) -> None:
    case, mette = an_idea(cast), browse.log_in("mette")
    grethe(cast)
    path = f"/raadgivning/{case.pk}/"
    assert "Tal idéen igennem" in text_of(mette.get(path))
    assert "Vis videre til det, der findes" in text_of(mette.follow(path + "gennemgang/", SCREENED))
    assert "Hvorfor gives hjælpen også her" in text_of(mette.follow(path + "videre/"))
    said = text_of(mette.follow(path + "her/", {"reason": "Skal møde lokale indkøbere"}))
    assert "Kan hjælpe med pris og økonomi" in said
    assert "Har plads til 1 mere af 1" in said
    mentor = Mentor.objects.get()
    assert "Mentoren skal svare" in text_of(mette.follow(f"{path}mentor/{mentor.pk}/"))


def test_mentor_and_founder_say_yes_meet_and_end_by_their_links(cast: Cast, browse: Browser) -> None:
    match = proposed(cast)
    mentor, founder = link_of(cast, match, MENTOR), link_of(cast, match, FOUNDER)
    seen = text_of(browse.get(mentor))
    assert "kontormøbler" in seen
    assert "Ali Demir" not in seen
    assert "Grethe" not in text_of(browse.get(founder))
    assert "kryds ved aftalen" in text_of(browse.post(mentor + "ja/", {}, status=200))
    assert "Du har sagt ja" in text_of(browse.follow(mentor + "ja/", {"agrees": "on"}))
    assert "Grethe Holst" in text_of(browse.get(founder))
    assert "I er i gang" in text_of(browse.follow(founder + "ja/", {"agrees": "on"}))
    assert "ali@example.dk" in text_of(browse.get(mentor))
    match.refresh_from_db()
    day = str(match.founder_yes_at.date())  # type: ignore[union-attr]
    assert "I har mødtes" in text_of(browse.follow(mentor + "moede/", {"met_date": day}))
    assert "Målet er nået" in text_of(browse.follow(founder + "slut/", {"ending": "goal"}))
    browse.follow(mentor + "mening/", {"score": "5", "text": "Godt at følge"})
    assert "Tak for din mening" in text_of(browse.follow(founder + "mening/", {"score": "4", "text": ""}))
    assert "Godt at følge" in text_of(browse.log_in("mette").get(match.idea.path))


def test_a_founder_who_comes_after_the_mentor_withdrew_is_told(cast: Cast, browse: Browser) -> None:
    match = proposed(cast)
    mentor, founder = link_of(cast, match, MENTOR), link_of(cast, match, FOUNDER)
    browse.follow(mentor + "ja/", {"agrees": "on"})
    browse.follow(mentor + "nej/")
    assert "trukket sig" in text_of(browse.post(founder + "ja/", {"agrees": "on"}, status=200))
    assert "Det blev ikke til noget" in text_of(browse.get(founder))


def test_looking_changes_nothing_and_a_wrong_link_opens_nothing(cast: Cast, browse: Browser) -> None:
    match = proposed(cast)
    mentor = link_of(cast, match, MENTOR)
    browse.get(mentor)
    browse.get(mentor + "ja/", status=405)
    match.refresh_from_db()
    assert match.mentor_yes_at is None
    browse.get("/l/mentor/forkert/", status=404)


def test_mette_sees_days_and_nobody_sees_words(cast: Cast, browse: Browser) -> None:
    match = running(cast)
    day = match.agreed_at
    assert day is not None
    parties.note_meeting(by_link(match, MENTOR), match, met_date=day.date(), now=NOW)
    said = text_of(browse.log_in("mette").get(match.idea.path))
    assert "4. marts 2027" in said
    assert "Hvad de taler om, er deres" in said


def test_others_find_nothing(cast: Cast, browse: Browser) -> None:
    case = screened(cast)
    for name in ("carla", "dan"):
        browse.log_in(name).get(f"/raadgivning/{case.pk}/", status=404)
        browse.log_in(name).get("/raadgivning/mentorer/", status=404 if name == "carla" else 200)


def test_the_coordinator_keeps_the_mentors(cast: Cast, browse: Browser) -> None:
    mette = browse.log_in("mette")
    new = {"name": "Grethe Holst", "email": "grethe@example.dk", "skills": ["price"], "capacity": "2"}
    assert "tavshed" in text_of(mette.post("/raadgivning/mentorer/ny/", new, status=200))
    assert "0 af 2 forløb" in text_of(mette.follow("/raadgivning/mentorer/ny/", new | {"is_discreet": "on"}))
    row = Mentor.objects.get()
    path = f"/raadgivning/mentorer/{row.pk}/"
    assert "0 af 1 forløb" in text_of(mette.follow(path, {"skills": ["law"], "capacity": "1"}))
    assert "Ingen mentorer endnu" in text_of(mette.follow(path + "stop/"))


def test_the_page_costs_the_same_however_many_mentors_there_are(cast: Cast, browse: Browser) -> None:
    case, mette = screened(cast), browse.log_in("mette")
    counts = []
    for number in range(3):
        grethe(cast, email=f"grethe{number}@example.dk")
        mette.get(case.idea.path)
        with CaptureQueriesContext(connection) as asked:
            mette.get(case.idea.path)
        counts.append(len(asked))
    assert counts[0] == counts[2]
    assert counts[2] <= 16


def test_a_full_mentor_cannot_be_asked_by_a_page_that_is_out_of_date(cast: Cast, browse: Browser) -> None:
    case, mentor = screened(cast), grethe(cast)
    other = screened(cast, an_idea(cast, "Bea Lund", "bea@example.dk"))
    mentors.propose(cast.be("mette"), other, mentor, now=NOW)
    said = browse.log_in("mette").post(f"/raadgivning/{case.pk}/mentor/{mentor.pk}/", status=409)
    assert "Har ikke plads" in text_of(said)
