# SPDX-License-Identifier: MPL-2.0
"""Anybody writes in free words; the sender follows it by a link, and reads behind a code."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone

from indgang.cases.actions import closing, mailbox, work
from indgang.cases.actions.follow import rate
from indgang.cases.actions.receive import ANSWER
from indgang.cases.jobs import read_mail, read_mail_of
from indgang.cases.models import Case, Entrance, Entry, EntryFile, HeldFile, Participant, Rating
from indgang.cases.permissions import FOLLOW
from indgang.core.text import Refused
from indgang.kernel import files, inbox
from indgang.kernel.codes import digits
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.jobs import fetch_mail
from indgang.kernel.links import create_link, mint, principal_of
from indgang.kernel.models import Duty, IncomingFile, IncomingMail, OneTimeCode, OutgoingMail, StoredFile
from indgang.kernel.orphans import sweep
from indgang.kernel.retention import forget
from tests.cast import Cast
from tests.factories import an_enterprise, as_staff, speaker
from tests.mailbox import Imap, with_files
from tests.pages import Browser, text_of
from tests.rooms.cases.scene import ANJA, BAGS, CVR, MONDAY, an_enquiry, ready

GIVEN = {"text": BAGS, "name": "Anja Friis", "email": ANJA}
PDF = b"%PDF-1.4\n%%EOF\n"


def the_link(person: Participant) -> str:
    """A link as it stands in the mail."""
    now = timezone.now()
    link = create_link(
        anonymous_of(person), FOLLOW, person.pk, recipient=person.email, now=now, lives=timedelta(days=1)
    )
    return f"/l/henvendelse/{mint(link, now=now)}/"


def anonymous_of(person: Participant):  # type: ignore[no-untyped-def]
    from indgang.kernel.access import system

    return system(person.municipality_id)


@pytest.fixture
def anja(cast: Cast) -> Case:
    return an_enquiry(ready(cast))


def test_anybody_writes_and_is_thanked_with_the_promise(cast: Cast, browse: Browser) -> None:
    ready(cast)
    browse.get("/kontakt/")
    said = text_of(browse.follow("/kontakt/", GIVEN))
    assert "Du får svar inden 3 arbejdsdage" in said
    assert "Mette" not in said
    case = Case.objects.get()
    assert (case.who, case.handler) == ("", cast.people["mette"])
    assert OutgoingMail.objects.get(recipient=ANJA).subject == "Vi har din henvendelse"


def test_who_leaves_only_a_telephone_number_hears_the_name_at_once(cast: Cast, browse: Browser) -> None:
    ready(cast)
    said = browse.follow("/kontakt/", {"text": BAGS, "name": "Anja", "phone": "20304050"})
    assert "Mette Lind er din kontakt" in text_of(said)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": ""}, "Udfyld feltet"),
        ({"text": "Ring til Ole, 010190-1234, om poser"}, "CPR-nummer"),
        ({"email": "", "phone": ""}, "Skriv enten e-mail eller telefon"),
        ({"cvr_number": "12345678"}, "CVR-nummer"),
        ({"text": "x" * 300_000}, "Teksten er for lang (300000 tegn)"),
        ({"text": "Min medarbejder har depression."}, "bestemt persons helbred (depression)"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_is_lost_or_half_saved(
    cast: Cast, browse: Browser, change: dict[str, str], sentence: str
) -> None:
    ready(cast)
    page = browse.post("/kontakt/", {**GIVEN, "company": "Syværket ApS", **change}, status=200)
    assert sentence in text_of(page)
    for typed in ({**GIVEN, **change}["text"], "Anja Friis", "Syværket ApS"):
        assert typed in page.content.decode()
    assert not Case.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_a_warning_about_health_can_be_answered_with_a_tick(cast: Cast, browse: Browser) -> None:
    ready(cast)
    given = {**GIVEN, "text": "Min virksomhed sælger bøger om depression."}
    page = browse.post("/kontakt/", given, status=200)
    assert 'name="health_is_meant"' in page.content.decode()
    browse.post("/kontakt/", given | {"health_is_meant": "on"})
    assert Case.objects.exists()


def test_a_wrong_file_is_refused_and_the_good_one_waits_with_the_text(cast: Cast, browse: Browser) -> None:
    ready(cast)
    good, bad = SimpleUploadedFile("pris.pdf", PDF), SimpleUploadedFile("fup.pdf", b"MZ\x90\x00 a program")
    page = browse.post("/kontakt/", GIVEN | {"attachments": [good, bad]}, status=200)
    assert "Filen fup.pdf har en type, vi ikke kan tage imod" in text_of(page)
    assert "Lagt ved: pris.pdf" in text_of(page)
    held = page.context["form"].data["held"]
    browse.post("/kontakt/", GIVEN | {"held": held})
    assert EntryFile.objects.get().file.name == "pris.pdf"
    assert not HeldFile.objects.exists()


def test_a_file_whose_form_was_never_sent_goes_after_a_day_and_is_nobody_elses(
    cast: Cast, browse: Browser
) -> None:
    ready(cast)
    page = browse.post("/kontakt/", {"attachments": SimpleUploadedFile("pris.pdf", PDF)}, status=200)
    held = page.context["form"].data["held"]
    browse.post("/kontakt/", GIVEN | {"held": held[:-2] + "xx"})
    assert not EntryFile.objects.exists()
    forget(timezone.now() + timedelta(hours=25))
    assert not HeldFile.objects.exists()
    assert sweep(timezone.now() + timedelta(days=3)) == 1
    assert not StoredFile.objects.exists()


def test_the_form_stands_on_the_pages_that_the_coordinator_names_and_on_no_others(
    cast: Cast, browse: Browser
) -> None:
    ready(cast)
    assert "frame-ancestors 'none'" in browse.get("/kontakt/indlejret/").headers["Content-Security-Policy"]
    Entrance.objects.create(municipality=cast.home, embed_origins=["https://www.aabjerg.example"])
    page = browse.get("/kontakt/indlejret/")
    assert "frame-ancestors https://www.aabjerg.example" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert "frame-ancestors 'none'" in browse.get("/kontakt/").headers["Content-Security-Policy"]
    assert "Tak. Vi har din henvendelse" in text_of(browse.post("/kontakt/indlejret/", GIVEN, status=200))


def test_a_typed_cvr_number_proves_nothing(cast: Cast) -> None:
    organisation = an_enterprise(ready(cast), "Syværket ApS", email=ANJA, cvr=CVR)
    real = an_enquiry(cast)
    stranger = an_enquiry(cast, "Jeg er chef her.", email="stranger@example.dk")
    assert (real.organisation, stranger.organisation) == (organisation, None)
    by = speaker(cast, organisation)
    from indgang.cases.queries import visible_to

    assert list(visible_to(by)) == [real]
    as_staff(cast)


def test_the_same_sender_writes_again_in_the_same_thread(cast: Cast, anja: Case) -> None:
    again = an_enquiry(cast, "Vi vil også leje et lokale.", now=MONDAY + timedelta(days=2))
    assert again == anja
    assert Duty.objects.filter(kind=ANSWER, done_at=None).count() == 1


def test_the_link_shows_receipt_contact_and_dates_and_no_word_of_the_case(
    cast: Cast, browse: Browser, anja: Case
) -> None:
    work.answer(cast.be("mette"), anja, "Lad os tale om stofposer.", now=MONDAY)
    said = text_of(browse.get(the_link(anja.participants.get())))
    assert "Mette Lind" in said
    assert "14. januar 2027" in said
    assert "stofposer" not in said


def test_a_code_from_the_mail_opens_messages_files_and_the_way_to_write_back(
    cast: Cast, browse: Browser, anja: Case
) -> None:
    work.note(cast.be("mette"), anja, "Hemmelig vurdering", now=MONDAY)
    work.answer(cast.be("mette"), anja, "Velkommen til.", now=MONDAY)
    link = the_link(anja.participants.get())
    assert browse.post(f"{link}skriv/", {"text": "Uden kode"}).headers["Location"] == link
    assert "Skriv koden" in text_of(browse.post(f"{link}kode/", status=200))
    code = OneTimeCode.objects.get()
    assert code.recipient == ANJA
    wrong = "000000" if digits(code) != "000000" else "111111"
    assert "Det er ikke den kode" in text_of(browse.post(f"{link}laas-op/", {"code": wrong}, status=200))
    said = text_of(browse.follow(f"{link}laas-op/", {"code": digits(code)}))
    assert "Velkommen til." in said
    assert "Hemmelig" not in said
    note = SimpleUploadedFile("pris.pdf", PDF)
    said = text_of(browse.follow(f"{link}skriv/", {"text": "Tak! Her er prisen.", "attachments": note}))
    assert "Her er prisen" in said
    assert Duty.objects.filter(kind=ANSWER, done_at=None).count() == 1
    file = EntryFile.objects.get()
    assert browse.get(f"{link}fil/{file.pk}/").content == PDF
    stranger = Browser(cast)
    assert stranger.get(f"{link}fil/{file.pk}/", status=302)
    assert "Her er prisen" not in text_of(stranger.get(link))


def test_a_link_that_never_was_is_not_found_and_one_that_ended_says_so(
    cast: Cast, browse: Browser, anja: Case
) -> None:
    browse.get("/l/henvendelse/findes-ikke/", status=404)
    work.add_participant(
        cast.be("mette"), anja, name="Bo", email="bo@b.dk", phone="", role="Revisor", now=MONDAY
    )
    bo = anja.participants.get(name="Bo")
    link = the_link(bo)
    browse.get(link)
    work.remove_participant(cast.be("mette"), anja, bo, now=timezone.now())
    assert "Linket virker ikke mere" in text_of(browse.get(link, status=409))


def test_a_reply_by_mail_lands_in_the_case_and_waits_for_an_answer(cast: Cast, anja: Case) -> None:
    work.answer(cast.be("mette"), anja, "Hvornår passer det?", now=MONDAY)
    sent = OutgoingMail.objects.filter(reply_path=anja.path).order_by("pk").last()
    assert sent is not None
    raw = (
        f"From: {ANJA}\r\nTo: indgang+{sent.reply_key}@localhost\r\nSubject: Re: svar\r\nMessage-ID: <1@x>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\nPå fredag."
    )
    kept = inbox.take(raw.encode(), cast.home, now=MONDAY)
    assert kept is not None
    for _ in range(2):
        read_mail_of(cast.home.pk)
    line = anja.entries.get(kind="message_in")
    assert (line.text, line.author, line.mail_number) == ("På fredag.", ANJA, kept.pk)
    assert Duty.objects.filter(kind=inbox.DUTY, done_at=None).count() == 1
    work.note_call(cast.be("mette"), anja, "Aftalt.", reached=True, now=MONDAY)
    assert not Duty.objects.filter(done_at=None, path=anja.path).exists()


def test_a_mail_to_the_shared_mailbox_is_an_enquiry_with_a_receipt(cast: Cast) -> None:
    ready(cast)
    raw = (
        "From: Bo <bo@example.dk>\r\nTo: indgang@aabjerg.example\r\nSubject: Lokale\r\nMessage-ID: <2@x>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\nVi mangler et lokale."
    )
    inbox.take(raw.encode(), cast.home, now=MONDAY)
    read_mail_of(cast.home.pk)
    case = Case.objects.get()
    assert (case.channel, case.title) == ("mail", "Lokale")
    assert OutgoingMail.objects.filter(recipient="bo@example.dk").count() == 1
    assert not mailbox.waiting().exists()
    assert IncomingMail.objects.get().handled_at is not None


def test_files_that_came_by_mail_lie_in_the_case_and_a_bad_one_is_told_of(
    cast: Cast, browse: Browser
) -> None:
    ready(cast)
    told = [("pris.pdf", PDF), ("fup.pdf", b"MZ\x90 et program"), ("navne.txt", b"Ole 010190-1234")]
    raw = with_files("indgang@aabjerg.example", "Vi mangler et lokale.", *told, sender=ANJA, subject="Lokale")
    box = Imap(raw)
    box.start()
    with override_settings(IMAP_URL=f"imap://indgang:hemmelig@127.0.0.1:{box.port}/INBOX"):
        fetch_mail.func(timestamp=0)
        read_mail.func(timestamp=0)
    set_tenant(cast.home.pk)
    case = Case.objects.get()
    file = EntryFile.objects.get()
    assert (file.entry.kind, file.file.name) == ("enquiry", "pris.pdf")
    mette = browse.log_in("mette")
    said = text_of(mette.get(case.path))
    assert "En fil i mailen er ikke gemt. Filen fup.pdf har en type, vi ikke kan tage imod." in said
    assert "En fil i mailen er ikke gemt. Filen navne.txt ser ud til at rumme et CPR-nummer." in said
    assert mette.get(f"{case.path}fil/{file.pk}/").content == PDF
    assert StoredFile.objects.count() == 1
    box.socket.close()


def test_nothing_of_a_mail_of_300_kb_is_lost(cast: Cast) -> None:
    ready(cast)
    long = (
        "\n".join(f"{number}. Vi syr stofposer." for number in range(12_000)) + "\nOg til sidst: ring til os."
    )
    inbox.take(with_files("indgang@aabjerg.example", long, sender=ANJA), cast.home, now=MONDAY)
    read_mail_of(cast.home.pk)
    line = Case.objects.get().entries.get(kind="enquiry")
    assert line.text.startswith("Re: Kan I?\n\n0. Vi syr stofposer.")
    whole = line.files.get().file
    assert whole.name == "hele-mailen.txt"
    assert files.content(whole).decode().endswith("ring til os.")


def test_a_file_in_a_reply_lies_with_the_reply(cast: Cast, anja: Case) -> None:
    work.answer(cast.be("mette"), anja, "Send gerne prisen.", now=MONDAY)
    sent = OutgoingMail.objects.filter(reply_path=anja.path).latest("pk")
    raw = with_files(f"indgang+{sent.reply_key}@localhost", "Her er den.", ("pris.pdf", PDF), sender=ANJA)
    inbox.take(raw, cast.home, now=MONDAY)
    read_mail_of(cast.home.pk)
    assert anja.entries.get(kind="message_in").files.get().file.name == "pris.pdf"
    assert not IncomingFile.objects.exists()


def test_a_file_with_a_personal_number_is_refused_in_the_form(cast: Cast, browse: Browser) -> None:
    ready(cast)
    names = SimpleUploadedFile("navne.csv", b"navn;nummer\nOle;010190-1234")
    page = browse.post("/kontakt/", GIVEN | {"attachments": names}, status=200)
    assert "Filen navne.csv ser ud til at rumme et CPR-nummer" in text_of(page)
    assert not StoredFile.objects.exists()


def test_who_writes_to_an_ended_case_opens_it_again(cast: Cast, browse: Browser, anja: Case) -> None:
    closing.close(cast.be("mette"), anja, "helped", now=MONDAY)
    from indgang.cases.actions.follow import write_back

    write_back(cast.house, anja, "Anja", "Vi mangler lige én ting.", now=MONDAY + timedelta(days=1))
    assert Case.objects.get(pk=anja.pk).is_open
    assert Entry.objects.filter(text__startswith="Åbnet igen").exists()


def test_satisfaction_is_given_by_the_link_once_for_each_ending(
    cast: Cast, browse: Browser, anja: Case
) -> None:
    person = anja.participants.get()
    link = the_link(person)
    closing.close(cast.be("mette"), anja, "helped", now=MONDAY)
    assert "Hvordan gik det?" in text_of(browse.get(link))
    assert "Udfyld feltet" in text_of(browse.post(f"{link}bedoem/", {"text": "Godt"}, status=200))
    said = text_of(browse.follow(f"{link}bedoem/", {"stars": "5", "text": "Hurtigt svar"}))
    assert "Hvordan gik det?" not in said
    assert Rating.objects.get().stars == 5
    with pytest.raises(Refused, match="Kun den, der har henvendt sig"):
        rate(cast.be("mette"), anja, person, 1, "", now=MONDAY)


def test_another_municipality_sees_nothing_of_a_link(cast: Cast, anja: Case) -> None:
    link = the_link(anja.participants.get())
    set_tenant(cast.next_door.pk)
    other = Browser(cast).log_in("dan")
    other.get(link, status=404)


def test_by_the_link_one_may_only_what_the_link_is_for(cast: Cast, anja: Case) -> None:
    now = timezone.now()
    person = anja.participants.get()
    link = create_link(cast.house, "andet", person.pk, recipient=ANJA, now=now, lives=timedelta(days=1))
    closing.close(cast.be("mette"), anja, "helped", now=MONDAY)
    with pytest.raises(Refused):
        rate(principal_of(link), anja, person, 5, "", now=now)


def test_an_ended_case_is_filed_whole_and_forgotten_after_two_years(cast: Cast, browse: Browser) -> None:
    from indgang.cases.jobs import file_case_of
    from indgang.kernel.models import FilingItem

    ready(cast)
    browse.post("/kontakt/", GIVEN | {"attachments": SimpleUploadedFile("pris.pdf", PDF)})
    case, now = Case.objects.get(), timezone.now()
    work.note(cast.be("mette"), case, "Med *stjerner* og #tegn", now=now)
    file_case_of(municipality_id=cast.home.pk, case_id=case.pk)
    assert not FilingItem.objects.exists()
    closing.close(cast.be("mette"), case, "helped", now=now)
    file_case_of(municipality_id=cast.home.pk, case_id=case.pk)
    set_tenant(cast.home.pk)
    item = FilingItem.objects.get()
    assert (item.case_key, item.document.content_type) == (f"sag-{case.pk}", "application/pdf")
    later = now + timedelta(days=2 * 365 + 1)
    forget(later)
    assert set(case.entries.values_list("text", "author")) == {("", "")}
    assert case.participants.get().email == ""
    assert sweep(later) == 1
    assert StoredFile.objects.get() == item.document
    assert forget(later) == 0
