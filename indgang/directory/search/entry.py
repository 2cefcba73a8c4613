# SPDX-License-Identifier: MPL-2.0
"""One enterprise as the search knows it: plain values without persons, built from rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from indgang.core.sort_key import danish_sort_key
from indgang.directory.categories import categories_of, cpv_label
from indgang.directory.children import children, with_children
from indgang.directory.freshness import Standing
from indgang.directory.models import Availability, Listing, OpenPlace, Organisation, Place, StatusFact
from indgang.directory.places import municipality_name

LEAD = 40
"""Letters at the beginning of a listing, where people say the main thing first."""
KINDS = (Availability, Place, Listing, OpenPlace, StatusFact)


@dataclass(frozen=True, slots=True)
class Fact:
    """A status fact that everybody may know: the kind and the days it covers."""

    kind: str
    since: date
    valid_until: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place."""

    name: str
    town: str
    municipality_code: int
    is_main: bool


@dataclass(frozen=True, slots=True)
class Offering:
    """A listing. Amounts are whole kroner, `lead_days` days, areas municipality codes."""

    id: int
    text: str
    cpv_codes: tuple[str, ...]
    areas: tuple[int, ...]
    everywhere: bool
    capacity_a_week: int | None
    season_months: tuple[int, ...]
    smallest_dkk: int | None
    largest_dkk: int | None
    lead_days: int | None
    price_note: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Open places of one kind."""

    job_type: str
    text: str
    count: int
    first_date: date | None
    last_date: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """`haystack` is everything that can be searched for, folded; `leads` is how each listing begins, where the main
    thing stands; `name_key` is the name, folded."""

    id: int
    name: str
    name_key: str
    path: str
    kind: str
    cvr_number: str
    legal_form: str
    website: str
    is_person: bool
    is_draft: bool
    kept_by_id: int
    presentation: str
    places: tuple[Spot, ...]
    listings: tuple[Offering, ...]
    open_places: tuple[Opening, ...]
    facts: tuple[Fact, ...]
    target_groups: tuple[str, ...]
    job_types: frozenset[str]
    categories: frozenset[str]
    seats: frozenset[int]
    areas: frozenset[int]
    everywhere: bool
    standing: Standing
    haystack: str
    leads: tuple[str, ...]

    @property
    def main_place(self) -> Spot | None:
        return next(
            (place for place in self.places if place.is_main), self.places[0] if self.places else None
        )

    def delivers_in(self, code: int) -> bool:
        """Whether it lies there, or says that it delivers there."""
        return self.everywhere or code in self.areas or code in self.seats

    def holds(self, kind: str, day: date) -> bool:
        return any(fact.kind == kind and fact.holds_on(day) for fact in self.facts)

    def open_on(self, day: date) -> list[Opening]:
        return [place for place in self.open_places if place.last_date is None or day <= place.last_date]


def fold(text: str) -> str:
    """Text as it is compared: no case, no signs, Danish letters kept apart."""
    return danish_sort_key(text)


def entries_from(rows: QuerySet[Organisation]) -> Iterator[Entry]:
    """Entries of the enterprises in `rows`, in one query."""
    for organisation in with_children(rows, *KINDS):
        yield entry_of(organisation)


def entry_of(organisation: Organisation) -> Entry:
    """`organisation` must carry its children (`children.with_children` with KINDS)."""
    places = tuple(
        Spot(row.name, row.town, row.municipality_code, row.is_main) for row in children(organisation, Place)
    )
    listings = tuple(_offering(row) for row in children(organisation, Listing) if row.retired_at is None)
    open_places = tuple(
        Opening(row.job_type, row.text, row.count, row.first_date, row.last_date)
        for row in children(organisation, OpenPlace)
    )
    availability = next(iter(children(organisation, Availability)), Availability())
    codes = [code for listing in listings for code in listing.cpv_codes]
    return Entry(
        id=organisation.pk,
        name=organisation.name,
        name_key=fold(organisation.name),
        path=organisation.path,
        kind=organisation.kind,
        cvr_number=organisation.cvr_number or "",
        legal_form=organisation.legal_form,
        website=organisation.website,
        is_person=organisation.is_person,
        is_draft=organisation.is_draft,
        kept_by_id=organisation.kept_by_id,
        presentation=organisation.presentation,
        places=places,
        listings=listings,
        open_places=open_places,
        facts=_facts(organisation),
        target_groups=tuple(organisation.target_groups),
        job_types=frozenset([*organisation.job_types, *(place.job_type for place in open_places)]),
        categories=categories_of(codes),
        seats=frozenset(place.municipality_code for place in places),
        areas=frozenset(code for listing in listings for code in listing.areas),
        everywhere=any(listing.everywhere for listing in listings),
        standing=standing_of(organisation, availability),
        haystack=_haystack(organisation, places, listings, codes),
        leads=tuple(f" {fold(listing.text[:LEAD])}" for listing in listings),
    )


def _offering(row: Listing) -> Offering:
    return Offering(
        id=row.pk,
        text=row.text,
        cpv_codes=tuple(row.cpv_codes),
        areas=tuple(row.areas),
        everywhere=row.everywhere,
        capacity_a_week=row.capacity_a_week,
        season_months=tuple(row.season_months),
        smallest_dkk=row.smallest_dkk,
        largest_dkk=row.largest_dkk,
        lead_days=row.lead_days,
        price_note=row.price_note,
    )


def standing_of(organisation: Organisation, availability: Availability) -> Standing:
    """The dates that decide whether an enterprise is shown and proposed."""
    return Standing(
        confirmed_on=_day(availability.confirmed_at),
        warned_on=_day(availability.warned_at),
        paused_until=availability.paused_until,
        holiday_first=availability.holiday_first,
        holiday_last=availability.holiday_last,
        is_closed=organisation.closed_at is not None,
    )


def _facts(organisation: Organisation) -> tuple[Fact, ...]:
    """Without equivalence, which is one municipality's own and not for an index that all share."""
    return tuple(
        Fact(fact.kind, fact.since, fact.valid_until)
        for fact in children(organisation, StatusFact)
        if fact.ended_at is None and fact.kind != StatusFact.Kind.EQUIVALENT
    )


def _haystack(
    organisation: Organisation, places: tuple[Spot, ...], listings: tuple[Offering, ...], codes: list[str]
) -> str:
    told = [organisation.name, organisation.presentation, organisation.cvr_number or ""]
    told += [f"{place.town} {municipality_name(place.municipality_code)} {place.name}" for place in places]
    told += [listing.text for listing in listings]
    told += [cpv_label(code) for code in codes]
    return " " + re.sub(r" +", " ", fold(" ".join(told)))


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
