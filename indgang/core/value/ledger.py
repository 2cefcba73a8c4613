# SPDX-License-Identifier: MPL-2.0
"""The ledger: every krone with one payer and one receiver, in whole øre, week by week.

A stream's weekly amounts are rounded so that its running total never drifts; what municipality and state
divide is rounded as a whole first, the state takes its rounded part and the municipality the remainder. In
the last week the roundings are settled so that every account ends less than one øre from its float total.
Real resources are an account like any other, so all rows together are zero every week.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indgang.core.value.books import Books
from indgang.core.value.flows import Stream

Array = NDArray[np.float64]
Oere = NDArray[np.int64]
WITH, WITHOUT = 0, 1
WHOLE = 1 - 1e-6
"""A whole øre, as far as floating point can tell."""


@dataclass(frozen=True)
class LedgerRow:
    """`path` is T (with the programme) or C (without it). `amount_oere` is above zero."""

    week: int
    path: str
    payer: str
    receiver: str
    instrument: str
    kind: str
    amount_oere: int


@dataclass(frozen=True)
class Ledger:
    """`oere` is (with and without, streams, weeks); a negative amount means the roles are swapped."""

    streams: tuple[Stream, ...]
    oere: Oere

    def rows(self) -> Iterator[LedgerRow]:
        """Week by week, with before without; empty amounts are left out."""
        for week in range(self.oere.shape[2]):
            for path, amounts in zip("TC", self.oere[:, :, week].tolist(), strict=True):
                for (payer, receiver, instrument, kind), amount in zip(self.streams, amounts, strict=True):
                    if amount:
                        ends = (payer, receiver) if amount > 0 else (receiver, payer)
                        yield LedgerRow(week, path, *ends, instrument, kind, abs(amount))

    def totals(self) -> dict[str, int]:
        """With minus without, by account, in øre over all weeks."""
        change = (self.oere[WITH] - self.oere[WITHOUT]).sum(axis=1).tolist()
        found: dict[str, int] = {}
        for stream, amount in zip(self.streams, change, strict=True):
            found[stream.receiver] = found.get(stream.receiver, 0) + amount
            found[stream.payer] = found.get(stream.payer, 0) - amount
        return found


def ledger(books: Books, weeks: int) -> Ledger:
    """The first `weeks` weeks of the books in whole øre."""
    exact = np.array([books.with_[:, :weeks], books.without[:, :weeks]]) * 100
    rounded = _carried(exact)
    for municipal, state in _divided(books.streams):
        whole = _carried(exact[:, municipal] + exact[:, state])
        rounded[:, municipal] = whole - rounded[:, state]
    _settle(rounded, exact, books)
    return Ledger(books.streams, rounded)


def largest_gap(ledger: Ledger, books: Books) -> float:
    """The largest distance in øre between an account's ledger total and its float total."""
    exact = (books.signs @ (books.net[:, : ledger.oere.shape[2]].sum(axis=1) * 100)).tolist()
    totals = ledger.totals()
    gaps = [abs(totals.get(name, 0) - value) for name, value in zip(books.accounts, exact, strict=True)]
    return float(max(gaps))


def _carried(exact: Array) -> Oere:
    """Rounded running totals, taken apart again."""
    running = np.floor(np.cumsum(exact, axis=-1) + 0.5)
    return np.diff(running, axis=-1, prepend=0.0).astype(np.int64)


def _divided(streams: tuple[Stream, ...]) -> Iterator[tuple[int, int]]:
    """Pairs of streams that municipality and state share."""
    for place, stream in enumerate(streams):
        other = stream._replace(payer="STAT.BM")
        if stream.payer == "KOM.BESK" and other in streams:
            yield place, streams.index(other)


def _settle(rounded: Oere, exact: Array, books: Books) -> None:
    """Move single øre in the last week until no account is a whole øre off.

    An øre moves along a chain of streams from an account that has too much to one that has too little; each
    stream may end one øre above or below its float total at most. A chain exists as long as an account is a
    whole øre off: the streams out of everything reachable from it would else have to add up to too little.
    """
    drift = (rounded - exact).sum(axis=2)
    gap = books.signs @ (drift[WITH] - drift[WITHOUT])
    while chain := _chain(gap, drift, books):
        for side, stream, step in chain:
            rounded[side, stream, -1] += step
            drift[side, stream] += step
            gap += (step if side == WITH else -step) * books.signs[:, stream]


Move = tuple[int, int, int]


def _chain(gap: Array, drift: Array, books: Books) -> list[Move]:
    """Moves (side, stream, step) that carry one øre from the fullest account to one more than an øre below."""
    moves: dict[int, list[tuple[int, Move]]] = {}
    place = {account: row for row, account in enumerate(books.accounts)}
    for side in (WITH, WITHOUT):
        for number, stream in enumerate(books.streams):
            for step in (1, -1):
                if abs(drift[side, number] + step) < WHOLE:
                    ends = place[stream.payer], place[stream.receiver]
                    origin, target = ends if (step > 0) == (side == WITH) else ends[::-1]
                    moves.setdefault(origin, []).append((target, (side, number, step)))
    for start in np.argsort(-np.abs(gap)).tolist():
        if abs(gap[start]) < WHOLE:
            return []
        found = _search(start, gap, moves)
        if found:
            return found
    return []


def _search(start: int, gap: Array, moves: dict[int, list[tuple[int, Move]]]) -> list[Move]:
    """Breadth first: forwards from an account with too much, backwards into one with too little."""
    too_much = gap[start] > 0
    if not too_much:
        backwards: dict[int, list[tuple[int, Move]]] = {}
        for origin, targets in moves.items():
            for target, move in targets:
                backwards.setdefault(target, []).append((origin, move))
        moves = backwards
    came: dict[int, tuple[int, Move]] = {}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there, move in moves.get(here, ()):
            if there == start or there in came:
                continue
            came[there] = (here, move)
            if abs(gap[start] - gap[there]) > 1 + 1e-9 and (gap[there] < gap[start]) == too_much:
                return _traced(there, start, came)
            queue.append(there)
    return []


def _traced(end: int, start: int, came: dict[int, tuple[int, Move]]) -> list[Move]:
    chain = []
    while end != start:
        end, move = came[end]
        chain.append(move)
    return chain
