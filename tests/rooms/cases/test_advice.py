# SPDX-License-Identifier: MPL-2.0
"""Advice: what exists comes first; a mentor whom both say yes to, whose words nobody else reads."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from indgang.cases.advice import ideas, mentors, parties, stalled
from indgang.cases.advice.permissions import FOUNDER, MENTOR
from indgang.cases.models import Entry, Idea, MentorEvaluation, MentorMatch, MentorMeeting
from indgang.core.text import Refused
from indgang.directory.models import Interest
from indgang.directory.queries import conflicts
from indgang.kernel.models import Duty, OutgoingMail
from tests.cast import Cast
from tests.rooms.cases.founders import (
    AGREED,
    ASKED,
    CLOSED,
    YES,
    an_idea,
    by_link,
    grethe,
    proposed,
    running,
    screened,
)


class TestTheIdea:
    def test_anybody_may_ask_and_hears_when_there_is_an_answer(self, cast: Cast) -> None:
        case = an_idea(cast)
        assert case.handler == cast.people["mette"]
        assert OutgoingMail.objects.get().recipient == "ali@example.dk"
        assert Duty.objects.get(kind="cases.answer").done_at is None

    def test_the_screening_tells_where_it_stands_and_ends_the_promise(self, cast: Cast) -> None:
        case = screened(cast)
        assert case.idea.answers["governance"] == "not_yet"
        assert Duty.objects.get(kind="cases.answer").done_at is not None
        assert any("på vej" in line.text for line in Entry.objects.filter(case=case))

    def test_help_is_not_given_here_before_what_exists_was_shown(self, cast: Cast) -> None:
        case = an_idea(cast)
        with pytest.raises(Refused, match="findes i forvejen"):
            ideas.say_why_local(cast.be("mette"), case, reason="Det er lettest", now=ASKED)
        with pytest.raises(IntegrityError), transaction.atomic():
            Idea.objects.filter(case=case).update(local_reason="Fordi")

    def test_a_stranger_reads_and_writes_nothing(self, cast: Cast) -> None:
        case = an_idea(cast)
        with pytest.raises(Refused):
            ideas.point_on(cast.be("carla"), case, now=ASKED)


class TestProposing:
    def test_a_mentor_is_asked_first_and_the_founder_hears_nothing_yet(self, cast: Cast) -> None:
        proposed(cast)
        assert OutgoingMail.objects.order_by("-pk")[0].recipient == "grethe@example.dk"

    def test_no_mentor_before_it_is_said_why_here(self, cast: Cast) -> None:
        case = an_idea(cast)
        with pytest.raises(Refused, match="hvorfor hjælpen gives her"):
            mentors.propose(cast.be("mette"), case, grethe(cast), now=ASKED)

    def test_capacity_is_a_hard_limit(self, cast: Cast) -> None:
        match = proposed(cast)
        other = screened(cast, an_idea(cast, "Bea Lund", "bea@example.dk"))
        with pytest.raises(Refused, match="Har ikke plads: 1 af 1"):
            mentors.propose(cast.be("mette"), other, match.mentor, now=ASKED)

    def test_one_mentor_at_a_time(self, cast: Cast) -> None:
        match = proposed(cast)
        second = grethe(cast, email="hans@example.dk")
        with pytest.raises(Refused, match="åbent forløb"):
            mentors.propose(cast.be("mette"), match.idea.case, second, now=ASKED)

    def test_a_mentor_promises_confidentiality_and_is_one_once(self, cast: Cast) -> None:
        grethe(cast)
        with pytest.raises(Refused, match="i forvejen"):
            grethe(cast)
        with pytest.raises(Refused, match="tavshed"):
            mentors.add_mentor(
                cast.be("mette"), name="Ida", email="ida@example.dk", skills=["law"], trades="", town="", capacity=1,
                is_discreet=False, now=ASKED,
            )  # fmt: skip

    def test_a_mentor_with_a_match_does_not_just_stop(self, cast: Cast) -> None:
        match = proposed(cast)
        with pytest.raises(Refused, match="åbent forløb"):
            mentors.end_mentor(cast.be("mette"), match.mentor, now=ASKED)


class TestBothSayYes:
    def test_it_begins_with_the_second_yes(self, cast: Cast) -> None:
        match = proposed(cast)
        parties.say_yes(by_link(match, MENTOR), match, agrees=True, now=YES)
        match.refresh_from_db()
        assert not match.is_running
        parties.say_yes(by_link(match, FOUNDER), match, agrees=True, now=AGREED)
        match.refresh_from_db()
        assert match.is_running
        assert match.agreed_at == AGREED

    def test_the_tie_is_written_down_and_bars_until_it_ends(self, cast: Cast) -> None:
        match = running(cast)
        user, org = match.mentor.user_id, match.idea.organisation_id or 0
        assert conflicts(user, org, on=date(2027, 6, 1)).get().kind == Interest.Kind.MENTOR
        parties.end_match(by_link(match, MENTOR), match, ending="goal", now=CLOSED)
        assert conflicts(user, org, on=date(2027, 11, 18)).exists()
        assert not conflicts(user, org, on=date(2027, 11, 19)).exists()

    def test_a_yes_needs_the_agreement(self, cast: Cast) -> None:
        match = proposed(cast)
        with pytest.raises(Refused, match="kryds ved aftalen"):
            parties.say_yes(by_link(match, MENTOR), match, agrees=False, now=YES)

    def test_a_founder_cannot_be_first(self, cast: Cast) -> None:
        match = proposed(cast)
        with pytest.raises(Refused, match="ikke svaret endnu"):
            parties.say_yes(by_link(match, FOUNDER), match, agrees=True, now=YES)

    def test_a_mentor_who_withdraws_meanwhile_leaves_no_half_match(self, cast: Cast) -> None:
        match = proposed(cast)
        parties.say_yes(by_link(match, MENTOR), match, agrees=True, now=YES)
        parties.say_no(by_link(match, MENTOR), match, now=YES)
        with pytest.raises(Refused, match="trukket sig"):
            parties.say_yes(by_link(match, FOUNDER), match, agrees=True, now=AGREED)
        assert not Interest.objects.exists()
        assert "Find en anden mentor" in Duty.objects.get(kind="mentor.another").title
        assert "kan ikke alligevel" in OutgoingMail.objects.filter(recipient="ali@example.dk").last().subject  # type: ignore[union-attr]

    def test_somebody_who_has_said_no_is_not_asked_again(self, cast: Cast) -> None:
        match = proposed(cast)
        parties.say_no(by_link(match, MENTOR), match, now=YES)
        with pytest.raises(Refused, match="sagt nej"):
            mentors.propose(cast.be("mette"), match.idea.case, match.mentor, now=AGREED)

    def test_others_links_open_nothing(self, cast: Cast) -> None:
        match = proposed(cast)
        stranger = by_link(match, MENTOR).__class__(
            by_link(match, MENTOR).kind, match.municipality_id, purpose=MENTOR, subject_id=match.pk + 1
        )
        with pytest.raises(Refused, match="hver sit link"):
            parties.say_yes(stranger, match, agrees=True, now=YES)


class TestMeeting:
    def test_only_the_day_is_kept(self, cast: Cast) -> None:
        match = running(cast)
        fields = {field.name for field in MentorMeeting._meta.get_fields()}
        assert fields == {"id", "municipality", "match", "met_date", "noted_at"}
        for _twice in range(2):
            parties.note_meeting(by_link(match, MENTOR), match, met_date=date(2027, 3, 10), now=CLOSED)
        assert MentorMeeting.objects.count() == 1

    @pytest.mark.parametrize(
        ("day", "told"), [(date(2028, 1, 1), "fremtiden"), (date(2027, 3, 1), "før aftalen")]
    )
    def test_a_day_that_cannot_be_is_refused(self, cast: Cast, day: date, told: str) -> None:
        match = running(cast)
        with pytest.raises(Refused, match=told):
            parties.note_meeting(by_link(match, MENTOR), match, met_date=day, now=CLOSED)

    def test_sixty_quiet_days_remind_both_once_and_then_mette(self, cast: Cast) -> None:
        match = running(cast)
        assert stalled.nudge(cast.house, now=AGREED + timedelta(days=59)) == 0
        before = OutgoingMail.objects.count()
        assert stalled.nudge(cast.house, now=AGREED + timedelta(days=60)) == 1
        assert OutgoingMail.objects.count() == before + 2
        assert stalled.nudge(cast.house, now=AGREED + timedelta(days=61)) == 0
        assert Duty.objects.get(kind="mentor.stalled").owner == cast.people["mette"]
        met = (AGREED + timedelta(days=62)).date()
        parties.note_meeting(by_link(match, FOUNDER), match, met_date=met, now=AGREED + timedelta(days=63))
        assert Duty.objects.get(kind="mentor.stalled").done_at is not None
        assert stalled.nudge(cast.house, now=AGREED + timedelta(days=121)) == 0
        assert stalled.nudge(cast.house, now=AGREED + timedelta(days=122)) == 1


class TestTheEnd:
    def test_both_say_how_it_was_once(self, cast: Cast) -> None:
        match = running(cast)
        with pytest.raises(Refused, match="Vent med at bedømme"):
            parties.evaluate(by_link(match, MENTOR), match, score=5, text="", now=CLOSED)
        parties.end_match(by_link(match, FOUNDER), match, ending="goal", now=CLOSED)
        parties.evaluate(by_link(match, MENTOR), match, score=5, text="", now=CLOSED)
        parties.evaluate(by_link(match, FOUNDER), match, score=4, text="Fik den første kunde", now=CLOSED)
        assert MentorEvaluation.objects.count() == 2
        with pytest.raises(Refused, match="sagt din mening"):
            parties.evaluate(by_link(match, MENTOR), match, score=1, text="", now=CLOSED)

    def test_what_has_ended_does_not_end_again(self, cast: Cast) -> None:
        match = running(cast)
        parties.end_match(by_link(match, MENTOR), match, ending="goal", now=CLOSED)
        with pytest.raises(Refused, match="afsluttet"):
            parties.end_match(by_link(match, FOUNDER), match, ending="stopped", now=CLOSED)

    def test_a_match_under_way_is_ended_not_declined(self, cast: Cast) -> None:
        match = running(cast)
        with pytest.raises(Refused, match="i gang"):
            parties.say_no(by_link(match, MENTOR), match, now=CLOSED)
        assert MentorMatch.objects.get().is_running
