# SPDX-License-Identifier: MPL-2.0
"""An uploaded list on its way to becoming drafts: received, its columns set, looked at, read in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.directory import permissions
from indgang.directory.actions.imports import Outcome, import_organisations
from indgang.directory.importing import FIELDS, Grid, Rejected, Row, guess_columns, read_list, rows_from
from indgang.directory.importing.columns import MUST_HAVE_ONE
from indgang.directory.models import ImportRun
from indgang.directory.places import municipality_code, municipality_of_town
from indgang.kernel import audit, files
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.models import Municipality, StoredFile

LISTS = ("text/plain", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
FORGOTTEN_AFTER = timedelta(days=7)


@transaction.atomic
def receive_list(by: Principal, upload: "UploadedFile[bytes]", *, now: datetime) -> ImportRun:
    """Keep an uploaded list, encrypted, and guess its columns. Refuses what is no list."""
    permissions.check_can_add(by)
    kept = files.receive(upload, by=by, now=now)
    if kept.content_type not in LISTS:
        raise Refused(gettext_noop("Det er ikke en liste. Gem den som .xlsx eller .csv, og prøv igen."))
    grid = read_list(kept.name, files.content(kept))
    run = ImportRun.objects.create(
        municipality_id=by.municipality_id,
        file=kept,
        name=kept.name,
        headers=list(grid.headers),
        columns=guess_columns(grid.headers),
        user_id=by.user_id,
        created_at=now,
    )
    audit.record(by, "import.receive", f"import:{run.pk}", now=now, facts={"lines": len(grid.lines)})
    return run


@transaction.atomic
def set_columns(by: Principal, run: ImportRun, columns: Mapping[str, Sequence[int]]) -> None:
    """Say which columns hold what. Refuses when something that must be told has no column."""
    permissions.check_can_add(by)
    _refuse_finished(run)
    refuse_missing(columns)
    run.columns = {key: list(numbers) for key, numbers in columns.items() if numbers}
    run.save(update_fields=["columns"])


def refuse_missing(columns: Mapping[str, Sequence[int]]) -> None:
    missing = [str(field.label) for field in FIELDS if field.must and not columns.get(field.key)]
    if not any(columns.get(key) for key in MUST_HAVE_ONE):
        missing.append(_("E-mail eller telefon"))
    if missing:
        raise Refused(gettext_noop("Vælg en kolonne til: %(missing)s."), missing=", ".join(missing))


def grid_of(run: ImportRun) -> Grid:
    """The list itself; refused when it has been read in or forgotten."""
    if run.file is None:
        raise Refused(
            gettext_noop("Listen er læst ind, og filen er slettet. Læg den op igen for at begynde forfra.")
        )
    return read_list(run.name, files.content(run.file))


def rows_of(run: ImportRun, municipality: Municipality) -> Iterator[Row | Rejected]:
    """Every line judged by the columns of the run. A line without a municipality lies in one's own."""
    return rows_from(grid_of(run), run.columns, municipality=finder(municipality.code))


def finder(own_code: int) -> Callable[[str, str], int | None]:
    """Finds the code of the municipality a line names; else the one its town lies in; else `own_code`."""

    def find(told: str, town: str) -> int | None:
        return municipality_code(told) if told else municipality_of_town(town) or own_code

    return find


@transaction.atomic
def look_through(by: Principal, run: ImportRun, *, now: datetime) -> Outcome:
    """What reading the list in would do. Changes nothing."""
    refuse_missing(run.columns)
    return _import(by, run, now, dry_run=True)


@transaction.atomic
def read_in(by: Principal, run: ImportRun, *, now: datetime) -> Outcome:
    """Make the drafts, keep the rejected lines for download, and delete the file."""
    _refuse_finished(run)
    refuse_missing(run.columns)
    outcome = _import(by, run, now, dry_run=False)
    run.counts, run.finished_at = outcome.counts, now
    run.rejected = [
        {
            "number": line.number,
            "reasons": [str(reason) for reason in line.reasons],
            "cells": list(line.cells),
        }
        for line in outcome.rejected
    ]
    file, run.file = run.file, None
    run.save()
    if file is not None:
        file.delete()
    audit.record(by, "import.read_in", f"import:{run.pk}", now=now, facts=outcome.counts)
    return outcome


def forget_lists(municipality_id: int, *, now: datetime) -> int:
    """Delete lists that nobody read in within a week, with their files."""
    rows = ImportRun.objects.filter(
        municipality_id=municipality_id, finished_at=None, created_at__lt=now - FORGOTTEN_AFTER
    )
    file_ids = list(rows.exclude(file=None).values_list("file_id", flat=True))
    count, _ = rows.delete()
    StoredFile.objects.filter(pk__in=file_ids).delete()
    return count


def _import(by: Principal, run: ImportRun, now: datetime, *, dry_run: bool) -> Outcome:
    municipality = Municipality.objects.get(pk=by.municipality_id)
    rows = rows_of(run, municipality)
    return import_organisations(by, rows, source_note=run.name, now=now, dry_run=dry_run)


def _refuse_finished(run: ImportRun) -> None:
    if run.finished_at is not None:
        raise Refused(gettext_noop("Listen er læst ind. Læg den op igen for at begynde forfra."))
