# SPDX-License-Identifier: MPL-2.0
"""Honest endings, and opening again with the history kept."""

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from indgang.cases import letters
from indgang.cases.actions.needs import end_need
from indgang.cases.actions.work import settle_answers
from indgang.cases.lines import checked, event, in_danish
from indgang.cases.models import Case
from indgang.cases.permissions import check_can_lead, check_can_reopen
from indgang.cases.queries import open_contact
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _

WITH_REASON = (Case.Ending.PARTLY, Case.Ending.NO_HELP, Case.Ending.OUTSIDE)
"""Endings that the sender is owed a reason for."""


@transaction.atomic
def close(
    by: Principal, case: Case, ending: str, *, reason: str = "", paragraph: str = "", now: datetime
) -> None:
    """End a case and say honestly how. No help, partial help and 'not our task' need a reason, the last a paragraph."""
    check_can_lead(by, case)
    reason, paragraph = reason.strip(), paragraph.strip()
    if ending not in Case.Ending.values:
        raise Refused(gettext_noop("Vælg, hvordan det endte."))
    if ending in WITH_REASON and not reason:
        raise Refused(gettext_noop("Skriv hvorfor, så de kan læse det. De har krav på en ærlig forklaring."))
    if ending == Case.Ending.OUTSIDE and not paragraph:
        raise Refused(gettext_noop("Skriv, hvilken paragraf der siger, at kommunen ikke må."))
    if reason:
        reason = checked(reason)
    settle_answers(by, case, now=now)
    for need in case.needs.filter(done_at=None).select_related("duty"):
        end_need(need, now=now, dropped=ending != Case.Ending.HELPED)
    case.closed_at, case.ending = now, ending
    case.ending_reason, case.ending_paragraph = reason, paragraph[:150]
    case.save(update_fields=["closed_at", "ending", "ending_reason", "ending_paragraph"])
    said = " ".join(part for part in (reason, paragraph and f"({paragraph})") if part)
    text = _("Afsluttet: %(how)s.") % {"how": in_danish(Case.Ending(ending).label)}
    event(by, case, f"{text} {said}".strip(), now=now)
    body = _(
        "Vi har afsluttet din henvendelse. Læs, hvordan det endte, og sig, hvad du synes, her: {link}\n\n"
        "Er vi ikke færdige? Skriv samme sted, så åbner vi den igen.\n\nVenlig hilsen\n%(signature)s"
    ) % {"signature": letters.signature(case)}
    letters.write_to_all(by, case, _("Din henvendelse er afsluttet"), body, now=now)
    app.configure_task("cases.file_case", queue="filing").defer(
        municipality_id=case.municipality_id, case_id=case.pk
    )
    audit.record(by, "case.close", case.about, now=now, facts={"ending": ending, "paragraph": paragraph})


@transaction.atomic
def reopen(by: Principal, case: Case, *, why: str, now: datetime) -> None:
    """Open a case again; how it ended stays in its timeline. Refuses when the enterprise has another open one."""
    check_can_reopen(by, case)
    if not why.strip():
        raise Refused(gettext_noop("Skriv kort, hvorfor sagen åbnes igen."))
    if case.kind == Case.Kind.CONTACT and case.organisation_id is not None:
        other = open_contact(case.organisation_id, case.municipality_id)
        if other is not None:
            raise Refused(
                gettext_noop("%(name)s har en åben henvendelse i forvejen. Skriv videre i den."),
                name=case.who,
            )
    case.closed_at, case.ending, case.ending_reason, case.ending_paragraph = None, "", "", ""
    case.save(update_fields=["closed_at", "ending", "ending_reason", "ending_paragraph"])
    event(by, case, _("Åbnet igen: %(why)s") % {"why": checked(why)}, now=now)
    audit.record(by, "case.reopen", case.about, now=now)
