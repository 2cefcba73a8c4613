# SPDX-License-Identifier: MPL-2.0
"""Calling, answering by link, signing up, calendars; strangers and refusals."""

from datetime import timedelta

from django.utils import timezone

from indgang.meetings.actions import signup
from indgang.meetings.models import Meeting, Participant, Vote
from tests.cast import Cast
from tests.pages import Browser, text_of
from tests.rooms.meetings.scene import token_for


def stamp(days: int, clock: str = "15:00") -> str:
    return (timezone.localdate() + timedelta(days=days)).strftime(f"%Y-%m-%dT{clock}")


FORM = {
    "title": "Følgegruppen", "length_minutes": "60", "place": "Rådhuset",
    "invitees": "Anja Holm, anja@example.dk\nbo@example.dk",
}  # fmt: skip


def test_a_time_is_found_among_three_without_an_account(cast: Cast, browse: Browser) -> None:
    mette = browse.log_in("mette")
    page = mette.follow("/moeder/ny/", FORM | {"time_1": stamp(10), "time_2": stamp(11), "time_3": stamp(12)})
    assert "Hvilken tid bliver det?" in text_of(page)
    meeting = Meeting.objects.get()
    anja = Participant.objects.get(email="anja@example.dk")
    path = f"/l/moede/{token_for(anja)}/"
    assert "Hvornår kan du?" in text_of(browse.get(path))
    first, second, _third = meeting.proposals.order_by("starts_at")
    said = {"round": "1", f"time_{first.pk}": "no", f"time_{second.pk}": "yes"}
    assert "Dit svar er gemt" in text_of(browse.follow(path, said))
    assert Vote.objects.count() == 2
    assert "1 af 2 har svaret" in text_of(mette.get(f"/moeder/{meeting.pk}/"))
    mette.post(f"/moeder/{meeting.pk}/vaelg/", {"round": "1", "starts_at": stamp(11)})
    assert "Du har svaret: Jeg kommer." in text_of(browse.get(path))
    late = browse.post(path, said, status=422)
    assert "Mødet er flyttet, siden du åbnede siden" in text_of(late)


def test_a_meeting_moved_twice_asks_again(cast: Cast, browse: Browser) -> None:
    mette = browse.log_in("mette")
    mette.post("/moeder/ny/", FORM | {"time_1": stamp(10)})
    meeting, path = Meeting.objects.get(), ""
    path = f"/l/moede/{token_for(Participant.objects.get(email='bo@example.dk'))}/"
    browse.post(path + "kommer/", {"round": "1", "coming": "yes"})
    mette.post(f"/moeder/{meeting.pk}/tider/", {"time_1": stamp(12)})
    mette.post(f"/moeder/{meeting.pk}/tider/", {"time_1": stamp(14)})
    assert "Mødet er flyttet, siden du svarede" in text_of(browse.get(path))
    stale = browse.post(path + "kommer/", {"round": "2", "coming": "yes"}, status=422)
    assert "Mødet er flyttet, siden du åbnede siden" in text_of(stale)
    assert "Svarede på en gammel tid" in text_of(mette.get(f"/moeder/{meeting.pk}/"))


def test_what_was_typed_stays_when_a_line_has_no_address(cast: Cast, browse: Browser) -> None:
    page = browse.log_in("mette").post(
        "/moeder/ny/", FORM | {"invitees": "Anja uden mail", "time_1": stamp(3)}, status=200
    )
    assert "»Anja uden mail« har ingen rigtig e-mail" in text_of(page)
    assert "Rådhuset" in page.content.decode()
    assert not Meeting.objects.exists()


def test_a_clock_that_does_not_exist_is_refused_with_a_sentence(cast: Cast, browse: Browser) -> None:
    year = timezone.localdate().year + 1
    spring = max(day for day in range(25, 32) if timezone.datetime(year, 3, day).weekday() == 6)  # type: ignore[attr-defined]
    page = browse.log_in("mette").post(
        "/moeder/ny/", FORM | {"time_1": f"{year}-03-{spring}T02:30"}, status=200
    )
    assert "bliver uret stillet" in text_of(page)


