# SPDX-License-Identifier: MPL-2.0
"""Who can do this? A need in plain Danish against what enterprises say they sell, with reasons.

    index = Index([Offer.of("1", "Fru Hansens Fade", "Smørrebrød og mad til fest", municipality="Næstved")])
    answer = index.search(Need("a", "mad til 80 års fødselsdag, 45 gæster", place="Næstved"))

An answer without matches means "nobody". How it works: docs/explanation/matching.md.
"""

from indgang.core.matching.index import Index
from indgang.core.matching.language import Language, own_language
from indgang.core.matching.values import Answer, Changes, CpvSuggestion, Listing, Match, Need, Offer, Part

__all__ = [
    "Answer",
    "Changes",
    "CpvSuggestion",
    "Index",
    "Language",
    "Listing",
    "Match",
    "Need",
    "Offer",
    "Part",
    "own_language",
]
