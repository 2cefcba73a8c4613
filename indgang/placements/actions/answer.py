# SPDX-License-Identifier: MPL-2.0
"""An enterprise's totals are told, by itself or through somebody who writes them down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from indgang.core.text import Refused, gettext_noop
from indgang.directory.queries import main_contact
from indgang.kernel import audit, inbox
from indgang.kernel.access import Kind, Principal
from indgang.kernel.duties import settle
from indgang.kernel.links import revoke_links
from indgang.kernel.models import IncomingMail
from indgang.placements.letters import path_of, write_receipt
from indgang.placements.models import QuarterFigures, QuarterReport
from indgang.placements.permissions import TOTALS, check_can_report

MOST_POSTS = 5_000


@dataclass(frozen=True)
class Told:
    """What an enterprise answers: posts by kind now, those of them that are new, and how many lasted."""

    present: Mapping[str, int]
    new: Mapping[str, int]
    alive_3: int = 0
    alive_12: int = 0


@transaction.atomic
def answer(
    by: Principal, report: QuarterReport, told: Told, *, now: datetime, channel: str = "", said_by: str = ""
) -> None:
    """Keep what the enterprise says; saying it again corrects it until the quarter is closed."""
    check_can_report(by, report)
    own = by.may_by_link(TOTALS, report.pk) or by.speaks_for(report.organisation_id)
    _check(report, told)
    if own:
        channel = QuarterReport.Channel.LINK if by.kind is Kind.LINK else QuarterReport.Channel.LOG_IN
        contact = main_contact(report.organisation_id)
        said_by, noted_by = by.name or (contact.name if contact else ""), ""
    else:
        noted_by = by.name
        if channel == QuarterReport.Channel.PHONE and not said_by.strip():
            raise Refused(gettext_noop("Skriv navnet på den, der gav tallene i telefonen."))
    report.present = {kind: number for kind, number in told.present.items() if number}
    report.new = {kind: number for kind, number in told.new.items() if number}
    report.alive_3, report.alive_12 = told.alive_3, told.alive_12
    report.answered_at, report.channel, report.said_by, report.noted_by = now, channel, said_by, noted_by
    report.save()
    if report.duty is not None:
        settle(report.duty, now=now)
    if channel == QuarterReport.Channel.MAIL:
        for reply in replies(report).filter(handled_at=None):
            inbox.handle(by, reply, now=now)
    if not own:
        revoke_links(TOTALS, report.pk, now=now)
        write_receipt(by, report, now)
    audit.record(by, "totals.answer", f"report:{report.pk}", now=now, facts={"channel": str(channel)})


def replies(report: QuarterReport) -> QuerySet[IncomingMail]:
    """Mails that came in as answers to the question."""
    return IncomingMail.objects.filter(answers__reply_path=path_of(report)).order_by("-received_at")


def _check(report: QuarterReport, told: Told) -> None:
    if any(not 0 <= number <= MOST_POSTS for number in (*told.present.values(), *told.new.values())):
        raise Refused(gettext_noop("Skriv antal pladser, højst %(most)d af hver slags."), most=MOST_POSTS)
    for kind, number in told.new.items():
        if number > told.present.get(kind, 0):
            raise Refused(
                gettext_noop("Der kan ikke være flere nye pladser end pladser i alt af samme slags.")
            )
    if told.alive_3 > report.due_3 or told.alive_12 > report.due_12:
        raise Refused(gettext_noop("Der kan ikke være flere tilbage, end der begyndte."))
    if QuarterFigures.objects.filter(
        municipality_id=report.municipality_id,
        year=report.year,
        quarter=report.quarter,
        frozen_at__isnull=False,
    ).exists():
        raise Refused(gettext_noop("Kvartalet er lukket. Ret tallene i næste kvartal."))
