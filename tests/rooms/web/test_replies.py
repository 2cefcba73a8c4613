# SPDX-License-Identifier: MPL-2.0
"""A mail that comes back about something whose page shows no mails is read, fetched and dealt with from the desk."""

from indgang.cases.actions import work
from indgang.cases.jobs import read_mail_of
from indgang.cases.models import Case
from indgang.kernel import inbox
from indgang.kernel.models import Duty, IncomingMail, OutgoingMail
from tests.cast import NOW, Cast
from tests.mailbox import with_files
from tests.pages import Browser, text_of
from tests.rooms.cases.scene import MONDAY, an_enquiry, ready
from tests.rooms.meetings.scene import ANJA, THURSDAY, a_meeting

PDF = b"%PDF-1.4\n%%EOF\n"


def replied(cast: Cast, text: str = "Jeg kommer ti minutter for sent.") -> Duty:
    """Anja answers the mail that called her to Mette's meeting."""
    a_meeting(cast, THURSDAY)
    sent = OutgoingMail.objects.get(recipient=ANJA)
    raw = with_files(f"indgang+{sent.reply_key}@localhost", text, ("kort.pdf", PDF), sender=ANJA)
    assert inbox.take(raw, cast.home, now=NOW) is not None
    return Duty.objects.get(kind=inbox.DUTY)


def test_a_reply_about_a_meeting_is_read_with_its_file_and_dealt_with(cast: Cast, browse: Browser) -> None:
    duty = replied(cast)
    mette = browse.log_in("mette")
    path = f"/post/{duty.pk}/"
    assert f'href="{path}"' in mette.get("/skrivebord/").content.decode()
    page = mette.get(path)
    assert "Jeg kommer ti minutter for sent." in text_of(page)
    assert duty.path in page.content.decode()
    kept = IncomingMail.objects.get()
    assert mette.get(f"{path}fil/{kept.files.get().pk}/").content == PDF
    mette.post(f"{path}{kept.pk}/klaret/")
    duty.refresh_from_db()
    assert not duty.is_open
    assert mette.get(path, status=302).headers["Location"] == duty.path


def test_nobody_reads_anothers_mail(cast: Cast, browse: Browser) -> None:
    duty = replied(cast)
    kept = IncomingMail.objects.get()
    for name in ("jonas", "dan"):
        other = browse.log_in(name)
        other.get(f"/post/{duty.pk}/", status=404)
        other.get(f"/post/{duty.pk}/fil/{kept.files.get().pk}/", status=404)
        other.post(f"/post/{duty.pk}/{kept.pk}/klaret/", status=404)
    assert duty.is_open


def test_a_reply_that_stands_in_its_case_leads_to_the_case(cast: Cast, browse: Browser) -> None:
    case: Case = an_enquiry(ready(cast))
    work.answer(cast.be("mette"), case, "Hvornår passer det?", now=MONDAY)
    sent = OutgoingMail.objects.filter(reply_path=case.path).latest("pk")
    inbox.take(
        with_files(f"indgang+{sent.reply_key}@localhost", "Fredag.", sender=ANJA), cast.home, now=MONDAY
    )
    read_mail_of(cast.home.pk)
    duty = Duty.objects.get(kind=inbox.DUTY)
    assert browse.log_in("mette").get(f"/post/{duty.pk}/", status=302).headers["Location"] == case.path
