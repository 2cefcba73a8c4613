# SPDX-License-Identifier: MPL-2.0
"""Words of the law for templates: what stands behind an answer, and what has changed since."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language

from indgang.core.law.pack import Pack, load
from indgang.core.law.sentence import Sentence
from indgang.guidance.basis import told as in_language
from indgang.guidance.models import LawNotice
from indgang.guidance.watch import notices_about, signed_off

register = template.Library()


@register.filter
def told(sentence: Sentence) -> str:
    """A sentence of the pack in the reader's language."""
    return in_language(sentence)


@register.filter
def change(words: Mapping[str, str]) -> str:
    """A change as it was kept, in the reader's language."""
    return words["en"] if get_language() == "en" else words["da"]


@register.inclusion_tag("guidance/_pack_mark.html", takes_context=True)
def pack_mark(context: Any, pack: Pack | str | None = None) -> dict[str, object]:
    """Which pack an answer rests on, and whether a lawyer stands behind it. Without `pack`: the newest."""
    label = pack.label if isinstance(pack, Pack) else pack or load().label
    municipality_id = context["request"].principal.municipality_id
    return {"name": label.partition("@")[0], "standing": signed_off(municipality_id, label)}


@register.inclusion_tag("guidance/_amber.html", takes_context=True)
def amber_about(context: Any, about: str) -> dict[str, object]:
    """What has changed in the law since something was decided (`task:12`); nothing when nothing has."""
    principal = context["request"].principal
    rows = notices_about(principal.municipality_id, about) if principal.works_here else []
    return {"notices": rows}


@register.inclusion_tag("guidance/_amber.html")
def amber(notice: LawNotice | None) -> dict[str, object]:
    """One notice that is at hand already."""
    return {"notices": [notice] if notice else []}
