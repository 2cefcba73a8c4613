# SPDX-License-Identifier: MPL-2.0
"""Keeping notices that were read: new ones, newer versions with history, and nothing twice."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import connection, transaction

from indgang.core.notices import notice as published
from indgang.core.notices.call import closes_at, cpv_codes, is_cancelled, kind_of, marks_of, value_of
from indgang.core.notices.content import as_plain
from indgang.core.notices.groups import groups_of
from indgang.core.notices.links import publication_number, replaced_by
from indgang.core.notices.places import codes_of, places_of
from indgang.procurement.models import Notice, NoticeImport, NoticeVersion

BATCH = 250
LONGEST_WORDS = 20_000
MOST_TROUBLES = 200
_LOCK = 7_311


class Fate(StrEnum):
    """What became of a notice that was read."""

    NEW = "new"
    NEWER = "newer"
    OLDER = "older"
    UNCHANGED = "unchanged"


@contextmanager
def shared_register() -> Iterator[None]:
    """A transaction without a tenant, in which the notices that all share may be written; the tenant comes back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('indgang.municipality', true)")
        before = cursor.fetchone()[0] or ""
        cursor.execute("SELECT set_config('indgang.municipality', '', true)")
        yield
        cursor.execute("SELECT set_config('indgang.municipality', %s, true)", [before])


def keep(notices: Sequence[published.Notice], *, now: datetime) -> Counter[Fate]:
    """Keep one batch in one transaction; returns how many met which fate.

    The same version again changes nothing, a higher one replaces and the replaced goes to history, a lower one
    goes to history. A change notice marks what it changes as superseded, whichever comes first.
    """
    with shared_register(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        batch = _Batch.load({_key(notice) for notice in notices})
        fates = Counter(batch.take(notice, now) for notice in notices)
        batch.save()
    return fates


@dataclass
class _Batch:
    """The rows that a batch of notices touches."""

    rows: dict[str, Notice]
    versions: set[tuple[str, int]]
    touched: dict[str, Notice] = field(default_factory=dict)
    history: list[NoticeVersion] = field(default_factory=list)

    @classmethod
    def load(cls, keys: Iterable[str]) -> "_Batch":
        rows = {
            row.notice_id: row for row in Notice.objects.filter(notice_id__in=keys).defer("words", "searched")
        }
        older = NoticeVersion.objects.filter(notice__in=rows.values())
        return cls(rows, set(older.values_list("notice__notice_id", "number")))

    def take(self, notice: published.Notice, now: datetime) -> Fate:
        key = _key(notice)
        row = self.rows.get(key)
        if row is None:
            self.rows[key] = self.touched[key] = _filled(Notice(notice_id=key), notice)
            return Fate.NEW
        if notice.version == row.version or (key, notice.version) in self.versions:
            return Fate.UNCHANGED
        if notice.version < row.version:
            self._remember(row, notice.version, notice.dispatched_at, as_plain(notice), now)
            return Fate.OLDER
        self._remember(row, row.version, row.dispatched_at, row.content, now)
        self.touched[key] = _filled(row, notice)
        return Fate.NEWER

    def _remember(
        self, row: Notice, number: int, dispatched_at: datetime | None, content: object, now: datetime
    ) -> None:
        self.versions.add((row.notice_id, number))
        self.history.append(
            NoticeVersion(
                notice=row, number=number, dispatched_at=dispatched_at, kept_at=now, content=content
            )
        )

    def save(self) -> None:
        rows = list(self.touched.values())
        Notice.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["notice_id"], update_fields=_COLUMNS
        )
        for version in self.history:
            version.notice_id = version.notice.pk
        NoticeVersion.objects.bulk_create(self.history)
        _supersede(rows)


_COLUMNS = (
    "version", "kind", "procedure_id", "names", "changes", "title", "words", "buyer_name", "value_amount",
    "value_currency", "places", "groups", "marks", "dispatched_at", "closes_at", "is_cancelled", "content",
)  # fmt: skip


def _key(notice: published.Notice) -> str:
    return notice.notice_id.lower()


def _filled(row: Notice, notice: published.Notice) -> Notice:
    """The row with everything that lists and filters need, from one version."""
    value = value_of(notice)
    number = publication_number(notice.publication_number)
    row.version = notice.version
    row.kind = kind_of(notice)
    row.procedure_id = notice.procedure_id[:64]
    row.names = [_key(notice), number] if number else [_key(notice)]
    row.changes = list(replaced_by(notice))
    row.title = notice.title or (notice.lots[0].title if notice.lots else "")
    row.words = _words(notice)
    row.buyer_name = ", ".join(buyer.name for buyer in notice.buyers)[:300]
    row.value_amount, row.value_currency = value or (None, "")
    codes = cpv_codes(notice)
    row.places = [code[:12] for code in codes_of(places_of(notice))]
    row.groups = list(groups_of(codes))
    row.marks = list(dict.fromkeys(mark[:60] for lot in notice.lots for mark in marks_of(lot)))
    row.dispatched_at, row.closes_at = notice.dispatched_at, closes_at(notice)
    row.is_cancelled = is_cancelled(notice)
    row.content = as_plain(notice)
    return row


def _words(notice: published.Notice) -> str:
    """The description first, then every lot's title and text."""
    parts = [notice.text]
    for lot in notice.lots:
        parts += [lot.title, lot.text]
    return "\n\n".join(dict.fromkeys(part for part in parts if part))[:LONGEST_WORDS]


def _supersede(rows: Sequence[Notice]) -> None:
    """Mark what change notices change: those in the batch, and those that came before what they change."""
    names = [name for row in rows for name in row.names]
    waiting = Notice.objects.filter(changes__overlap=names).only("pk", "changes", "dispatched_at")
    changers = {row.pk: row for row in [*waiting, *(row for row in rows if row.changes)]}
    for changer in sorted(
        changers.values(), key=lambda row: (row.dispatched_at is None, row.dispatched_at, row.pk)
    ):
        changed = Notice.objects.filter(names__overlap=changer.changes).exclude(pk=changer.pk)
        changed.exclude(changes__overlap=changer.names or []).update(superseded_by=changer)


def record_import(
    source: str, fates: Counter[Fate], troubles: Sequence[tuple[str, str]], *, now: datetime
) -> NoticeImport:
    """Write down what a reading came to, so that pages can say how fresh the notices are."""
    with shared_register():
        return NoticeImport.objects.create(
            at=now,
            source=source[:200],
            new=fates[Fate.NEW],
            newer=fates[Fate.NEWER],
            older=fates[Fate.OLDER],
            unchanged=fates[Fate.UNCHANGED],
            broken=len(troubles),
            troubles=[list(trouble) for trouble in troubles[:MOST_TROUBLES]],
        )
