# SPDX-License-Identifier: MPL-2.0
"""Nobody can be found again in what everybody may see."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from indgang.core.text import Refused
from indgang.core.value import pack_files
from indgang.core.value.pack import Figures
from indgang.core.value.protect import Grid, protected, ranges
from indgang.core.value.public import public_summary
from indgang.core.value.publish import (
    TOTAL,
    Contribution,
    PublicTable,
    Rules,
    check_release,
    publish,
    rules,
)
from indgang.core.value.result import Result

ANY = Rules(people=5, enterprises=1, dominance=1.0)


def table(counts: list[list[int]], by: Rules = ANY, enterprises: int = 3) -> PublicTable:
    """A table with these people, spread over some enterprises that earn alike."""
    return publish(
        [
            Contribution(f"r{i}", f"c{j}", f"e{e}", n // enterprises + (e < n % enterprises), 1_000.0 * n)
            for i, line in enumerate(counts)
            for j, n in enumerate(line)
            for e in range(enterprises)
        ],
        by,
    )


grids = st.integers(1, 4).flatmap(
    lambda rows: st.integers(1, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 14), min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
)


def attacker_range(counts: np.ndarray, hidden: np.ndarray, cell: tuple[int, int]) -> float:
    """What somebody with the unrounded table could find out: written apart from the code under test."""
    rows, columns = counts.shape
    unknown = [(i, j) for i in range(rows) for j in range(columns) if hidden[i, j]]
    lines, totals = [], []
    for line in [
        *[[(i, j) for j in range(columns)] for i in range(rows)],
        *[[(i, j) for i in range(rows)] for j in range(columns)],
    ]:
        parts, last = line[:-1], line[-1]
        equation = [float(u in parts) - float(u == last) for u in unknown]
        shown = sum(counts[p] for p in parts if not hidden[p]) - (0 if hidden[last] else counts[last])
        lines.append(equation)
        totals.append(-float(shown))
    aim = [float(u == cell) for u in unknown]
    low = linprog(aim, A_eq=lines, b_eq=totals, bounds=(0, None))
    high = linprog([-a for a in aim], A_eq=lines, b_eq=totals, bounds=(0, None))
    return float("inf") if high.status == 3 else -high.fun - low.fun


@settings(max_examples=80, deadline=None)
@given(grids, st.sampled_from([5, 10]))
def test_no_cell_below_k_is_shown_and_no_hidden_cell_can_be_worked_out(
    counts: list[list[int]], k: int
) -> None:
    inner = np.array(counts)
    whole = np.pad(inner, ((0, 1), (0, 1)))
    whole[:-1, -1], whole[-1, :-1], whole[-1, -1] = inner.sum(axis=1), inner.sum(axis=0), inner.sum()
    hidden = protected(Grid(whole, whole < k), k)
    assert (whole[~hidden] >= k).all()
    for cell in map(tuple, np.argwhere(hidden)):
        assert attacker_range(whole, hidden, cell) >= k - 1e-6


@settings(max_examples=40, deadline=None)
@given(grids)
def test_a_published_table_shows_only_rounded_numbers_of_large_cells(counts: list[list[int]]) -> None:
    total = sum(map(sum, counts))
    if total < 5:
        with pytest.raises(Refused, match="kræver mindst 5"):
            table(counts)
        return
    for cell in table(counts).cells.values():
        assert cell.people is None or (cell.people % 5 == 0 and cell.people >= 5)
        assert cell.amount is None or cell.amount % 1_000 == 0
        assert (cell.people is None) == (cell.amount is None)


def test_a_single_small_cell_takes_others_with_it() -> None:
    found = table([[3, 20, 9], [15, 15, 15], [15, 15, 15]])
    dark = {name for name, cell in found.cells.items() if cell.people is None}
    assert ("r0", "c0") in dark
    assert len(dark) >= 4
    assert (TOTAL, TOTAL) not in dark


def test_a_cell_that_only_joins_two_blocks_is_not_left_alone() -> None:
    """Two hidden cells in every line are not enough: this pattern gives its middle cell away."""
    counts = np.array([[1, 2, 30, 30], [2, 1, 4, 30], [30, 4, 1, 2], [30, 30, 2, 1]])
    whole = np.pad(counts, ((0, 1), (0, 1)))
    whole[:-1, -1], whole[-1, :-1], whole[-1, -1] = counts.sum(axis=1), counts.sum(axis=0), counts.sum()
    hidden = protected(Grid(whole, whole < 5), 5)
    for cell in map(tuple, np.argwhere(hidden)):
        low, high = ranges(whole, hidden, cell)
        assert high - low >= 5 - 1e-6


def test_few_enterprises_hide_a_cell_unless_they_all_agree() -> None:
    counts = [[30, 30], [30, 30]]
    by = Rules(people=5)
    with_two = table(counts, by, enterprises=2)
    assert all(cell.people is None for cell in with_two.cells.values())
    agreed = table(counts, Rules(people=5, consent=frozenset({"e0", "e1"})), enterprises=2)
    assert agreed.cells["r0", "c0"].people == 30


def test_a_dominant_enterprise_hides_the_amount() -> None:
    cells = [
        Contribution("r", "c", f"e{n}", 10, amount) for n, amount in enumerate((80_000.0, 10_000.0, 10_000.0))
    ]
    cells += [Contribution("r", "d", f"e{n}", 10, 30_000.0) for n in range(3)]
    cells += [Contribution("s", column, f"e{n}", 10, 30_000.0) for n in range(3) for column in "cd"]
    found = publish(cells, Rules(people=5))
    assert found.cells["r", "c"].amount is None


def test_k_may_be_raised_but_not_lowered() -> None:
    assert Rules(people=10).people == 10
    with pytest.raises(Refused, match="ikke sættes under 5"):
        Rules(people=3)
    assert rules(Figures(pack_files.load(), date(2026, 1, 1)), consent=["a"]) == Rules(
        consent=frozenset({"a"})
    )


def test_a_figure_that_differs_from_a_released_one_by_a_few_people_is_refused() -> None:
    everybody = frozenset(f"p{n}" for n in range(40))
    fewer = frozenset(f"p{n}" for n in range(37))
    half = frozenset(f"p{n}" for n in range(20))
    check_release(everybody, [], ANY)
    check_release(everybody, [everybody, half], ANY)
    with pytest.raises(Refused, match="røbe færre end 5"):
        check_release(fewer, [half, everybody], ANY)
    with pytest.raises(Refused, match="røbe"):
        check_release(everybody, [fewer], ANY)


def test_a_public_summary_is_rounded_and_refuses_few_people(run: Callable[..., Result]) -> None:
    found = public_summary(run(draws=200), Rules())
    assert found["people"] == 20
    assert found["perspectives"]["public"]["npv_dkk"] == 433_000
    assert all(row["p5_dkk"] % 1_000 == 0 for row in found["perspectives"].values())
    with pytest.raises(Refused, match="kun 4 personer"):
        public_summary(run(participants=4), Rules())
    with pytest.raises(Refused, match="kræver mindst 25"):
        public_summary(run(), Rules(people=25))


def test_a_public_summary_needs_enough_enterprises_or_their_yes(run: Callable[..., Result]) -> None:
    groups = [{"participants": 10, "enterprise": name} for name in ("Rent Ord", "Køkkenhaven")]
    with pytest.raises(Refused, match="2 virksomheder"):
        public_summary(run(groups=groups), Rules())
    assert public_summary(run(groups=groups), Rules(consent=frozenset({"Rent Ord", "Køkkenhaven"})))
