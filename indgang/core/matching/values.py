# SPDX-License-Identifier: MPL-2.0
"""What goes into matching and what comes out, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indgang.core.text import Reason


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody wants done, in their own words, and what else is known. Unknown facts stay empty.

    `place` a town, postal district or municipality · `value_dkk` the whole job in kroner · `cpv` eight-digit
    codes · `months` (1-12) in which it happens · `per_week` units a week · `days_until_start` from today.
    """

    id: str
    text: str
    place: str = ""
    value_dkk: int | None = None
    cpv: tuple[str, ...] = ()
    months: frozenset[int] = frozenset()
    per_week: float | None = None
    days_until_start: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One thing that an enterprise sells. Everything but the text is optional; what is missing never excludes.

    `capacity_per_week` units a week · `areas` where it is delivered ("Aarhus", "Fyn", "hele landet") ·
    `months` (1-12) in which it is sold · `smallest_job_dkk`, `largest_job_dkk` kroner a job ·
    `lead_time_days` from order to start · `price` in the enterprise's own words.
    """

    text: str
    cpv: tuple[str, ...] = ()
    capacity_per_week: float | None = None
    areas: tuple[str, ...] = ()
    months: frozenset[int] = frozenset()
    smallest_job_dkk: int | None = None
    largest_job_dkk: int | None = None
    lead_time_days: int | None = None
    price: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """An enterprise and what it sells. `municipality` is its seat: shown, never weighed."""

    id: str
    name: str
    municipality: str = ""
    listings: tuple[Listing, ...] = ()
    target_groups: tuple[str, ...] = ()
    rsv: bool | None = None

    @classmethod
    def of(
        cls,
        id: str,
        name: str,
        *texts: str,
        municipality: str = "",
        cpv: Iterable[str] = (),
        capacity_per_week: float | None = None,
        areas: Iterable[str] = (),
        target_groups: Iterable[str] = (),
        rsv: bool | None = None,
    ) -> "Offer":
        """An offer whose listings share the same facts."""
        listing = Listing("", tuple(cpv), capacity_per_week, tuple(areas))
        listings = tuple(replace(listing, text=text) for text in texts)
        return cls(id, name, municipality, listings, tuple(target_groups), rsv)


@dataclass(frozen=True, slots=True)
class Match:
    """One proposal. `score` (0-1) is how often such a proposal can do the main thing asked for (see
    docs/explanation/matching.md); `reasons` are one to three; `missing` what would make a near miss fit.
    """

    id: str
    score: float
    reasons: tuple[Reason, ...]
    missing: Reason | None = None


@dataclass(frozen=True, slots=True)
class CpvSuggestion:
    """A code of the common procurement vocabulary, with its Danish label and how well it fits (0-1)."""

    code: str
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Part:
    """One of several tasks in a need: its words, the trade it was read as, and who can do it."""

    text: str
    trade: str
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the index says to a need. No `matches` means "nobody"; `parts` only when there are several tasks.

    `trades` are the Danish names of what the need was read as, most important first. `shortened` is true when
    the text was longer than what is read.
    """

    need: Need
    matches: tuple[Match, ...]
    cpv: tuple[CpvSuggestion, ...]
    parts: tuple[Part, ...] = ()
    trades: tuple[str, ...] = ()
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """A difference to apply to an index: offers to put in (or replace by id) and ids to take out."""

    put: tuple[Offer, ...] = ()
    removed: tuple[str, ...] = ()
