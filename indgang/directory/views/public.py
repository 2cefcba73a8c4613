# SPDX-License-Identifier: MPL-2.0
"""What everybody may see: search, map, profiles and open files. None of these pages sets a cookie."""

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from indgang.directory import history, map, open_data
from indgang.directory.categories import all_categories
from indgang.directory.forms.search import address_of, question_of
from indgang.directory.permissions import (
    check_can_assign,
    check_can_bar,
    check_can_decide_equivalence,
    check_can_edit,
    check_can_merge,
    check_can_state_interest,
    check_can_verify,
)
from indgang.directory.places import municipality_name
from indgang.directory.profile import Profile, read_profile
from indgang.directory.queries import follow_merges, visible_to
from indgang.directory.search import LiveEntries, Question, browse, live_for, overview
from indgang.directory.search.cards import card
from indgang.directory.search.entry import fold
from indgang.directory.vocabulary import JobType, TargetGroup
from indgang.kernel.access import may
from indgang.kernel.http import Request, found
from indgang.kernel.limits import EXPORTS, Limit, limited
from indgang.kernel.sheets import csv_download

SEARCHES = Limit("directory-search", per="address", times=900, seconds=300, reading=True)
PER_PAGE = 20
QUARTER_OF_AN_HOUR = 900


@limited(SEARCHES)
@require_safe
def search(request: Request) -> HttpResponse:
    question, today = question_of(request.GET), timezone.localdate()
    answer = browse(request.principal, question, today=today)
    page = Paginator(answer.entries, PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "question": question,
        "query": f"{address}&" if (address := address_of(question)) else "",
        "page": page,
        "cards": [
            card(entry, today=today, words=question.text, reason=answer.reasons.get(entry.id))
            for entry in page
        ],
        "count": len(answer.entries),
    }
    if request.htmx and not request.htmx.boosted:
        return render(request, "directory/_results.html", context)
    return render(request, "directory/search.html", context | _choices(question, answer.published))


def _choices(question: Question, published: LiveEntries) -> dict[str, object]:
    """What can be chosen: only what leads somewhere."""
    seen = overview(published, today=timezone.localdate())
    places = sorted(((code, municipality_name(code)) for code in seen.places), key=lambda pair: pair[1])
    if question.place is not None and question.place not in seen.places:
        places.append((question.place, municipality_name(question.place)))
    return {
        "overview": seen,
        "places": places,
        "tiles": [
            {
                "category": row,
                "count": seen.categories[row.slug],
                "address": address_of(Question(), slags=row.slug),
            }
            for row in all_categories()
            if seen.categories[row.slug]
        ],
        "target_groups": [(v, label) for v, label in TargetGroup.choices if v in seen.target_groups],
        "job_types": [(v, label) for v, label in JobType.choices if v in seen.job_types],
    }


@require_safe
def profile(request: Request, organisation_id: int, slug: str = "") -> HttpResponse:
    today, principal = timezone.localdate(), request.principal
    rows = visible_to(principal).filter(pk=organisation_id)
    seen = read_profile(principal, rows, today=today, internal=True)
    if seen is None:
        return redirect(found(follow_merges(organisation_id)).path, permanent=True)
    if seen.organisation.path != request.path:
        return redirect(seen.organisation.path, permanent=not seen.organisation.is_draft)
    if seen.organisation.closed_at and not (principal.works_here or seen.is_own):
        found(None)
    context = {
        "profile": seen,
        "organisation": seen.organisation,
        "today": today,
        "freshness": seen.freshness(today),
    }
    if principal.works_here:
        context |= {"events": history.events(principal, organisation_id)} | _staff_buttons(request, seen)
    return render(request, "directory/profile.html", context)


def _staff_buttons(request: Request, seen: Profile) -> dict[str, object]:
    by, organisation = request.principal, seen.organisation
    return {
        "may_edit": may(check_can_edit, by, organisation),
        "may_verify": may(check_can_verify, by, organisation),
        "may_decide": may(check_can_decide_equivalence, by, organisation),
        "may_assign": may(check_can_assign, by, organisation),
        "may_bar": may(check_can_bar, by),
        "may_state": may(check_can_state_interest, by, by.user_id or 0),
        "may_merge": may(check_can_merge, by, organisation, organisation),
    }


@require_safe
def map_page(request: Request) -> HttpResponse:
    seen = overview(live_for(), today=timezone.localdate())
    drawing = map.draw(seen.seats)
    everywhere: list[map.Shape | map.Box] = [*drawing.shapes, *drawing.boxes]
    rows = sorted((row for row in everywhere if row.count), key=lambda row: (-row.count, fold(row.name)))
    answer = render(request, "directory/map.html", {"drawing": drawing, "rows": rows, "overview": seen})
    if request.principal.user_id is None:
        patch_cache_control(answer, public=True, max_age=QUARTER_OF_AN_HOUR)
    return answer


@require_safe
def map_image(request: Request) -> HttpResponse:
    drawing = map.draw(overview(live_for(), today=timezone.localdate()).seats)
    answer = render(request, "directory/map.svg", {"drawing": drawing}, content_type="image/svg+xml")
    patch_cache_control(answer, public=True, max_age=QUARTER_OF_AN_HOUR)
    return answer


@limited(EXPORTS)
@require_safe
def data_csv(request: Request) -> HttpResponse:
    text = open_data.as_csv(live_for().in_order(), timezone.localdate())
    answer = csv_download(text, "virksomheder.csv")
    patch_cache_control(answer, public=True, max_age=QUARTER_OF_AN_HOUR)
    return answer


@limited(EXPORTS)
@require_safe
def data_json(request: Request) -> HttpResponse:
    today = timezone.localdate()
    data = {"hentet": today.isoformat(), "virksomheder": open_data.rows(live_for().in_order(), today)}
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    patch_cache_control(answer, public=True, max_age=QUARTER_OF_AN_HOUR)
    return answer


@require_safe
def data_page(request: Request) -> HttpResponse:
    return render(request, "directory/data.html", {"columns": open_data.COLUMNS})
