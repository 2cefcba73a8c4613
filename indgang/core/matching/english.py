# SPDX-License-Identifier: MPL-2.0
"""English words down to light stems, so that "bicycles repaired" and "repair of bicycles" meet.

Stems are written "en:repair": they never meet a Danish root of the same letters.
"""

_VOWELS = frozenset("aeiouy")


def stem(word: str) -> str:
    """cleaning, cleaned, cleans -> en:clean; batteries, battery -> en:batteri."""
    return "en:" + _without_e_and_y(_without_verb_ending(_without_plural(word)))


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def _without_verb_ending(word: str) -> str:
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and not _VOWELS.isdisjoint(base):
            doubled = base[-1] == base[-2] and base[-1] not in "lsz"
            return base[:-1] if doubled else base
    return word


def _without_e_and_y(word: str) -> str:
    if len(word) > 3 and word.endswith("e"):
        return word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word
