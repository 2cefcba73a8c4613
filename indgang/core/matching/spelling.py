# SPDX-License-Identifier: MPL-2.0
"""Misspelled Danish: words that sound the same, or are one slip of the pen apart.

Every known form is filed under how it sounds and under each way of leaving one letter out (the symmetric
deletes of Garbe's SymSpell), so that a look-up costs a few dictionary reads however many words are known.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property

_SHORTEST_CHANGED, _SHORTEST_TOO_LONG_OR_SHORT = 9, 7
_DOUBLE = re.compile(r"(.)\1+")
# Letters that Danish writes in more ways than it says them; applied in this order.
_SAME_SOUND = (
    ("sch", "sj"), ("ch", "sj"), ("tj", "sj"), ("hv", "v"), ("hj", "j"), ("gj", "j"), ("dj", "dg"), ("ph", "f"), ("x", "ks"),
    ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("nd", "n"), ("ld", "l"), ("rd", "r"), ("dt", "t"), ("ej", "ai"), ("aj", "ai"),
    ("egn", "ain"), ("øj", "oi"), ("øg", "oi"),
)  # fmt: skip
_SAME_LETTER = str.maketrans({"æ": "e", "å": "o", "c": "k", "q": "k", "z": "s", "w": "v"})


class Spelling:
    """Finds the known form nearest to a misspelled one."""

    def __init__(self, forms: Iterable[str], avoided: Collection[str]) -> None:
        self._forms = sorted(
            {form for form in forms if len(form) > 4 and form not in avoided and form.isalpha()}
        )

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._forms)

    @cached_property
    def _by_single_letters(self) -> dict[str, str]:
        return {_DOUBLE.sub(r"\1", form): form for form in reversed(self._forms)}

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        filed = defaultdict(list)
        for form in self._forms:
            filed[sound_of(form)].append(form)
        return filed

    @cached_property
    def _by_gap(self) -> dict[str, list[str]]:
        filed = defaultdict(list)
        for form in self._forms:
            for gap in _gaps(form):
                filed[gap].append(form)
        return filed

    def doubled_otherwise(self, written: str) -> str:
        """The known form that differs only in which letters are doubled, or an empty text."""
        return self._by_single_letters.get(_DOUBLE.sub(r"\1", written), "")

    def nearest(self, written: str) -> str:
        """The form meant, or an empty text. Same sound wins over one slip; the first letter should agree."""
        if len(written) < 5:
            return ""
        candidates = set(self._by_sound.get(sound_of(written), ()))
        candidates.update(self._by_gap.get(written, ()))
        gaps = _gaps(written)
        candidates |= gaps & self._known
        for gap in gaps:
            candidates.update(self._by_gap.get(gap, ()))
        near = [form for form in candidates if _is_plausible(written, form)]
        return min(near, key=lambda form: _price(written, form), default="")


def sound_of(word: str) -> str:
    """A rough key of how a Danish word sounds."""
    for written, said in _SAME_SOUND:
        if written in word:
            word = word.replace(written, said)
    word = _DOUBLE.sub(r"\1", word.translate(_SAME_LETTER))
    return f"{word[:-1]}t" if word.endswith("d") else word


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
    if sorted(written) == sorted(form):
        return True
    least = _SHORTEST_CHANGED if len(written) == len(form) else _SHORTEST_TOO_LONG_OR_SHORT
    return written[0] == form[0] and len(written) >= least


def _price(written: str, form: str) -> tuple[int, int, str]:
    return (
        0 if sound_of(written) == sound_of(form) else 1,
        0 if sorted(written) == sorted(form) else 1 if len(written) != len(form) else 2,
        form,
    )
