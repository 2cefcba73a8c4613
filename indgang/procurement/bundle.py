# SPDX-License-Identifier: MPL-2.0
"""A task with everything small that hangs on it, in one query: questions, files, mails, turned keys.

PostgreSQL gathers them as JSON beside the task's row, so that a page costs the same however much hangs there.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, QuerySet
from django.db.models.expressions import RawSQL

from indgang.kernel.gathered import gathered, with_moments
from indgang.procurement.models import TaskNotice

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
class NoticeRow:
    """What has turned amber: the same names as guidance's `LawNotice`."""

    pk: int
    differs: bool
    changes: list[dict[str, str]]


@dataclass(frozen=True)
class LawAnswerRow:
    pk: int
    saved_at: datetime


@dataclass(frozen=True)
class OpeningRow:
    user_id: int
    name: str
    at: datetime


_QUESTIONS = """
SELECT coalesce(jsonb_agg(jsonb_build_object(
    'pk', id, 'text', text, 'answer', answer, 'asked_at', asked_at, 'answered_at', answered_at) ORDER BY asked_at), '[]')
FROM procurement_question WHERE task_id = procurement_tasknotice.id
"""
_FILES = """
SELECT coalesce(jsonb_agg(jsonb_build_object('file_id', file.id, 'name', file.name) ORDER BY here.id), '[]')
FROM procurement_taskfile here JOIN kernel_storedfile file ON file.id = here.file_id
WHERE here.task_id = procurement_tasknotice.id
"""
_OPENINGS = """
SELECT coalesce(jsonb_agg(jsonb_build_object('user_id', who.id, 'name', who.name, 'at', turned.at) ORDER BY turned.at), '[]')
FROM procurement_opening turned JOIN kernel_user who ON who.id = turned.user_id
WHERE turned.task_id = procurement_tasknotice.id
"""
_NOTICES = """
SELECT coalesce(jsonb_agg(jsonb_build_object('pk', id, 'differs', differs, 'changes', changes)
    ORDER BY differs DESC, found_at DESC, id), '[]')
FROM guidance_lawnotice WHERE handled_at IS NULL
AND municipality_id = procurement_tasknotice.municipality_id AND about = 'task:' || procurement_tasknotice.id
"""
_ANSWER = """
SELECT jsonb_build_object('pk', id, 'saved_at', saved_at) FROM guidance_savedanswer
WHERE municipality_id = procurement_tasknotice.municipality_id AND about = 'task:' || procurement_tasknotice.id
ORDER BY saved_at DESC, id DESC LIMIT 1
"""
_MAILS = """
SELECT coalesce(jsonb_agg(jsonb_build_object(
    'pk', mail.id, 'sender', mail.sender, 'text', mail.text, 'received_at', mail.received_at,
    'handled_at', mail.handled_at, 'files', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('file_id', file_id, 'name', name, 'trouble', trouble) ORDER BY id), '[]')
        FROM kernel_incomingfile WHERE mail_id = mail.id)) ORDER BY mail.received_at), '[]')
FROM kernel_incomingmail mail JOIN kernel_outgoingmail sent ON sent.id = mail.answers_id
WHERE sent.about = 'task:' || procurement_tasknotice.id
"""
_HELP_DUE = f"""
SELECT due_at FROM kernel_duty WHERE kind = '{HELP_DUTY}' AND path = '/opgaver/' || procurement_tasknotice.id || '/'
AND done_at IS NULL LIMIT 1
"""  # noqa: S608


def bundled(tasks: QuerySet[TaskNotice]) -> QuerySet[TaskNotice]:
    """Tasks with all that their page needs beside invitations and answers."""
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
        help_due=RawSQL(_HELP_DUE, (), DateTimeField()),  # noqa: S611
        question_rows=gathered(_QUESTIONS),
        file_rows=gathered(_FILES),
        opening_rows=gathered(_OPENINGS),
        notice_rows=gathered(_NOTICES),
        answer_row=gathered(_ANSWER),
        mail_rows=gathered(_MAILS),
    )


def listed(tasks: QuerySet[TaskNotice]) -> QuerySet[TaskNotice]:
    """Tasks for a list: whose they are, what they may cost, and how far they have come."""
    return tasks.select_related("unit", "law", "competition", "decision", "order")


def questions(task: TaskNotice) -> list[QuestionRow]:
    return [QuestionRow(**with_moments(row)) for row in task.question_rows]  # type: ignore[attr-defined]


def files(task: TaskNotice) -> list[FileRow]:
    return [FileRow(**row) for row in task.file_rows]  # type: ignore[attr-defined]


def openings(task: TaskNotice) -> list[OpeningRow]:
    return [OpeningRow(**with_moments(row)) for row in task.opening_rows]  # type: ignore[attr-defined]


def notices(task: TaskNotice) -> list[NoticeRow]:
    return [NoticeRow(**row) for row in task.notice_rows]  # type: ignore[attr-defined]


def saved_answer(task: TaskNotice) -> LawAnswerRow | None:
    """What the law said when somebody was last asked."""
    row = task.answer_row  # type: ignore[attr-defined]
    return LawAnswerRow(**with_moments(row)) if row else None


def mails(task: TaskNotice) -> list[MailRow]:
    return [MailRow(**with_moments(row)) for row in task.mail_rows]  # type: ignore[attr-defined]
