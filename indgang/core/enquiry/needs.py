# SPDX-License-Identifier: MPL-2.0
"""Which needs an enquiry names. A suggestion only: a human confirms it or not.

Each topic is a list of word stems. A stem that the same clause denies ("vi vil ikke ansætte") counts for nothing.
"""

import re
from dataclasses import dataclass

STEMS: dict[str, tuple[str, ...]] = {
    "sell": (
        r"sælge?r?\b", r"salg\b", r"solgt", r"afsæt", r"kunder?\b", r"leverandør", r"levere?\b", r"leverer",
        r"tilbyde? (?:kommunen|jer|institution)", r"byde? på", r"indkøb", r"købe? (?:hos|af) os", r"ordre",
        r"udbud", r"rammeaftale", r"aftager",
    ),
    "hire": (
        r"ansæt", r"medarbejdere?\b", r"mangler (?:\w+ ){0,3}(?:hænder|folk|personer|medarbejder)", r"fleksjob",
        r"løntilskud", r"praktik", r"skånejob", r"rekrutter", r"småjob", r"arbejdskraft", r"stilling",
        r"lærling", r"elevplads", r"personer? (?:\w+ ){0,3}timer",
    ),
    "premises": (
        r"lokaler?\b", r"lejemål", r"lejekontrakt", r"leje\b", r"lejer?\b", r"husleje", r"kvadratmeter", r"\bm2\b",
        r"\bm²", r"værksteds?plads", r"kontorplads", r"bygning", r"lagerplads", r"køkken(?:et)? at låne",
    ),
    "start": (
        r"starte", r"opstart", r"iværksætter", r"forretningsidé", r"forretningside", r"\bidé\b", r"\bide\b",
        r"etabler", r"stifte", r"grundlægge", r"mentor", r"forretningsplan", r"virksomhedsform",
    ),
    "partner": (
        r"samarbejd", r"partner", r"netværk", r"fællesskab med", r"gå sammen", r"underleverandør", r"sparring",
        r"kontakt (?:til|med) (?:andre|en|nogle) virksomhed",
    ),
    "law": (
        r"lovlig", r"\bloven\b", r"\bregler", r"\bret til\b", r"jura", r"juridisk", r"må (?:vi|i|kommunen|jeg)\b",
        r"registrer", r"\brsv\b", r"støtte(?:regler|ordning)", r"de minimis", r"udbudslov", r"vedtægt",
        r"tilladelse", r"moms",
    ),
}  # fmt: skip
_COMPILED = {
    topic: re.compile(r"(?<![a-zæøå])(?:" + "|".join(stems) + ")", re.IGNORECASE)
    for topic, stems in STEMS.items()
}
_CLAUSE = re.compile(r"[.!?;,\n]|\bmen\b|\bog\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:ikke|aldrig|hverken|ingen)\b(?:\s+\w+){0,3}\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Suggestion:
    """A topic that a text names, and the words that say so, as written."""

    topic: str
    words: tuple[str, ...]


def suggest_needs(text: str) -> tuple[Suggestion, ...]:
    """The topics that `text` names, in the order of `STEMS`; at most three words for each."""
    found: dict[str, list[str]] = {}
    for clause in _CLAUSE.split(text):
        for topic, pattern in _COMPILED.items():
            for match in pattern.finditer(clause):
                if not _DENIED.search(clause[: match.start()]):
                    _note(found.setdefault(topic, []), _whole_word(clause, match))
    return tuple(Suggestion(topic, tuple(found[topic][:3])) for topic in STEMS if topic in found)


def _note(words: list[str], word: str) -> None:
    if word.lower() not in {known.lower() for known in words}:
        words.append(word)


def _whole_word(clause: str, match: re.Match[str]) -> str:
    rest = re.match(r"[\wæøå-]*", clause[match.end() :])
    return (match[0] + (rest[0] if rest else "")).strip()
