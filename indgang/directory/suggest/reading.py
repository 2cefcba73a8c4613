# SPDX-License-Identifier: MPL-2.0
"""Taking a text apart into listings."""

from dataclasses import dataclass, replace

from indgang.core.matching import CpvSuggestion
from indgang.directory.actions.listings import ListingFacts
from indgang.directory.models import Listing
from indgang.directory.search import language
from indgang.directory.suggest.facts import Facts, facts_in
from indgang.directory.suggest.parts import parts_of, understood

MOST_CODES = 4
SURE = 0.85


@dataclass(frozen=True)
class Reading:
    """One thing that is sold, as the software understood it; `is_sure` when its first code hardly can be wrong."""

    text: str
    codes: tuple[str, ...]
    found: Facts
    is_sure: bool = False

    def initial(self) -> dict[str, object]:
        """What the form shows; the likeliest code is ticked when the software is sure of it."""
        return {
            "text": self.text,
            "cpv_codes": list(self.codes[:1]) if self.is_sure else [],
            "capacity_a_week": self.found.capacity_a_week,
            "capacity_unit": self.found.capacity_unit,
            "lead_days": self.found.lead_days,
            "smallest_dkk": self.found.smallest_dkk,
            "largest_dkk": self.found.largest_dkk,
        }

    def facts(self, facts: ListingFacts) -> ListingFacts:
        """What a human confirmed, with the areas and months that the text tells."""
        return replace(
            facts,
            areas=self.found.areas,
            everywhere=self.found.everywhere,
            season_months=self.found.season_months,
        )


def read(listing: Listing) -> list[Reading]:
    """The listings that a text holds. What an import knew of the whole stays with each part that says nothing else."""
    told = facts_in(listing.text)
    known = replace(
        told,
        capacity_a_week=listing.capacity_a_week or told.capacity_a_week,
        capacity_unit=listing.capacity_unit or told.capacity_unit,
        lead_days=told.lead_days if listing.lead_days is None else listing.lead_days,
        smallest_dkk=listing.smallest_dkk or told.smallest_dkk,
        largest_dkk=listing.largest_dkk or told.largest_dkk,
    )
    parts = parts_of(listing.text, language())
    if len(parts) == 1:
        return [_reading(listing.text.strip(), known)]
    return [_reading(part, _own(facts_in(part), known)) for part in parts]


def _reading(text: str, found: Facts) -> Reading:
    suggested = _suggested(text)
    sure = bool(suggested) and suggested[0].score >= SURE
    return Reading(text, tuple(one.code for one in suggested), found, sure)


def _own(part: Facts, whole: Facts) -> Facts:
    """Where something is delivered and how early it must be asked for is usually said once for all."""
    return replace(
        part,
        areas=part.areas or whole.areas,
        everywhere=part.everywhere or whole.everywhere,
        lead_days=whole.lead_days if part.lead_days is None else part.lead_days,
    )


def codes_for(text: str) -> list[str]:
    """CPV codes that a text may mean, the likeliest first."""
    return [one.code for one in _suggested(text)]


def _suggested(text: str) -> tuple[CpvSuggestion, ...]:
    speech = language()
    return speech.classification.suggest(understood(text, speech))[:MOST_CODES] if text.strip() else ()
