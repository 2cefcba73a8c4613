# SPDX-License-Identifier: MPL-2.0
"""What an enterprise sells: one listing per unrelated thing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.directory import permissions
from indgang.directory.categories import is_cpv
from indgang.directory.models import Listing, Organisation
from indgang.kernel import audit
from indgang.kernel.access import Principal

LONGEST_TEXT = 3_000


@dataclass(frozen=True)
class ListingFacts:
    """Everything about one thing that is sold; only the text must be there.

    `areas` are municipality codes, empty meaning not told; amounts are whole kroner, `lead_days` days.
    """

    text: str
    cpv_codes: tuple[str, ...] = ()
    areas: tuple[int, ...] = ()
    everywhere: bool = False
    capacity_a_week: int | None = None
    capacity_unit: str = ""
    season_months: tuple[int, ...] = ()
    smallest_dkk: int | None = None
    largest_dkk: int | None = None
    lead_days: int | None = None
    price_note: str = ""


@transaction.atomic
def save_listing(
    by: Principal,
    organisation: Organisation,
    facts: ListingFacts,
    listing: Listing | None = None,
    *,
    now: datetime,
) -> Listing:
    """Add a listing or change `listing`. Its codes count as confirmed by whoever saves it."""
    permissions.check_can_edit(by, organisation)
    listing = _write(organisation, facts, listing, now)
    audit.record(
        by, "listing.save", f"organisation:{organisation.pk}", now=now, facts={"listing": listing.pk}
    )
    return listing


@transaction.atomic
def confirm_suggestions(
    by: Principal,
    organisation: Organisation,
    source: Listing,
    confirmed: Sequence[ListingFacts],
    *,
    now: datetime,
) -> list[Listing]:
    """Replace one unchecked text by the listings that a human has read and confirmed."""
    permissions.check_can_edit(by, organisation)
    if not confirmed:
        raise Refused(gettext_noop("Behold mindst én ydelse."))
    kept = [
        _write(organisation, facts, source if number == 0 else None, now)
        for number, facts in enumerate(confirmed)
    ]
    audit.record(
        by,
        "listing.confirm",
        f"organisation:{organisation.pk}",
        now=now,
        facts={"listings": [listing.pk for listing in kept]},
    )
    return kept


@transaction.atomic
def retire_listing(by: Principal, listing: Listing, *, now: datetime) -> None:
    """No longer sold. The row stays, because purchases may point at it."""
    permissions.check_can_edit(by, listing.organisation)
    if not listing.organisation.listings.filter(retired_at=None).exclude(pk=listing.pk).exists():
        raise Refused(gettext_noop("Behold mindst én ydelse, eller sæt virksomheden på pause."))
    listing.retired_at = now
    listing.save(update_fields=["retired_at"])
    audit.record(
        by,
        "listing.retire",
        f"organisation:{listing.organisation_id}",
        now=now,
        facts={"listing": listing.pk},
    )


def _write(
    organisation: Organisation, facts: ListingFacts, listing: Listing | None, now: datetime
) -> Listing:
    _check(facts)
    listing = listing or Listing(organisation=organisation, created_at=now)
    listing.text = facts.text.strip()
    listing.cpv_codes = unique(facts.cpv_codes)
    listing.areas, listing.everywhere = sorted(set(facts.areas)), facts.everywhere
    listing.capacity_a_week, listing.capacity_unit = facts.capacity_a_week, facts.capacity_unit.strip()
    listing.season_months = sorted(set(facts.season_months))
    listing.smallest_dkk, listing.largest_dkk = facts.smallest_dkk, facts.largest_dkk
    listing.lead_days, listing.price_note = facts.lead_days, facts.price_note.strip()
    listing.checked_at = now
    listing.save()
    return listing


def _check(facts: ListingFacts) -> None:
    if not facts.text.strip():
        raise Refused(gettext_noop("Skriv, hvad I sælger, i almindelige ord."))
    if len(facts.text) > LONGEST_TEXT:
        raise Refused(
            gettext_noop("Teksten er på %(length)d tegn. Gør den kortere end %(most)d, eller del den op."),
            length=len(facts.text),
            most=LONGEST_TEXT,
        )
    for code in facts.cpv_codes:
        if not is_cpv(code):
            raise Refused(
                gettext_noop("CPV-koden %(code)s findes ikke. Vælg en af de foreslåede, eller slå den op."),
                code=code,
            )
    if any(not 1 <= month <= 12 for month in facts.season_months):
        raise Refused(gettext_noop("Vælg måneder mellem januar og december."))
    if facts.smallest_dkk and facts.largest_dkk and facts.largest_dkk < facts.smallest_dkk:
        raise Refused(gettext_noop("Den største opgave er mindre end den mindste. Byt om på de to beløb."))


def unique(codes: Iterable[str]) -> list[str]:
    """Each code once, in the order given."""
    return list(dict.fromkeys(codes))
