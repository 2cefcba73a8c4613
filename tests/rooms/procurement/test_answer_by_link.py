# SPDX-License-Identifier: MPL-2.0
"""The answer from a phone: one press, no account; looking changes nothing."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from indgang.kernel.links import create_link, mint, revoke_links
from indgang.procurement.actions import describe, send
from indgang.procurement.models import Answer, Aversion, Bid, Invitation, Question, TaskNotice
from tests.cast import Cast
from tests.factories import a_bid, a_competition, a_task, an_enterprise, invitation_of
from tests.pages import Browser, text_of


@pytest.fixture
def small(cast: Cast) -> Invitation:
    now = timezone.now()
    task = a_task(cast, now=now)
    TaskNotice.objects.filter(pk=task.pk).update(cpv_code="79920000")
    task.refresh_from_db()
    describe.pick(cast.be("carla"), task, an_enterprise(cast, "Papir & Pluk"), now=now)
    return send.ask_small(cast.be("carla"), task, now=now)[0]


def link_to(cast: Cast, invitation: Invitation, *, lives: timedelta = timedelta(days=1)) -> str:
    now = timezone.now()
    link = create_link(cast.house, "svar", invitation.pk, recipient="x@example.dk", now=now, lives=lives)
    return f"/l/svar/{mint(link, now=now)}/"


def test_a_mail_scanner_may_look_as_often_as_it_likes(cast: Cast, browse: Browser, small: Invitation) -> None:
    path = link_to(cast, small)
    for _ in range(3):
        assert "Kan I løse den?" in text_of(browse.get(path))
    assert not Answer.objects.exists()


def test_one_press_answers_with_price_and_date(cast: Cast, browse: Browser, small: Invitation) -> None:
    path = link_to(cast, small)
    page = browse.follow(
        path, {"kind": "yes", "price": "32.400,50", "ready_date": "2027-05-08", "note": "Gerne"}
    )
    assert "Jeres svar: Ja, vi er interesserede" in text_of(page)
    answer = Answer.objects.get()
    assert (answer.price_oere, answer.on_behalf) == (3_240_050, False)


def test_the_last_answer_stands(cast: Cast, browse: Browser, small: Invitation) -> None:
    path = link_to(cast, small)
    browse.post(path, {"kind": "yes"})
    page = browse.follow(path, {"kind": "not_now", "because": "busy"})
    assert "Jeres svar: Ikke denne gang" in text_of(page)
    assert Answer.objects.count() == 2


def test_a_no_without_a_reason_keeps_what_was_typed(cast: Cast, browse: Browser, small: Invitation) -> None:
    page = browse.post(link_to(cast, small), {"kind": "not_now", "note": "Måske til august"}, status=200)
    assert "Sæt kryds ved hvorfor" in text_of(page)
    assert "Måske til august" in page.content.decode()
    assert not Answer.objects.exists()


def test_never_again_is_remembered_and_can_be_undone(cast: Cast, browse: Browser, small: Invitation) -> None:
    path = link_to(cast, small)
    browse.post(path, {"kind": "never"})
    assert Aversion.objects.get().undone_at is None
    assert "Fortryd" in text_of(browse.get(path))
    browse.post(path + "fortryd/")
    assert Aversion.objects.get().undone_at is not None


def test_a_personal_number_is_refused_and_not_shown_again_in_the_message(
    cast: Cast, browse: Browser, small: Invitation
) -> None:
    page = browse.post(link_to(cast, small), {"kind": "yes", "note": "Ole, 010190-1234, pakker"}, status=200)
    assert "ligner et CPR-nummer" in text_of(page)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("price", ["mange penge", "12,345", "1.2.3,4,5", "-5"])
def test_a_price_that_is_no_amount_gets_a_sentence(
    cast: Cast, browse: Browser, small: Invitation, price: str
) -> None:
    page = browse.post(link_to(cast, small), {"kind": "yes", "price": price}, status=200)
    assert "Skriv et beløb i kroner og øre" in text_of(page)


def test_an_ended_link_says_so_and_an_unknown_one_does_not_exist(
    cast: Cast, browse: Browser, small: Invitation
) -> None:
    ended = link_to(cast, small, lives=timedelta(seconds=-1))
    assert "Linket virker ikke mere" in text_of(browse.get(ended, status=409))
    revoked = link_to(cast, small)
    revoke_links("svar", small.pk, now=timezone.now())
    browse.get(revoked, status=409)
    browse.get("/l/svar/" + "x" * 43 + "/", status=404)


def test_a_link_to_one_purpose_opens_no_other(cast: Cast, browse: Browser, small: Invitation) -> None:
    browse.get(link_to(cast, small).replace("/svar/", "/log-ind/"), status=404)


def test_a_forwarded_link_cannot_bid_but_a_log_in_goes_to_the_address_we_know(
    cast: Cast, browse: Browser
) -> None:
    papir = an_enterprise(cast, "Papir & Pluk", email="rikke@papirpluk.example")
    task = a_competition(cast, papir)
    path = link_to(cast, invitation_of(task, papir))
    browse.post(path, {"kind": "yes"})
    browse.get(f"/opgaver/{task.pk}/byd/", status=302)
    from indgang.kernel.models import OutgoingMail

    browse.post(path + "log-ind/")
    mail = OutgoingMail.objects.get(subject="Dit link til Indgang")
    assert mail.recipient == "rikke@papirpluk.example"


def test_a_question_by_link_is_seen_by_all_once_it_is_answered(cast: Cast, browse: Browser) -> None:
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    task = a_competition(cast, papir, sy)
    browse.post(
        link_to(cast, invitation_of(task, papir)) + "spoergsmaal/", {"text": "Må vi levere om aftenen?"}
    )
    question = Question.objects.get()
    browse.log_in("carla").post(
        f"/opgaver/{task.pk}/spoergsmaal/{question.pk}/", {"answer": "Ja, til kl. 20."}
    )
    page = text_of(browse.get(link_to(cast, invitation_of(task, sy))))
    assert "Må vi levere om aftenen?" in page
    assert "Ja, til kl. 20." in page
    assert "Papir" not in page


def test_the_page_by_link_never_shows_a_bid(cast: Cast, browse: Browser) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir)
    a_bid(cast, task, papir, 32_400)
    assert "32.400" not in text_of(browse.get(link_to(cast, invitation_of(task, papir))))


def test_the_mail_holds_no_secret_until_it_is_sent(cast: Cast, small: Invitation) -> None:
    from indgang.kernel.models import OutgoingMail, SignedLinkToken

    mail = OutgoingMail.objects.get()
    assert "{link}" in mail.body
    assert not SignedLinkToken.objects.filter(link=mail.link).exists()
    assert not re.search(r"[A-Za-z0-9_-]{40,}", mail.body)


def test_bids_are_not_even_counted_before_the_deadline(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir)
    a_bid(cast, task, papir, 32_400)
    assert Bid.objects.count() == 0
