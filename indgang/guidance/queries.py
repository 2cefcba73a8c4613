# SPDX-License-Identifier: MPL-2.0
"""Reads of the guide that several pages use."""

from django.db.models import Q, QuerySet

from indgang.guidance.models import LawCase
from indgang.guidance.permissions import SEES_ALL
from indgang.kernel.access import Principal


def visible_to(by: Principal) -> QuerySet[LawCase]:
    """One's own cases and those of one's units; purchasing and the coordinator see all."""
    cases = LawCase.objects.filter(municipality_id=by.municipality_id)
    if not by.works_here:
        return cases.none()
    return cases if by.holds(*SEES_ALL) else cases.filter(Q(owner_id=by.user_id) | Q(unit_id__in=by.units))
