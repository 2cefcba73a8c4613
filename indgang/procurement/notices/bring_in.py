# SPDX-License-Identifier: MPL-2.0
"""Bringing in all notices at a path, batch by batch."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from indgang.core.notices.codes import unknown_codes
from indgang.core.notices.collection import notices_at
from indgang.core.notices.notice import Notice
from indgang.core.notices.reading import Broken
from indgang.procurement.notices.keep import BATCH, Fate, keep, record_import


@dataclass
class Report:
    """What a reading came to. `troubles` are pairs of file name and reason."""

    fates: Counter[Fate] = field(default_factory=Counter)
    troubles: list[tuple[str, str]] = field(default_factory=list)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        return self.fates.total()


def bring_in(
    path: Path, *, now: datetime, source: str = "", progress: Callable[[int], None] = lambda done: None
) -> Report:
    """Read and keep every notice at `path`; `progress` is told after each file how many are done.

    Each batch is a transaction of its own: what has been kept stays kept when a later file stops everything.
    """
    report, batch = Report(), list[Notice]()
    for done, (name, found) in enumerate(notices_at(path), start=1):
        if isinstance(found, Broken):
            report.troubles.append((name, str(found)))
        else:
            report.unknown.update(unknown_codes(found))
            batch.append(found)
        if len(batch) >= BATCH:
            report.fates += keep(batch, now=now)
            batch.clear()
        progress(done)
    if batch:
        report.fates += keep(batch, now=now)
    record_import(source or path.name, report.fates, report.troubles, now=now)
    return report
