# SPDX-License-Identifier: MPL-2.0
"""Opened bids are read with a purpose that stays in the log, and by nobody who has no business with them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from indgang.kernel import audit, inbox, mail
from indgang.kernel.models import AuditLine, IncomingFile
from indgang.procurement.actions import answer as answering
from indgang.procurement.actions import award, bids, send
from indgang.procurement.models import Answer, Bid, TaskNotice
from tests.cast import Cast
from tests.factories import (
    a_competition,
    a_task,
    an_enterprise,
    as_staff,
    invitation_of,
    speaker,
    wait_until_closed,
)
from tests.mailbox import with_files
from tests.pages import Browser, text_of


@pytest.fixture
def opened(cast: Cast) -> TaskNotice:
    """Two bids, the winner's with a file beside it, opened by two."""
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    task = a_competition(cast, papir, sy, seconds=2)
    for one, price, content in ((papir, 3_240_000, b"Saadan pakker vi"), (sy, 3_360_000, b"")):
        offer = bids.Offer(price, None, "Vi pakker på tre uger", "metode.txt" if content else "", content)
        bids.place_bid(speaker(cast, one), task, one.pk, offer, now=timezone.now())
        as_staff(cast)
    wait_until_closed(task)
    for name in ("carla", "karen"):
        bids.turn_key(cast.be(name), TaskNotice.objects.get(pk=task.pk), now=timezone.now())
    for key, one in (("rikke", papir), ("anja", sy)):
        cast.people[key] = one.contacts.get().user  # type: ignore[assignment]
    return TaskNotice.objects.get(pk=task.pk)


def readings() -> list[tuple[str, str]]:
    lines = AuditLine.objects.filter(act="bid.read").order_by("number")
    return [(line.subject, line.purpose) for line in lines]


def test_every_reading_of_opened_bids_leaves_a_line_with_its_purpose(
    cast: Cast, browse: Browser, opened: TaskNotice
) -> None:
    carla, path = browse.log_in("carla"), f"/opgaver/{opened.pk}/"
    carla.get(path)
    winner = Bid.objects.get(organisation__name="Papir & Pluk")
    carla.get(path + f"fil/{winner.file_id}/")
    award.award(cast.be("carla"), winner, reason="Laveste pris, og de leverer til tiden.", now=timezone.now())
    carla.get(path)
    choosing, after = "Vælge, hvem der får opgaven", "Følge op på en afgjort opgave"
    assert [purpose for _subject, purpose in readings()] == [choosing, choosing, after]
    assert {subject for subject, _purpose in readings()} == {f"task:{opened.pk}"}
    assert list(audit.faults(cast.home.pk)) == []


def test_a_competitor_cannot_fetch_what_came_with_anothers_bid(
    cast: Cast, browse: Browser, opened: TaskNotice
) -> None:
    file_id = Bid.objects.get(organisation__name="Papir & Pluk").file_id
    path = f"/opgaver/{opened.pk}/fil/{file_id}/"
    browse.log_in("anja").get(path, status=404)
    assert browse.log_in("rikke").get(path).content == b"Saadan pakker vi"
    assert readings() == []


def test_full_access_shows_the_whole_bid_to_the_one_who_asked(
    cast: Cast, browse: Browser, opened: TaskNotice
) -> None:
    winner = Bid.objects.get(organisation__name="Papir & Pluk")
    award.award(cast.be("carla"), winner, reason="Laveste pris, og de leverer til tiden.", now=timezone.now())
    anja, carla, path = browse.log_in("anja"), browse.log_in("carla"), f"/opgaver/{opened.pk}/"
    anja.post(path + "aktindsigt/", {"text": "Vi vil gerne se vinderens tilbud."})
    asked = opened.access_requests.get()
    assert "32.400,00" not in text_of(anja.get(path))
    carla.post(path + f"aktindsigt/{asked.pk}/", {"hear": "1"})
    carla.post(path + f"aktindsigt/{asked.pk}/", {"outcome": "given", "reason": "Intet er fortroligt."})
    page = text_of(anja.get(path))
    assert "32.400,00" in page
    assert "Vi pakker på tre uger" in page
    assert anja.get(path + f"fil/{winner.file_id}/").content == b"Saadan pakker vi"
    assert readings()[-1][1] == "Aktindsigt, som kommunen har givet"


def test_the_buyer_sees_the_picture_that_came_with_an_answer(cast: Cast, browse: Browser) -> None:
    from indgang.kernel import files

    task = a_task(cast)
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    from indgang.procurement.actions import describe

    for one in (papir, sy):
        describe.pick(cast.be("carla"), task, one, now=timezone.now())
    send.ask_small(cast.be("carla"), task, now=timezone.now())
    upload = SimpleUploadedFile("kasse.txt", b"et billede")
    photo = files.receive(upload, by=cast.be("mette"), now=timezone.now())
    invitation = invitation_of(task, papir)
    answering.answer(cast.be("mette"), invitation, Answer.Kind.YES, photo=photo, now=timezone.now())
    carla, path = browse.log_in("carla"), f"/opgaver/{task.pk}/"
    assert "kasse.txt" in text_of(carla.get(path))
    assert carla.get(path + f"fil/{photo.pk}/").content == b"et billede"
    speaker(cast, sy)
    as_staff(cast)
    cast.people["anja"] = sy.contacts.get().user  # type: ignore[assignment]
    browse.log_in("anja").get(path + f"fil/{photo.pk}/", status=404)


def a_file_about(cast: Cast, task: TaskNotice, content: bytes) -> IncomingFile:
    """A mail about the task, with a file, that somebody who was asked sends back."""
    asked = mail.write(
        cast.house, "r@p.example", "Kan I?", "Hej", now=timezone.now(), about=f"task:{task.pk}",
        reply_path=f"/opgaver/{task.pk}/", reply_owner=cast.people["carla"],
    )  # fmt: skip
    raw = with_files(f"indgang+{asked.reply_key}@localhost", "Se her", ("tilbud.txt", content))
    kept = inbox.take(raw, cast.home, now=timezone.now())
    assert kept is not None
    return kept.files.get()


def test_a_file_that_was_mailed_about_a_task_is_the_buyers_to_read(cast: Cast, browse: Browser) -> None:
    task = a_task(cast)
    sent = a_file_about(cast, task, b"Vi kan i maj")
    carla, path = browse.log_in("carla"), f"/opgaver/{task.pk}/"
    assert f"{path}fil/{sent.file_id}/" in carla.get(path).content.decode()
    assert carla.get(f"{path}fil/{sent.file_id}/").content == b"Vi kan i maj"
    other = a_task(cast)
    carla.get(f"/opgaver/{other.pk}/fil/{sent.file_id}/", status=404)


def test_a_bid_that_was_mailed_stays_shut_until_the_bids_are_opened(
    cast: Cast, browse: Browser, opened: TaskNotice
) -> None:
    shut = a_competition(cast, an_enterprise(cast, "Grøn Hånd"), seconds=3600)
    for task, status in ((shut, 404), (opened, 200)):
        sent = a_file_about(cast, task, b"32.400 kr.")
        carla, path = browse.log_in("carla"), f"/opgaver/{task.pk}/"
        carla.get(f"{path}fil/{sent.file_id}/", status=status)
        assert ("når tilbuddene er åbnet" in text_of(carla.get(path))) is (status == 404)
