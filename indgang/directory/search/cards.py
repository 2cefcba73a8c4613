# SPDX-License-Identifier: MPL-2.0
"""A found enterprise as a list shows it: a few lines that tell whether to look closer."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indgang.core.text import Reason
from indgang.directory.categories import Category, find_category
from indgang.directory.freshness import Freshness
from indgang.directory.models import StatusFact
from indgang.directory.places import municipality_name
from indgang.directory.search.entry import Entry, fold

LONGEST_LINE = 140
MOST_LINES = 3


@dataclass(frozen=True)
class Mark:
    """A short word in a chip; `tone` is its colour class."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Card:
    entry: Entry
    icon: str
    where: str
    delivers: str
    sells: list[str]
    more: int
    marks: list[Mark]
    reason: Reason | None = None


def card(entry: Entry, *, today: date, words: str = "", reason: Reason | None = None) -> Card:
    """`words` brings the listing that was asked for to the top; `reason` says why it was found."""
    asked = fold(words).split()
    listings = sorted(entry.listings, key=lambda row: -sum(word in fold(row.text) for word in asked))
    return Card(
        entry=entry,
        icon=_icon(entry),
        where=_where(entry),
        delivers=delivers_in_words(entry.areas - entry.seats),
        sells=[Truncator(row.text).chars(LONGEST_LINE) for row in listings[:MOST_LINES]],
        more=max(0, len(listings) - MOST_LINES),
        marks=marks_of(entry, today),
        reason=reason,
    )


def marks_of(entry: Entry, today: date) -> list[Mark]:
    """What is worth knowing before one looks closer."""
    marks = [Mark(_("Kladde"), "sun")] if entry.is_draft else []
    if entry.holds(StatusFact.Kind.REGISTERED, today):
        marks.append(Mark(_("Registreret (RSV)")))
    if entry.holds(StatusFact.Kind.SHARE_30, today):
        marks.append(Mark(_("Mindst 30 % dokumenteret")))
    places = sum(place.count for place in entry.open_on(today))
    if places:
        marks.append(
            Mark(ngettext("%(n)d ledig plads", "%(n)d ledige pladser", places) % {"n": places}, "sun")
        )
    return marks + state_marks(entry, today)


def state_marks(entry: Entry, today: date) -> list[Mark]:
    standing = entry.standing
    marks = []
    if standing.is_paused(today) and standing.paused_until:
        marks.append(Mark(_("På pause til %(day)s") % {"day": _day(standing.paused_until)}, "grey"))
    if standing.on_holiday(today) and standing.holiday_last:
        marks.append(Mark(_("Ferie til %(day)s") % {"day": _day(standing.holiday_last)}, "grey"))
    freshness = standing.freshness(today)
    if freshness is Freshness.FADED:
        marks.append(Mark(_("Ikke bekræftet for nylig"), "grey"))
    if freshness is Freshness.HIDDEN:
        marks.append(Mark(_("Skjult: ikke bekræftet i et halvt år"), "clay"))
    return marks


def delivers_in_words(areas: frozenset[int]) -> str:
    """Up to three names, and how many more; '' when nothing is told."""
    names = sorted((municipality_name(code) for code in areas), key=fold)
    if len(names) > 3:
        return _("%(names)s og %(more)d andre") % {"names": ", ".join(names[:2]), "more": len(names) - 2}
    return ", ".join(names)


def _where(entry: Entry) -> str:
    place = entry.main_place
    if place is None:
        return ""
    municipality = municipality_name(place.municipality_code)
    where = place.town if fold(municipality) in fold(place.town) else f"{place.town}, {municipality}"
    others = len(entry.places) - 1
    return where + (
        ngettext(" og %(n)d sted til", " og %(n)d steder til", others) % {"n": others} if others else ""
    )


def _icon(entry: Entry) -> str:
    """The category of the first listing that has one."""
    from indgang.directory.categories import category_of

    for listing in entry.listings:
        for code in listing.cpv_codes:
            found: Category | None = find_category(category_of(code))
            if found:
                return found.icon
    return "business"


def _day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
