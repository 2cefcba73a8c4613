# SPDX-License-Identifier: MPL-2.0
"""An uploaded list on its way to becoming drafts: received, its columns set, looked at, read in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from indgang.directory import permissions, uploads
from indgang.directory.actions.imports import Outcome, import_organisations
from indgang.directory.importing import FIELDS, Rejected, Row, rows_from
from indgang.directory.importing.columns import MUST_HAVE_ONE, ONE_OF_THEM
from indgang.directory.models import ImportRun
from indgang.directory.places import municipality_code, municipality_of_town
from indgang.kernel.access import Principal
from indgang.kernel.models import Municipality


@transaction.atomic
def receive_list(by: Principal, upload: "UploadedFile[bytes]", *, now: datetime) -> ImportRun:
    """Keep an uploaded list, encrypted, and guess its columns. Refuses what is no list."""
    permissions.check_can_add(by)
    return uploads.receive(by, ImportRun, upload, FIELDS, act="import", now=now)


@transaction.atomic
def set_columns(by: Principal, run: ImportRun, columns: Mapping[str, Sequence[int]]) -> None:
    """Say which columns hold what. Refuses when something that must be told has no column."""
    permissions.check_can_add(by)
    refuse_missing(columns)
    uploads.set_columns(run, columns)


def refuse_missing(columns: Mapping[str, Sequence[int]]) -> None:
    contact = any(columns.get(key) for key in MUST_HAVE_ONE)
    uploads.refuse_missing(FIELDS, columns, also=[] if contact else [str(ONE_OF_THEM)])


def rows_of(run: ImportRun, municipality: Municipality) -> Iterator[Row | Rejected]:
    """Every line judged by the columns of the run. A line without a municipality lies in one's own."""
    grid = uploads.grid_of(run, FIELDS)
    return rows_from(grid, run.columns, municipality=finder(municipality.code))


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
    uploads.refuse_finished(run)
    refuse_missing(run.columns)
    outcome = _import(by, run, now, dry_run=False)
    uploads.finish(by, run, outcome.counts, outcome.rejected, act="import", now=now)
    return outcome


def _import(by: Principal, run: ImportRun, now: datetime, *, dry_run: bool) -> Outcome:
    municipality = Municipality.objects.get(pk=by.municipality_id)
    rows = rows_of(run, municipality)
    return import_organisations(by, rows, source_note=run.name, now=now, dry_run=dry_run)
