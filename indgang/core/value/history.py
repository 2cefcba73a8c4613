# SPDX-License-Identifier: MPL-2.0
"""A person's weeks, written briefly: `benefit:30,self:52,benefit:1`, or as periods with from and to.

Periods may have gaps (they become `other`) but never overlap. English and Danish words are both read.
"""

import difflib
from collections.abc import Mapping, Sequence
from enum import StrEnum

from indgang.core.law.refund import Week
from indgang.core.text import Refused, gettext_noop
from indgang.core.value.fields import number


class Activity(StrEnum):
    """One week in a history."""

    BENEFIT = "benefit"
    PART = "part"
    WORK = "work"
    SELF_SUPPORT = "self"
    SUBSIDISED = "subsidised"
    FLEKSJOB = "fleksjob"
    OTHER = "other"


MOST_WEEKS = 5_200
WORDS: dict[str, Activity] = {
    **{activity.value: activity for activity in Activity},
    "self_support": Activity.SELF_SUPPORT,
    "selvforsoergelse": Activity.SELF_SUPPORT,
    "selvforsørgelse": Activity.SELF_SUPPORT,
    "ydelse": Activity.BENEFIT,
    "delvis": Activity.PART,
    "job": Activity.WORK,
    "loentilskud": Activity.SUBSIDISED,
    "løntilskud": Activity.SUBSIDISED,
    "andet": Activity.OTHER,
}
LAW_WEEK: dict[Activity, Week] = {
    Activity.BENEFIT: Week.BENEFIT,
    Activity.PART: Week.BENEFIT,
    Activity.FLEKSJOB: Week.BENEFIT,
    Activity.WORK: Week.SELF_SUPPORT,
    Activity.SELF_SUPPORT: Week.SELF_SUPPORT,
    Activity.SUBSIDISED: Week.SUBSIDISED,
    Activity.OTHER: Week.OTHER,
}
"""A week with any benefit is a benefit week; the fleksjob subsidy is a listed benefit; løntilskud is neither."""


def read_history(raw: object, name: str) -> tuple[Activity, ...]:
    """The weeks in order. Raises Refused on unknown words, overlaps and weeks that run backwards."""
    if isinstance(raw, Mapping) and set(raw) == {"history"}:
        return read_history(raw["history"], name)
    if isinstance(raw, str):
        return _compact(raw, name)
    if isinstance(raw, Sequence) and raw and all(isinstance(part, Mapping) for part in raw):
        return _periods(raw, name)
    if isinstance(raw, Sequence) and raw and all(isinstance(part, str) for part in raw):
        return _compact(",".join(raw), name)
    raise Refused(_FORM, name=name)


def _compact(text: str, name: str) -> tuple[Activity, ...]:
    weeks: list[Activity] = []
    for part in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        word, _, count = part.partition(":")
        activity = _activity(word.strip(), name)
        if count and not count.strip().isdecimal():
            raise Refused(_COUNT, name=name, part=part)
        weeks += [activity] * _limited(len(weeks), int(count) if count else 1, name)
    if not weeks:
        raise Refused(_FORM, name=name)
    return tuple(weeks)


def _periods(raw: Sequence[Mapping[str, object]], name: str) -> tuple[Activity, ...]:
    periods: list[tuple[int, int, Activity]] = []
    for part in raw:
        unknown = set(part) - {"activity", "from", "to", "weeks"}
        if unknown or "activity" not in part:
            raise Refused(_PERIOD, name=name)
        activity = _activity(str(part["activity"]), name)
        first = number(part["from"], f"{name}.from", 1) if "from" in part else None
        if "weeks" in part:
            length = number(part["weeks"], f"{name}.weeks", 0)
            first = first or 1 + max((last for _, last, _ in periods), default=0)
            last = first + length - 1
        else:
            last = number(part.get("to"), f"{name}.to", 1)
            first = first or 1 + max((last for _, last, _ in periods), default=0)
            if last < first:
                raise Refused(_BACKWARDS, name=name, first=int(first), last=int(last))
        if first != int(first) or last != int(last):
            raise Refused(_WHOLE, name=name)
        periods.append((int(first), int(last), activity))
    return _laid_out(sorted(periods, key=lambda period: period[0]), name)


def _laid_out(periods: list[tuple[int, int, Activity]], name: str) -> tuple[Activity, ...]:
    weeks: list[Activity] = []
    for first, last, activity in periods:
        if first <= len(weeks):
            raise Refused(_OVERLAP, name=name, week=first)
        weeks += [Activity.OTHER] * _limited(len(weeks), first - 1 - len(weeks), name)
        weeks += [activity] * _limited(len(weeks), last - first + 1, name)
    if not weeks:
        raise Refused(_FORM, name=name)
    return tuple(weeks)


def _activity(word: str, name: str) -> Activity:
    found = WORDS.get(word.casefold())
    if found is None:
        near = difflib.get_close_matches(word.casefold(), WORDS, 1, 0.5)
        raise Refused(_WORD_NEAR if near else _WORD, name=name, word=word, near="".join(near))
    return found


def _limited(so_far: int, more: int, name: str) -> int:
    if so_far + more > MOST_WEEKS:
        raise Refused(_TOO_LONG, name=name, most=MOST_WEEKS)
    return more


_FORM = gettext_noop("„%(name)s“ skal være en historie i uger, fx benefit:30,self:52,benefit:1.")
_COUNT = gettext_noop("„%(name)s“: skriv antal uger som et helt tal i „%(part)s“.")
_PERIOD = gettext_noop("„%(name)s“: en periode har activity, from og to (eller weeks).")
_BACKWARDS = gettext_noop("„%(name)s“: perioden fra uge %(first)s slutter i uge %(last)s, før den begynder.")
_WHOLE = gettext_noop("„%(name)s“: uger er hele tal.")
_OVERLAP = gettext_noop("„%(name)s“: perioderne overlapper i uge %(week)s. En uge kan kun være én ting.")
_WORD_NEAR = gettext_noop("„%(name)s“: vi kender ikke „%(word)s“. Mente du „%(near)s“?")
_WORD = gettext_noop(
    "„%(name)s“: vi kender ikke „%(word)s“. Brug benefit, part, work, self, subsidised, fleksjob eller other."
)
_TOO_LONG = gettext_noop("„%(name)s“ er længere end %(most)s uger.")
