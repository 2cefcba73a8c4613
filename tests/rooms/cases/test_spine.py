# SPDX-License-Identifier: MPL-2.0
"""A case: its one thread, its lines that only grow, who sees what, and how it ends."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.utils import ProgrammingError
from django.utils import timezone

from indgang.cases.actions import closing, handover, needs, work
from indgang.cases.actions.confirm import confirm
from indgang.cases.actions.receive import ANSWER, open_case
from indgang.cases.models import Case, Entry, HandOver
from indgang.cases.queries import find_words, lines_for, lines_of, makeshift, visible_to, with_words
from indgang.cases.states import State, state_of
from indgang.core.text import Refused
from indgang.kernel.access import Principal
from indgang.kernel.actions import let_go
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import Duty, OutgoingMail
from tests.cast import Cast
from tests.factories import an_enterprise, as_staff, speaker
from tests.pages import Browser, text_of
from tests.rooms.cases.scene import ANJA, BAGS, CVR, MONDAY, an_enquiry, ready


@pytest.fixture
def anja(cast: Cast) -> Case:
    return an_enquiry(ready(cast))


def sorted_out(cast: Cast, case: Case) -> None:
    wanted = [
        needs.Wanted("hire", cast.people["jonas"], 3, True),
        needs.Wanted("sell", cast.people["karen"], 13, True),
    ]
    needs.sort_out(cast.be("mette"), case, wanted, now=MONDAY)


def days(*duties: Duty) -> list[str]:
    return [timezone.localtime(duty.due_at).strftime("%a %-d %b") for duty in duties]


def test_an_enquiry_gets_a_contact_a_promise_and_a_receipt_that_names_both(cast: Cast, anja: Case) -> None:
    assert (anja.handler, state_of(anja)) == (cast.people["mette"], State.UNANSWERED)
    duty = Duty.objects.get(kind=ANSWER)
    assert (duty.owner, duty.path, days(duty)) == (cast.people["mette"], anja.path, ["Thu 14 Jan"])
    receipt = OutgoingMail.objects.get(recipient=ANJA)
    assert "Mette Lind er din kontakt" in receipt.body
    assert "torsdag 14. januar" in receipt.body
    assert "stofposer" not in receipt.body


def test_each_confirmed_need_gets_a_unit_a_person_and_a_duty(cast: Cast, anja: Case) -> None:
    sorted_out(cast, anja)
    hire, sell = (anja.needs.get(topic=topic) for topic in ("hire", "sell"))
    assert (hire.person, hire.unit) == (cast.people["jonas"], cast.units["Beskæftigelse"])
    assert (sell.person, sell.unit) == (cast.people["karen"], cast.units["Økonomi og Indkøb"])
    assert days(hire.duty, sell.duty) == ["Thu 14 Jan", "Thu 28 Jan"]


def test_a_need_that_stands_open_is_not_opened_again(cast: Cast, anja: Case) -> None:
    sorted_out(cast, anja)
    sorted_out(cast, anja)
    assert anja.needs.count() == 2


def test_an_answer_keeps_the_promise_and_the_mail_holds_no_case_text(cast: Cast, anja: Case) -> None:
    work.answer(cast.be("mette"), anja, "Velkommen. Lad os mødes om poserne.", now=MONDAY)
    assert Duty.objects.get(kind=ANSWER).outcome == "done"
    mail = OutgoingMail.objects.filter(recipient=ANJA).order_by("pk").last()
    assert mail is not None
    assert "poserne" not in mail.body
    assert (mail.reply_path, mail.reply_owner) == (anja.path, cast.people["mette"])


def test_a_call_that_reached_nobody_answers_nothing(cast: Cast, anja: Case) -> None:
    work.note_call(cast.be("mette"), anja, "Ingen tog den.", reached=False, now=MONDAY)
    assert state_of(anja) is State.UNANSWERED
    work.note_call(cast.be("mette"), anja, "Talte om poser.", reached=True, now=MONDAY)
    assert state_of(anja) is State.TO_SORT


def test_the_first_enquiry_cannot_be_read_away(cast: Cast, anja: Case) -> None:
    with pytest.raises(Refused, match="skal besvares"):
        work.needs_no_answer(cast.be("mette"), anja, now=MONDAY)


def test_a_line_can_be_emptied_and_never_rewritten_or_removed(cast: Cast, anja: Case) -> None:
    line = anja.entries.get(kind="enquiry")
    with pytest.raises(Exception, match="never rewritten"), transaction.atomic():
        Entry.objects.filter(pk=line.pk).update(text="Noget andet")
    for change in ({"at": MONDAY + timedelta(days=1)}, {"is_internal": True}):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Entry.objects.filter(pk=line.pk).update(**change)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Entry.objects.filter(pk=line.pk).delete()
    work.strike(cast.be("mette"), anja, line, why="Helbred hører ikke til her", now=MONDAY)
    assert Entry.objects.get(pk=line.pk).text == ""


def test_an_organisation_has_one_open_contact_in_a_municipality(cast: Cast) -> None:
    organisation = an_enterprise(ready(cast), "Syværket ApS")
    given = {
        "kind": "contact", "title": "x", "handler": cast.people["mette"], "unit": cast.units["Beskæftigelse"],
        "organisation_id": organisation.pk, "now": MONDAY,
    }  # fmt: skip
    first = open_case(cast.house, **given)
    with pytest.raises(IntegrityError, match="one_open_contact"), transaction.atomic():
        open_case(cast.house, **given)
    closing.close(cast.be("mette"), first, "helped", now=MONDAY)
    assert open_case(cast.house, **given)


def test_who_sees_a_case(cast: Cast, anja: Case) -> None:
    def seen() -> list[str]:
        return [name for name in ("mette", "jonas", "karen", "carla") if visible_to(cast.be(name)).exists()]

    assert seen() == ["mette", "jonas"]
    sorted_out(cast, anja)
    assert seen() == ["mette", "jonas", "karen"]
    set_tenant(cast.next_door.pk)
    assert not visible_to(cast.be("dan")).exists()


def test_a_note_for_one_unit_is_read_in_that_unit_alone(cast: Cast, anja: Case) -> None:
    sorted_out(cast, anja)
    work.note(cast.be("karen"), anja, "Prisen er høj.", only_unit=cast.units["Økonomi og Indkøb"], now=MONDAY)

    def read(name: str) -> bool:
        return lines_for(cast.be(name), lines_of(anja)).filter(kind="note").exists()

    assert [name for name in ("mette", "jonas", "karen", "søren") if read(name)] == ["karen", "søren"]
    with pytest.raises(Refused, match="egen enhed"):
        work.note(cast.be("jonas"), anja, "x", only_unit=cast.units["Økonomi og Indkøb"], now=MONDAY)


def test_the_enterprise_reads_no_internal_line(cast: Cast) -> None:
    organisation = an_enterprise(ready(cast), "Syværket ApS", email=ANJA, cvr=CVR)
    case = an_enquiry(cast)
    assert case.organisation == organisation
    work.note(cast.be("mette"), case, "Pas på dem.", now=MONDAY)
    by = speaker(cast, organisation)
    assert visible_to(by).get() == case
    assert set(lines_for(by, lines_of(case)).values_list("kind", flat=True)) == {"enquiry"}
    as_staff(cast)


@pytest.mark.parametrize(
    ("ending", "given", "sentence"),
    [
        ("no_help", {}, "Skriv hvorfor"), ("partly", {}, "Skriv hvorfor"),
        ("outside", {"reason": "Kommunen må ikke give lån."}, "hvilken paragraf"), ("", {}, "Vælg, hvordan"),
    ],
)  # fmt: skip
def test_an_ending_that_owes_an_explanation_gets_one(
    cast: Cast, anja: Case, ending: str, given: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        closing.close(cast.be("mette"), anja, ending, now=MONDAY, **given)
    assert Case.objects.get(pk=anja.pk).is_open


def test_reopening_keeps_the_history(cast: Cast, anja: Case) -> None:
    sorted_out(cast, anja)
    closing.close(
        cast.be("mette"), anja, "outside", reason="Vi må ikke give lån.", paragraph="§ 14, stk. 5", now=MONDAY
    )
    assert not Duty.objects.filter(done_at=None, path=anja.path).exists()
    closing.reopen(cast.be("mette"), anja, why="De har et nyt spørgsmål", now=MONDAY)
    assert anja.is_open
    said = "\n".join(anja.entries.filter(kind="event").values_list("text", flat=True))
    assert "Afsluttet: uden for kommunens opgaver. Vi må ikke give lån. (§ 14, stk. 5)" in said
    assert "Åbnet igen: De har et nyt spørgsmål" in said


def test_a_hand_over_tells_those_outside_the_new_name_and_moves_the_promise(cast: Cast, anja: Case) -> None:
    with pytest.raises(Refused, match="hvorfor sagen skifter"):
        handover.hand_over(cast.be("mette"), anja, cast.people["jonas"], why=" ", now=MONDAY)
    with pytest.raises(Refused, match="kontaktpersonen selv"):
        handover.hand_over(cast.be("karen"), anja, cast.people["karen"], why="Mig", now=MONDAY)
    handover.hand_over(cast.be("mette"), anja, cast.people["jonas"], why="Kender branchen", now=MONDAY)
    assert (anja.handler, Duty.objects.get(kind=ANSWER).owner) == (cast.people["jonas"], cast.people["jonas"])
    mail = OutgoingMail.objects.filter(recipient=ANJA).order_by("pk").last()
    assert mail is not None
    assert "Jonas Bay er din kontakt hos os fra nu af" in mail.body


def test_forty_cases_of_a_leaver_drop_to_the_stand_in_at_once(cast: Cast, anja: Case) -> None:
    sorted_out(cast, anja)
    jonas, mette = cast.people["jonas"], cast.people["mette"]
    for number in range(40):
        case = an_enquiry(cast, email=f"n{number}@example.dk", cvr_number="")
        handover.hand_over(cast.be("mette"), case, jonas, why="Fordeling", now=MONDAY)
    let_go(cast.house, jonas.memberships.get(), last_date=MONDAY.date(), now=MONDAY)
    assert handover.leaver(cast.be("mette"), jonas, now=MONDAY) == 40
    assert not Case.objects.filter(handler=jonas).exists()
    assert anja.needs.get(topic="hire").person == mette
    assert HandOver.objects.filter(is_makeshift=True, settled_at=None).count() == 40
    assert not Duty.objects.filter(owner=jonas, done_at=None).exists()
    case.refresh_from_db()
    handover.hand_over(cast.be("mette"), case, mette, why="", now=MONDAY)
    assert HandOver.objects.filter(is_makeshift=True, settled_at=None).count() == 39


def test_when_the_stand_in_leaves_too_each_case_waits_once_for_a_new_contact(cast: Cast, anja: Case) -> None:
    sorted_out(cast, anja)
    jonas, mette, soeren = (cast.people[name] for name in ("jonas", "mette", "søren"))
    handover.hand_over(cast.be("mette"), anja, jonas, why="Kender branchen", now=MONDAY)
    post = mette.memberships.get()
    post.stand_in = soeren
    post.save()
    for day, gone in enumerate((jonas, mette)):
        now = MONDAY + timedelta(days=day)
        let_go(cast.house, gone.memberships.get(), last_date=now.date(), now=now)
        handover.leaver(cast.house, gone, now=now)
    anja.refresh_from_db()
    assert anja.handler == soeren
    assert {need.person for need in anja.needs.filter(done_at=None)} <= {soeren, cast.people["karen"]}
    assert makeshift().get().gave == mette
    cast.home.refresh_from_db()
    assert cast.home.public_contact == soeren
    assert not Duty.objects.filter(owner__in=(jonas, mette), done_at=None).exists()
    told = [mail.body for mail in OutgoingMail.objects.filter(recipient=ANJA).order_by("pk")]
    assert "Søren Dahl er din kontakt hos os fra nu af, efter Mette Lind" in told[-1]


def test_nobody_leaves_their_work_to_somebody_who_has_left(cast: Cast, anja: Case) -> None:
    sorted_out(cast, anja)
    mette = cast.people["mette"]
    mette.is_active = False
    mette.save()
    with pytest.raises(Refused, match="Vælg en stedfortræder først"):
        let_go(cast.house, cast.people["jonas"].memberships.get(), last_date=MONDAY.date(), now=MONDAY)


@pytest.mark.parametrize(
    ("written", "promised"),
    [
        (datetime(2027, 4, 20, 8, tzinfo=UTC), "fredag 23. april"),  # once Store Bededag, now a working day
        (datetime(2028, 6, 1, 8, tzinfo=UTC), "onsdag 7. juni"),  # past Grundlovsdag, Monday 5 June 2028
        (datetime(2026, 12, 22, 8, tzinfo=UTC), "tirsdag 29. december"),  # past Christmas Eve and Christmas
        (datetime(2027, 7, 16, 8, tzinfo=UTC), "onsdag 28. juli"),  # week 29 is closed
        (
            datetime(2027, 3, 26, 23, 30, tzinfo=UTC),
            "torsdag 1. april",
        ),  # past midnight here; clocks move that weekend
        (datetime(2027, 10, 30, 23, 30, tzinfo=UTC), "onsdag 3. november"),  # the longest night
    ],
)
def test_the_promised_day_is_a_day_on_which_somebody_works(
    cast: Cast, written: datetime, promised: str
) -> None:
    cast.home.closed_periods = [["2027-07-19", "2027-07-25"]]
    case = an_enquiry(ready(cast), now=written)
    assert f"svarer senest {promised}" in OutgoingMail.objects.get(recipient=ANJA).body
    due = Duty.objects.get(kind=ANSWER, path=case.path).due_at.astimezone(ZoneInfo("Europe/Copenhagen"))
    assert due.hour == 16


def searched(by: Principal, cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    return with_words(cases, text, find_words(by, text))


def test_search_finds_words_in_lines_that_one_may_read(cast: Cast, anja: Case) -> None:
    work.note(cast.be("mette"), anja, "Kender symaskiner.", only_unit=cast.units["Beskæftigelse"], now=MONDAY)
    mette, soeren = cast.be("mette"), cast.be("søren")
    mine = visible_to(mette)
    assert searched(mette, mine, "stofpose bibliotek").get() == anja
    assert searched(mette, mine, "symaskine").get() == anja
    assert not searched(soeren, Case.objects.all(), "symaskine").exists()
    assert searched(mette, mine, "syværket").get() == anja
    assert searched(mette, mine, str(anja.pk)).get() == anja
    set_tenant(cast.next_door.pk)
    assert not searched(cast.be("dan"), Case.objects.all(), "stofpose").exists()


def test_a_line_in_a_thread_that_was_merged_is_found_in_the_file(cast: Cast) -> None:
    organisation = an_enterprise(ready(cast), "Syværket ApS", email=ANJA, cvr=CVR)
    file = an_enquiry(cast)
    thread = an_enquiry(cast, "Vi har en broderimaskine.", email="bo@example.dk", name="Bo")
    confirm(cast.be("mette"), thread, thread.participants.get(), organisation, how="Ringet op", now=MONDAY)
    mette = cast.be("mette")
    assert searched(mette, visible_to(mette).filter(merged_into=None), "broderimaskine").get() == file


def test_a_search_for_a_word_that_stands_everywhere_says_that_older_lines_are_left_out(
    cast: Cast, anja: Case, browse: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indgang.cases.queries.MOST_LINES", 2)
    mette = browse.log_in("mette")
    assert "kun de nyeste" not in text_of(mette.get("/sager/?q=stofposer"))
    work.note(cast.be("mette"), anja, "Stofposer er populære.", now=MONDAY)
    assert "kun de nyeste" in text_of(mette.get("/sager/?q=stofposer"))


def test_staff_write_a_call_down_answer_it_and_end_it(cast: Cast, browse: Browser) -> None:
    ready(cast)
    mette = browse.log_in("mette")
    refused = mette.post("/sager/ny/", {"text": "Ole har depression og vil i job.", "channel": "phone",
                                        "name": "Ole", "phone": "20304050"}, status=200)  # fmt: skip
    assert "bestemt persons helbred (depression)" in text_of(refused)
    assert "Ole har depression" in refused.content.decode()
    assert not Case.objects.exists()
    page = text_of(
        mette.follow("/sager/ny/", {"text": BAGS, "channel": "phone", "name": "Anja", "email": ANJA})
    )
    assert "Svar dem" in page
    case = Case.objects.get()
    assert "Teksten siger: sælge" in text_of(mette.get(f"{case.path}fordel/"))
    given = {"hire": "on", "hire_person": cast.people["jonas"].pk, "hire_days": 3}
    rest = {f"{topic}_{name}": value for topic in ("sell", "premises", "start", "partner", "law")
            for name, value in (("person", cast.people["mette"].pk), ("days", 5))}  # fmt: skip
    assert "Jonas Bay tager sig af: ansætte" in text_of(mette.follow(f"{case.path}fordel/", given | rest))
    assert "Svaret er sendt" in text_of(
        mette.follow(f"{case.path}skriv/", {"text": "Vi ringer i morgen.", "kind": "answer"})
    )
    assert "Skriv hvorfor" in text_of(mette.post(f"{case.path}afslut/", {"ending": "no_help"}, status=200))
    assert "Hjulpet" in text_of(mette.follow(f"{case.path}afslut/", {"ending": "helped"}))
    assert "stofposer" in text_of(mette.get("/sager/?vis=afsluttede&q=stofposer"))
    assert browse.log_in("carla").get(case.path, status=404)


def test_desk_and_case_cost_the_same_however_much_there_is(
    cast: Cast, browse: Browser, django_assert_max_num_queries: object, anja: Case
) -> None:
    sorted_out(cast, anja)
    mette = browse.log_in("mette")
    for number in range(6):
        other = an_enquiry(cast, email=f"n{number}@example.dk")
        sorted_out(cast, other)
        work.note(cast.be("mette"), anja, "Endnu en note", now=MONDAY)
    for path in ("/sager/", "/sager/?q=stofposer", anja.path, "/skrivebord/"):
        mette.get(path)
        with django_assert_max_num_queries(10):  # type: ignore[operator]
            mette.get(path)
