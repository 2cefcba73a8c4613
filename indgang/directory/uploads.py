# SPDX-License-Identifier: MPL-2.0
"""What every uploaded list goes through: kept and guessed, its columns set, read in once, or forgotten.

Rooms that read lists (enterprises, agreements, …) bring their fields and say what a line becomes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile

from indgang.core.text import Refused, gettext_noop
from indgang.directory.importing import Field, Grid, Rejected, guess_columns, read_list
from indgang.directory.models import UploadedList
from indgang.kernel import audit, files
from indgang.kernel.access import Principal
from indgang.kernel.models import StoredFile

LISTS = ("text/plain", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
FORGOTTEN_AFTER = timedelta(days=7)

AList = TypeVar("AList", bound=UploadedList)


def receive(
    by: Principal,
    model: type[AList],
    upload: "UploadedFile[bytes]",
    fields: tuple[Field, ...],
    *,
    act: str,
    now: datetime,
) -> AList:
    """Keep an uploaded list, encrypted, and guess its columns. Refuses what is no list."""
    kept = files.receive(upload, by=by, now=now)
    if kept.content_type not in LISTS:
        raise Refused(gettext_noop("Det er ikke en liste. Gem den som .xlsx eller .csv, og prøv igen."))
    grid = read_list(kept.name, files.content(kept), fields)
    row = model.objects.create(  # type: ignore[attr-defined]
        municipality_id=by.municipality_id,
        file=kept,
        name=kept.name,
        headers=list(grid.headers),
        columns=guess_columns(grid.headers, fields),
        user_id=by.user_id,
        created_at=now,
    )
    audit.record(by, f"{act}.receive", f"{act}:{row.pk}", now=now, facts={"lines": len(grid.lines)})
    kept_list: AList = row
    return kept_list


def set_columns(row: UploadedList, columns: Mapping[str, Sequence[int]]) -> None:
    """Say which columns hold what. Refused when the list has been read in."""
    refuse_finished(row)
    row.columns = {key: list(numbers) for key, numbers in columns.items() if numbers}
    row.save(update_fields=["columns"])


def refuse_missing(
    fields: tuple[Field, ...], columns: Mapping[str, Sequence[int]], *, also: Sequence[str] = ()
) -> None:
    """Refuse when something that must be told has no column; `also` names what else is missing."""
    missing = [str(field.label) for field in fields if field.must and not columns.get(field.key)] + list(also)
    if missing:
        raise Refused(gettext_noop("Vælg en kolonne til: %(missing)s."), missing=", ".join(missing))


def refuse_finished(row: UploadedList) -> None:
    if row.finished_at is not None:
        raise Refused(gettext_noop("Listen er læst ind. Læg den op igen for at begynde forfra."))


def grid_of(row: UploadedList, fields: tuple[Field, ...]) -> Grid:
    """The list itself; refused when it has been read in or forgotten."""
    if row.file is None:
        raise Refused(
            gettext_noop("Listen er læst ind, og filen er slettet. Læg den op igen for at begynde forfra.")
        )
    return read_list(row.name, files.content(row.file), fields)


def finish(
    by: Principal,
    row: UploadedList,
    counts: Mapping[str, int],
    rejected: Sequence[Rejected],
    *,
    act: str,
    now: datetime,
) -> None:
    """Note what became of the lines, keep the rejected ones for download, and delete the file."""
    row.counts, row.finished_at = dict(counts), now
    row.rejected = [
        {
            "number": line.number,
            "reasons": [str(reason) for reason in line.reasons],
            "cells": list(line.cells),
        }
        for line in rejected
    ]
    file, row.file = row.file, None
    row.save()
    if file is not None:
        file.delete()
    audit.record(by, f"{act}.read_in", f"{act}:{row.pk}", now=now, facts=dict(counts))


def forget(model: type[UploadedList], municipality_id: int, *, now: datetime) -> int:
    """Delete lists that nobody read in within a week, with their files."""
    rows = model.objects.filter(  # type: ignore[attr-defined]
        municipality_id=municipality_id, finished_at=None, created_at__lt=now - FORGOTTEN_AFTER
    )
    file_ids = list(rows.exclude(file=None).values_list("file_id", flat=True))
    count: int = rows.delete()[0]
    StoredFile.objects.filter(pk__in=file_ids).delete()
    return count
