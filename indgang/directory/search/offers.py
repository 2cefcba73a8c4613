# SPDX-License-Identifier: MPL-2.0
"""Entries as the matching engine takes them."""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from django.utils import timezone

from indgang.core.matching import Language, Listing, Offer, own_language
from indgang.core.matching.classification import read_labels
from indgang.core.matching.places import Places
from indgang.core.matching.vocabulary import read_vocabulary
from indgang.directory.models import StatusFact
from indgang.directory.places import municipality_name, tenants_off_the_map
from indgang.directory.search.entry import Entry, Offering, entries_from
from indgang.directory.vocabulary import TargetGroup

EVERYWHERE = "hele landet"


def offer_of(entry: Entry) -> Offer:
    """One enterprise and what it sells; its id as text."""
    place = entry.main_place
    return Offer(
        id=str(entry.id),
        name=entry.name,
        municipality=municipality_name(place.municipality_code) if place else "",
        listings=tuple(map(_listing, entry.listings)),
        target_groups=tuple(
            str(TargetGroup(group).label) for group in entry.target_groups if group in TargetGroup
        ),
        rsv=any(fact.kind == StatusFact.Kind.REGISTERED for fact in entry.facts) or None,
    )


def _listing(row: Offering) -> Listing:
    areas = (EVERYWHERE,) if row.everywhere else tuple(municipality_name(code) for code in row.areas)
    return Listing(
        text=row.text,
        cpv=row.cpv_codes,
        capacity_per_week=row.capacity_a_week,
        areas=areas,
        months=frozenset(row.season_months),
        smallest_job_dkk=row.smallest_dkk,
        largest_job_dkk=row.largest_dkk,
        lead_time_days=row.lead_days,
        price=row.price_note,
    )


def offers_from_database() -> Iterator[Offer]:
    """Everything published that may be proposed today. Needs no tenant: published enterprises are shared."""
    from indgang.directory.models import Organisation

    today = timezone.localdate()
    rows = Organisation.objects.filter(published_at__isnull=False, closed_at=None, merged_into=None)
    for entry in entries_from(rows):
        if entry.standing.may_be_matched(today):
            yield offer_of(entry)


def language() -> Language:
    """The project's own language, and the names of municipalities here that lie on no map."""
    return _with_places(tuple(sorted(tenants_off_the_map().values())))


@lru_cache(maxsize=2)
def _with_places(names: tuple[str, ...]) -> Language:
    if not names:
        return own_language()
    table = (files("indgang.core") / "data" / "matching" / "places.txt").read_text("utf-8")
    rows = "".join(f"\n{name} | | | {name.lower()}" for name in names)
    return Language(read_vocabulary(), read_labels(), Places(table + rows))
