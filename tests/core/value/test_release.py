# SPDX-License-Identifier: MPL-2.0
"""Two printed quarters are subtracted from each other in every way, and give away no group of fewer than k people."""

from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from indgang.core.value.pack import Figures, Pack
from indgang.core.value.publish import TOTAL, rules
from indgang.core.value.release import Movement, Sheet, guarded, is_told, left_range, rounded, sheet, step_for

NEW, BEFORE = "new", "before"
LEAVING = Movement(TOTAL, BEFORE)


def printed(rows: dict[str, tuple[int, int]], least: int = 5) -> Sheet:
    """A table of (new, from before) by kind with nothing hidden, rounded."""
    lines = [[new, before, new + before] for new, before in rows.values()]
    lines.append([sum(column) for column in zip(*lines, strict=True)])
    return sheet({"rows": [*rows, TOTAL], "columns": [NEW, BEFORE, TOTAL], "people": lines}, least)


def possible(one: Sheet, row: str) -> set[tuple[int, int]]:
    """Every (from before, in all) that a reader of one row may believe in, counted out by hand."""
    new, before, both = (_sizes(one, row, column) for column in (NEW, BEFORE, TOTAL))
    return {(b, n + b) for n, b in product(new, before) if n + b in both}


def _sizes(one: Sheet, row: str, column: str) -> range:
    shown = one.shown(row, column)
    return range(100) if shown is None else range(max(0, shown - one.step // 2), shown + (one.step + 1) // 2)


def test_numbers_are_rounded_to_what_covers_k_sizes() -> None:
    assert [step_for(least) for least in (5, 6, 7, 10)] == [5, 10, 10, 10]
    for least in (5, 8, 10):
        step = step_for(least)
        assert all(
            len([p for p in range(100) if rounded(p, step) == shown]) >= least
            for shown in range(step, 60, step)
        )


def test_what_a_range_gives_away() -> None:
    assert is_told(2, 2, 5)
    assert is_told(1, 4, 5)
    assert not is_told(0, 4, 5)  # nobody, or any number up to four
    assert not is_told(0, 0, 5)  # nobody left
    assert not is_told(7, 7, 5)  # enough people


def test_two_who_left_are_not_found_by_subtracting_the_quarters() -> None:
    """Exactly: 23 were there, 21 of them still are. Rounded: between none and six."""
    first, second = printed({"flex": (8, 15)}), printed({"flex": (7, 21)})
    safe = guarded(second, first, None, LEAVING, 5)
    low, high = left_range(first, safe, "flex", LEAVING)
    assert not is_told(low, high, 5)
    assert high - low >= 4


def test_a_number_that_pins_the_group_down_is_hidden() -> None:
    """Two tables printed to the person: three left. So much is hidden that nobody can say."""
    sharp = Sheet(("flex", TOTAL), (NEW, BEFORE, TOTAL), ((5, 20, 25),) * 2, 1)
    later = Sheet(("flex", TOTAL), (NEW, BEFORE, TOTAL), ((5, 22, 27),) * 2, 1)
    assert is_told(*_left(sharp, later), least=5)
    safe = guarded(later, sharp, None, LEAVING, 5)
    assert safe.shown(TOTAL, BEFORE) is None
    assert not is_told(*_left(sharp, safe), least=5)
    other_way = guarded(sharp, None, later, LEAVING, 5)
    assert other_way.shown(TOTAL, TOTAL) is None


def _left(earlier: Sheet, later: Sheet) -> tuple[float, float]:
    return left_range(earlier, later, TOTAL, Movement(TOTAL, BEFORE))


ROW = st.tuples(st.integers(5, 20), st.integers(5, 20))


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=2), st.lists(st.integers(0, 6), min_size=2, max_size=2), ROW)
def test_no_pair_of_quarters_gives_a_small_group_away(
    rows: list[tuple[int, int]], left: list[int], fresh: tuple[int, int]
) -> None:
    kinds = [f"kind {number}" for number in range(len(rows))]
    first = printed(dict(zip(kinds, rows, strict=True)))
    later_rows = {
        kind: (fresh[place], sum(row) - left[place])
        for place, (kind, row) in enumerate(zip(kinds, rows, strict=True))
    }
    second = guarded(printed(later_rows), first, None, LEAVING, 5)
    truth = {**dict(zip(kinds, left, strict=False)), TOTAL: sum(left[: len(rows)])}
    for row in (kind for kind, gone in truth.items() if gone):  # where nobody left, nobody is found
        were = {both for _before, both in possible(first, row)}
        still = {before for before, _both in possible(second, row)}
        sizes = {a - b for a, b in product(were, still) if a >= b}
        assert len(sizes) >= 5 or min(sizes) >= 5, (row, sizes)


def test_the_command_lines_public_figures_are_rounded_by_the_same_rule(pack: Pack) -> None:
    figures = Figures(pack, date(2026, 1, 1))
    assert (rules(figures).round_people, rules(figures, 8).round_people) == (5, 10)
