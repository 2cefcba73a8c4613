# SPDX-License-Identifier: MPL-2.0
"""A case with everything small that hangs on it, in one query: needs, people, hand-overs that wait; and lines with files.

PostgreSQL gathers them as JSON beside the row, so that a page costs the same however much hangs there.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, JSONObject

from indgang.cases.actions.receive import ANSWER
from indgang.cases.models import Case, Claim, Entry, EntryFile, HandOver, Need, Participant, Topic
from indgang.cases.queries import threads_of
from indgang.kernel import inbox
from indgang.kernel.models import Duty


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


def bundled(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with all that their page needs beside the timeline."""
    here = OuterRef("pk")
    return cases.select_related("organisation", "unit", "handler", "municipality", "merged_into").annotate(
        need_rows=ArraySubquery(
            Need.objects.filter(case=here)
            .order_by("duty__due_at", "pk")
            .values(
                row=JSONObject(
                    pk="pk",
                    topic="topic",
                    person_id="person_id",
                    person="person__name",
                    unit="unit__name",
                    due_at="duty__due_at",
                    done_at="done_at",
                    dropped="dropped",
                )
            )
        ),
        person_rows=ArraySubquery(
            Participant.objects.filter(case__in=threads_of(OuterRef(OuterRef("pk"))), left_at=None)
            .order_by("added_at", "pk")
            .values(
                row=JSONObject(
                    pk="pk",
                    name="name",
                    email="email",
                    phone="phone",
                    role="role",
                    confirmed_at="confirmed_at",
                    confirmed_by="confirmed_by",
                    confirmed_how="confirmed_how",
                )
            )
        ),
        claim_rows=ArraySubquery(
            Claim.objects.filter(case=here)
            .order_by("pk")
            .values(row=JSONObject(pk="pk", claimed_at="claimed_at", granted="granted", meet_by="meet_by"))
        ),
        promise_due=Subquery(
            Duty.objects.filter(
                path=Concat(Value("/sager/"), Cast(here, CharField()), Value("/")),
                kind__in=(ANSWER, inbox.DUTY),
                done_at=None,
            )
            .order_by("due_at")
            .values("due_at")[:1]
        ),
        makeshift=ArraySubquery(
            HandOver.objects.filter(case=here, is_makeshift=True, settled_at=None).values("gave__name")
        ),
    )


def needs(case: Case) -> list[NeedRow]:
    return [NeedRow(**_moments(row)) for row in case.need_rows]  # type: ignore[attr-defined]


def people(case: Case) -> list[PersonRow]:
    return [PersonRow(**_moments(row)) for row in case.person_rows]  # type: ignore[attr-defined]


def claims(case: Case) -> list[ClaimRow]:
    """The right to a meeting, each time it was asked for."""
    return [ClaimRow(**_moments(row)) for row in case.claim_rows]  # type: ignore[attr-defined]


def with_files(lines: QuerySet[Entry]) -> QuerySet[Entry]:
    """Lines with their files, in the same query."""
    return lines.defer("words").annotate(
        file_rows=ArraySubquery(
            EntryFile.objects.filter(entry=OuterRef("pk"))
            .order_by("pk")
            .values(row=JSONObject(pk="pk", name="file__name"))
        )
    )


def files(line: Entry) -> list[FileRow]:
    return [FileRow(**row) for row in line.file_rows]  # type: ignore[attr-defined]


def listed(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases for a list: whom they are about, who answers, and how many needs are open."""
    return cases.select_related("organisation", "handler", "unit").annotate(
        open_needs=Count("needs", filter=Q(needs__done_at=None))
    )


def _moments(row: dict[str, Any]) -> dict[str, Any]:
    """JSON has no moments; names that end in _at, and meet_by, hold one."""
    return {
        name: datetime.fromisoformat(value)
        if value and (name.endswith("_at") or name == "meet_by")
        else value
        for name, value in row.items()
    }
