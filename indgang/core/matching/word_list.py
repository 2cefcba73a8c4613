# SPDX-License-Identifier: MPL-2.0
"""The word list as it is written down, turned into forms and sets (format: docs/reference/vocabulary.md)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

GRAMMAR = (
    "joining",
    "parting",
    "without",
    "unable",
    "numbers",
    "being",
    "relatives",
    "asides",
    "seeking",
    "training",
    "abbreviations",
    "auxiliaries",
)
_VERB_ENDINGS = ("ede", "et", "te", "t", "ning", "ing", "else", "ende")


@dataclass(slots=True)
class WordList:
    """`forms` maps a written form to its root; `listed` are the forms written down, not made by rule.

    The sets hold words as written: `whole` are never split, `light` and `doing` add nothing as last parts,
    `stop` carry no trade, `negations` turn off what follows, `places` say where or for whom, `measures` count
    other things, `delivering` bring things to customers, `neutral` are right as they are, `tender` are the language of contracts, `grammar` the small
    words by section. `particles` maps a word that may stand apart from its verb ("gøre rent") to how it begins
    the verb written as one; `separable` are the verbs that do so. `classes` maps a class or a root to its members.
    """

    forms: dict[str, str] = field(default_factory=dict)
    verbs: set[str] = field(default_factory=set)
    compounds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    light: set[str] = field(default_factory=set)
    doing: set[str] = field(default_factory=set)
    stop: set[str] = field(default_factory=set)
    english_stop: set[str] = field(default_factory=set)
    negations: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    delivering: set[str] = field(default_factory=set)
    neutral: set[str] = field(default_factory=set)
    tender: set[str] = field(default_factory=set)
    classes: list[tuple[str, str]] = field(default_factory=list)
    particles: dict[str, str] = field(default_factory=dict)
    separable: set[str] = field(default_factory=set)
    prepositions: dict[str, float] = field(default_factory=dict)
    english_prepositions: dict[str, float] = field(default_factory=dict)
    grammar: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in GRAMMAR})


def read_word_list(text: str) -> WordList:
    """Raises ValueError on a section that does not exist."""
    words = WordList()
    made: dict[str, str] = {}
    for section, line in _lines(text):
        _take(words, made, section, line)
    for form, verb in made.items():
        words.forms.setdefault(form, verb)
    return words


def _take(words: WordList, made: dict[str, str], section: str, line: str) -> None:
    base, _, rest = (part.strip() for part in line.partition(":"))
    match section:
        case "verbs":
            words.verbs.add(base)
            words.forms |= dict.fromkeys((base, *rest.split()), base)
            for form in _forms_of_verb(base):
                made.setdefault(form, base)
        case "nouns":
            words.forms |= dict.fromkeys((base, *rest.split()), base)
        case "words" | "whole":
            for word in line.split():
                words.forms.setdefault(word, word)
            if section == "whole":
                words.whole.update(line.split())
        case "compounds":
            words.compounds[base] = tuple(rest.split())
        case "particles":
            words.particles[base] = rest or base
        case "prepositions":
            words.prepositions[base] = float(rest)
        case "english prepositions":
            words.english_prepositions[base] = float(rest)
        case "kinds" | "classes":
            words.classes += [(base, member) for member in rest.split()]
        case _:
            _set_of(words, section).update(line.split())


def _set_of(words: WordList, section: str) -> set[str]:
    sets = {
        "light": words.light,
        "doing": words.doing,
        "separable": words.separable,
        "stop": words.stop,
        "english": words.english_stop,
        "not": words.negations,
        "places": words.places,
        "measures": words.measures,
        "delivering": words.delivering,
        "known": words.neutral,
        "tender": words.tender,
        **words.grammar,
    }
    if section not in sets:
        raise ValueError(f"unknown section [{section}] in the word list")
    return sets[section]


def _forms_of_verb(verb: str) -> Iterator[str]:
    stem = verb.removesuffix("e")
    single = undoubled(stem)
    yield from (f"{verb}r", f"{verb}s", f"{verb}re", single, f"{single}ning", f"{single}t")
    yield from (stem + ending for ending in _VERB_ENDINGS)
    if verb.endswith("ere"):
        yield from (f"{verb[:-3]}ation", f"{verb[:-3]}ationer")


def undoubled(stem: str) -> str:
    """klipp -> klip, buss -> bus."""
    return stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem


def _lines(text: str) -> Iterator[tuple[str, str]]:
    section = ""
    for raw in text.splitlines():
        line = raw.split("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
        elif line:
            yield section, line
