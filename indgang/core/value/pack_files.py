# SPDX-License-Identifier: MPL-2.0
"""Reading packs: the shipped ones, and the rows a municipality adds in a file of its own.

A shipped pack's hash stands in `packs/published.json`; a pack that was changed after publication is refused.
An overlay is a file of the same form: its rows win over the pack's, its `[departments]` table maps the
municipality's own names to accounts. The hash covers id, version, rows, accounts and overlays, so that
nothing can change silently; sign-offs lie outside it.
"""

import json
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import combinations
from pathlib import Path

from indgang.core.text import Refused, gettext_noop
from indgang.core.value.canonical import digest
from indgang.core.value.pack import Account, Doubt, Level, Pack, Parameter

NEEDED = ("key", "value", "unit", "valid_from", "confidence", "source", "licence", "label_da")
OPTIONAL = ("valid_to", "label_en", "price_year", "payer", "note_da", "note_en", "retrieved_on")


def shipped() -> list[Pack]:
    """All packs that come with Indgang, oldest first."""
    names = sorted(entry.name for entry in _folder().iterdir() if entry.name.endswith(".toml"))
    return sorted((_shipped(name) for name in names), key=lambda pack: _version(pack.version))


def load(name: str | None = None, overlays: Sequence[Path] = ()) -> Pack:
    """A pack by id, id@version, beginning of its hash, or path; None means the newest shipped one.

    Raises Refused when it is unknown, broken, changed after publication, or contradicts itself.
    """
    pack = _named(name) if name else shipped()[-1]
    for path in overlays:
        pack = _laid_over(pack, _read_path(path))
    return pack


