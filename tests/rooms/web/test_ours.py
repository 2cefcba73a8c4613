# SPDX-License-Identifier: MPL-2.0
"""An enterprise that is logged in follows everything without a link from a mail."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from indgang.cases.actions import closing, handover, work
from indgang.cases.models import Case, Claim, EntryFile, Participant, Rating
from indgang.kernel.models import OutgoingMail
from tests.cast import Cast
from tests.factories import an_enterprise, as_staff, speaker
from tests.pages import Browser, text_of
from tests.rooms.agreements.partnership_scene import in_force
from tests.rooms.cases.scene import ANJA, CVR, MONDAY, an_enquiry, ready

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def anja(cast: Cast, browse: Browser) -> Browser:
    organisation = an_enterprise(ready(cast), "Syværket ApS", email=ANJA, cvr=CVR)
    an_enquiry(cast)
    speaker(cast, organisation)
    as_staff(cast)
    cast.people["anja"] = organisation.contacts.get().user  # type: ignore[assignment]
    return browse.log_in("anja")


def test_all_that_they_have_with_the_municipality_stands_on_one_page(cast: Cast, anja: Browser) -> None:
    case = Case.objects.get()
    handover.hand_over(cast.be("mette"), case, cast.people["jonas"], why="Kender branchen", now=MONDAY)
    in_force(cast, case.organisation)  # type: ignore[arg-type]
    page = anja.get("/jeres/")
    said = text_of(page)
    assert "Vi syr stofposer" in said
    assert "Svar senest 14. januar" in said
    assert "jonas@aabjerg.example" in said
    ours, theirs = said.split("Det har kommunen lovet jer")
    assert "Syværket ApS holder møde om indkøb" in ours
    assert "Beskæftigelse holder møde om indkøb" in theirs
    assert "Flere pladser på kroen" in said
    assert "/jeres/" in anja.get("/skrivebord/").content.decode()


def test_they_read_write_send_files_and_rate_without_a_link_or_a_code(cast: Cast, anja: Browser) -> None:
    case = Case.objects.get()
    work.answer(cast.be("mette"), case, "Velkommen til.", now=MONDAY)
    work.note(cast.be("mette"), case, "Hemmelig vurdering", now=MONDAY)
    path = f"/jeres/henvendelser/{case.pk}/"
    said = text_of(anja.get(path))
    assert "Velkommen til." in said
    assert "Hemmelig" not in said
    assert "Skriv koden" not in said
    said = text_of(
        anja.follow(f"{path}skriv/", {"text": "Tak!", "attachments": SimpleUploadedFile("pris.pdf", PDF)})
    )
    assert "Vi har din besked" in said
    assert anja.get(f"{path}fil/{EntryFile.objects.get().pk}/").content == PDF
    assert Participant.objects.count() == 1
    bad = anja.post(f"{path}skriv/", {"text": "Ole 010190-1234"}, status=200)
    assert "CPR-nummer" in text_of(bad)
    closing.close(cast.be("mette"), case, "helped", now=MONDAY)
    assert "Hvordan gik det?" in text_of(anja.get(path))
    assert "Hvordan gik det?" not in text_of(anja.follow(f"{path}bedoem/", {"stars": "5"}))
    assert Rating.objects.get().participant.email == ANJA


def test_a_colleague_who_logs_in_takes_part_from_the_first_word_on(cast: Cast, anja: Browser) -> None:
    case = Case.objects.get()
    Participant.objects.update(email="tidligere@syvaerket.example")
    anja.post(f"/jeres/henvendelser/{case.pk}/skriv/", {"text": "Jeg har overtaget efter ham."})
    assert case.participants.get(email=ANJA).confirmed_how == "Logget ind for virksomheden"
    work.answer(cast.be("mette"), case, "Godt at vide.", now=MONDAY)
    assert OutgoingMail.objects.filter(recipient=ANJA, subject="Der er svar på din henvendelse").exists()


def test_they_claim_the_meeting_and_answer_a_hearing_logged_in(cast: Cast, anja: Browser) -> None:
    from indgang.cases.actions import claims

    path = f"/jeres/henvendelser/{Case.objects.get().pk}/"
    assert "Bed om mødet" in text_of(anja.get(path))
    said = text_of(anja.follow(f"{path}ret/"))
    assert "De fem kriterier" in said
    claim = Claim.objects.select_related("case__handler", "case__municipality", "organisation").get()
    assert "Gemt" in text_of(
        anja.follow(f"{path}ret/{claim.pk}/", {"purpose": "Vi skaber job for folk på kanten."})
    )
    claims.send_hearing(cast.be("mette"), claim, "Overskuddet deles ud.", now=MONDAY)
    assert "Vi har jeres svar" in text_of(
        anja.follow(f"{path}ret/{claim.pk}/hoering/", {"text": "Det geninvesteres."})
    )
    anja.post(f"{path}ret/{claim.pk}/tilbage/")
    assert Claim.objects.get().withdrawn_at is not None


def test_others_find_nothing_and_who_is_not_logged_in_is_asked_to(
    cast: Cast, browse: Browser, anja: Browser
) -> None:
    path = f"/jeres/henvendelser/{Case.objects.get().pk}/"
    assert browse.get(path, status=302).headers["Location"] == f"/log-ind/?next={path}"
    other = an_enterprise(cast, "Papir & Pluk")
    speaker(cast, other)
    as_staff(cast)
    cast.people["rikke"] = other.contacts.get().user  # type: ignore[assignment]
    rikke = browse.log_in("rikke")
    rikke.get(path, status=404)
    rikke.post(f"{path}skriv/", {"text": "Hej"}, status=404)
    assert "Ingen henvendelser endnu" in text_of(rikke.get("/jeres/"))
    mette = browse.log_in("mette")
    mette.get("/jeres/", status=404)
    mette.get(path, status=404)


def test_the_page_costs_the_same_for_one_case_and_for_many(
    cast: Cast, anja: Browser, django_assert_max_num_queries: object
) -> None:
    case = Case.objects.get()
    for number in range(4):
        closing.close(cast.be("mette"), case, "helped", now=MONDAY)
        case = an_enquiry(cast, f"Henvendelse nummer {number}")
    anja.get("/jeres/")
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        anja.get("/jeres/")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        anja.get(f"/jeres/henvendelser/{case.pk}/")
