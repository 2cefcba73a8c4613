# SPDX-License-Identifier: MPL-2.0
"""Writing a line in a case's timeline, from inside an act."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import translation

from indgang.cases.models import Case, Entry, EntryFile
from indgang.core.cpr import holds_cpr
from indgang.core.text import Refused, gettext_noop
from indgang.kernel.access import Principal
from indgang.kernel.danish import LANGUAGE
from indgang.kernel.models import StoredFile, Unit

LONGEST = 20_000


def write_line(
    by: Principal,
    case: Case,
    kind: str,
    text: str,
    *,
    now: datetime,
    author: str = "",
    is_internal: bool = False,
    only_unit: Unit | None = None,
    mail_number: int | None = None,
    files: Iterable[StoredFile] = (),
) -> Entry:
    """Append a line. `author` is whoever said it; without it, it is `by`. A note and a line for one unit are internal."""
    line = Entry.objects.create(
        municipality_id=case.municipality_id,
        case=case,
        kind=kind,
        is_internal=is_internal or kind == Entry.Kind.NOTE or only_unit is not None,
        only_unit=only_unit,
        at=now,
        text=text,
        author=(author or by.name)[:100],
        user_id=by.user_id if by.works_here else None,
        mail_number=mail_number,
    )
    EntryFile.objects.bulk_create(
        EntryFile(municipality_id=case.municipality_id, entry=line, file=file) for file in files
    )
    case.touched_at = now
    case.save(update_fields=["touched_at"])
    return line


def event(by: Principal, case: Case, text: str, *, now: datetime, is_internal: bool = False) -> Entry:
    """Append what has happened, as a sentence."""
    return write_line(by, case, Entry.Kind.EVENT, text, now=now, is_internal=is_internal)


def in_danish(label: object) -> str:
    """A label as it is written down: Danish, whatever the one who acts reads, and in small letters."""
    with translation.override(LANGUAGE):
        return str(label).lower()


def checked(text: str) -> str:
    """What somebody wrote, without blank ends. Refuses nothing at all, far too much, and personal numbers."""
    text = text.strip()
    if not text:
        raise Refused(gettext_noop("Skriv, hvad det drejer sig om."))
    if len(text) > LONGEST:
        raise Refused(
            gettext_noop(
                "Teksten er for lang (%(length)s tegn). Skriv det vigtigste, og læg resten ved som fil."
            ),
            length=len(text),
        )
    if holds_cpr(text):
        raise Refused(gettext_noop("Teksten ser ud til at rumme et CPR-nummer. Fjern det, før du sender."))
    return text
