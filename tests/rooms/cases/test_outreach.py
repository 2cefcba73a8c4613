# SPDX-License-Identifier: MPL-2.0
"""Visits: one company, one visitor; a yes before a visit; drafts that come twice; a way for every task."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from indgang.cases.actions.closing import close
from indgang.cases.models import Case, Entry, FollowUp, TaskCandidate, VisitCriteria, VisitSync
from indgang.cases.outreach import follow, objections, plan, record, ways
from indgang.cases.outreach.queries import current_criteria
from indgang.core.text import Refused
from indgang.kernel.access import anonymous
from indgang.kernel.models import AuditLine, Duty, OutgoingMail
from indgang.procurement.models import TaskNotice
from tests.cast import NOW, Cast
from tests.factories import an_enterprise
from tests.rooms.cases.visits import (
    BAGER,
    LINES,
    NORDVANG,
    a_company,
    a_draft,
    agreed,
    planned,
    published,
    visited,
)


def in_house(cast: Cast, task: TaskCandidate, **more: object) -> None:
    facts: dict[str, object] = {
        "hours": Decimal(20),
        "intensity_percent": 50,
        "hourly_oere": 16500,
        "agreement": "Industriens Overenskomst",
        "support": "En kollega viser til rette",
    }
    ways.choose_in_house(cast.be("jonas"), task, now=NOW, **(facts | more))  # type: ignore[arg-type]


class TestThePlan:
    def test_a_company_is_chosen_by_a_published_criterion(self, cast: Cast) -> None:
        case = planned(cast)
        assert case.visit.criterion == LINES[0]
        assert case.handler == cast.people["jonas"]
        assert Duty.objects.get(path=case.visit.path, done_at=None).owner == cast.people["jonas"]

    def test_a_reason_that_is_not_published_is_refused(self, cast: Cast) -> None:
        published(cast)
        with pytest.raises(Refused, match="offentliggjorte kriterium"):
            plan.plan_visit(cast.be("jonas"), a_company(), criterion="De svarede ikke sidst", now=NOW)

    def test_two_units_never_visit_the_same_company(self, cast: Cast) -> None:
        planned(cast)
        with pytest.raises(Refused, match="åbent besøg hos Jonas Bay"):
            plan.plan_visit(cast.be("mette"), a_company("Nordvang"), criterion=LINES[0], now=NOW)

    def test_the_database_itself_holds_the_one_visitor(self, cast: Cast) -> None:
        case = planned(cast)
        case.pk = None
        with pytest.raises(IntegrityError, match="one_open_visit_per_cvr_number"), transaction.atomic():
            case.save(force_insert=True)

    def test_when_a_visit_has_ended_there_can_be_another(self, cast: Cast) -> None:
        close(cast.be("jonas"), planned(cast), Case.Ending.NOT_REACHED, now=NOW)
        assert plan.plan_visit(cast.be("mette"), a_company(), criterion=LINES[0], now=NOW).is_open

    def test_a_buyer_does_not_plan_visits(self, cast: Cast) -> None:
        published(cast)
        with pytest.raises(Refused, match="Jobkonsulenter og koordinatorer"):
            plan.plan_visit(cast.be("carla"), a_company(), criterion=LINES[0], now=NOW)

    def test_criteria_keep_their_history_and_are_never_rewritten(self, cast: Cast) -> None:
        published(cast)
        plan.set_criteria(cast.be("mette"), [LINES[1]], now=NOW + timedelta(days=1))
        plan.set_criteria(cast.be("mette"), [LINES[1]], now=NOW + timedelta(days=2))
        assert VisitCriteria.objects.count() == 2
        now = current_criteria(cast.home.pk)
        assert now is not None
        assert now.lines == [LINES[1]]
        with pytest.raises(ProgrammingError), transaction.atomic():
            VisitCriteria.objects.update(lines=["Noget andet"])


class TestYesAndNo:
    def test_silence_is_no_yes(self, cast: Cast) -> None:
        case = planned(cast)
        with pytest.raises(Refused, match="Intet svar er ikke et ja"):
            plan.agree(cast.be("jonas"), case, agreed_with=" ", planned_at=NOW, now=NOW)
        with pytest.raises(Refused, match="sagt ja til besøget"):
            record.hand_in(cast.be("jonas"), case, a_draft(), now=NOW)

    def test_a_sole_trader_who_objects_is_left_in_peace(self, cast: Cast) -> None:
        by = anonymous(cast.home.pk)
        objections.object_to_visits(by, name="Bager Holm", cvr_number=BAGER, how="Formular", now=NOW)
        published(cast)
        with pytest.raises(Refused, match="nej til besøg"):
            plan.plan_visit(cast.be("jonas"), a_company("Bager Holm", BAGER), criterion=LINES[0], now=NOW)

    def test_an_objection_reaches_the_one_who_was_on_the_way(self, cast: Cast) -> None:
        case = agreed(cast)
        by = anonymous(cast.home.pk)
        objections.object_to_visits(by, name="Nordvang", cvr_number=NORDVANG, how="Formular", now=NOW)
        assert "luk besøget" in Duty.objects.get(path=case.visit.path, done_at=None).title
        with pytest.raises(Refused, match="nej til besøg"):
            record.hand_in(cast.be("jonas"), case, a_draft(), now=NOW)

    def test_objecting_twice_is_one_objection_and_lifting_says_why(self, cast: Cast) -> None:
        by = anonymous(cast.home.pk)
        first = objections.object_to_visits(by, name="Holm", cvr_number=BAGER, how="Formular", now=NOW)
        again = objections.object_to_visits(by, name="Holm", cvr_number=BAGER, how="Igen", now=NOW)
        assert first == again
        with pytest.raises(Refused, match="Skriv, hvem"):
            objections.lift_objection(cast.be("jonas"), first, why="", now=NOW)
        objections.lift_objection(cast.be("jonas"), first, why="Per Holm ringede 6. april", now=NOW)
        assert planned(cast, a_company("Holm", BAGER)).is_open

    def test_any_company_may_ask_and_gets_a_promise(self, cast: Cast) -> None:
        case = plan.ask_for_visit(anonymous(cast.home.pk), a_company(), "Vi mangler hænder", now=NOW)
        assert case.visit.asked_themselves
        assert case.handler == cast.people["mette"]
        assert OutgoingMail.objects.get().recipient == "helle@nordvang.example"
        plan.agree(cast.be("mette"), case, agreed_with="Helle", planned_at=NOW, now=NOW)
        assert not Duty.objects.filter(kind="cases.answer", done_at=None).exists()

    def test_a_company_on_the_plan_that_asks_gets_no_second_visitor(self, cast: Cast) -> None:
        case = planned(cast)
        asked = plan.ask_for_visit(anonymous(cast.home.pk), a_company(), "Kom gerne", now=NOW)
        assert asked == case
        assert Case.objects.count() == 1
        assert Entry.objects.filter(case=case, kind=Entry.Kind.ENQUIRY).count() == 1


class TestHandingIn:
    def test_a_draft_that_comes_twice_changes_nothing(self, cast: Cast) -> None:
        case, draft = agreed(cast), a_draft("Pakke", "Feje")
        assert record.hand_in(cast.be("jonas"), case, draft, now=NOW)
        counted = (AuditLine.objects.count(), Entry.objects.count(), Duty.objects.count())
        assert not record.hand_in(cast.be("jonas"), case, draft, now=NOW)
        assert TaskCandidate.objects.count() == 2
        assert (AuditLine.objects.count(), Entry.objects.count(), Duty.objects.count()) == counted
        assert VisitSync.objects.count() == 1

    def test_a_task_that_comes_again_in_another_draft_is_one_task(self, cast: Cast) -> None:
        case, draft = agreed(cast), a_draft("Pakke")
        record.hand_in(cast.be("jonas"), case, draft, now=NOW)
        record.hand_in(
            cast.be("jonas"),
            case,
            record.Draft(uuid4(), "industri", draft.tasks),
            now=NOW,
        )
        assert TaskCandidate.objects.count() == 1

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("Hun har depression og kan ikke løfte", "helbred"),
            ("Det passer til 010190-1234", "CPR"),
        ],
    )
    def test_nothing_is_kept_of_a_draft_that_says_too_much(self, cast: Cast, text: str, told: str) -> None:
        case = agreed(cast)
        bad = record.Seen(uuid4(), "Pakke", considerations=text)
        draft = record.Draft(uuid4(), "industri", (record.Seen(uuid4(), "Feje"), bad))
        with pytest.raises(Refused, match=told):
            record.hand_in(cast.be("jonas"), case, draft, now=NOW)
        assert not TaskCandidate.objects.exists()
        case.visit.refresh_from_db()
        assert case.visit.visited_at is None

    def test_a_visit_without_a_find_is_told_as_one(self, cast: Cast) -> None:
        case = agreed(cast)
        record.hand_in(cast.be("jonas"), case, record.Draft(uuid4(), "industri", ()), now=NOW)
        assert "ikke fundet opgaver" in Entry.objects.filter(case=case).order_by("-pk")[0].text

    def test_somebody_elses_visit_is_not_written_in(self, cast: Cast) -> None:
        case = agreed(cast)
        with pytest.raises(Refused):
            record.hand_in(cast.be("carla"), case, a_draft(), now=NOW)


class TestWays:
    def test_a_fleksjob_begins_when_its_terms_are_confirmed(self, cast: Cast) -> None:
        (task,) = visited(cast)
        in_house(cast, task)
        with pytest.raises(Refused, match="bekræftet"):
            follow.begin(cast.be("jonas"), task, started_date=date(2027, 5, 1), now=NOW)
        ways.confirm_terms(cast.be("jonas"), task, confirmed_with="Ib Dahl, tillidsrepræsentant", now=NOW)
        task.refresh_from_db()
        follow.begin(cast.be("jonas"), task, started_date=date(2027, 5, 1), now=NOW)
        due = [one.duty.due_at.date() for one in FollowUp.objects.order_by("months").select_related("duty")]
        assert due == [date(2027, 8, 1), date(2028, 5, 1)]

    def test_changed_terms_must_be_confirmed_anew(self, cast: Cast) -> None:
        (task,) = visited(cast)
        in_house(cast, task)
        ways.confirm_terms(cast.be("jonas"), task, confirmed_with="Ib Dahl", now=NOW)
        in_house(cast, task, hourly_oere=17000)
        task.refresh_from_db()
        assert task.profile.terms_confirmed_at is None

    def test_pay_without_an_agreement_is_refused(self, cast: Cast) -> None:
        (task,) = visited(cast)
        with pytest.raises(Refused, match="overenskomst"):
            in_house(cast, task, agreement=" ")
        with pytest.raises(Refused, match="timelønnen"):
            in_house(cast, task, hourly_oere=0)

    def test_another_enterprise_takes_it_for_a_price_on_trial(self, cast: Cast) -> None:
        (task,) = visited(cast)
        packers = an_enterprise(cast, "Papir & Pluk")
        ways.choose_outsourcing(
            cast.be("jonas"),
            task,
            supplier=packers,
            price_oere=1350,
            price_per="pose",
            trial_weeks=8,
            now=NOW,
        )
        follow.begin(cast.be("jonas"), task, started_date=date(2027, 5, 1), now=NOW)
        assert FollowUp.objects.count() == 2

    def test_a_company_is_not_its_own_supplier(self, cast: Cast) -> None:
        (task,) = visited(cast)
        itself = an_enterprise(cast, "Nordvang", cvr=NORDVANG)
        with pytest.raises(Refused, match="virksomheden selv"):
            ways.choose_outsourcing(
                cast.be("jonas"), task, supplier=itself, price_oere=None, price_per="", trial_weeks=8, now=NOW
            )

    def test_finding_somebody_makes_one_company_task_for_the_coordinator(self, cast: Cast) -> None:
        (task,) = visited(cast)
        notice = ways.find_somebody(cast.be("jonas"), task, now=NOW)
        assert ways.find_somebody(cast.be("jonas"), task, now=NOW) == notice
        assert TaskNotice.objects.get().company is not None
        assert TaskNotice.objects.get().company.name == "Nordvang Plast A/S"  # type: ignore[union-attr]

    def test_neither_says_why_and_ends_the_deadline(self, cast: Cast) -> None:
        (task,) = visited(cast)
        with pytest.raises(Refused, match="hvorfor"):
            ways.choose_neither(cast.be("jonas"), task, why="", now=NOW)
        ways.choose_neither(cast.be("jonas"), task, why="Opgaven kommer kun hver anden måned", now=NOW)
        assert not Duty.objects.filter(kind="outreach.choose", done_at=None).exists()

    def test_what_has_begun_is_not_chosen_over(self, cast: Cast) -> None:
        (task,) = visited(cast)
        in_house(cast, task)
        ways.confirm_terms(cast.be("jonas"), task, confirmed_with="Ib Dahl", now=NOW)
        task.refresh_from_db()
        follow.begin(cast.be("jonas"), task, started_date=date(2027, 5, 1), now=NOW)
        with pytest.raises(Refused, match="begyndt"):
            ways.choose_neither(cast.be("jonas"), task, why="Nej", now=NOW)

    def test_what_has_ended_is_not_asked_about_again(self, cast: Cast) -> None:
        (task,) = visited(cast)
        in_house(cast, task)
        ways.confirm_terms(cast.be("jonas"), task, confirmed_with="Ib Dahl", now=NOW)
        task.refresh_from_db()
        follow.begin(cast.be("jonas"), task, started_date=date(2027, 5, 1), now=NOW)
        close(cast.be("jonas"), task.case, Case.Ending.HELPED, now=NOW)
        first = FollowUp.objects.get(months=3)
        by, later = cast.be("jonas"), NOW + timedelta(days=120)
        follow.follow_up(by, first, still_running=False, hours=None, note="Stoppet efter to uger", now=later)
        assert not Duty.objects.filter(kind="outreach.follow", done_at=None).exists()
        with pytest.raises(Refused, match="er skrevet"):
            follow.follow_up(by, first, still_running=True, hours=None, note="", now=later)
