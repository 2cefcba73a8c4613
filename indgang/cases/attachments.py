# SPDX-License-Identifier: MPL-2.0
"""Files that come with a form. A file that cannot be taken gets its sentence; the good ones wait beside it."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from indgang.cases.forms import WithFiles
from indgang.cases.models import HeldFile
from indgang.core.text import Refused
from indgang.kernel import files
from indgang.kernel.access import Principal
from indgang.kernel.models import StoredFile

SALT = "cases.held"
HELD_FOR = timedelta(days=1)
MOST = 10


def gather(by: Principal, form: WithFiles, *, now: datetime) -> list[StoredFile]:
    """Every file that came with the form, now and in tries before. Call it after `form.is_valid()`, whatever that said.

    A file of a wrong type becomes an error of the form. What was good is named in the form and comes along next time.
    """
    kept = _held(by, form.data.get("held", ""), now)
    for upload in form.cleaned_data.get("attachments") or []:
        try:
            with transaction.atomic():
                file = files.receive(upload, by=by, now=now, guarded=True)
                HeldFile.objects.create(municipality_id=by.municipality_id, file=file, at=now)
                kept.append(file)
        except Refused as refusal:
            form.refuse(refusal, "attachments")
    if len(kept) > MOST:
        form.add_error(
            "attachments", _("Højst %(most)d filer ad gangen. Send resten bagefter.") % {"most": MOST}
        )
        kept = kept[:MOST]
    if kept:
        token = signing.dumps([file.pk for file in kept], salt=SALT)
        form.data = MultiValueDict({**dict(form.data.lists()), "held": [token]})  # type: ignore[attr-defined]
        names = ", ".join(file.name for file in kept)
        form["attachments"].help_text = _("Lagt ved: %(names)s. Vælg kun flere, hvis der mangler nogen.") % {
            "names": names
        }
    return kept


def let_go(kept: list[StoredFile]) -> None:
    """The files have found their place and wait no more."""
    HeldFile.objects.filter(file__in=kept).delete()


def _held(by: Principal, token: str, now: datetime) -> list[StoredFile]:
    try:
        numbers = signing.loads(token, salt=SALT, max_age=HELD_FOR) if token else []
    except signing.BadSignature:
        return []
    rows = HeldFile.objects.filter(municipality_id=by.municipality_id, file_id__in=numbers)
    return [row.file for row in rows.select_related("file").order_by("pk")]
