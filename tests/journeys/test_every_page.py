# SPDX-License-Identifier: MPL-2.0
"""Every page that a person can reach by following links: axe finds nothing, at two widths, nothing scrolls sideways."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error

from tests.journeys.conftest import NARROW, WIDE, Visitor

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_EACH_KIND = 1
DOWNLOADS = re.compile(
    r"/fil/|/l/ordre/|\.csv$|\.json$|\.svg$|\.ics$|\.pdf$|\.xlsx$|/administration/|/ordre/$|/kalender/|/csv/$"
)

PEOPLE = [
    ("anyone", "", ["/", "/ui/", "/log-ind/", "/konto/glemt/", "/findes-ikke/"]),
    ("Mette coordinates", "mette@aabjerg.example", ["/", "/skrivebord/", "/virksomheder/ny/"]),
    ("Rikke runs an enterprise", "rikke@papirpluk.example", ["/virksomheder/min/"]),
    ("Carla buys", "carla@aabjerg.example", ["/skrivebord/", "/opgaver/ny/"]),
]


SLUGS = re.compile(r"^(/[^/#]+/[^/#]+/)[^/#]+/$")


def kind_of(path: str) -> str:
    """Pages of one kind differ only in numbers and names, such as the sums and the examples under one list."""
    return SLUGS.sub(r"\1*/", re.sub(r"/[^/]*\d[^/]*/", "/#/", path))


def faults(visitor: Visitor) -> list[str]:
    """At two widths. Only what is wrong is carried out of the browser: what is right is ten times as much."""
    page, found = visitor.page, []
    page.evaluate(AXE.read_text("utf-8"))
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        violations = page.evaluate(
            f"axe.run({{runOnly: {RULES!r}, resultTypes: ['violations']}}).then(found => found.violations)"
        )
        found += [
            f"{size['width']}: {violation['id']}: {violation['nodes'][0]['html'][:140]}"
            for violation in violations
        ]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 1:
            found.append(f"{size['width']}: scrolls {wide} px sideways")
    return found


@pytest.mark.parametrize(("name", "account", "starts"), PEOPLE, ids=[person[0] for person in PEOPLE])
def test_every_page_is_accessible(visit: object, name: str, account: str, starts: list[str]) -> None:
    visitor: Visitor = visit()  # type: ignore[operator]
    if account:
        visitor.log_in(account)
    waiting, seen, kinds, wrong = list(starts), set(starts), Counter[str](), {}
    while waiting:
        path = waiting.pop(0)
        kinds[kind_of(path)] += 1
        try:
            visitor.go(path)
        except Error as trouble:
            if "Download is starting" in str(trouble):
                continue
            raise
        found = faults(visitor)
        if found:
            wrong[path] = found
        for link in visitor.page.eval_on_selector_all(
            "a[href]", "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"
        ):
            parts = urlsplit(link)
            target = parts.path
            if not link.startswith(visitor.site.url) or DOWNLOADS.search(target) or target in seen:
                continue
            if (
                kinds[kind_of(target)] + sum(kind_of(other) == kind_of(target) for other in waiting)
                < OF_EACH_KIND
            ):
                seen.add(target)
                waiting.append(target)
    assert wrong == {}
    assert len(kinds) >= 5
