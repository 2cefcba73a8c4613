# SPDX-License-Identifier: MPL-2.0
"""The small language in which the rules state their conditions, with three answers: yes, no, not known.

    kind in [goods, services] and V < small_purchase_floor and kgi == no

A name is a fact, a derived value or a figure; every other word must be a known value. `X is null` asks
whether X was left unsaid, `X is unknown` whether somebody said "I don't know". A comparison with
something unknown is unknown, "no and unknown" is no, "yes or unknown" is yes. Nothing is executed: the
text is parsed, checked against the words that exist, and turned into functions.
"""

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indgang.core.law.truth import Figure, OneOf, Truth, Unknown, all_of, any_of

Values = Mapping[str, Any]
Term = Callable[[Values], Any]
Test = Callable[[Values], Truth]


@dataclass(frozen=True)
class Scope:
    """The words that conditions may use."""

    names: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True)
class Condition:
    """A condition as it is written, as it is tested, and the names it reads."""

    text: str
    test: Test
    names: frozenset[str]


class BadCondition(ValueError):
    """A rule's condition uses a word or a construction that does not exist."""


def condition(text: str, scope: Scope) -> Condition:
    """Parse one condition. Raises BadCondition when it is not understood."""
    try:
        tree = ast.parse(" ".join(text.split()), mode="eval").body
    except SyntaxError as error:
        raise BadCondition(f"{text!r}: {error.msg}") from error
    names: set[str] = set()
    return Condition(text, _test(tree, scope, names), frozenset(names))


def _test(node: ast.expr, scope: Scope, names: set[str]) -> Test:
    if isinstance(node, ast.BoolOp):
        tests = [_test(value, scope, names) for value in node.values]
        combine = all_of if isinstance(node.op, ast.And) else any_of
        return lambda values: combine(test(values) for test in tests)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = _test(node.operand, scope, names)
        return lambda values: _not(inner(values))
    if isinstance(node, ast.Compare):
        return _comparison(node, scope, names)
    if isinstance(node, ast.Name) and node.id in ("always", "never"):
        constant = node.id == "always"
        return lambda values: constant
    term = _term(node, scope, names)
    return lambda values: _truth(term(values))


def _comparison(node: ast.Compare, scope: Scope, names: set[str]) -> Test:
    left, tests = node.left, []
    for op, right in zip(node.ops, node.comparators, strict=True):
        tests.append(_single(left, op, right, scope, names))
        left = right
    if len(tests) == 1:
        return tests[0]
    return lambda values: all_of(test(values) for test in tests)


def _single(left: ast.expr, op: ast.cmpop, right: ast.expr, scope: Scope, names: set[str]) -> Test:
    term = _term(left, scope, names)
    if isinstance(op, ast.Is | ast.IsNot):
        return _knowledge(term, right, positive=isinstance(op, ast.Is))
    if isinstance(op, ast.In | ast.NotIn):
        if not isinstance(right, ast.List):
            raise BadCondition("'in' needs a list")
        members = frozenset(_term(item, scope, names)({}) for item in right.elts)
        if isinstance(op, ast.In):
            return lambda values: _member(term(values), members)
        return lambda values: _not(_member(term(values), members))
    other, compare = _term(right, scope, names), _OPERATORS.get(type(op))
    if compare is None:
        raise BadCondition(f"comparison {type(op).__name__} is not part of the language")
    return lambda values: _compare(compare, term(values), other(values))


def _knowledge(term: Term, right: ast.expr, *, positive: bool) -> Test:
    word = right.id if isinstance(right, ast.Name) else None
    if word == "null":
        return lambda values: _is_null(term(values), positive)
    if word == "unknown":
        return lambda values: isinstance(term(values), Unknown | OneOf) is positive
    raise BadCondition("'is' is followed by null or unknown")


def _term(node: ast.expr, scope: Scope, names: set[str]) -> Term:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float | str):
        value = node.value
        if isinstance(value, str) and value not in scope.words:
            raise BadCondition(f"unknown value {value!r}")
        return lambda values: value
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        first, second = _term(node.left, scope, names), _term(node.right, scope, names)
        combine = _ARITHMETIC[type(node.op)]
        return lambda values: _calculate(combine, first(values), second(values))
    if isinstance(node, ast.Name | ast.Attribute):
        name = ast.unparse(node)
        if name in scope.names:
            names.add(name)
            return lambda values: values[name]
        if name in scope.words:
            return lambda values: name
        raise BadCondition(f"unknown word {name!r}")
    raise BadCondition(f"{ast.unparse(node)!r} is not part of the language")


def _truth(value: object) -> Truth:
    if value is None:
        return False
    if isinstance(value, OneOf):
        return _agree([_truth(item) for item in value.values], value.causes)
    if isinstance(value, bool | Unknown):
        return value
    raise TypeError(f"{value!r} is neither true nor false")


def _not(truth: Truth) -> Truth:
    return truth if isinstance(truth, Unknown) else not truth


def _is_null(value: object, positive: bool) -> Truth:
    if isinstance(value, Unknown):
        return value
    return (value is None) is positive


def _member(value: object, members: frozenset[object]) -> Truth:
    if isinstance(value, Unknown):
        return value
    if isinstance(value, OneOf):
        return _agree([item in members for item in value.values], value.causes)
    return value in members


def _compare(compare: Callable[[Any, Any], bool], left: object, right: object) -> Truth:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _merged(left, right)
    if isinstance(left, OneOf):
        return _agree([_compare(compare, item, right) for item in left.values], left.causes)
    if isinstance(right, OneOf):
        return _agree([_compare(compare, left, item) for item in right.values], right.causes)
    if left is None or right is None:
        return compare in (operator.eq, operator.ne) and compare(left, right)
    for figure in (left, right):
        if isinstance(figure, Figure) and abs(_amount(left) - _amount(right)) <= figure.margin:
            return Unknown(figure.name)
    return bool(compare(_amount(left), _amount(right)))


def _amount(value: Any) -> Any:
    return value.amount if isinstance(value, Figure) else value


def _calculate(combine: Callable[[Any, Any], Any], left: object, right: object) -> object:
    if isinstance(left, Unknown | OneOf) or isinstance(right, Unknown | OneOf):
        return _merged(left, right)
    return None if left is None or right is None else combine(left, right)


def _merged(*values: object) -> Unknown:
    causes = [cause for value in values if isinstance(value, Unknown | OneOf) for cause in value.causes]
    return Unknown(*dict.fromkeys(causes))


def _agree(truths: Sequence[Truth], causes: tuple[str, ...]) -> Truth:
    if all(truth is True for truth in truths):
        return True
    if all(truth is False for truth in truths):
        return False
    more = [cause for truth in truths if isinstance(truth, Unknown) for cause in truth.causes]
    return Unknown(*dict.fromkeys([*causes, *more]))


_OPERATORS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Mult: operator.mul,
}