def test_strangers_and_other_units_get_404_and_neighbours_too(cast: Cast, browse: Browser) -> None:
    browse.log_in("mette").post("/moeder/ny/", FORM | {"time_1": stamp(10)})
    path = f"/moeder/{Meeting.objects.get().pk}/"
    for who in (browse, browse.log_in("carla"), browse.log_in("dan")):
        who.get(path, status=404)
    browse.get("/l/moede/findes-ikke/", status=404)


def test_anyone_signs_up_and_finds_the_way_out_again(cast: Cast, browse: Browser) -> None:
    mette = browse.log_in("mette")
    mette.post("/moeder/ny/", {"title": "Netværksmøde", "length_minutes": "120", "time_1": stamp(20)})
    meeting = Meeting.objects.get()
    mette.post(f"/moeder/{meeting.pk}/aaben/", {"seats": "1", "until": ""})
    assert "Netværksmøde" in text_of(browse.get("/moeder/"))
    assert "Der er 1 plads tilbage" in text_of(browse.get(f"/moeder/{meeting.pk}/"))
    said = {"name": "Ada", "email": "ada@example.dk", "comes_from": "Syværket", "shows_name": "on"}
    page = browse.post(f"/moeder/{meeting.pk}/tilmeld/", said, status=200)
    assert "Vi har sendt en mail til ada@example.dk" in text_of(page)
    page = browse.get(f"/moeder/{meeting.pk}/")
    assert "Ada" in text_of(page)
    assert "Skriv mig på ventelisten" in text_of(page)
    bad = browse.post(f"/moeder/{meeting.pk}/tilmeld/", said | {"name": "Ole 010190-1234"}, status=422)
    assert "ligner et CPR-nummer" in text_of(bad)
    path = f"/l/moede/{token_for(Participant.objects.get())}/"
    assert "Du er ikke med på mødet" in text_of(browse.follow(path + "fra/"))


def test_calendars_carry_the_meeting_and_its_moves(cast: Cast, browse: Browser) -> None:
    mette = browse.log_in("mette")
    mette.post("/moeder/ny/", {"title": "Åbent hus; kom, og se", "length_minutes": "60", "time_1": stamp(20)})
    meeting = Meeting.objects.get()
    signup.open_sign_up(cast.be("mette"), meeting, now=timezone.now())
    page = mette.post("/moeder/min-kalender/", status=200)
    address = (
        page.content.decode().partition('<code class="address">http://aabjerg.localhost')[2].partition("<")[0]
    )
    for path in (address, "/moeder/kalender.ics", f"/moeder/{meeting.pk}/moede.ics"):
        text = browse.client.get(path).content.decode()
        assert "SUMMARY:Åbent hus\\; kom\\, og se\r\n" in text
        assert "SEQUENCE:1\r\n" in text
    mette.post(f"/moeder/{meeting.pk}/aflys/", {"because": "Vandskade"})
    assert "STATUS:CANCELLED" in browse.client.get(address).content.decode()
    mette.post("/moeder/min-kalender/", status=200)
    assert browse.client.get(address).status_code == 409


def test_agenda_decisions_and_minutes_on_the_page(cast: Cast, browse: Browser) -> None:
    mette = browse.log_in("mette")
    mette.post("/moeder/ny/", FORM | {"time_1": stamp(10)})
    meeting = Meeting.objects.get()
    path = f"/moeder/{meeting.pk}/"
    mette.post(path + "dagsorden/", {"title": "Tal"})
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=3))
    anja = meeting.participants.get(email="anja@example.dk")
    mette.post(path + "fremmoede/", {"present": [str(anja.pk)]})
    page = mette.post(path + "beslutning/", {"text": "Kroen sender tal", "who": "Bo"}, status=422)
    assert "hvornår det skal være gjort" in text_of(page)
    mette.post(path + "beslutning/", {"text": "Kroen sender tal", "who": "Bo", "due_date": stamp(30)[:10]})
    page = mette.follow(path + "referat/", {"text": "Vi gennemgik tallene.", "send": "1"})
    assert "lagt i journalen" in text_of(page)
    assert mette.client.get(path + "referat/hent/").content.startswith(b"%PDF")
    assert "Kroen sender tal" in text_of(mette.get("/skrivebord/"))
    link = f"/l/moede/{token_for(anja)}/"
    assert "Hent referatet" in text_of(browse.get(link))
    assert browse.client.get(link + "referat/").content.startswith(b"%PDF")
