# SPDX-License-Identifier: MPL-2.0
"""Where a job is, and whether somebody delivers there: towns, municipalities, regions, neighbours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_WHOLE_COUNTRY = frozenset(
    ("danmark", "hele landet", "hele danmark", "landsdækkende", "landet", "overalt", "online")
)
_SPLIT_WORDS = re.compile(r"\s*(?:[,;/+&]|\bog\b|\bsamt\b|\beller\b)\s*")
_NOISE = re.compile(r"\b(?:kommune|kommunes?|omegn|omkring|området|region|by|oplandet|hele|\d{4})\b\.?")
_PARTS_OF_THE_COUNTRY = {
    "hovedstaden": "Hovedstaden", "hovedstadsområdet": "Hovedstaden", "storkøbenhavn": "Hovedstaden",
    "nordsjælland": "Hovedstaden", "syddanmark": "Syddanmark", "midtjylland": "Midtjylland", "nordjylland": "Nordjylland",
}  # fmt: skip
_FUNEN = frozenset(
    (
        "Assens",
        "Faaborg-Midtfyn",
        "Kerteminde",
        "Langeland",
        "Middelfart",
        "Nordfyn",
        "Nyborg",
        "Odense",
        "Svendborg",
        "Ærø",
    )
)
_TRIANGLE = frozenset(("Billund", "Fredericia", "Haderslev", "Kolding", "Middelfart", "Vejen", "Vejle"))
_SOUTHERN_JUTLAND = frozenset(
    ("Haderslev", "Sønderborg", "Tønder", "Aabenraa", "Esbjerg", "Fanø", "Varde", "Vejen", "Kolding")
)
_ISLANDS_SOUTH = frozenset(("Lolland", "Guldborgsund"))
# Names of towns that are everyday words too: in running text they say nothing about a place.
_EVERYDAY = frozenset(
    [
        "vejen",
        "give",
        "ringe",
        "stilling",
        "løsning",
        "hals",
        "mørke",
        "hov",
        "tim",
        "gram",
        "them",
        "lund",
        "humble",
        "tune",
        "nibe",
        "års",
        "thy",
        "als",
        "ry",
        "vrå",
        "jels",
        "hasle",
        "gjern",
        "frederiks",
        "mors",
        "møn",
        "salling",
        "strib",
        "lynge",
        "alken",
        "mols",
        "falster",
        "indre",
        "by",
        "nordvest",
        "friheden",
        "viby",
        "hammel",
        "ribe",
        "dalby",
        "nordby",
    ]
)


@dataclass(frozen=True, slots=True)
class Municipality:
    name: str
    region: str
    neighbours: frozenset[str]


class Places:
    """Looks names up; built once from `indgang/core/data/matching/places.txt`."""

    def __init__(self, table: str) -> None:
        self.municipalities: dict[str, Municipality] = {}
        self._by_name: dict[str, str] = {}
        for line in table.splitlines():
            if not line or line.startswith("#"):
                continue
            name, region, neighbours, towns = (field.strip() for field in line.split("|"))
            self.municipalities[name] = Municipality(name, region, frozenset(_names(neighbours)))
            for town in (name.lower(), name.lower().replace("-", " "), f"{name.lower()}s", *_names(towns)):
                self._by_name.setdefault(town, name)

    def municipality(self, written: str) -> str:
        """The municipality of a town, a postal district or a municipality's own name; empty when unknown."""
        plain = written.lower().strip(" .,")
        return self._by_name.get(plain) or self._by_name.get(_NOISE.sub("", plain).strip(" .,-")) or ""

    def area(self, written: Iterable[str]) -> frozenset[str] | None:
        """The municipalities that a list of areas covers, or None when not one of them is understood."""
        covered: set[str] = set()
        for entry in written:
            for part in _SPLIT_WORDS.split(entry.lower()):
                covered |= self._covered(part.strip(" ."))
        return frozenset(covered) or None

    def _covered(self, part: str) -> frozenset[str] | set[str]:
        everywhere = set(self.municipalities)
        plain = _NOISE.sub("", part).strip(" .,-")
        if part in _WHOLE_COUNTRY or plain in _WHOLE_COUNTRY:
            return everywhere
        if known := self.municipality(part):
            return {known}
        region = _PARTS_OF_THE_COUNTRY.get(plain)
        if region:
            return self._in_regions(region)
        match plain:
            case "sjælland" | "øst for storebælt" | "østdanmark":
                return self._in_regions("Sjælland", "Hovedstaden") - {"Bornholm"}
            case "vestsjælland" | "sydsjælland" | "midtsjælland":
                return self._in_regions("Sjælland") - _ISLANDS_SOUTH
            case "lolland-falster" | "lolland falster":
                return _ISLANDS_SOUTH
            case "fyn" | "sydfyn" | "nordfyn" | "fyn øerne":
                return _FUNEN
            case "trekantområdet" | "trekanten":
                return _TRIANGLE
            case "sønderjylland" | "sydjylland" | "sydvestjylland":
                return _SOUTHERN_JUTLAND
            case "vestjylland":
                return {
                    "Holstebro",
                    "Struer",
                    "Lemvig",
                    "Ringkøbing-Skjern",
                    "Herning",
                    "Varde",
                    "Esbjerg",
                    "Skive",
                }
            case "østjylland":
                return {
                    "Aarhus",
                    "Favrskov",
                    "Skanderborg",
                    "Odder",
                    "Horsens",
                    "Hedensted",
                    "Randers",
                    "Syddjurs",
                    "Norddjurs",
                    "Silkeborg",
                }
            case "djursland":
                return {"Syddjurs", "Norddjurs"}
            case "jylland":
                return self._in_regions("Midtjylland", "Nordjylland", "Syddanmark") - _FUNEN
        return frozenset()

    def _in_regions(self, *regions: str) -> set[str]:
        return {name for name, place in self.municipalities.items() if place.region in regions}

    def neighbours(self, municipality: str) -> frozenset[str]:
        place = self.municipalities.get(municipality)
        return place.neighbours if place else frozenset()

    def words(self) -> frozenset[str]:
        """All single words of names, so that the language layer leaves them as they are written."""
        return frozenset(
            word for name in self._by_name for word in re.split(r"[ \-.]", name) if len(word) > 1
        )

    def found_in(self, text: str) -> str:
        """The municipality that a text names ("telefonpasning for vvs-firma i Hobro"), or an empty text.

        Only capitalised names count, and names that are everyday words too ("Give", "Ringe") never do.
        """
        for match in re.finditer(
            r"\b[A-ZÆØÅ][\wæøå-]+(?: (?:[KVNØSCM]|NV|SV|NØ|SØ|Falster|Mors|J|F)\b)?", text
        ):
            for name in (match.group(0), match.group(0).split()[0]):
                plain = name.lower()
                if (
                    plain not in _EVERYDAY
                    and plain.removesuffix("s") not in _EVERYDAY
                    and (known := self.municipality(plain))
                ):
                    return known
        return ""


@lru_cache(maxsize=1)
def read_places() -> Places:
    return Places((files("indgang.core") / "data" / "matching" / "places.txt").read_text("utf-8"))


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
