# SPDX-License-Identifier: MPL-2.0
"""Public notices in the demo: invented ones, brought in as a real file would be, and one pointed out.

The files are dated around the fourth of January 2027. Every date in them is moved by whole weeks, so that their
calls are open on the day the demo is loaded and still fall on the weekdays that they were written for.
"""

import re
from contextlib import suppress
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from indgang.core.text import Refused
from indgang.directory.models import Organisation
from indgang.directory.search import find
from indgang.procurement.models import Notice
from indgang.procurement.notices.actions import forward
from indgang.procurement.notices.bring_in import bring_in
from indgang.procurement.notices.matching import match_open_calls
from indgang.procurement.notices.queries import matches_shown
from indgang.web.demo.people import Stage

WRITTEN = date(2027, 1, 7)
_DAY = re.compile(r"\b20[23]\d-[01]\d-[0-3]\d\b")


def bring_in_notices(stage: Stage) -> None:
    """Read the demo's notices, find who could deliver them, and show one to an enterprise."""
    weeks = (timezone.localtime(stage.now).date() - WRITTEN) // timedelta(weeks=1)
    with TemporaryDirectory() as folder:
        for file in sorted(
            files("indgang.web.demo").joinpath("notice_files").iterdir(), key=lambda one: one.name
        ):
            if file.name.endswith(".xml"):
                moved = _moved(file.read_text("utf-8"), timedelta(weeks=weeks))
                (Path(folder) / file.name).write_text(moved, "utf-8")
        bring_in(Path(folder), source="udbud.dk (demo)", now=stage.now)
    match_open_calls(find, now=stage.now)
    _show_one(stage)


def _moved(text: str, step: timedelta) -> str:
    return _DAY.sub(lambda found: str(date.fromisoformat(found.group()) + step), text)


def _show_one(stage: Stage) -> None:
    """Jonas sends the reserved canteen on to the social enterprise that fits best and may still be asked this month."""
    canteen = Notice.objects.filter(marks__contains=["res-ws"], kind=Notice.Kind.CALL).order_by("pk").first()
    for match in matches_shown().filter(organisation__kind=Organisation.Kind.SOCIAL, notice=canteen):
        with suppress(Refused):
            forward(stage.be("jonas"), match.notice, match.organisation, lot=match.lot, now=stage.now)
            return
