# SPDX-License-Identifier: MPL-2.0
"""The directory as open files. They hold no persons: no contacts, and neither sole traders nor founders at all."""

from collections.abc import Iterable
from datetime import date

from indgang.directory.categories import find_category
from indgang.directory.models import StatusFact
from indgang.directory.places import municipality_name
from indgang.directory.search import Entry
from indgang.directory.vocabulary import JobType, TargetGroup
from indgang.kernel.sheets import csv_of

COLUMNS = (
    "id", "navn", "cvr", "virksomhedsform", "by", "kommunekode", "kommune", "saelger", "cpv", "kategorier",
    "leverer_i_hele_landet", "leverer_i_kommunekoder", "maalgrupper", "jobtyper", "ledige_pladser",
    "rsv", "mindst_30_pct_dokumenteret", "erklaerer_sig_socialoekonomisk", "bekraeftet", "hjemmeside",
)  # fmt: skip


def may_be_opened(entry: Entry, today: date) -> bool:
    return not entry.is_person and not entry.is_draft and entry.standing.is_in_sight(today)


def rows(entries: Iterable[Entry], today: date) -> list[dict[str, object]]:
    """One dictionary per enterprise with the keys of COLUMNS; lists stay lists."""
    return [_row(entry, today) for entry in entries if may_be_opened(entry, today)]


def as_csv(entries: Iterable[Entry], today: date) -> str:
    """Lists with ' | ' between their parts."""
    return csv_of(COLUMNS, ([_flat(row[column]) for column in COLUMNS] for row in rows(entries, today)))


def _row(entry: Entry, today: date) -> dict[str, object]:
    place = entry.main_place
    code = place.municipality_code if place else None
    return {
        "id": entry.id,
        "navn": entry.name,
        "cvr": entry.cvr_number,
        "virksomhedsform": entry.legal_form,
        "by": place.town if place else "",
        "kommunekode": code,
        "kommune": municipality_name(code) if code else "",
        "saelger": [listing.text for listing in entry.listings],
        "cpv": sorted({code for listing in entry.listings for code in listing.cpv_codes}),
        "kategorier": [c.da for slug in sorted(entry.categories) if (c := find_category(slug))],
        "leverer_i_hele_landet": entry.everywhere,
        "leverer_i_kommunekoder": sorted(entry.areas),
        "maalgrupper": [
            str(TargetGroup(group).label) for group in entry.target_groups if group in TargetGroup
        ],
        "jobtyper": [str(JobType(job).label) for job in sorted(entry.job_types) if job in JobType],
        "ledige_pladser": sum(opening.count for opening in entry.open_on(today)),
        "rsv": entry.holds(StatusFact.Kind.REGISTERED, today),
        "mindst_30_pct_dokumenteret": entry.holds(StatusFact.Kind.SHARE_30, today),
        "erklaerer_sig_socialoekonomisk": entry.holds(StatusFact.Kind.SELF_DECLARED, today),
        "bekraeftet": entry.standing.confirmed_on.isoformat() if entry.standing.confirmed_on else "",
        "hjemmeside": entry.website,
    }


def _flat(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return " | ".join(str(part) for part in value)
    return "" if value is None else str(value)
