# SPDX-License-Identifier: MPL-2.0
"""Reads of cases that several pages and jobs use."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

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


def lines_of(case: Case) -> QuerySet[Entry]:
    """Every line of a case and of the threads that were merged into it, newest first."""
    return (
        Entry.objects.filter(Q(case=case) | Q(case__merged_into=case))
        .select_related("only_unit")
        .order_by("-at", "-pk")
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
    rows = Participant.objects.filter(Q(case=case) | Q(case__merged_into=case), left_at=None)
    return rows.order_by("added_at", "pk")


def with_words(by: Principal, cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Of some cases those that hold the words in a line that `by` may read, or in whom they are about."""
    text = text.strip()
    if not text:
        return cases
    sought = RawSQL("SELECT cases_lines_with(websearch_to_tsquery('danish', %s))", [text[:200]])
    lines = lines_for(by, Entry.objects.filter(pk__in=sought))
    said = lines.values_list("case_id", flat=True)
    merged = lines.filter(case__merged_into__isnull=False).values_list("case__merged_into_id", flat=True)
    named = Q(organisation__sort_key__startswith=danish_sort_key(text)[:100]) | Q(
        claimed_name__icontains=text[:100]
    )
    numbered = Q(pk=int(text)) if text.isdecimal() and len(text) < 8 else Q()
    return cases.filter(Q(pk__in=said) | Q(pk__in=merged) | named | numbered)


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
