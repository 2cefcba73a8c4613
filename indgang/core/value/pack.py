# SPDX-License-Identifier: MPL-2.0
"""A parameter pack: the figures a run rests on, each with its source, validity, payer and confidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from indgang.core.text import Refused, gettext_noop


class Level(StrEnum):
    """Whose purse an account belongs to."""

    MUNICIPALITY = "municipality"
    REGION = "region"
    STATE = "state"
    CITIZEN = "citizen"
    ENTERPRISE = "enterprise"
    CUSTOMER = "customer"
    UNEMPLOYMENT_FUND = "unemployment_fund"
    RESOURCE = "resource"


PUBLIC = (Level.MUNICIPALITY, Level.REGION, Level.STATE)
RESOURCES = "RESSOURCE"
SOCIETY = (*PUBLIC, Level.CITIZEN, Level.ENTERPRISE, Level.CUSTOMER, Level.UNEMPLOYMENT_FUND)


@dataclass(frozen=True)
class Account:
    """One line in the chart of accounts; `departments` are the municipality's own names for it."""

    code: str
    level: Level
    label_da: str
    label_en: str
    departments: tuple[str, ...] = ()

    @property
    def department(self) -> str:
        """The municipality's own name, else the chart's Danish label."""
        return self.departments[0] if self.departments else self.label_da


@dataclass(frozen=True)
class Parameter:
    """One figure in one period. `confidence` is H, M or L (see the pack's head)."""

    key: str
    value: float | str
    unit: str
    valid_from: date
    valid_to: date | None
    confidence: str
    source: str
    licence: str
    label_da: str
    label_en: str
    price_year: int | None = None
    payer: str | None = None
    note_da: str = ""
    note_en: str = ""
    retrieved_on: date | None = None
    origin: str = ""

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, other: "Parameter") -> bool:
        return (self.valid_to is None or other.valid_from <= self.valid_to) and (
            other.valid_to is None or self.valid_from <= other.valid_to
        )


@dataclass(frozen=True)
class Doubt:
    """Something that is not verified; `keys` are beginnings of the parameters it touches."""

    rank: int
    keys: tuple[str, ...]
    text_da: str
    text_en: str


@dataclass(frozen=True)
class Pack:
    """An immutable set of parameters. `rows` are in order of precedence: an overlay's come first."""

    id: str
    version: str
    published_on: date
    title_da: str
    title_en: str
    rows: tuple[Parameter, ...]
    accounts: Mapping[str, Account]
    doubts: tuple[Doubt, ...]
    sha256: str
    reviewers: tuple[str, ...] = ()
    _by_key: dict[str, list[Parameter]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for row in self.rows:
            self._by_key.setdefault(row.key, []).append(row)

    @property
    def name(self) -> str:
        return f"{self.id}@{self.version}"

    @property
    def signed_off(self) -> bool:
        """Two different people have reviewed it."""
        return len(set(self.reviewers)) >= 2

    def versions(self, key: str) -> list[Parameter]:
        """All rows of a key, an overlay's first."""
        return self._by_key.get(key, [])

    def keys(self) -> Iterable[str]:
        return self._by_key.keys()

    def find(self, key: str, on: date) -> Parameter:
        """The row in force that day. Refuses an unknown key and one that has expired."""
        rows = self.versions(key)
        for row in rows:
            if row.valid_on(on):
                return row
        if not rows:
            raise Refused(_UNKNOWN_KEY, pack=self.name, key=key)
        ends = [row.valid_to for row in rows if row.valid_to and row.valid_to < on]
        if ends:
            raise Refused(_EXPIRED, pack=self.name, label=rows[0].label_da, key=key, day=on, until=max(ends))
        begins = min(row.valid_from for row in rows)
        raise Refused(_NOT_YET, pack=self.name, label=rows[0].label_da, key=key, day=on, begins=begins)

    def account(self, name: str) -> Account:
        """By code (any case) or by the municipality's own department name. Refuses an unknown one."""
        wanted = name.strip().casefold()
        for account in self.accounts.values():
            if wanted == account.code.casefold() or wanted in (d.casefold() for d in account.departments):
                return account
        raise Refused(_UNKNOWN_ACCOUNT, name=name, known=", ".join(self.accounts))

    def purse(self, name: str) -> Account:
        """An account that can pay. Refuses real resources, which are work and goods and nobody's money."""
        found = self.account(name)
        if found.code == RESOURCES:
            raise Refused(_NOT_A_PURSE, name=name)
        return found


@dataclass
class Figures:
    """Looks figures up for one run and remembers which were used."""

    pack: Pack
    on: date
    used: dict[str, Parameter] = field(default_factory=dict)

    def row(self, key: str) -> Parameter:
        """The row in force on the run's day; remembered as used."""
        row = self.pack.find(key, self.on)
        self.used[key] = row
        return row

    def number(self, key: str) -> float:
        """Refuses when the row holds a text."""
        value = self.row(key).value
        if isinstance(value, str):
            raise Refused(_NOT_A_NUMBER, key=key, pack=self.pack.name)
        return value


_UNKNOWN_KEY = gettext_noop(
    "Pakken %(pack)s har ingen række „%(key)s“. Se rækkerne med 'indgang value packs show'."
)
_EXPIRED = gettext_noop(
    "„%(label)s“ (%(key)s) er udløbet i pakken %(pack)s: den gælder til %(until)s, og sagen regner på %(day)s. "
    "Vælg en nyere pakke, eller læg tallet i en egen række."
)
_NOT_YET = gettext_noop(
    "„%(label)s“ (%(key)s) gælder først fra %(begins)s i pakken %(pack)s, og sagen regner på %(day)s. "
    "Læg tallet i en egen række."
)
_NOT_A_PURSE = gettext_noop(
    "Kontoen „%(name)s“ er arbejde og varer, ikke nogens penge. Skriv, hvem der betaler eller sparer."
)
_UNKNOWN_ACCOUNT = gettext_noop("Kontoen „%(name)s“ findes ikke. Kendte konti: %(known)s.")
_NOT_A_NUMBER = gettext_noop("Rækken „%(key)s“ i pakken %(pack)s er ikke et tal.")
