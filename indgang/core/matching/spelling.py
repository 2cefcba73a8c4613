# SPDX-License-Identifier: MPL-2.0
"""Misspelled Danish: words that sound the same, or are one slip of the pen apart.

Every known form is filed under how it sounds and under each way of leaving one letter out (the symmetric
deletes of Garbe's SymSpell), so that a look-up costs a few dictionary reads however many words are known.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

_DOUBLE = re.compile(r"(.)\1")
_SOUNDS = (
    (_DOUBLE, r"\1"),
    (re.compile(r"^hv|^v"), "v"),
    (re.compile(r"^hj|^gj|^j"), "j"),
    (re.compile(r"nd(?=$|[^aeiouyæøå])"), "n"),
    (re.compile(r"ld(?=$|[^aeiouyæøå])"), "l"),
    (re.compile(r"rd(?=$|[^aeiouyæøå])"), "r"),
    (re.compile(r"dt$|d$"), "t"),
    (re.compile(r"tj|sj|ch|sch"), "sj"),
    (re.compile(r"c(?=[eiyæø])"), "s"),
    (re.compile(r"[cq]"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"z"), "s"),
    (re.compile(r"w"), "v"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"dj"), "dg"),
    (re.compile(r"ej|aj"), "ai"),
    (re.compile(r"eg(?=n|$)"), "ai"),
    (re.compile(r"ø[jg]"), "oi"),
    (re.compile(r"æ"), "e"),
    (re.compile(r"å"), "o"),
    (_DOUBLE, r"\1"),
)


class Spelling:
    """Finds the known form nearest to a misspelled one."""

    def __init__(self, forms: Iterable[str], avoided: Collection[str]) -> None:
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._by_gap: dict[str, list[str]] = defaultdict(list)
        self._by_single_letters: dict[str, str] = {}
        for form in sorted(set(forms)):
            if len(form) < 5 or form in avoided or not form.isalpha():
                continue
            self._by_sound[sound_of(form)].append(form)
            self._by_single_letters.setdefault(_DOUBLE.sub(r"\1", form), form)
            for gap in _gaps(form):
                self._by_gap[gap].append(form)

    def doubled_otherwise(self, written: str) -> str:
        """The known form that differs only in which letters are doubled, or an empty text."""
        return self._by_single_letters.get(_DOUBLE.sub(r"\1", written), "")

    def nearest(self, written: str) -> str:
        """The form meant, or an empty text. Same sound wins over one slip; the first letter should agree."""
        if len(written) < 5:
            return ""
        candidates = set(self._by_sound.get(sound_of(written), ()))
        candidates.update(self._by_gap.get(written, ()))
        for gap in _gaps(written):
            candidates.update(self._by_gap.get(gap, ()))
        near = [form for form in candidates if _is_plausible(written, form)]
        return min(near, key=lambda form: _price(written, form), default="")


def sound_of(word: str) -> str:
    """A rough key of how a Danish word sounds."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def is_close(one: str, other: str) -> bool:
    """At most one letter left out, put in, changed or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    tail, other_tail = one[start:], other[start:]
    return (
        tail[1:] == other_tail[1:]
        or tail[1:] == other_tail
        or tail == other_tail[1:]
        or (tail[:2] == other_tail[1::-1] and tail[2:] == other_tail[2:])
    )


def _gaps(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def _is_plausible(written: str, form: str) -> bool:
    if sound_of(written) == sound_of(form) and abs(len(written) - len(form)) <= 2:
        return True
    if not is_close(written, form):
        return False
    # Short words have many neighbours: a changed letter there is more often another word than a slip.
    if len(written) < 8 and len(written) == len(form):
        return sorted(written) == sorted(form)
    return written[0] == form[0]


def _price(written: str, form: str) -> tuple[int, int, str]:
    return (
        0 if sound_of(written) == sound_of(form) else 1,
        0 if sorted(written) == sorted(form) else 1 if len(written) != len(form) else 2,
        form,
    )
