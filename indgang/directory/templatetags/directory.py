# SPDX-License-Identifier: MPL-2.0
"""Words of the directory for templates: places, categories, months, job types."""

from collections.abc import Iterable

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from indgang.directory.categories import categories_of, find_category
from indgang.directory.categories import cpv_label as label_of_code
from indgang.directory.forms.fields import MONTHS
from indgang.directory.models import Listing
from indgang.directory.places import municipality_name
from indgang.directory.search.entry import fold
from indgang.directory.vocabulary import JobType, TargetGroup

register = template.Library()
register.filter("municipality", municipality_name)
register.filter("cpv_label", label_of_code)


@register.filter
def grouped(number: int) -> str:
    """3000 as 3.000."""
    return number_format(number, force_grouping=True)


@register.filter
def job_type(value: str) -> str:
    return str(JobType(value).label) if value in JobType.values else value


@register.filter
def target_group(value: str) -> str:
    return str(TargetGroup(value).label) if value in TargetGroup.values else value


@register.filter
def categories(codes: Iterable[str]) -> list[str]:
    """The human words for CPV codes, each once."""
    found = [category for slug in categories_of(codes) if (category := find_category(slug))]
    return sorted(category.label for category in found)


@register.filter
def delivers(listing: Listing) -> str:
    """Where something is delivered, all of it."""
    if listing.everywhere:
        return _("Hele landet")
    return ", ".join(sorted((municipality_name(code) for code in listing.areas), key=fold))


@register.filter
def season(months: Iterable[int]) -> str:
    """Months as a span when they follow each other ("april til oktober"), else as a list."""
    chosen = sorted(set(months))
    if not chosen or len(chosen) == 12:
        return ""
    names = {number: str(name).lower() for number, name in MONTHS}
    starts = [month for month in chosen if (month - 2) % 12 + 1 not in chosen]
    if len(starts) == 1 and len(chosen) > 1:
        last = (starts[0] + len(chosen) - 2) % 12 + 1
        return _("%(first)s til %(last)s") % {"first": names[starts[0]], "last": names[last]}
    return ", ".join(names[month] for month in chosen)
