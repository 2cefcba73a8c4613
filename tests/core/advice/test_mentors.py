# SPDX-License-Identifier: MPL-2.0
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.advice.mentors import Candidate, Wish, short_list

LABELS = {"price": "Pris", "sale": "Salg", "law": "Jura"}
WISH = Wish(frozenset({"price", "sale"}), "reparation af kontormøbler", "Åbjerg")


def a_mentor(key: int = 1, skills: tuple[str, ...] = ("price",), **facts: object) -> Candidate:
    return Candidate(key, f"Mentor {key}", frozenset(skills), **facts)  # type: ignore[arg-type]


def test_the_one_who_meets_most_needs_comes_first_with_reasons() -> None:
    listed, _out = short_list(WISH, [a_mentor(1), a_mentor(2, ("price", "sale"))], LABELS)
    assert [one.key for one in listed] == [2, 1]
    assert [str(reason) for reason in listed[0].reasons] == [
        "Kan hjælpe med pris.", "Kan hjælpe med salg.", "Har plads til 1 mere af 1."
    ]  # fmt: skip
    assert listed[1].lacks == {"sale"}


def test_a_mentor_without_room_is_left_out_and_it_is_said() -> None:
    listed, out = short_list(WISH, [a_mentor(capacity=2, running=2)], LABELS)
    assert listed == ()
    assert str(out[0].reason) == "Har ikke plads: 2 af 2 forløb."


def test_somebody_tied_to_the_enterprise_is_never_proposed() -> None:
    listed, out = short_list(WISH, [a_mentor(is_tied=True)], LABELS)
    assert listed == ()
    assert "i forvejen" in str(out[0].reason)


def test_knowing_the_trade_and_living_near_weigh() -> None:
    near = a_mentor(2, trades="Indkøb af møbler og kontor", town="åbjerg")
    listed, _out = short_list(WISH, [a_mentor(1), near], LABELS)
    assert listed[0].key == 2
    assert any("Kender branchen" in str(reason) for reason in listed[0].reasons)
    assert any("Bor i" in str(reason) for reason in listed[0].reasons)


def test_nobody_is_proposed_for_something_they_cannot() -> None:
    assert short_list(WISH, [a_mentor(skills=("law",))], LABELS)[0] == ()


mentors = st.lists(
    st.builds(
        Candidate,
        key=st.integers(1, 99),
        name=st.sampled_from(["Grethe", "Hans", "Ida"]),
        skills=st.frozensets(st.sampled_from(sorted(LABELS))),
        capacity=st.integers(0, 4),
        running=st.integers(0, 5),
        is_tied=st.booleans(),
        has_declined=st.booleans(),
    ),
    unique_by=lambda one: one.key,
    max_size=12,
)


@given(mentors)
def test_hard_limits_always_hold_and_order_of_asking_does_not_matter(people: list[Candidate]) -> None:
    listed, out = short_list(WISH, people, LABELS)
    by_key = {one.key: one for one in people}
    for one in listed:
        mentor = by_key[one.key]
        assert mentor.running < mentor.capacity
        assert not mentor.is_tied
        assert not mentor.has_declined
        assert mentor.skills & WISH.needs
    assert not {one.key for one in listed} & {one.key for one in out}
    assert short_list(WISH, people[::-1], LABELS)[0] == listed
    assert [one.points for one in listed] == sorted((one.points for one in listed), reverse=True)
