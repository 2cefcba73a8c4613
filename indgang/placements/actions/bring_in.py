# SPDX-License-Identifier: MPL-2.0
"""A list of placements, or of totals, is kept whole or not at all."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from indgang.core.quarter import Quarter
from indgang.core.sort_key import danish_sort_key
from indgang.core.text import Reason, gettext_noop
from indgang.directory.models import Organisation
from indgang.kernel.access import Principal
from indgang.kernel.models import Unit
from indgang.placements import codes
from indgang.placements.actions.answer import Told, answer
from indgang.placements.actions.register import OVERLAP, known_of, overlaps, register_checked
from indgang.placements.csv_lists import Bad
from indgang.placements.importing import Names, read_lines, read_totals
from indgang.placements.models import QuarterReport
from indgang.placements.new_placement import NewPlacement
from indgang.placements.permissions import check_can_collect, check_can_register


@transaction.atomic
def bring_in(by: Principal, content: bytes, *, now: datetime) -> tuple[int, list[Bad]]:
    """How many placements were kept, and the lines that stood in the way: with one of those nothing is kept, so that
    the corrected list can be sent again. Raises Refused when the file is no such list."""
    check_can_register(by)
    good, bad = read_lines(content, _names(by))
    bad = sorted(bad + _against_known(by, good), key=lambda one: one.number)
    if bad:
        return 0, bad
    return len(register_checked(by, [told for _number, told in good], now=now)), []


@transaction.atomic
def bring_in_totals(
    by: Principal, content: bytes, quarter: Quarter, *, now: datetime
) -> tuple[int, list[Bad]]:
    """How many enterprises' totals were kept, and the lines that stood in the way."""
    check_can_collect(by)
    good, bad = read_totals(content, _names(by))
    reports = {
        report.organisation_id: report
        for report in QuarterReport.objects.filter(
            municipality_id=by.municipality_id, year=quarter.year, quarter=quarter.number
        ).select_related("organisation", "duty")
    }
    bad += [Bad(number, Reason(_NOT_ASKED)) for number, line in good if line.organisation_id not in reports]
    if bad:
        return 0, sorted(bad, key=lambda one: one.number)
    told: dict[int, Told] = {}
    for _number, line in good:
        one = told.setdefault(line.organisation_id, Told({}, {}))
        told[line.organisation_id] = Told(
            {**one.present, line.kind: line.present}, {**one.new, line.kind: line.new}
        )
    for organisation_id, one in told.items():
        answer(by, reports[organisation_id], one, now=now, channel=QuarterReport.Channel.LIST)
    return len(told), []


_NOT_ASKED = gettext_noop(
    "Virksomheden er ikke spurgt om det kvartal. Tjek navnet, eller vælg et andet kvartal."
)


def _names(by: Principal) -> Names:
    organisations: dict[str, int] = {}
    in_sight = Organisation.objects.filter(Q(published_at__isnull=False) | Q(kept_by_id=by.municipality_id))
    for number, name, cvr in in_sight.filter(merged_into=None).values_list("pk", "name", "cvr_number"):
        organisations[danish_sort_key(name)] = number
        if cvr:
            organisations[cvr] = number
    units = Unit.objects.filter(municipality_id=by.municipality_id).values_list("name", "pk")
    return Names(organisations, {danish_sort_key(name): number for name, number in units})


def _against_known(by: Principal, lines: list[tuple[int, NewPlacement]]) -> list[Bad]:
    """Codes that were not issued here, and people who would be in two places at once."""
    used = {told.code for _number, told in lines if told.code}
    if not used:
        return []
    foreign, known = codes.check_issued(by, used), known_of(by, used)
    bad = []
    for number, told in lines:
        if not told.code:
            continue
        periods: list[tuple[date, date | None]] = known.setdefault(told.code, [])
        if told.code in foreign:
            bad.append(Bad(number, Reason(codes.NOT_ISSUED)))
        elif overlaps(told, periods):
            bad.append(Bad(number, Reason(OVERLAP)))
        else:
            periods.append((told.first_date, told.last_date))
    return bad
