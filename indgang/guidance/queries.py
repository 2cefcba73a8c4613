# SPDX-License-Identifier: MPL-2.0
"""Reads of the guide that several pages use."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from indgang.guidance.models import LawCase, Override
from indgang.guidance.permissions import SEES_ALL
from indgang.kernel.access import Principal


def visible_to(by: Principal) -> QuerySet[LawCase]:
    """One's own cases, those of one's units, and those one is asked to stand behind; purchasing sees all."""
    cases = LawCase.objects.filter(municipality_id=by.municipality_id)
    if not by.works_here:
        return cases.none()
    if by.holds(*SEES_ALL):
        return cases
    asked = Exists(Override.objects.filter(case=OuterRef("pk"), second_id=by.user_id))
    return cases.filter(Q(owner_id=by.user_id) | Q(unit_id__in=by.units) | Q(asked))
