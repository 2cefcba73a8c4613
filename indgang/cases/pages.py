# SPDX-License-Identifier: MPL-2.0
"""What the pages of a case are filled with."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone

from indgang.cases import bundle
from indgang.cases.forms import WriteForm
from indgang.cases.models import Case, Entry, Topic
from indgang.cases.permissions import (
    check_can_hand_over,
    check_can_lead,
    check_can_reopen,
    check_can_work,
)
from indgang.cases.queries import lines_for, lines_of
from indgang.cases.routing import USUAL_DAYS, taker_for
from indgang.cases.states import is_unsorted, state_of
from indgang.core.enquiry.health import health_words
from indgang.core.enquiry.needs import suggest_needs
from indgang.core.readings import find_amount_dkk
from indgang.core.text import Refused
from indgang.kernel.access import Principal, may

LINES_PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """A line of the timeline with its files, and words of health that came in by mail and were not warned about."""

    entry: Entry
    files: list[bundle.FileRow]
    health: tuple[str, ...]

    @property
    def is_theirs(self) -> bool:
        return self.entry.kind in (Entry.Kind.ENQUIRY, Entry.Kind.MESSAGE_IN)


def case_page(by: Principal, case: Case, form: WriteForm, side: str | None) -> dict[str, object]:
    """The staff's page of a case that comes from `bundled`."""
    lines = bundle.with_files(lines_for(by, lines_of(case)))
    page = Paginator(lines, LINES_PER_PAGE).get_page(side)
    needs, shown = bundle.needs(case), [told(line) for line in page]
    return {
        "case": case,
        "state": state_of(case),
        "unsorted": is_unsorted(case),
        "lines": shown,
        "they_wrote": next((line.entry for line in shown if line.is_theirs and line.entry.text), None),
        "page": page,
        "needs": [need for need in needs if need.done_at is None],
        "past_needs": [need for need in needs if need.done_at is not None],
        "people": bundle.people(case),
        "claims": bundle.claims(case),
        "makeshift": case.makeshift[0] if case.makeshift else "",  # type: ignore[attr-defined]
        "form": form,
        "may_write": may(check_can_work, by, case),
        "may_lead": may(check_can_lead, by, case),
        "may_hand_over": may(check_can_hand_over, by, case),
        "may_reopen": may(check_can_reopen, by, case),
    }


def told(line: Entry) -> Line:
    theirs = line.mail_number is not None
    return Line(line, bundle.files(line), health_words(line.text) if theirs else ())


def sorting(case: Case) -> dict[str, Any]:
    """What the form that sorts an enquiry begins with: suggestions from the text, and takers by the rules."""
    since = case.sorted_at
    enquiries = lines_of(case).filter(kind__in=(Entry.Kind.ENQUIRY, Entry.Kind.MESSAGE_IN))
    if since is not None:
        enquiries = enquiries.filter(at__gt=since)
    text = "\n".join(enquiries.values_list("text", flat=True)[:20])
    amount, today = find_amount_dkk(text), timezone.localdate()
    takers = {}
    for topic in Topic.values:
        try:
            taker = taker_for(case.municipality, topic, town=case.town, amount_dkk=amount, on=today)
        except Refused:
            taker = None
        takers[topic] = (taker.person.pk, taker.working_days) if taker else (case.handler_id, USUAL_DAYS)
    return {
        "municipality": case.municipality,
        "suggestions": suggest_needs(text),
        "takers": takers,
        "there": [need.topic for need in bundle.needs(case) if need.done_at is None],
    }
