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
from indgang.guidance.watch import amber_assessments, amber_cases, signed_off

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


@register.simple_tag(takes_context=True)
def cases_that_are_amber(context: Any) -> dict[int, LawNotice]:
    """Notices by case of the guide, for lists; one query."""
    return amber_cases(context["request"].principal.municipality_id)


@register.simple_tag(takes_context=True)
def assessments_that_are_amber(context: Any) -> dict[int, LawNotice]:
    """Notices by standing assessment, for lists; one query."""
    return amber_assessments(context["request"].principal.municipality_id)


@register.inclusion_tag("guidance/_amber.html")
def amber(notices: Mapping[int, LawNotice], number: int) -> dict[str, object]:
    """What has changed since one case or assessment, out of those that are amber."""
    notice = notices.get(number)
    return {"notices": [notice] if notice else []}
