# SPDX-License-Identifier: MPL-2.0
"""One enterprise with all that somebody may see of it, in one query."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from indgang.directory.children import children, with_children
from indgang.directory.freshness import Freshness, Standing
from indgang.directory.models import (
    Availability,
    Confirmation,
    Contact,
    ContactAssignment,
    Interest,
    Listing,
    OpenPlace,
    Organisation,
    Place,
    PurchaseBar,
    StatusFact,
)
from indgang.directory.permissions import INSIGHT, keeps, speaks
from indgang.directory.search.entry import standing_of
from indgang.kernel.access import Principal
from indgang.kernel.models import Unit, User

PUBLIC = (Availability, Place, Contact, Listing, OpenPlace, StatusFact, Confirmation)
INTERNAL = (ContactAssignment, Interest, PurchaseBar)


@dataclass(frozen=True)
class StatusLine:
    """A fact about status in plain words."""

    fact: StatusFact
    title: str
    detail: str
    holds: bool


@dataclass
class Profile:
    """What one principal sees. `contacts` holds only shown people unless the viewer works here or speaks for it."""

    organisation: Organisation
    availability: Availability
    standing: Standing
    is_own: bool
    is_kept_here: bool
    places: list[Place]
    contacts: list[Contact]
    listings: list[Listing]
    open_places: list[OpenPlace]
    status: list[StatusLine]
    confirmations: list[Confirmation]
    contact_person: User | None = None
    contact_history: list[ContactAssignment] = field(default_factory=list)
    interests: list[Interest] = field(default_factory=list)
    bars: list[PurchaseBar] = field(default_factory=list)

    @property
    def main_place(self) -> Place | None:
        return next(
            (place for place in self.places if place.is_main), self.places[0] if self.places else None
        )

    @property
    def main_contact(self) -> Contact | None:
        return next((person for person in self.contacts if person.is_main), next(iter(self.contacts), None))

    @property
    def last_confirmation(self) -> Confirmation | None:
        return max(self.confirmations, key=lambda row: row.at, default=None)

    @property
    def has_unchecked_listings(self) -> bool:
        return any(listing.checked_at is None for listing in self.listings)

    @property
    def is_self_declared(self) -> bool:
        return any(line.holds and line.fact.kind == StatusFact.Kind.SELF_DECLARED for line in self.status)

    def freshness(self, today: date) -> Freshness:
        return self.standing.freshness(today)


def read_profile(
    principal: Principal, rows: QuerySet[Organisation], *, today: date, internal: bool = False
) -> Profile | None:
    """The first of `rows` (enterprises the principal may see); `internal` adds what staff knows of it."""
    internal = internal and principal.works_here
    kinds = (*PUBLIC, *INTERNAL) if internal else PUBLIC
    organisation = with_children(rows.select_related("kept_by"), *kinds).first()
    if organisation is None:
        return None
    profile = _assemble(principal, organisation, today)
    if internal:
        _add_internal(principal, profile)
    return profile


def _assemble(principal: Principal, organisation: Organisation, today: date) -> Profile:
    availability = next(iter(children(organisation, Availability)), Availability(organisation=organisation))
    is_own = speaks(principal, organisation)
    sees_people = is_own or principal.works_here
    people = [person for person in children(organisation, Contact) if person.left_at is None]
    facts = sorted(children(organisation, StatusFact), key=lambda fact: fact.pk)
    return Profile(
        organisation=organisation,
        availability=availability,
        standing=standing_of(organisation, availability),
        is_own=is_own,
        is_kept_here=keeps(principal, organisation),
        places=sorted(children(organisation, Place), key=lambda place: (not place.is_main, place.pk)),
        contacts=[
            person
            for person in sorted(people, key=lambda person: (not person.is_main, person.pk))
            if sees_people or person.is_shown
        ],
        listings=[listing for listing in children(organisation, Listing) if listing.retired_at is None],
        open_places=[
            place
            for place in children(organisation, OpenPlace)
            if place.last_date is None or today <= place.last_date
        ],
        status=[
            line
            for line in (status_line(fact, organisation, today) for fact in facts)
            if line.holds or sees_people
        ],
        confirmations=children(organisation, Confirmation),
    )


def _add_internal(principal: Principal, profile: Profile) -> None:
    """Contact persons, interests and bars, with everybody's name in one more query."""
    organisation = profile.organisation
    assignments = sorted(
        children(organisation, ContactAssignment), key=lambda row: row.first_at, reverse=True
    )
    interests = children(organisation, Interest)
    if not principal.holds(*INSIGHT):
        interests = [row for row in interests if row.user_id == principal.user_id]
    people = User.objects.in_bulk({row.user_id for row in assignments} | {row.user_id for row in interests})
    for assignment in assignments:
        assignment.user = people[assignment.user_id]
    for interest in interests:
        interest.user = people[interest.user_id]
    profile.contact_history, profile.interests = assignments, interests
    profile.contact_person = next((row.user for row in assignments if row.last_at is None), None)
    profile.bars = children(organisation, PurchaseBar)
    units = Unit.objects.in_bulk({bar.unit_id for bar in profile.bars}) if profile.bars else {}
    for bar in profile.bars:
        bar.unit = units[bar.unit_id]


def status_line(fact: StatusFact, organisation: Organisation, today: date) -> StatusLine:
    """What a fact means to somebody who has never heard of the scheme."""
    seen = _("Set efter %(day)s") % {"day": _day(fact.created_at)}
    until = _("gælder til og med %(day)s") % {"day": _day(fact.valid_until)} if fact.valid_until else ""
    titles = {
        StatusFact.Kind.REGISTERED: (_("Registreret socialøkonomisk virksomhed (RSV)"), seen),
        StatusFact.Kind.SELF_DECLARED: (
            _("Kalder sig selv socialøkonomisk"),
            _("Virksomhedens egne ord, ikke set efter af andre"),
        ),
        StatusFact.Kind.EQUIVALENT: (
            _("Opfylder betingelserne uden at være registreret"),
            _("Kommunens egen vurdering, som kun gælder her"),
        ),
        StatusFact.Kind.SHARE_30: (
            _("Mindst 30 % dokumenteret"),
            _(
                "Mindst 30 %% af de ansatte kommer fra kanten af arbejdsmarkedet. Underskrevet erklæring, %(seen)s"
            )
            % {"seen": seen[:1].lower() + seen[1:]},
        ),
    }
    title, detail = titles[StatusFact.Kind(fact.kind)]
    if fact.ended_at is not None:
        until = _("ophørt %(day)s") % {"day": _day(fact.ended_at)}
    elif fact.valid_until and fact.valid_until < today:
        until = _("udløb %(day)s") % {"day": _day(fact.valid_until)}
    return StatusLine(
        fact, title, ", ".join(part for part in (detail, until) if part) + ".", fact.holds_on(today)
    )


def _day(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    day = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return date_format(day, "DATE_FORMAT")
