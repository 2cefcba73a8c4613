# SPDX-License-Identifier: MPL-2.0
"""Entries in memory that follow the database: the change log is checked once a search, the difference applied.

Triggers note every change with PostgreSQL's own transaction number. A reader remembers the oldest transaction
that was still running when it looked (`pg_snapshot_xmin`) and asks next time for everything from there on, so
that a transaction which commits late is never missed; what it has applied already it skips.

Published enterprises are one set for all. Each municipality's drafts are a set of their own, read under that
municipality's row-level security, so that no process ever reads a draft for somebody who may not see it.
"""

import threading
from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from indgang.core.matching import Changes, Index, Need
from indgang.directory.models import Organisation
from indgang.directory.places import forget_tenants
from indgang.directory.search.entry import Entry, entries_from
from indgang.directory.search.log import EVERYTHING
from indgang.directory.search.offers import language, offer_of
from indgang.directory.search.own_words import forget_languages

REBUILD_AT = 2_000
_CHANGES = """
SELECT now.xmin, change.id, change.organisation_id
FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin) now
LEFT JOIN directory_indexchange change ON change.transaction_id >= coalesce(%s, now.xmin)
"""


class LiveEntries:
    """One set of entries. `derived` keeps what others compute from them; it is emptied when they change."""

    def __init__(self, kept_by_id: int | None = None) -> None:
        self.kept_by_id = kept_by_id
        self.derived: dict[object, object] = {}
        self.entries: dict[int, Entry] = {}
        self._in_order: list[Entry] | None = None
        self._since: int | None = None
        self._applied: set[int] = set()
        self._index: Index | None = None
        self._lock = threading.Lock()

    def refresh(self) -> "LiveEntries":
        """Bring the entries up to date with what this transaction can see. One query when nothing changed."""
        with self._lock:
            if self._since is None:
                self._build()
            else:
                self._catch_up()
        return self

    def in_order(self) -> list[Entry]:
        """All entries in Danish order of their names."""
        if self._in_order is None:
            self._in_order = sorted(self.entries.values(), key=lambda entry: (entry.name_key, entry.id))
        return self._in_order

    def matching(self) -> Index:
        """The matching engine over these entries; made when it is first asked for, then changed with them."""
        with self._lock:
            if self._index is None:
                self._index = Index(map(offer_of, self.entries.values()), language=language())
            return self._index

    def _rows(self) -> QuerySet[Organisation]:
        rows = Organisation.objects.filter(merged_into=None, closed_at=None)
        if self.kept_by_id is None:
            return rows.filter(published_at__isnull=False)
        return rows.filter(published_at=None, kept_by_id=self.kept_by_id)

    def _build(self) -> None:
        self._since, changes = _changes_since(None)
        self._forget_words(None)
        self._applied = set(changes)
        self._index = None
        self._replace({entry.id: entry for entry in entries_from(self._rows())})

    def _catch_up(self) -> None:
        assert self._since is not None
        self._since, changes = _changes_since(self._since)
        fresh = {organisation for change, organisation in changes.items() if change not in self._applied}
        self._forget_words({-number for number in fresh if number < 0})
        fresh = {number for number in fresh if number >= 0}
        self._applied = set(changes)
        if len(fresh) > REBUILD_AT or EVERYTHING in fresh:
            self._build()
        elif fresh:
            self._apply(fresh, entries_from(self._rows().filter(pk__in=fresh)))

    def _forget_words(self, municipality_ids: set[int] | None) -> None:
        """The change log speaks of a municipality's own words as minus its number."""
        if self.kept_by_id is None:
            forget_languages(municipality_ids)

    def _apply(self, changed: set[int], found: Iterable[Entry]) -> None:
        entries, put = dict(self.entries), list(found)
        for number in changed:
            entries.pop(number, None)
        entries.update((entry.id, entry) for entry in put)
        self._replace(entries)
        if self._index is not None:
            gone = changed - {entry.id for entry in put}
            self._index.apply(Changes(tuple(map(offer_of, put)), tuple(str(number) for number in gone)))

    def _replace(self, entries: dict[int, Entry]) -> None:
        """At once, so that a search in another thread reads either the old or the new."""
        self.entries, self._in_order, self.derived = entries, None, {}


def _changes_since(transaction: int | None) -> tuple[int, dict[int, int]]:
    """The oldest transaction still running, and {change: organisation} from `transaction` on (None: from that oldest
    one on), in one snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, [transaction])
        rows = cursor.fetchall()
    return rows[0][0], {change: organisation for _, change, organisation in rows if change is not None}


_published = LiveEntries()
_drafts: dict[int, LiveEntries] = {}


def live_for(municipality_id: int | None = None) -> LiveEntries:
    """Everything published; or, for a municipality, its own drafts. Ask only in that municipality's transaction."""
    live = (
        _published
        if municipality_id is None
        else _drafts.setdefault(municipality_id, LiveEntries(municipality_id))
    )
    return live.refresh()


def warm_up() -> None:
    """Read everything and make the engine ready, so that nobody's first search waits for it."""
    from django.db import transaction

    with transaction.atomic():
        index = live_for().matching()
    index.search(Need("", "rengøring"))


def forget_all() -> None:
    """Read everything anew at the next search: after the database was exchanged under a running process."""
    global _published
    _published = LiveEntries()
    _drafts.clear()
    forget_tenants()
