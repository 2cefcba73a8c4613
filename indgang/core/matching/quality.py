# SPDX-License-Identifier: MPL-2.0
"""How good answers are: measures over judged needs.

A judgement is a grade of relevance by subject matter: 3 sells exactly the main thing, 2 very likely can deliver
it, 1 could deliver a part or is a near neighbour a buyer would want to see. A need without judgements has nobody.
nDCG as in Järvelin and Kekäläinen (2002), with gain 2^grade - 1 and a log2 discount.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indgang.core.matching.values import Match, Need

Judgements = Mapping[str, Mapping[str, int]]
Ranker = Callable[[Need], Sequence[Match]]

_DEPTH = 10
_RECALL_DEPTH = 5
_GOOD = 2
_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Proposals with a score from `low` (steps of 0.1): how many, and the share of them with grade 2 or 3."""

    low: float
    count: int
    good: float


@dataclass(frozen=True, slots=True)
class Quality:
    """Measures over a set: shares are 0-1. `nobody_right` of the needs without anybody got an empty answer,
    `nobody_wrong` (zero-hit) of the needs with somebody did. `reasoned`: proposals with at least one reason.
    """

    ndcg: float
    recall: float
    nobody_wrong: float
    nobody_right: float
    reasoned: float
    with_somebody: int
    with_nobody: int
    bins: tuple[Bin, ...]


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = _DEPTH) -> float:
    """Normalised discounted cumulative gain at `depth`; 0 when nothing is relevant."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(id, 0) for id in ranked[:depth]]) / ideal if ideal else 0.0


def _gain(grades: Iterable[int]) -> float:
    return sum((2.0**grade - 1.0) / math.log2(place + 2) for place, grade in enumerate(grades))


def recall(ranked: Sequence[str], grades: Mapping[str, int], depth: int = _RECALL_DEPTH) -> float | None:
    """Of the enterprises with grade 2 or 3 (at most `depth`), the share among the first `depth`; None if there are none."""
    good = {id for id, grade in grades.items() if grade >= _GOOD}
    return len(good & set(ranked[:depth])) / min(depth, len(good)) if good else None


def measure(needs: Sequence[Need], judgements: Judgements, rank: Ranker) -> Quality:
    """Ask every need and hold the answers against the judgements."""
    gains: list[float] = []
    recalls: list[float] = []
    empty_wrong = empty_right = somebody = proposals = reasoned = 0
    scored: list[tuple[float, bool]] = []
    for need in needs:
        grades = judgements.get(need.id, {})
        matches = rank(need)
        ranked = [match.id for match in matches]
        proposals += len(matches)
        reasoned += sum(bool(match.reasons) for match in matches)
        scored += [(match.score, grades.get(match.id, 0) >= _GOOD) for match in matches]
        if not grades:
            empty_right += not matches
            continue
        somebody += 1
        empty_wrong += not matches
        gains.append(ndcg(ranked, grades))
        found = recall(ranked, grades)
        if found is not None:
            recalls.append(found)
    nobody = len(needs) - somebody
    return Quality(
        ndcg=_mean(gains),
        recall=_mean(recalls),
        nobody_wrong=empty_wrong / somebody if somebody else 0.0,
        nobody_right=empty_right / nobody if nobody else 1.0,
        reasoned=reasoned / proposals if proposals else 1.0,
        with_somebody=somebody,
        with_nobody=nobody,
        bins=_bins(scored),
    )


def _bins(scored: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    filed: dict[int, list[bool]] = {}
    for score, good in scored:
        filed.setdefault(min(int(score * _BINS), _BINS - 1), []).append(good)
    return tuple(
        Bin(place / _BINS, len(good), sum(good) / len(good)) for place, good in sorted(filed.items())
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
