# SPDX-License-Identifier: MPL-2.0
"""Promises with evidence, figures with colours, requests that the agreement does not meet, and its end."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from indgang.agreements.models import Fulfilment, GoalReading, SupportRequest
from indgang.agreements.partnership import draft, keep, promises, support
from indgang.agreements.partnership.colour import Colour, Kept, colour, kept
from indgang.agreements.partnership.difference import changes, new_line, old_line
from indgang.agreements.partnership.queries import page_of
from indgang.agreements.partnership.wording import template
from indgang.core.text import Refused
from indgang.kernel.models import Duty, FilingItem, OutgoingMail
from tests.cast import NOW, Cast
from tests.factories import an_enterprise, as_staff, speaker
from tests.rooms.agreements.partnership_scene import in_force
from tests.rooms.agreements.scene import a_pdf

JULY = datetime(2027, 7, 1, 8, tzinfo=UTC)
AMOUNTS = st.decimals(-1000, 1000, places=2)


def test_a_kept_promise_comes_back_when_it_is_to_be_kept_again(cast: Cast) -> None:
    agreement = in_force(cast)
    ours = Fulfilment.objects.get(party__unit__isnull=False)
    following = keep.fulfil(
        cast.be("mette"), ours, evidence="Referat af 28. juni", done_date=date(2027, 6, 28), now=JULY
    )
    assert following is not None
    assert (following.due_date, following.duty.is_open) == (date(2028, 1, 1), True)
    with pytest.raises(Refused, match="i forvejen"):
        keep.fulfil(cast.be("mette"), ours, evidence="Igen", done_date=date(2027, 6, 28), now=JULY)
    assert agreement.fulfilments.count() == 3


def test_the_partner_reports_its_own_promise_and_no_one_elses(cast: Cast) -> None:
    in_force(cast)
    ours, theirs = Fulfilment.objects.select_related("party__organisation", "agreement").order_by("pk")
    kro = theirs.party.organisation
    assert kro is not None
    by = speaker(cast, kro)
    with pytest.raises(Refused, match="aftaleansvarlige"):
        keep.fulfil(by, ours, evidence="Det mener vi", done_date=date(2027, 6, 1), now=JULY)
    keep.fulfil(by, theirs, evidence="Mødet er holdt", done_date=date(2027, 6, 1), now=JULY)
    as_staff(cast)
    theirs.refresh_from_db()
    assert theirs.done_at == JULY


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"evidence": "ja"}, "hvordan man kan se"),
        ({"done_date": date(2027, 7, 2)}, "kan ikke ligge i fremtiden"),
    ],
)
def test_a_promise_is_not_kept_by_saying_so(cast: Cast, facts: dict[str, object], sentence: str) -> None:
    in_force(cast)
    said: dict[str, object] = {"evidence": "Referat ligger i sagen", "done_date": date(2027, 6, 1)}
    with pytest.raises(Refused, match=sentence):
        keep.fulfil(cast.be("mette"), Fulfilment.objects.order_by("pk")[0], now=JULY, **(said | facts))  # type: ignore[arg-type]


def test_a_red_figure_demands_a_plan_and_a_yellow_one_does_not(cast: Cast) -> None:
    agreement = in_force(cast)
    goal = agreement.versions.get().goals.get()
    mette = cast.be("mette")
    facts = {"source": "Årsrapport", "now": JULY}
    yellow = keep.read_goal(mette, agreement, goal, value=Decimal("42"), on_date=date(2027, 5, 1), **facts)  # type: ignore[arg-type]
    red = keep.read_goal(mette, agreement, goal, value=Decimal("41"), on_date=date(2027, 6, 1), **facts)  # type: ignore[arg-type]
    assert (keep.colour_of(yellow), yellow.duty) == (Colour.YELLOW, None)
    assert keep.colour_of(red) is Colour.RED
    assert red.duty is not None
    with pytest.raises(Refused, match="hvad I gør, hvem der gør det"):
        keep.write_plan(mette, red, "Vi prøver.", now=JULY)
    keep.write_plan(
        mette, red, "Bo hæver priserne på selskaber fra august; vi ser på tallet 1. oktober.", now=JULY
    )
    red.duty.refresh_from_db()
    assert not red.duty.is_open
    with pytest.raises(Refused, match="allerede et tal"):
        keep.read_goal(mette, agreement, goal, value=Decimal("50"), on_date=date(2027, 6, 1), **facts)  # type: ignore[arg-type]


def test_money_for_a_rebuilding_is_stopped_until_a_lawyer_has_written(cast: Cast) -> None:
    agreement, mette = in_force(cast), cast.be("mette")
    kro = agreement.parties.get(organisation__isnull=False)
    request = support.ask(
        mette, agreement, kro, text="En million til at bygge kroen om", amount_dkk=1_000_000, now=JULY
    )
    draft.seat(mette, agreement, name="Peter Fog", email="borgmester@aabjerg.example", part="chair", now=JULY)
    meeting = keep.call_steering_group(
        mette, agreement, times=[JULY + timedelta(days=60)], place="Rådhuset", now=JULY
    )
    with pytest.raises(Refused, match="Læg juristens vurdering ved"):
        support.put_on_agenda(mette, request, meeting, now=JULY)
    support.attach_opinion(
        cast.be("søren"), request, text="Ikke lovligt: kroen driver erhverv.", document=a_pdf(cast), now=JULY
    )
    support.put_on_agenda(mette, request, meeting, now=JULY)
    item = meeting.agenda.get()
    assert "1.000.000" in item.title
    assert "Ikke lovligt" in item.text
    assert FilingItem.objects.filter(title__startswith="Juridisk vurdering").exists()
    assert SupportRequest.objects.get().meeting_id == meeting.pk


def test_the_steering_group_is_not_called_without_a_chair(cast: Cast) -> None:
    agreement = in_force(cast)
    with pytest.raises(Refused, match="mangler en formand"):
        keep.call_steering_group(cast.be("mette"), agreement, times=[JULY], place="", now=NOW)


def test_an_ended_agreement_drops_what_lies_after_it_and_tells_all(cast: Cast) -> None:
    agreement = in_force(cast)
    keep.end_partnership(
        cast.be("mette"), agreement, because="Kroen er solgt.", last_date=date(2027, 6, 30), phase_out_date=date(2027, 9, 30), now=NOW
    )  # fmt: skip
    open_ones = Duty.objects.filter(done_at=None, path__startswith=f"/aftaler/{agreement.pk}/")
    assert [one.kind for one in open_ones] == ["agreements.phase_out"]
    told = OutgoingMail.objects.filter(subject__startswith="Aftalen slutter").values_list(
        "recipient", flat=True
    )
    assert set(told) == {"lise@aabjerg.example", "engholm@example.dk"}


def test_partners_promises_are_shown_only_as_a_sum_over_five(cast: Cast) -> None:
    for number in range(4):
        in_force(cast, an_enterprise(cast, f"Partner {number}", email=f"p{number}@example.dk"))
    assert promises.partners(cast.home.pk, date(2027, 8, 1)) is None
    in_force(cast, an_enterprise(cast, "Partner 5", email="p5@example.dk"))
    theirs = Fulfilment.objects.filter(party__organisation__isnull=False).order_by("pk")[0]
    keep.fulfil(cast.be("mette"), theirs, evidence="Referat findes", done_date=date(2027, 6, 30), now=JULY)
    assert promises.partners(cast.home.pk, date(2027, 8, 1)) == promises.Tally(1, 0, 4)
    assert promises.partners(cast.home.pk, date(2027, 6, 30)) is None


def test_the_page_costs_the_same_with_two_promises_and_with_many(cast: Cast) -> None:
    agreement = in_force(cast)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            page_of(cast.be("mette"), agreement, JULY)
        return len(seen)

    few = cost()
    goal, ours = agreement.versions.get().goals.get(), Fulfilment.objects.order_by("pk")[0]
    for number in range(3):
        GoalReading.objects.create(
            municipality=cast.home, agreement=agreement, goal=goal, key=goal.key, on_date=date(2027, 5, number + 1),
            value=44, source="x", read_at=NOW, read_by="x",
        )  # fmt: skip
        following = keep.fulfil(
            cast.be("mette"), ours, evidence="Referat", done_date=date(2027, 6, 1), now=JULY
        )
        assert following is not None
        ours = following
    assert cost() == few


@given(AMOUNTS, AMOUNTS, st.booleans(), st.integers(0, 100))
def test_a_better_figure_is_never_a_worse_colour(
    value: Decimal, target: Decimal, higher: bool, tolerance: int
) -> None:
    order = [Colour.RED, Colour.YELLOW, Colour.GREEN]
    better = value + 1 if higher else value - 1
    facts = {"higher_is_better": higher, "tolerance_percent": tolerance}
    assert order.index(colour(better, target, **facts)) >= order.index(colour(value, target, **facts))  # type: ignore[arg-type]
    assert colour(target, target, **facts) is Colour.GREEN  # type: ignore[arg-type]


@given(st.dates(), st.none() | st.dates(), st.dates())
def test_what_was_kept_is_never_overdue(due: date, done: date | None, today: date) -> None:
    state = kept(due, done, today)
    assert (state in (Kept.IN_TIME, Kept.LATE)) == (done is not None)
    assert (state is Kept.OVERDUE) == (done is None and today > due)


LINES = st.lists(st.text("abc æø", max_size=12).map(str.strip), max_size=8)


@given(LINES, LINES)
def test_a_difference_holds_every_line_that_came_or_went(old: list[str], new: list[str]) -> None:
    found = changes("\n".join(old), "\n".join(new))
    for line in set(new) - set(old) - {""}:
        assert any(new_line(change) == line for change in found)
    for line in set(old) - set(new) - {""}:
        assert any(old_line(change) == line for change in found)


@given(LINES)
def test_the_same_text_has_no_difference(lines: list[str]) -> None:
    assert changes("\n".join(lines), "\n".join(lines)) == []


@pytest.mark.parametrize("variant", ["municipality", "companies", "cluster", "internal"])
def test_each_variants_template_says_how_it_is_steered_changed_and_ended(variant: str) -> None:
    keys = [key for key, _title, _text in template(variant).sections]
    assert len(keys) == len(set(keys))
    assert {"foreword", "purpose", "steering", "change", "ending", "data"} <= set(keys)
    assert "ikke ret til ordrer" in template(variant).exclusions
