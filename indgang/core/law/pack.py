# SPDX-License-Identifier: MPL-2.0
"""A pack: what was known of the law on a day, under a name and a content hash.

"The law in force that day" is chosen by the date of the purchase inside a pack. "What we knew" is chosen
by the pack itself. A sealed pack is never edited: `index.toml` beside it holds its hash, and a pack whose
bytes no longer give that hash is refused. Packs come with the program; further ones are put in by `add_packs`.
"""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from indgang.core.law.cpv import CpvLists, parse_lists
from indgang.core.law.fact import FactSpec, parse_specs
from indgang.core.law.figures import Figures, parse_figures
from indgang.core.law.logic import Scope
from indgang.core.law.rule import Rule, parse_rule
from indgang.core.law.sentence import Sentence
from indgang.core.law.supplier import SupplierTest, parse_tests
from indgang.core.text import Refused

DERIVED = frozenset(
    [
        "V",
        "threshold",
        "threshold_services",
        "small_lot_limit",
        "change_threshold",
        "change_percent",
        "delydelser_used_dkk",
        "light_regime",
        "art77",
        "art77_below",
        "regime",
        "part.value_dkk",
        "part.cpv_main",
    ]
)
REGIMES = frozenset({"A", "B", "C", "D", "E", "W1", "W2", "W3", "K", "X"})


@dataclass(frozen=True)
class Source:
    """What a rule rests on, who looks after it, and when it was last read."""

    key: str
    title: str
    url: str
    read_on: date
    review_by: date
    owner: str


@dataclass(frozen=True)
class Point:
    """Something that a lawyer has yet to confirm."""

    id: str
    words: Sentence
    rules: tuple[str, ...]
    owner: str
    review_by: date


@dataclass(frozen=True, eq=False)
class Pack:
    """Rules, figures, sources and words that belong together."""

    name: str
    sha256: str
    published: date
    note: Sentence
    rules: tuple[Rule, ...]
    figures: Figures
    cpv: CpvLists
    facts: Mapping[str, FactSpec]
    sources: Mapping[str, Source]
    documents: Mapping[str, Sentence]
    phrases: Mapping[str, Sentence]
    points: tuple[Point, ...]
    supplier_tests: tuple[SupplierTest, ...]
    scope: Scope

    @property
    def label(self) -> str:
        """What a saved answer names; `load` takes it back and checks the hash."""
        return f"{self.name}@sha256:{self.sha256}"

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id. Refuses an id that no rule has."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise Refused(
            "Der er ingen regel med id %(id)s. Reglerne er: %(ids)s.",
            id=rule_id,
            ids=", ".join(rule.id for rule in self.rules),
        )

    def checked(self, rule: Rule) -> date | None:
        """The day the rule's sources were last read: the oldest of them; None when it rests on none."""
        return min((self.sources[key].read_on for key in rule.sources), default=None)


def load(wanted: str | None = None) -> Pack:
    """The pack with this name, label, hash (8 digits or more) or folder; the newest sealed one without.

    Refuses a pack that is not known, or whose content no longer matches its seal.
    """
    index = dict(names())
    if wanted is None:
        return _sealed(next(reversed(index)))
    name, _, claimed = wanted.partition("@")
    claimed = claimed.removeprefix("sha256:")
    if name in index:
        pack = _sealed(name)
    elif Path(wanted, "pack.toml").is_file():
        return read_pack(Path(wanted))
    else:
        sought = name.removeprefix("sha256:")
        found = [known for known, seal in index.items() if len(sought) >= 8 and seal.startswith(sought)]
        if len(found) != 1:
            raise Refused(
                "Vi kender ikke pakken %(pack)s. Vi har: %(names)s.", pack=wanted, names=", ".join(index)
            )
        pack = _sealed(found[0])
    if claimed and claimed != pack.sha256:
        raise Refused("Pakken %(name)s har et andet fingeraftryk end det, der står i svaret.", name=name)
    return pack


def names() -> Sequence[tuple[str, str]]:
    """Name and hash of every sealed pack, oldest first."""
    return [(name, sha256) for name, (sha256, _) in sorted(_index().items())]


def add_packs(folder: Path) -> None:
    """Know the sealed packs of one more folder, with an `index.toml` of its own. Raises OSError without one."""
    (folder / "index.toml").stat()
    _further.append(folder)
    forget_read()


def remove_packs(folder: Path) -> None:
    """Forget the packs of a folder that was added."""
    _further.remove(folder)
    forget_read()


def forget_read() -> None:
    """Read indexes and packs from disk again when they are next asked for."""
    _index.cache_clear()
    _sealed.cache_clear()


def fingerprint(folder: Path) -> str:
    """SHA-256 over the pack's files: each path, its length and its bytes, in order of path."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def read_pack(folder: Path) -> Pack:
    """Read a pack from its folder, sealed or not."""

    def table(name: str) -> dict[str, Any]:
        return tomllib.loads((folder / name).read_text("utf-8"))

    about = table("pack.toml")
    specs = parse_specs(table("facts.toml"))
    figures = parse_figures(table("figures.toml"))
    scope = Scope(
        names=frozenset(specs) | DERIVED | figures.names(),
        words=frozenset(word for spec in specs.values() for word in spec.words()) | REGIMES,
    )
    rows = [
        row
        for path in sorted(folder.glob("rules/*.toml"))
        for row in tomllib.loads(path.read_text("utf-8"))["rule"]
    ]
    return Pack(
        name=folder.name,
        sha256=fingerprint(folder),
        published=about["published"],
        note=Sentence(about["note_da"], about["note_en"]),
        rules=tuple(parse_rule(row, scope) for row in rows),
        figures=figures,
        cpv=parse_lists(table("cpv.toml")),
        facts={name: spec.compiled(scope) for name, spec in specs.items()},
        sources={key: _source(key, row, about) for key, row in table("sources.toml").items()},
        documents={key: Sentence(row["da"], row["en"]) for key, row in table("documents.toml").items()},
        phrases={key: Sentence(row["da"], row["en"]) for key, row in table("phrases.toml").items()},
        points=tuple(_point(row, about) for row in table("unconfirmed.toml")["point"]),
        supplier_tests=parse_tests(table("supplier.toml"), scope),
        scope=scope,
    )


def _source(key: str, row: Mapping[str, Any], about: Mapping[str, Any]) -> Source:
    return Source(
        key=key,
        title=row["title"],
        url=row["url"],
        read_on=row.get("read_on", about["sources_read"]),
        review_by=row.get("review_by", about["review_by"]),
        owner=row.get("owner", about["source_owner"]),
    )


def _point(row: Mapping[str, Any], about: Mapping[str, Any]) -> Point:
    return Point(
        id=row["id"],
        words=Sentence(row["da"], row["en"]),
        rules=tuple(row["rules"]),
        owner=row.get("owner", about["source_owner"]),
        review_by=row["review_by"],
    )


_further: list[Path] = []


@cache
def _index() -> dict[str, tuple[str, Path]]:
    """Hash and folder of every sealed pack by its name, which is the day it was published."""
    own = Path(str(files(__package__).joinpath("packs")))
    return {
        row["name"]: (row["sha256"], root / row["name"])
        for root in (*_further, own)
        for row in tomllib.loads((root / "index.toml").read_text("utf-8"))["pack"]
    }


@cache
def _sealed(name: str) -> Pack:
    sha256, folder = _index()[name]
    pack = read_pack(folder)
    if pack.sha256 != sha256:
        raise Refused("Pakken %(name)s er ændret, siden den blev forseglet. Hent den igen.", name=name)
    return pack
