# SPDX-License-Identifier: MPL-2.0
"""Agenda, attendance, decisions that become duties, and minutes that are frozen and filed."""

from datetime import date, timedelta

import pytest

from indgang.core.text import Refused
from indgang.kernel.duties import open_duties
from indgang.kernel.files import content
from indgang.kernel.models import FilingItem
from indgang.meetings.actions import record
from indgang.meetings.actions.plan import Owner
from tests.cast import NOW, Cast
from tests.rooms.meetings.scene import ANJA, THURSDAY, a_meeting, participant, subjects

AFTER = THURSDAY + timedelta(hours=2)


def test_a_decision_with_a_date_is_on_its_owners_desk_until_it_is_done(cast: Cast) -> None:
    meeting, carla = a_meeting(cast, THURSDAY), cast.people["carla"]
    row = record.resolve(
        cast.be("mette"), meeting, text="Biblioteket melder tre opgaver ud", owner=carla, due_date=date(2027, 8, 31), now=AFTER
    )  # fmt: skip
    duty = open_duties(cast.be("carla"), today=AFTER.date()).get()
    assert (duty.title, duty.path) == (row.text, f"/moeder/{meeting.pk}/#beslutninger")
    record.carry_out(cast.be("carla"), row, now=AFTER)
    assert not open_duties(cast.be("carla"), today=AFTER.date()).exists()


def test_somebody_outside_acts_and_the_organiser_sees_to_it(cast: Cast) -> None:
    meeting = a_meeting(cast, THURSDAY)
    row = record.resolve(
        cast.be("mette"), meeting, text="Kroen sender regnskab", who="Bo Kjær", due_date=date(2027, 8, 1), now=AFTER
    )  # fmt: skip
    assert row.duty is not None
    assert (row.duty.owner, row.duty.awaits_others, row.who) == (cast.people["mette"], True, "Bo Kjær")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"text": " "}, "hvad der blev besluttet"),
        ({"text": "Gør det", "who": "Bo"}, "hvornår det skal være gjort"),
        ({"text": "Gør det", "due_date": date(2027, 6, 1)}, "Datoen er gået"),
    ],
)
def test_a_decision_nobody_can_follow_is_refused(cast: Cast, facts: dict[str, object], sentence: str) -> None:
    meeting = a_meeting(cast, THURSDAY)
    with pytest.raises(Refused, match=sentence):
        record.resolve(cast.be("mette"), meeting, now=AFTER, **facts)  # type: ignore[arg-type]


def test_sent_minutes_are_a_document_filed_under_what_the_meeting_belongs_to_and_frozen(cast: Cast) -> None:
    meeting, mette = a_meeting(cast, THURSDAY, owner=Owner("agreement", 7, "/aftaler/7/")), cast.be("mette")
    record.add_item(mette, meeting, title="Tal for andet kvartal", now=NOW)
    record.note_attendance(mette, meeting, [participant(meeting, ANJA).pk], now=AFTER)
    with pytest.raises(Refused, match="Skriv referatet først"):
        record.send_minutes(mette, meeting, now=AFTER)
    record.write_minutes(mette, meeting, "Vi talte om tallene.", now=AFTER)
    minutes = record.send_minutes(mette, meeting, now=AFTER)
    assert minutes.document is not None
    assert content(minutes.document).startswith(b"%PDF-1.7")
    assert FilingItem.objects.get().case_key == "agreement-7"
    assert subjects(ANJA)[-1] == "Referat: Følgegruppen"
    meeting.refresh_from_db()
    assert meeting.duty is not None
    assert not meeting.duty.is_open
    for act in (
        lambda: record.write_minutes(mette, meeting, "Noget andet", now=AFTER),
        lambda: record.add_item(mette, meeting, title="Mere", now=AFTER),
        lambda: record.resolve(mette, meeting, text="Mere", now=AFTER),
    ):
        with pytest.raises(Refused, match="Referatet er sendt"):
            act()


def test_nothing_is_written_up_before_the_meeting(cast: Cast) -> None:
    meeting = a_meeting(cast, THURSDAY)
    with pytest.raises(Refused, match="når mødet er begyndt"):
        record.write_minutes(cast.be("mette"), meeting, "Tidligt ude", now=NOW)
    with pytest.raises(Refused, match="når mødet er begyndt"):
        record.note_attendance(cast.be("mette"), meeting, [], now=NOW)
