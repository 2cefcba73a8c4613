# SPDX-License-Identifier: MPL-2.0
"""What a published notice says, as plain values.

A field's meaning and its number (BT-21, OPT-300 …) are those of the EU's eForms, Commission Implementing
Regulation (EU) 2019/1780; `fields` holds the place of each in the XML. A value that the notice does not give
is empty (`""`, `()` or `None`). Codes are kept as they stand, known or not; `codes` has their labels.

Contact persons, e-mail addresses and telephone numbers in a notice are not read.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple


class Money(NamedTuple):
    """An amount without VAT. `currency` is ISO 4217."""

    amount: Decimal
    currency: str


class Duration(NamedTuple):
    """`unit` is DAY, WEEK, MONTH or YEAR."""

    number: int
    unit: str


class Period(NamedTuple):
    """The planned time of a contract: a length, or days from and to."""

    duration: Duration | None
    first_date: date | None
    last_date: date | None


@dataclass(slots=True)
class Place:
    """Where a contract is performed. `nuts` is a region code, `region` a code such as `anyw-cou` (anywhere)."""

    nuts: str = ""
    town: str = ""
    postal_code: str = ""
    region: str = ""


@dataclass(slots=True)
class Organisation:
    """A buyer, tenderer or subcontractor; `reference` (ORG-0001) is what the rest of the notice points at."""

    reference: str = ""
    name: str = ""
    number: str = ""
    town: str = ""
    country: str = ""
    is_person: bool = False

    @property
    def cvr_number(self) -> str:
        """The Danish company number, eight digits; empty when the number is another."""
        digits = "".join(character for character in self.number if character.isdigit())
        foreign = self.country not in ("", "DNK", "DK")
        return "" if foreign or self.is_person or len(digits) != 8 else digits


@dataclass(slots=True)
class Lot:
    """A part of the purchase that one may bid for. `scheme` is Lot, or Part in a prior information notice."""

    reference: str = ""
    scheme: str = ""
    title: str = ""
    text: str = ""
    nature: str = ""
    cpv_main: str = ""
    cpv_additional: tuple[str, ...] = ()
    value: Money | None = None
    framework_maximum: Money | None = None
    places: tuple[Place, ...] = ()
    period: Period | None = None
    tenders_until: datetime | None = None
    requests_until: datetime | None = None
    interest_until: datetime | None = None
    questions_until: datetime | None = None
    reserved_participation: tuple[str, ...] = ()
    reserved_execution: str = ""
    strategic: tuple[str, ...] = ()
    strategic_text: str = ""
    social_objectives: tuple[str, ...] = ()
    performance_terms: str = ""
    suits_small: bool | None = None
    framework: str = ""
    dynamic_system: str = ""
    languages: tuple[str, ...] = ()
    documents_url: str = ""
    submission_url: str = ""


@dataclass(slots=True)
class Received:
    """How many tenders (or requests) of a kind came in."""

    kind: str = ""
    count: int | None = None


@dataclass(slots=True)
class LotResult:
    """How one lot ended; points at tenders and contracts."""

    reference: str = ""
    lot: str = ""
    status: str = ""
    not_awarded_reason: str = ""
    tenders: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    received: tuple[Received, ...] = ()


@dataclass(slots=True)
class Tender:
    """One tender for one lot."""

    reference: str = ""
    lot: str = ""
    party: str = ""
    value: Money | None = None
    rank: int | None = None


@dataclass(slots=True)
class TenderingParty:
    """Those who tender together, and their subcontractors, by reference."""

    reference: str = ""
    tenderers: tuple[str, ...] = ()
    subcontractors: tuple[str, ...] = ()


@dataclass(slots=True)
class Contract:
    """A contract that was made; points at the tenders that won."""

    reference: str = ""
    tenders: tuple[str, ...] = ()
    signed_date: date | None = None


@dataclass(slots=True)
class Notice:
    """One version of one notice.

    `changes` holds what a change notice replaces: notice identifiers with version (BT-758) or publication
    numbers. `remarks` names values that could not be read, by field; they are left empty.
    """

    notice_id: str = ""
    version: int = 0
    procedure_id: str = ""
    form_type: str = ""
    notice_type: str = ""
    subtype: str = ""
    legal_basis: str = ""
    language: str = ""
    dispatched_at: datetime | None = None
    publication_number: str = ""
    publication_date: date | None = None
    changes: tuple[str, ...] = ()
    change_reason: str = ""
    change_text: str = ""
    title: str = ""
    text: str = ""
    nature: str = ""
    procedure: str = ""
    cpv_main: str = ""
    cpv_additional: tuple[str, ...] = ()
    value: Money | None = None
    framework_maximum: Money | None = None
    places: tuple[Place, ...] = ()
    buyer_references: tuple[str, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    lots: tuple[Lot, ...] = ()
    results: tuple[LotResult, ...] = ()
    tenders: tuple[Tender, ...] = ()
    parties: tuple[TenderingParty, ...] = ()
    contracts: tuple[Contract, ...] = ()
    total_value: Money | None = None
    remarks: tuple[str, ...] = ()

    @property
    def buyers(self) -> tuple[Organisation, ...]:
        """Those who buy, the first one first."""
        named = {organisation.reference: organisation for organisation in self.organisations}
        return tuple(named[reference] for reference in self.buyer_references if reference in named)