def parse(text: str, origin: str) -> Pack:
    """A pack from TOML. Raises Refused naming the row that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(_BROKEN, origin=origin, error=error) from error
    head = data.get("pack", {})
    missing = [name for name in ("id", "version", "published_on") if name not in head]
    if missing:
        raise Refused(_NO_HEAD, origin=origin, missing=", ".join(missing))
    name = f"{head['id']}@{head['version']}"
    rows = tuple(_row(raw, number, name) for number, raw in enumerate(data.get("row", []), 1))
    _check_contradictions(rows, name)
    accounts = {raw["code"]: _account(raw, origin) for raw in data.get("account", [])}
    for department, code in data.get("departments", {}).items():
        accounts[code] = _with_department(accounts.get(code), code, department)
    content = {key: data.get(key) for key in ("row", "account", "departments", "doubt")}
    return Pack(
        id=str(head["id"]),
        version=str(head["version"]),
        published_on=head["published_on"],
        title_da=head.get("title_da", name),
        title_en=head.get("title_en", name),
        rows=rows,
        accounts=accounts,
        doubts=tuple(_doubt(raw) for raw in data.get("doubt", [])),
        sha256=digest({"id": head["id"], "version": str(head["version"]), **content}),
        reviewers=tuple(head.get("reviewed_by", ())),
    )


def _row(raw: Mapping[str, object], number: int, origin: str) -> Parameter:
    missing = [name for name in NEEDED if name not in raw]
    unknown = [name for name in raw if name not in NEEDED + OPTIONAL]
    label = str(raw.get("key", f"nr. {number}"))
    if missing or unknown:
        raise Refused(
            _BAD_ROW,
            row=label,
            origin=origin,
            missing=", ".join(missing) or "intet",
            unknown=", ".join(unknown) or "intet",
        )
    value = raw["value"]
    good = isinstance(value, str) or (
        isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
    )
    if not good or (raw["unit"] == "share" and not 0 <= float(str(value)) <= 1):
        raise Refused(_BAD_VALUE, row=label, origin=origin, value=value)
    if raw["confidence"] not in ("H", "M", "L"):
        raise Refused(_BAD_CONFIDENCE, row=label, origin=origin)
    for name in ("valid_from", "valid_to"):
        if name in raw and not isinstance(raw[name], date):
            raise Refused(_BAD_DATE, row=label, origin=origin, field=name)
    fields = {"label_en": str(raw["label_da"]), "valid_to": None, **raw}
    return Parameter(**{**fields, "origin": origin})  # type: ignore[arg-type]


def _check_contradictions(rows: Sequence[Parameter], origin: str) -> None:
    by_key: dict[str, list[Parameter]] = {}
    for row in rows:
        if row.valid_to and row.valid_to < row.valid_from:
            raise Refused(_BACKWARDS, row=row.key, origin=origin)
        by_key.setdefault(row.key, []).append(row)
    for key, same in by_key.items():
        if any(one.overlaps(other) for one, other in combinations(same, 2)):
            raise Refused(_CONTRADICTION, row=key, origin=origin)


def _account(raw: Mapping[str, str], origin: str) -> Account:
    try:
        return Account(
            raw["code"], Level(raw["level"]), raw["label_da"], raw.get("label_en", raw["label_da"])
        )
    except (KeyError, ValueError) as error:
        levels = ", ".join(Level)
        raise Refused(_BAD_ACCOUNT, account=raw.get("code", "?"), origin=origin, levels=levels) from error


def _with_department(account: Account | None, code: str, department: str) -> Account:
    known = account or Account(code, Level.MUNICIPALITY, "", "")
    return replace(known, departments=(*known.departments, department))


def _doubt(raw: Mapping[str, object]) -> Doubt:
    keys = raw.get("keys", [])
    assert isinstance(keys, list)
    return Doubt(int(str(raw["rank"])), tuple(keys), str(raw["text_da"]), str(raw["text_en"]))


def _laid_over(base: Pack, overlay: Pack) -> Pack:
    accounts = dict(base.accounts)
    for code, account in overlay.accounts.items():
        if account.label_da:
            accounts[code] = account
            continue
        if code not in accounts:
            raise Refused(_UNKNOWN_DEPARTMENT, code=code, known=", ".join(accounts))
        accounts[code] = replace(accounts[code], departments=account.departments)
    return Pack(
        id=f"{base.id}+{overlay.id}",
        version=f"{base.version}+{overlay.version}",
        published_on=base.published_on,
        title_da=f"{base.title_da} + {overlay.title_da}",
        title_en=f"{base.title_en} + {overlay.title_en}",
        rows=overlay.rows + base.rows,
        accounts=accounts,
        doubts=base.doubts + overlay.doubts,
        sha256=digest([base.sha256, overlay.sha256]),
        reviewers=tuple(sorted(set(base.reviewers) & set(overlay.reviewers))),
    )


def _named(name: str) -> Pack:
    if name.endswith(".toml") or "/" in name:
        return _read_path(Path(name))
    packs = shipped()
    found = [pack for pack in packs if name in (pack.id, pack.name)]
    if not found and len(name) >= 6:
        found = [pack for pack in packs if pack.sha256.startswith(name)]
    if not found:
        raise Refused(_NO_PACK, name=name, known=", ".join(pack.name for pack in packs))
    return found[-1]


def _read_path(path: Path) -> Pack:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(_NO_FILE, path=path) from error
    return parse(text, path.name)


@cache
def _shipped(name: str) -> Pack:
    pack = parse(_folder().joinpath(name).read_text("utf-8"), name)
    published = json.loads(_folder().joinpath("published.json").read_text("utf-8"))
    if published.get(pack.name) != pack.sha256:
        raise Refused(_CHANGED, pack=pack.name)
    return pack


def _folder() -> Traversable:
    return files(__package__).joinpath("packs")


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


_BROKEN = gettext_noop("Pakken %(origin)s kan ikke læses som TOML: %(error)s")
_NO_HEAD = gettext_noop("Pakken %(origin)s mangler i sit hoved [pack]: %(missing)s.")
_BAD_ROW = gettext_noop(
    "Rækken „%(row)s“ i %(origin)s passer ikke. Den mangler: %(missing)s. Den har for meget: %(unknown)s."
)
_BAD_VALUE = gettext_noop(
    "Rækken „%(row)s“ i %(origin)s har værdien %(value)s. Skriv et endeligt tal, nul eller større (andele højst 1)."
)
_BAD_CONFIDENCE = gettext_noop("Rækken „%(row)s“ i %(origin)s skal have sikkerheden H, M eller L.")
_BAD_DATE = gettext_noop("Rækken „%(row)s“ i %(origin)s: skriv %(field)s som en dato, 2026-01-01.")
_BACKWARDS = gettext_noop("Rækken „%(row)s“ i %(origin)s slutter, før den begynder.")
_CONTRADICTION = gettext_noop(
    "Pakken %(origin)s modsiger sig selv: rækken „%(row)s“ står flere gange for den samme periode."
)
_BAD_ACCOUNT = gettext_noop(
    "Kontoen „%(account)s“ i %(origin)s skal have code, level og label_da; level er en af %(levels)s."
)
_UNKNOWN_DEPARTMENT = gettext_noop(
    "[departments] peger på kontoen „%(code)s“, som ikke findes. Kendte: %(known)s."
)
_NO_PACK = gettext_noop("Der er ingen pakke „%(name)s“. Kendte: %(known)s. En fil angives med sin sti.")
_NO_FILE = gettext_noop("Filen %(path)s kan ikke læses.")
_CHANGED = gettext_noop(
    "Pakken %(pack)s er ændret, siden den blev udgivet. Læg rettelser i en ny udgave eller i en egen fil."
)
