# SPDX-License-Identifier: MPL-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.law.logic import BadCondition, Scope, condition
from indgang.core.law.truth import Figure, OneOf, Truth, Unknown

SCOPE = Scope(
    names=frozenset(
        {"kind", "V", "limit", "kgi", "agreement", "agreement.exclusive", "supplier", "flag", "a", "b"}
    ),
    words=frozenset({"goods", "services", "yes", "no", "supplier"}),
)
UNKNOWN = Unknown("kgi")


def holds(text: str, **values: object) -> Truth:
    return condition(text, SCOPE).test(dict.fromkeys(SCOPE.names) | values)


def plain(truth: Truth) -> bool | None:
    return None if isinstance(truth, Unknown) else truth


def test_a_condition_reads_like_the_law_and_is_tested_like_it() -> None:
    text = "kind in [goods, services] and V < limit and kgi == no"
    assert holds(text, kind="goods", V=1, limit=2, kgi="no") is True
    assert holds(text, kind="goods", V=2, limit=2, kgi="no") is False
    assert plain(holds(text, kind="goods", V=1, limit=2, kgi=UNKNOWN)) is None


def test_what_is_unknown_names_what_would_settle_it() -> None:
    truth = holds("kgi == no or a > b", kgi=Unknown("kgi"), a=Unknown("value_dkk"), b=1)
    assert isinstance(truth, Unknown)
    assert truth.causes == ("kgi", "value_dkk")


def test_no_beats_unknown_and_yes_beats_unknown() -> None:
    assert holds("kgi == no and flag", kgi=UNKNOWN, flag=False) is False
    assert holds("kgi == no or flag", kgi=UNKNOWN, flag=True) is True


def test_not_stated_differs_from_not_known() -> None:
    assert holds("V is null") is True
    assert plain(holds("V is null", V=UNKNOWN)) is None
    assert holds("V is unknown", V=UNKNOWN) is True
    assert holds("V is unknown") is False


def test_a_comparison_with_nothing_is_no_and_a_difference_from_nothing_is_yes() -> None:
    assert holds("V < limit", limit=3) is False
    assert holds("kind == goods") is False
    assert holds("kind != goods") is True
    assert holds("not flag") is True


def test_one_of_several_values_is_certain_when_they_agree() -> None:
    either = OneOf(("goods", "services"), "kind")
    assert holds("kind in [goods, services]", kind=either) is True
    assert plain(holds("kind == goods", kind=either)) is None
    assert holds("V < limit", V=1, limit=OneOf((2, 3), "cpv_main")) is True
    assert plain(holds("V < limit", V=2, limit=OneOf((2, 3), "cpv_main"))) is None


def test_close_to_a_derived_figure_nothing_is_certain() -> None:
    figure = Figure("light", 1000, 0.01)
    assert holds("V < limit", V=989, limit=figure) is True
    assert plain(holds("V < limit", V=990, limit=figure)) is None
    assert plain(holds("V >= limit", V=1010, limit=figure)) is None
    assert holds("V >= limit", V=1011, limit=figure) is True
    assert plain(holds("limit <= V", V=1010, limit=figure)) is None


def test_a_word_that_is_also_a_fact_is_written_in_quotes() -> None:
    assert holds("kind == 'supplier'", kind="supplier") is True


@pytest.mark.parametrize(
    "text",
    [
        "kind == banana",
        "kind == 'banana'",
        "__import__('os')",
        "V < limit if flag else V",
        "kind in goods",
        "V is goods",
        "[a for a in b]",
        "V < ",
        "agreement.secret",
        "V @ limit",
        "kind is not banana",
        "lambda: V",
        "V in range(3)",
    ],
)
def test_what_is_not_in_the_language_is_refused_before_it_can_run(text: str) -> None:
    with pytest.raises(BadCondition):
        condition(text, SCOPE)


def test_an_unknown_is_never_taken_for_true_or_false_by_accident() -> None:
    with pytest.raises(TypeError):
        bool(UNKNOWN)


def test_a_number_is_not_a_truth() -> None:
    with pytest.raises(TypeError):
        holds("V", V=3)


TRUTHS = st.sampled_from([True, False, None])


def value(truth: bool | None) -> object:
    return UNKNOWN if truth is None else truth


@given(TRUTHS, TRUTHS)
def test_the_three_answers_follow_kleene(a: bool | None, b: bool | None) -> None:
    both, either, less = (
        plain(holds(text, a=value(a), b=value(b))) for text in ("a and b", "a or b", "not (not a or not b)")
    )
    assert both is (False if False in (a, b) else None if None in (a, b) else True)
    assert either is (True if True in (a, b) else None if None in (a, b) else False)
    assert less is both


EXPRESSIONS = st.recursive(
    st.sampled_from(["a", "b", "flag"]),
    lambda inner: st.one_of(
        inner.map(lambda text: f"(not {text})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda parts: f"({' '.join(parts)})"),
    ),
    max_leaves=12,
)


@given(EXPRESSIONS, TRUTHS, TRUTHS, TRUTHS, st.sampled_from(["a", "b", "flag"]))
def test_learning_a_fact_never_turns_a_certain_answer_around(
    text: str, a: bool | None, b: bool | None, flag: bool | None, forgotten: str
) -> None:
    known = {"a": a, "b": b, "flag": flag}
    before = plain(holds(text, **{name: value(None if name == forgotten else known[name]) for name in known}))
    after = plain(holds(text, **{name: value(known[name]) for name in known}))
    assert before is None or before is after
