# SPDX-License-Identifier: MPL-2.0
"""The trade vocabulary: what is done or made, in the words of buyers and of sellers.

One table per concept in `indgang/core/data/matching/trades/*.toml` (format: docs/reference/vocabulary.md).
A municipality adds its own file in the same format: new tables are new concepts, known tables grow.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from indgang.core.matching.words import Lexicon
from indgang.core.text import Refused

Kind = Literal["word", "hint", "english", "not"]

_DATA = files("indgang.core") / "data" / "matching"
_FIELDS: dict[str, Kind] = {"words": "word", "hints": "hint", "english": "english", "not": "not"}
_KNOWN_FIELDS = {*_FIELDS, "da", "en", "cpv", "broader", "near", "reach", "season", "sold"}
_SHARED_WORD, _SHARED_HINT = 0.9, -0.2  # a factor; a power of the number of trades
_UNCLAIMED_VERB, _EACH_CLAIM = 0.4, 0.15
_WEIGHTS: dict[Kind, float] = {"word": 1.0, "hint": 0.35, "english": 1.0, "not": 0.0}


@dataclass(frozen=True, slots=True)
class Concept:
    """One trade. `near`: how well a seller of that other trade would serve a buyer who asks for this one (0-1).

    `cpv` are codes of the common procurement vocabulary, the most telling first. `reach` is "anywhere" when
    the goods are sent and "local" when somebody must come. `season` is "", "winter" or "summer". `seldom` sold:
    a trade that is asked for, but that hardly any enterprise of this kind has.
    """

    id: str
    da: str
    en: str
    cpv: tuple[str, ...]
    broader: str
    near: Mapping[str, float]
    reach: str
    season: str
    seldom: bool


@dataclass(frozen=True, slots=True)
class Key:
    """Words that point at a concept: all of `atoms` must stand close together.

    Any order will do ("drift af kantine", "kantinen drives"), unless the words are written side by side and
    the first is no verb: "brugte møbler" and "teknisk service" are `ordered`. A key is `tight` when one of
    its parts adds so little that they must not be strewn about ("produktionsopgaver"), and a `compound` when
    it is written as one word: "kursus og mad" is no madkursus.
    """

    concept: str
    atoms: tuple[str, ...]
    kind: Kind
    weight: float
    ordered: bool
    tight: bool
    compound: bool


class Vocabulary:
    """Concepts, and the keys by which a text is seen to speak of them."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.concepts = {name: _concept(name, table) for name, table in tables.items()}
        _teach(tables.values(), lexicon)
        self._texts = tuple(" ".join(_written([table], ("words", "hints"))) for table in tables.values())
        self.keys = _with_shared_weights(_keys(tables, lexicon))
        self._claims = _claims(self.keys)
        self._by_anchor: dict[str, list[Key]] = defaultdict(list)
        counts = Counter(atom for key in self.keys for atom in set(key.atoms))
        for key in self.keys:
            self._by_anchor[min(key.atoms, key=lambda atom: (counts[atom], atom))].append(key)

    def keys_at(self, atom: str) -> Iterable[Key]:
        """The keys that are looked up by this atom (the rarest of theirs)."""
        return self._by_anchor.get(atom, ())

    def tells(self, atom: str) -> float:
        """How much (0-1) it says that a need and a listing share this part of a word, whatever trade it is of.

        Words that many trades use tell little; those that say where, for whom or how many tell nothing.
        """
        if self.lexicon.is_vague(atom):
            return 0.0
        claims = self._claims.get(atom, 0)
        if claims == 0:
            return _UNCLAIMED_VERB if self.lexicon.is_verb(atom) else 1.0
        return 1.0 / (1.0 + _EACH_CLAIM * (claims - 1))

    def texts(self) -> tuple[str, ...]:
        """The Danish words of each trade."""
        return self._texts

    def label(self, concept: str) -> str:
        """The Danish name in the middle of a sentence: "kantinedrift", but "STU-forløb"."""
        name = self.concepts[concept].da
        return name if name[:2].isupper() else name[:1].lower() + name[1:]


def read_vocabulary(extra: str = "") -> Vocabulary:
    """The project's own vocabulary, with a municipality's file (its TOML text) on top.

    Raises Refused when the extra text is no TOML, names an unknown field, or points at an unknown concept.
    """
    if not extra:
        return _own_vocabulary()
    tables = {name: dict(table) for name, table in read_tables().items()}
    for name, table in _parsed(extra).items():
        _check(name, table, tables)
        known = tables.setdefault(name, {})
        for field, value in table.items():
            if field in ("words", "hints", "english", "not", "cpv") and known.get(field):
                known[field] = f"{known[field]}, {value}"
            elif field == "near":
                known[field] = {**known.get("near", {}), **value}
            else:
                known[field] = value
    for name, table in tables.items():
        for other in table.get("near", {}):
            if other not in tables:
                raise Refused(
                    "Ordbogen nævner %(other)s under %(name)s, men det fag findes ikke.",
                    other=other,
                    name=name,
                )
    return Vocabulary(tables, read_lexicon())


def read_lexicon(kind: type[Lexicon] = Lexicon) -> Lexicon:
    """A fresh lexicon of the project's word list."""
    return kind((_DATA / "words.txt").read_text("utf-8"))


@lru_cache(maxsize=1)
def _own_vocabulary() -> Vocabulary:
    return Vocabulary(read_tables(), read_lexicon())


