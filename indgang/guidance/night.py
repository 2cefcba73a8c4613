# SPDX-License-Identifier: MPL-2.0
"""One municipality's nightly round of the law: sources to read again, and what has changed under what is in use."""

from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from indgang.guidance.actions import hours, law_changes, sources, splitting
from indgang.guidance.models import LawNotice, SavedAnswer
from indgang.kernel.access import Principal


def look_at_the_law(by: Principal, *, now: datetime) -> None:
    """One municipality's round: sources, split purchases, promised hours, the guide's own open cases, assessments.

    What is used elsewhere in the house is looked at by the rooms above, which know whether it is still open.
    """
    sources.watch_sources(by, now=now)
    splitting.find_splits(by, now=now)
    hours.look_at_hours(by, now=now)
    newest = (
        SavedAnswer.objects.filter(municipality_id=by.municipality_id, about="", case__closed_at=None)
        .values("case_id")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    answers = SavedAnswer.objects.filter(pk__in=newest).exclude(case=None).select_related("case__owner")
    law_changes.look_at_answers(by, answers, today=timezone.localtime(now).date(), now=now)
    law_changes.look_at_assessments(by, now=now)
    of_cases = LawNotice.objects.filter(
        municipality_id=by.municipality_id, handled_at=None, about="", answer__case__isnull=False
    ).select_related("duty")
    law_changes.drop_notices(of_cases.exclude(answer__case__closed_at=None), how="Sagen er lagt væk", now=now)
    law_changes.drop_notices(
        of_cases.filter(answer__case__closed_at=None).exclude(answer__in=list(newest)),
        how="Der er lavet et nyt svar",
        now=now,
    )
    withdrawn = LawNotice.objects.filter(
        municipality_id=by.municipality_id, handled_at=None, assessment__withdrawn_at__isnull=False
    )
    law_changes.drop_notices(withdrawn.select_related("duty"), how="Vurderingen er trukket tilbage", now=now)
