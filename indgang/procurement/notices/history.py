# SPDX-License-Identifier: MPL-2.0
"""What has happened to a notice and around it, as lines of a timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from indgang.core.notices import notice as published
from indgang.core.notices.codes import label
from indgang.core.notices.differences import differences
from indgang.kernel.templatetags.ui import say
from indgang.procurement.models import Notice
from indgang.procurement.notices.pages import language
from indgang.procurement.notices.queries import of_the_same_purchase


@dataclass(frozen=True)
class Event:
    """One line of a purchase's history."""

    at: datetime | None
    text: str
    who: str = ""


def history(row: Notice) -> list[Event]:
    """Versions of this notice and the other notices of the same purchase, newest first. Two queries."""
    versions = list(row.versions.order_by("number"))
    steps = [(version.dispatched_at, version.said()) for version in versions]
    steps = sorted([*steps, (row.dispatched_at, row.said())], key=lambda step: step[1].version)
    others = list(of_the_same_purchase(row))
    events = [_beginning(steps[0][1], row, others)]
    for (_before, old), (at, new) in pairwise(steps):
        events.append(Event(at, _sentences(old, new), _("version %d") % new.version))
    events += [Event(other.dispatched_at, _link(other), _why(other.said())) for other in others]
    return sorted(events, key=lambda event: (event.at is not None, event.at), reverse=True)


def _beginning(first: published.Notice, row: Notice, others: Sequence[Notice]) -> Event:
    """The first version: a change notice says what it changed, and why."""
    before = [other.said() for other in others if other.superseded_by_id == row.pk]
    if not before:
        return Event(first.dispatched_at, _("Bekendtgørelsen blev sendt"), _why(first))
    return Event(first.dispatched_at, _sentences(before[-1], first), _why(first))


def _sentences(old: published.Notice, new: published.Notice) -> str:
    return "; ".join(say(reason) for reason in differences(old, new))


def _link(other: Notice) -> str:
    if other.superseded_by_id:
        words = _("Bekendtgørelsen, som den var")
    else:
        words = _("Ændret bekendtgørelse") if other.changes else other.get_kind_display()
    return format_html('<a href="{}">{}</a>', reverse("notice", args=[other.pk]), words)


def _why(notice: published.Notice) -> str:
    if not notice.change_reason:
        return ""
    return notice.change_text or label("change-corrig-justification", notice.change_reason, language())
