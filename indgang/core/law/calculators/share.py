# SPDX-License-Identifier: MPL-2.0
"""The 30 % of udbudsloven § 54: from dated evidence, by head and by full-time equivalent.

The act does not say which count is meant, so both are shown. Who belongs to the target group, and whether
people in placements are employees, is for the declaration that the evidence rests on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from indgang.core.law.calculators.step import step
from indgang.core.law.figures import Figures
from indgang.core.text import Reason, Refused, gettext_noop


@dataclass(frozen=True)
class ShareEvidence:
    """A declaration of a day: employees in all and from the target group, by head and in full-time equivalents."""

    counted_date: date
    valid_to: date
    heads: int
    target_heads: int
    full_time: float | None = None
    target_full_time: float | None = None


class ShareVerdict(Enum):
    MET = "met"
    NOT_MET = "not_met"
    DISPUTED = "disputed"  # one count reaches the share, the other does not
    UNKNOWN = "unknown"  # no evidence that is valid on the day


@dataclass(frozen=True)
class ShareStanding:
    """Where an enterprise stands on a day. Percents are None where nothing valid is known."""

    verdict: ShareVerdict
    by_head: float | None
    by_full_time: float | None
    evidence: ShareEvidence | None
    steps: tuple[Reason, ...]


@dataclass(frozen=True)
class ShareAlert:
    """The day on which a share that was met stopped being met, or its evidence ran out."""

    day: date
    verdict: ShareVerdict
    reason: Reason


def share_on(figures: Figures, evidence: Iterable[ShareEvidence], on: date) -> ShareStanding:
    """The newest evidence that is valid on the day. Refuses counts that cannot be true."""
    known = sorted(evidence, key=lambda each: each.counted_date)
    for each in known:
        _check(each)
    valid = [each for each in known if each.counted_date <= on <= each.valid_to]
    if not valid:
        missing = step(gettext_noop("Der er intet bevis, som gælder %(day)s."), day=on)
        return ShareStanding(ShareVerdict.UNKNOWN, None, None, None, (missing,))
    newest, needed = valid[-1], figures.figure("sheltered_share", on).amount
    heads = newest.target_heads * 100 / newest.heads
    by_full_time = _full_time_percent(newest)
    met = [newest.target_heads * 100 >= needed * newest.heads]
    if by_full_time is not None:
        met.append(by_full_time >= needed)
    verdict = ShareVerdict.MET if all(met) else ShareVerdict.DISPUTED if any(met) else ShareVerdict.NOT_MET
    words = gettext_noop(
        "Talt i personer %(day)s: %(target)s af %(all)s = %(percent)s %%. Kravet er mindst %(needed)s %%."
    )
    steps = [
        step(
            words,
            day=newest.counted_date,
            target=newest.target_heads,
            all=newest.heads,
            percent=round(heads, 1),
            needed=needed,
        )
    ]
    if by_full_time is not None:
        words = gettext_noop("Talt i fuldtid: %(target)s af %(all)s = %(percent)s %%.")
        steps.append(
            step(words, target=newest.target_full_time, all=newest.full_time, percent=round(by_full_time, 1))
        )
    else:
        steps.append(
            step(gettext_noop("Tallet i fuldtid mangler. Bed om det: loven siger ikke, hvilket der tæller."))
        )
    return ShareStanding(verdict, heads, by_full_time, newest, tuple(steps))


def share_alerts(
    figures: Figures, evidence: Sequence[ShareEvidence], since: date, until: date
) -> list[ShareAlert]:
    """Every day between the two on which a share that was met is met no longer."""
    days = {since, *(each.counted_date for each in evidence)}
    days |= {date.fromordinal(each.valid_to.toordinal() + 1) for each in evidence}
    alerts, before = [], None
    for day in sorted(day for day in days if since <= day <= until):
        standing = share_on(figures, evidence, day)
        if before is ShareVerdict.MET and standing.verdict is not ShareVerdict.MET:
            alerts.append(ShareAlert(day, standing.verdict, standing.steps[0]))
        before = standing.verdict
    return alerts


def _full_time_percent(evidence: ShareEvidence) -> float | None:
    if evidence.full_time is None or evidence.target_full_time is None or evidence.full_time == 0:
        return None
    return evidence.target_full_time * 100 / evidence.full_time


def _check(evidence: ShareEvidence) -> None:
    if evidence.heads < 1 or not 0 <= evidence.target_heads <= evidence.heads:
        raise Refused("Antallet fra målgruppen skal ligge mellem nul og antallet af ansatte.")
    whole, target = evidence.full_time, evidence.target_full_time
    if whole is not None and target is not None and not 0 <= target <= whole:
        raise Refused("Fuldtid fra målgruppen skal ligge mellem nul og fuldtid i alt.")
    if evidence.valid_to < evidence.counted_date:
        raise Refused("Beviset udløber, før det er talt. Ret en af datoerne.")
