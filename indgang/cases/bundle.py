# SPDX-License-Identifier: MPL-2.0
"""A case with everything small that hangs on it, in one query: needs, people, hand-overs that wait; and lines with files.

PostgreSQL gathers them as JSON beside the row, so that a page costs the same however much hangs there.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, DateTimeField, Q, QuerySet
from django.db.models.expressions import RawSQL

from indgang.cases.actions.receive import ANSWER
from indgang.cases.models import Case, Entry, Topic
from indgang.kernel import inbox
from indgang.kernel.gathered import gathered, with_moments


@dataclass(frozen=True)
class NeedRow:
    pk: int
    topic: str
    person_id: int
    person: str
    unit: str
    due_at: datetime
    done_at: datetime | None
    dropped: bool

    @property
    def label(self) -> str:
        return str(Topic(self.topic).label)


@dataclass(frozen=True)
class PersonRow:
    pk: int
    name: str
    email: str
    phone: str
    role: str
    confirmed_at: datetime | None
    confirmed_by: str
    confirmed_how: str


@dataclass(frozen=True)
class ClaimRow:
    pk: int
    claimed_at: datetime
    granted: bool | None
    meet_by: datetime


@dataclass(frozen=True)
class FileRow:
    pk: int
    name: str


_NEEDS = """
SELECT coalesce(jsonb_agg(jsonb_build_object(
    'pk', need.id, 'topic', need.topic, 'person_id', need.person_id, 'person', who.name, 'unit', unit.name,
    'due_at', duty.due_at, 'done_at', need.done_at, 'dropped', need.dropped) ORDER BY duty.due_at, need.id), '[]')
FROM cases_need need JOIN kernel_user who ON who.id = need.person_id JOIN kernel_unit unit ON unit.id = need.unit_id
LEFT JOIN kernel_duty duty ON duty.id = need.duty_id
WHERE need.case_id = cases_case.id
"""
_PEOPLE = """
SELECT coalesce(jsonb_agg(jsonb_build_object(
    'pk', id, 'name', name, 'email', email, 'phone', phone, 'role', role, 'confirmed_at', confirmed_at,
    'confirmed_by', confirmed_by, 'confirmed_how', confirmed_how) ORDER BY added_at, id), '[]')
FROM cases_participant WHERE left_at IS NULL AND case_id IN (
    SELECT thread.id FROM cases_case thread WHERE thread.id = cases_case.id OR thread.merged_into_id = cases_case.id)
"""
_CLAIMS = """
SELECT coalesce(jsonb_agg(jsonb_build_object(
    'pk', id, 'claimed_at', claimed_at, 'granted', granted, 'meet_by', meet_by) ORDER BY id), '[]')
FROM cases_claim WHERE case_id = cases_case.id
"""
_MAKESHIFT = """
SELECT coalesce(jsonb_agg(who.name), '[]') FROM cases_handover given JOIN kernel_user who ON who.id = given.gave_id
WHERE given.case_id = cases_case.id AND given.is_makeshift AND given.settled_at IS NULL
"""
_PROMISE_DUE = f"""
SELECT min(due_at) FROM kernel_duty WHERE path = '/sager/' || cases_case.id || '/' AND done_at IS NULL
AND kind IN ('{ANSWER}', '{inbox.DUTY}')
"""  # noqa: S608
_FILES = """
SELECT coalesce(jsonb_agg(jsonb_build_object('pk', here.id, 'name', file.name) ORDER BY here.id), '[]')
FROM cases_entryfile here JOIN kernel_storedfile file ON file.id = here.file_id WHERE here.entry_id = cases_entry.id
"""


def bundled(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with all that their page needs beside the timeline."""
    return cases.select_related("organisation", "unit", "handler", "municipality", "merged_into").annotate(
        need_rows=gathered(_NEEDS),
        person_rows=gathered(_PEOPLE),
        claim_rows=gathered(_CLAIMS),
        promise_due=RawSQL(_PROMISE_DUE, (), DateTimeField()),  # noqa: S611
        makeshift=gathered(_MAKESHIFT),
    )


def needs(case: Case) -> list[NeedRow]:
    return [NeedRow(**with_moments(row)) for row in case.need_rows]  # type: ignore[attr-defined]


def people(case: Case) -> list[PersonRow]:
    return [PersonRow(**with_moments(row)) for row in case.person_rows]  # type: ignore[attr-defined]


def claims(case: Case) -> list[ClaimRow]:
    """The right to a meeting, each time it was asked for."""
    return [ClaimRow(**with_moments(row, "meet_by")) for row in case.claim_rows]  # type: ignore[attr-defined]


def with_files(lines: QuerySet[Entry]) -> QuerySet[Entry]:
    """Lines with their files, in the same query."""
    return lines.defer("words").annotate(file_rows=gathered(_FILES))


def files(line: Entry) -> list[FileRow]:
    return [FileRow(**row) for row in line.file_rows]  # type: ignore[attr-defined]


def listed(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases for a list: whom they are about, who answers, and how many needs are open."""
    return cases.select_related("organisation", "handler", "unit").annotate(
        open_needs=Count("needs", filter=Q(needs__done_at=None))
    )
