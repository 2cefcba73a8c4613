# SPDX-License-Identifier: MPL-2.0
"""A task with everything small that hangs on it, in one query: questions, files, mails, turned keys.

PostgreSQL gathers them as JSON beside the task's row, so that a page costs the same however much hangs there.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat, JSONObject

from indgang.kernel.models import Duty, IncomingFile, IncomingMail
from indgang.procurement.models import Opening, Question, TaskFile, TaskNotice

HELP_DUTY = "procurement.help"


@dataclass(frozen=True)
class QuestionRow:
    pk: int
    text: str
    answer: str
    asked_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True)
class FileRow:
    file_id: int
    name: str


@dataclass(frozen=True)
class MailRow:
    pk: int
    sender: str
    text: str
    received_at: datetime
    handled_at: datetime | None
    files: list[dict[str, Any]]


@dataclass(frozen=True)
class OpeningRow:
    user_id: int
    name: str
    at: datetime


def bundled(tasks: QuerySet[TaskNotice]) -> QuerySet[TaskNotice]:
    """Tasks with all that their page needs beside invitations and answers."""
    task = OuterRef("pk")
    path = Concat(Value("/opgaver/"), OuterRef("pk"), Value("/"), output_field=CharField())
    help_due = Duty.objects.filter(kind=HELP_DUTY, path=path, done_at=None).values("due_at")[:1]
    return tasks.select_related(
        "unit",
        "buyer",
        "municipality",
        "law",
        "competition",
        "decision__organisation",
        "order__organisation",
        "company",
        "part_of__law",
    ).annotate(
        help_due=Subquery(help_due),
        question_rows=ArraySubquery(
            Question.objects.filter(task=task)
            .order_by("asked_at")
            .values(
                row=JSONObject(
                    pk="pk", text="text", answer="answer", asked_at="asked_at", answered_at="answered_at"
                )
            )
        ),
        file_rows=ArraySubquery(
            TaskFile.objects.filter(task=task)
            .order_by("pk")
            .values(row=JSONObject(file_id="file_id", name="file__name"))
        ),
        opening_rows=ArraySubquery(
            Opening.objects.filter(task=task)
            .order_by("at")
            .values(row=JSONObject(user_id="user_id", name="user__name", at="at"))
        ),
        mail_rows=ArraySubquery(
            IncomingMail.objects.filter(answers__about=Concat(Value("task:"), OuterRef("pk")))
            .order_by("received_at")
            .values(
                row=JSONObject(
                    pk="pk",
                    sender="sender",
                    text="text",
                    received_at="received_at",
                    handled_at="handled_at",
                    files=ArraySubquery(
                        IncomingFile.objects.filter(mail=OuterRef("pk"))
                        .order_by("pk")
                        .values(row=JSONObject(file_id="file_id", name="name", trouble="trouble"))
                    ),
                )
            )
        ),
    )


def questions(task: TaskNotice) -> list[QuestionRow]:
    return [QuestionRow(**_moments(row)) for row in task.question_rows]  # type: ignore[attr-defined]


def files(task: TaskNotice) -> list[FileRow]:
    return [FileRow(**row) for row in task.file_rows]  # type: ignore[attr-defined]


def openings(task: TaskNotice) -> list[OpeningRow]:
    return [OpeningRow(**_moments(row)) for row in task.opening_rows]  # type: ignore[attr-defined]


def mails(task: TaskNotice) -> list[MailRow]:
    return [MailRow(**_moments(row)) for row in task.mail_rows]  # type: ignore[attr-defined]


def _moments(row: dict[str, Any]) -> dict[str, Any]:
    """JSON has no moments; names that end in _at (or are it) hold one."""
    return {
        name: datetime.fromisoformat(value) if value and (name.endswith("_at") or name == "at") else value
        for name, value in row.items()
    }
