# SPDX-License-Identifier: MPL-2.0
"""Reads of cases that several pages and jobs use."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from indgang.cases.models import Case, Claim, Entry, HandOver, Need, Participant
from indgang.cases.permissions import MEETS, OVERSIGHT
from indgang.core.sort_key import danish_sort_key
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Membership


def visible_to(by: Principal) -> QuerySet[Case]:
    """Cases that somebody may open.

    Coordinators and directors see all; others what lies in their unit, what they answer for themselves or as a
    stand-in, and what one of its needs has brought to them. An enterprise sees its own contact.
    """
    cases = Case.objects.filter(municipality_id=by.municipality_id)
    if by.kind is Kind.SYSTEM or by.holds(*OVERSIGHT):
        return cases
    if by.works_here:
        colleagues = stood_in_for(by)
        needs = Need.objects.filter(case=OuterRef("pk")).filter(
            Q(unit_id__in=by.units) | Q(person_id=by.user_id) | Q(person_id__in=colleagues)
        )
        mine = Q(unit_id__in=by.units) | Q(handler_id=by.user_id) | Q(handler_id__in=colleagues)
        return cases.filter(mine | Q(Exists(needs)))
    if by.organisations:
        return cases.filter(organisation_id__in=by.organisations, kind=Case.Kind.CONTACT)
    return cases.none()


def stood_in_for(by: Principal) -> QuerySet[Membership, int]:
    """Ids of the colleagues whose stand-in somebody is."""
    return Membership.objects.filter(stand_in_id=by.user_id or 0).values_list("user_id", flat=True)


def threads_of(number: int | OuterRef) -> QuerySet[Case, Any]:
    """The numbers of a case and of the threads that were merged into it, for a condition: PostgreSQL finds them first,
    and then only their rows, where an OR over a join would read every row of every case."""
    return Case.objects.filter(Q(pk=number) | Q(merged_into=number)).values("pk")


def lines_of(case: Case) -> QuerySet[Entry]:
    """Every line of a case and of the threads that were merged into it, newest first."""
    return (
        Entry.objects.filter(case__in=threads_of(case.pk)).select_related("only_unit").order_by("-at", "-pk")
    )


def lines_for(by: Principal, lines: QuerySet[Entry]) -> QuerySet[Entry]:
    """Of some lines those that somebody may read: internal ones are for staff, some for one unit alone."""
    if by.kind is Kind.SYSTEM:
        return lines
    if not by.works_here:
        return lines.filter(is_internal=False)
    return lines.filter(Q(only_unit=None) | Q(only_unit_id__in=by.units) | Q(user_id=by.user_id))


def participants_of(case: Case) -> QuerySet[Participant]:
    """Who takes part today, also in threads that were merged into the case; oldest first."""
    rows = Participant.objects.filter(case__in=threads_of(case.pk), left_at=None)
    return rows.order_by("added_at", "pk")


MOST_LINES = 2_000
"""Of the lines that hold the words, the newest so many are looked at."""


@dataclass(frozen=True)
class Words:
    """What a search for words gave: cases, and whether there were older lines that were not looked at."""

    numbers: tuple[int, ...] = ()
    has_older: bool = False


def find_words(by: Principal, text: str) -> Words:
    """Cases with a line that a colleague may read and that holds every word, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, lines FROM cases_with(websearch_to_tsquery('danish', %s), %s, %s, %s)",
            [text[:200], list(by.units), by.user_id or 0, MOST_LINES],
        )
        rows = cursor.fetchall()
    return Words(
        tuple(number for number, _lines in rows), sum(lines for _number, lines in rows) >= MOST_LINES
    )


def with_words(cases: QuerySet[Case], text: str, found: Words) -> QuerySet[Case]:
    """Of some cases those that were found by their words, or by whom they are about."""
    named = Q(organisation__sort_key__startswith=danish_sort_key(text)[:100]) | Q(
        claimed_name__icontains=text[:100]
    )
    numbered = Q(pk=int(text)) if text.isdecimal() and len(text) < 8 else Q()
    return cases.filter(Q(pk__in=found.numbers) | named | numbered)


def open_contact(organisation_id: int, municipality_id: int) -> Case | None:
    """The one open contact of an organisation."""
    return Case.objects.filter(
        municipality_id=municipality_id,
        organisation_id=organisation_id,
        kind=Case.Kind.CONTACT,
        closed_at=None,
    ).first()


def makeshift() -> QuerySet[HandOver]:
    """Hand-overs to a stand-in of open cases that wait for somebody to choose for good."""
    return HandOver.objects.filter(is_makeshift=True, settled_at=None, case__closed_at=None)


def claims_visible_to(by: Principal) -> QuerySet[Claim]:
    """Claims to a meeting: of the cases in sight, and all of them for those who hold the meetings."""
    claims = Claim.objects.filter(municipality_id=by.municipality_id)
    if by.kind is Kind.SYSTEM or by.holds(*MEETS):
        return claims
    return claims.filter(case__in=visible_to(by)) if by.works_here else claims.none()
