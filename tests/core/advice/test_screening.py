# SPDX-License-Identifier: MPL-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.advice.screening import CRITERIA, Form, Said, Verdict, screen
from indgang.core.text import Refused

ALL = {one.key: Said.YES.value for one in CRITERIA}


def test_five_times_yes_in_a_company_can_be_registered() -> None:
    found = screen(ALL, Form.COMPANY)
    assert found.verdict is Verdict.MET
    assert found.next_steps == ()
    assert len(found.reasons) == 5


def test_an_idea_without_a_form_is_on_the_way_and_hears_what_comes_next() -> None:
    found = screen(ALL, Form.NONE)
    assert found.verdict is Verdict.ON_THE_WAY
    assert "virksomhedsform" in str(found.next_steps[0])


def test_a_sole_trader_hears_the_paragraph() -> None:
    found = screen(ALL, Form.SOLE_TRADER)
    assert found.verdict is Verdict.ON_THE_WAY
    assert "§ 4, stk. 2" in str(found.reasons[-1])


def test_one_no_stands_against_and_advice_goes_on() -> None:
    found = screen(ALL | {"profit": "no"}, Form.COMPANY)
    assert found.verdict is Verdict.NOT_MET
    assert "stadig få råd" in str(found.headline)


def test_what_is_not_answered_is_unknown_never_no() -> None:
    assert screen({}, Form.COMPANY).verdict is Verdict.UNKNOWN


def test_an_answer_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="Vælg et svar"):
        screen({"profit": "maybe"}, Form.COMPANY)


@given(
    answers=st.fixed_dictionaries({one.key: st.sampled_from(Said) for one in CRITERIA}),
    form=st.sampled_from(Form),
)
def test_every_criterion_gets_its_sentence_and_only_five_times_yes_is_met(
    answers: dict[str, Said], form: Form
) -> None:
    found = screen(answers, form)
    assert len(found.reasons) >= 5
    met = set(answers.values()) == {Said.YES} and form not in (Form.NONE, Form.SOLE_TRADER)
    assert (found.verdict is Verdict.MET) == met
    assert (Said.NO in answers.values()) == (found.verdict is Verdict.NOT_MET)
