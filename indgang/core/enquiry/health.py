# SPDX-License-Identifier: MPL-2.0
"""Does a text tell about one person's health? Then somebody should think twice before it is kept.

Health is a special category of data (GDPR article 9), and a case about an enterprise is no place for it. The
answer is a warning, never a refusal: "vi har plads til mennesker med autisme" is about nobody in particular.
"""

import re

_HEALTH = re.compile(
    r"(?<![a-zæøå])(?:depressi\w*|angst\w*|stress(?:sygemeld\w*|ramt)|sygemeld\w*|diagnose\w*|diagnosticeret|autis\w*"
    r"|asperger\w*|adhd\b|\badd\b|bipolar\w*|skizofren\w*|psykisk\w*|psykiatr\w*|ptsd\b|borderline\w*|misbrug\w*"
    r"|alkohol(?:iker|problem)\w*|kræft\w*|cancer\w*|diabetes\w*|sukkersyge\w*|epilep\w*|sklerose\w*|handicap\w*"
    r"|udviklingshæm\w*|hjerneskad\w*|blodprop\w*|slidgigt\w*|\bgigt\w*|diskusprolaps\w*|rygskade\w*|dårlig ryg"
    r"|kronisk syg\w*|medicin\w*|indlagt\w*|selvmord\w*|selvskad\w*|gravid\w*|spiseforstyr\w*|ordblind\w*"
    r"|syg\b|syge\b|sygdom\w*|helbred\w*)",
    re.IGNORECASE,
)
_ONE_PERSON = re.compile(
    r"(?<![a-zæøå])(?:han|hun|ham|hende|hans|hendes|jeg|mig|min|mit|vores (?:medarbejder|kollega|praktikant|elev)"
    r"|en (?:\w+ )?(?:medarbejder|mand|kvinde|borger|kollega|praktikant|ansat|ung|elev|person)"
    r"|medarbejderen|borgeren|kollegaen|praktikanten|eleven|vedkommende|personen|konen|manden|kvinden"
    r"|min (?:søn|datter|kone|mand|bror|søster|ven|veninde))\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b[A-ZÆØÅ][a-zæøå]{1,20}(?: [A-ZÆØÅ][a-zæøå]+)? (?:har|lider|døjer|fik|er|blev|kæmper)\b"
)
_FIRST_WORDS = frozenset(
    {"Vi", "De", "Der", "Det", "I", "Som", "Kommunen", "Alle", "Mange", "Nogle", "Flere", "Hvis"}
)
_SENTENCE = re.compile(r"(?<=[.!?\n])\s+")


def health_words(text: str) -> tuple[str, ...]:
    """Words of health in sentences that tell about one person, as written and once each; empty when there are none."""
    found: dict[str, str] = {}
    for sentence in _SENTENCE.split(text):
        if not _about_one(sentence):
            continue
        for match in _HEALTH.finditer(sentence):
            found.setdefault(match[0].lower(), match[0])
    return tuple(found.values())


def _about_one(sentence: str) -> bool:
    if _ONE_PERSON.search(sentence):
        return True
    return any(match[0].split()[0] not in _FIRST_WORDS for match in _NAMED.finditer(sentence))