@lru_cache(maxsize=1)
def read_tables() -> dict[str, dict[str, Any]]:
    """The project's own trades as they are written, one table each. Do not change them."""
    tables: dict[str, dict[str, Any]] = {}
    for path in sorted((_DATA / "trades").iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".toml"):
            tables |= tomllib.loads(path.read_text("utf-8"))
    return tables


def _parsed(text: str) -> dict[str, dict[str, Any]]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused("Ordbogen kan ikke læses som TOML: %(error)s.", error=str(error)) from None


def _check(name: str, table: object, tables: Mapping[str, object]) -> None:
    if not isinstance(table, dict):
        raise Refused(
            "Ordbogen skal have ét fag pr. tabel, fx [%(name)s]. Se docs/reference/vocabulary.md.", name=name
        )
    unknown = sorted(set(table) - _KNOWN_FIELDS)
    if unknown:
        raise Refused("Ordbogens fag %(name)s har et ukendt felt: %(field)s.", name=name, field=unknown[0])
    missing = [field for field in ("da", "en", "words") if name not in tables and not table.get(field)]
    if missing:
        raise Refused("Ordbogens nye fag %(name)s mangler feltet %(field)s.", name=name, field=missing[0])


def _concept(name: str, table: Mapping[str, Any]) -> Concept:
    return Concept(
        id=name,
        da=table["da"],
        en=table["en"],
        cpv=tuple(_split(table.get("cpv", ""))),
        broader=table.get("broader", ""),
        near={other: float(weight) for other, weight in table.get("near", {}).items()},
        reach=table.get("reach", "local"),
        season=table.get("season", ""),
        seldom=table.get("sold", "") == "seldom",
    )


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _written(tables: Iterable[Mapping[str, Any]], fields: Iterable[str]) -> Iterator[str]:
    for table in tables:
        for field in fields:
            for phrase in _split(table.get(field, "")):
                yield from (word for word in phrase.lower().split() if not word.startswith(("@", "§")))


def _teach(tables: Iterable[Mapping[str, Any]], lexicon: Lexicon) -> None:
    """Every word of the vocabulary becomes known."""
    tables = list(tables)
    danish = {word for word in _written(tables, ("words", "hints", "not")) if word not in lexicon.stop}
    lexicon.learn(danish)
    lexicon.learn_english(_written(tables, ("english",)))


def _keys(tables: Mapping[str, Mapping[str, Any]], lexicon: Lexicon) -> list[Key]:
    keys: dict[tuple[str, frozenset[str]], Key] = {}
    for name, table in tables.items():
        for field, kind in _FIELDS.items():
            for phrase in _split(table.get(field, "")):
                key = (
                    _english_key(name, phrase, lexicon)
                    if kind == "english"
                    else _key(name, phrase, kind, lexicon)
                )
                if key:
                    keys.setdefault((name, frozenset(key.atoms)), key)
    return list(keys.values())


def _key(name: str, phrase: str, kind: Kind, lexicon: Lexicon) -> Key | None:
    atoms = atoms_of(phrase, lexicon)
    if len(atoms) < (1 if is_whole(phrase, lexicon) else 2):
        return None
    ordered = _is_ordered(phrase, atoms, lexicon)
    tight = len([atom for atom in atoms if atom not in lexicon.light]) < 2 <= len(atoms)
    return Key(name, atoms, kind, _WEIGHTS[kind], ordered, tight, compound=" " not in phrase)


def _english_key(name: str, phrase: str, lexicon: Lexicon) -> Key | None:
    atoms = english_atoms_of(phrase, lexicon)
    if len(atoms) < (2 if " " in phrase else 1):
        return None
    return Key(name, atoms, "english", _WEIGHTS["english"], ordered=False, tight=False, compound=False)


def is_whole(phrase: str, lexicon: Lexicon) -> bool:
    """May one atom say all of a phrase? "pakke ind" is indpakke; "ny hjemmeside" must not shrink to hjemmeside."""
    return " " not in phrase or lexicon.is_one_verb(phrase.lower().split())


def _is_ordered(phrase: str, atoms: tuple[str, ...], lexicon: Lexicon) -> bool:
    words = phrase.lower().split()
    if len(words) < 2 or lexicon.is_verb(atoms[0]) or any(word.startswith("@") for word in words):
        return False
    return not any(word in lexicon.stop for word in words)


def atoms_of(phrase: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The distinct parts of a phrase that carry meaning, in order."""
    words = phrase.lower().split()
    atoms: dict[str, None] = {}
    for written, word in zip(words, lexicon.read_clause(words), strict=True):
        atoms |= dict.fromkeys([written] if written.startswith(("@", "§")) else word.atoms)
    return tuple(atoms)


def english_atoms_of(phrase: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The distinct stems of an English phrase, in order."""
    return tuple(
        dict.fromkeys(atom for word in phrase.lower().split() for atom in lexicon.read_english(word).atoms)
    )


def _claims(keys: Iterable[Key]) -> Counter[str]:
    """By how many trades each atom is used."""
    used = {(atom, key.concept) for key in keys for atom in key.atoms}
    return Counter(atom for atom, _ in used)


def _with_shared_weights(keys: list[Key]) -> list[Key]:
    """Words that several concepts claim say less about each of them, and hints the less the more claim them."""
    claims = Counter((key.kind, frozenset(key.atoms)) for key in keys)

    def shared(key: Key) -> float:
        count = claims[key.kind, frozenset(key.atoms)]
        if key.kind == "hint":
            return float(count**_SHARED_HINT)
        return _SHARED_WORD if key.kind == "word" and count > 1 else 1.0

    return [replace(key, weight=key.weight * shared(key)) for key in keys]
