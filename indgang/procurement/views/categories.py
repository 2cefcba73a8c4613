# SPDX-License-Identifier: MPL-2.0
"""The page of a category: who sells it here, what was bought, which routes fit, and words for the contract.

It lives here and not in the law guide because it reads orders, which the guide lies below.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indgang.core.law.pack import load
from indgang.directory.categories import category_of, find_category
from indgang.directory.search import Question, browse, live_for, overview
from indgang.directory.search.cards import card
from indgang.guidance.category_routes import MONTHS, clauses_of, find_categories, routes_of
from indgang.guidance.coverage import running
from indgang.kernel.http import Request, found
from indgang.kernel.limits import Limit, limited
from indgang.procurement.bought import bought_in, kroner_by_category

SEARCHES = Limit("category-search", per="address", times=900, seconds=300, reading=True)
SHOWN = 6


@limited(SEARCHES)
@require_safe
def categories(request: Request) -> HttpResponse:
    """All categories; with words, those that are meant. The list is swapped as one types, and works without."""
    text, by = request.GET.get("q", "").strip()[:300], request.principal
    seen = overview(live_for(), today=timezone.localdate())
    spent = kroner_by_category(by.municipality_id, now=timezone.now()) if by.works_here else {}
    rows = [
        {
            "category": hit.category,
            "because": hit.because,
            "count": seen.categories[hit.category.slug],
            "kroner": spent.get(hit.category.slug, 0),
        }
        for hit in find_categories(text)
    ]
    context = {"rows": rows, "text": text}
    if request.htmx and not request.htmx.boosted:
        return render(request, "procurement/_categories.html", context)
    return render(request, "procurement/categories.html", context)


@require_safe
def category(request: Request, slug: str) -> HttpResponse:
    """One category, with all that a buyer needs before writing a need."""
    row, by, now = found(find_category(slug)), request.principal, timezone.now()
    today = timezone.localdate()
    place = request.municipality.code
    answer = browse(by, Question(category=slug, place=place), today=today)
    bought = bought_in(by.municipality_id, slug, now=now) if by.works_here else []
    agreements = [
        agreement
        for agreement in (running(by.municipality_id, today) if by.works_here else [])
        if any(category_of(code) == slug for code in agreement.cpv_codes)
    ]
    context = {
        "category": row,
        "cards": [card(entry, today=today) for entry in answer.entries[:SHOWN]],
        "count": len(answer.entries),
        "place": place,
        "bought": bought[:SHOWN],
        "bought_count": len(bought),
        "bought_kroner": sum(each.kroner for each in bought),
        "agreements": agreements,
        "kinds": routes_of(load(), row, today, [each.kroner for each in bought]),
        "months": MONTHS,
        "clauses": clauses_of(row),
        "pack": load(),
    }
    return render(request, "procurement/category.html", context)
