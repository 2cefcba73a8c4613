# SPDX-License-Identifier: MPL-2.0
from indgang.core.text import Reason, Refused


def test_a_reason_reads_as_a_danish_sentence_with_its_values() -> None:
    assert str(Reason("Kan levere %(count)d om ugen", {"count": 800})) == "Kan levere 800 om ugen"


def test_a_reason_without_values_may_hold_a_percent_sign() -> None:
    assert str(Reason("Mindst 30 % dokumenteret")) == "Mindst 30 % dokumenteret"


def test_a_refusal_keeps_its_sentence_and_its_values_apart() -> None:
    refusal = Refused("Linje %(line)d mangler et navn", line=7)
    assert str(refusal) == "Linje 7 mangler et navn"
    assert refusal.reason.values == {"line": 7}
