# SPDX-License-Identifier: MPL-2.0
"""A client that checks every page it fetches, so that quality costs a test's author nothing."""

import re
from collections import Counter
from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

from indgang.kernel.database.tenancy import set_tenant
from tests.cast import Cast

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
OPTIONAL_END = {"li", "p", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody"}


class Page(HTMLParser):
    """What a page holds, and what is wrong with it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.references: list[tuple[str, str]] = []
        self.title = self.heading = ""
        self.headings = 0
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self.feed(text)
        self.close()
        self._judge(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in given:
            self.ids[given["id"] or ""] += 1
        if tag == "h1":
            self.headings += 1
        if tag == "label" and given.get("for"):
            self.labelled.add(given["for"] or "")
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit"):
            self.controls.append(given)
        for name in ("aria-describedby", "aria-labelledby", "for", "aria-controls"):
            for reference in (given.get(name) or "").split():
                self.references.append((name, reference))
        if tag == "img" and "alt" not in given:
            self.faults.append("a picture without alt")
        if tag == "form" and (given.get("action") or "").startswith("http"):
            self.faults.append("a form that posts to another site")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"inline {name} on <{tag}>")
            if name in ("href", "src") and (value or "").startswith(("javascript:", "http://", "//")):
                self.faults.append(f"{name}={value}")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] != tag and self.open[-1] in OPTIONAL_END:
            self.open.pop()
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title":
            self.title += data
        if "h1" in self.open:
            self.heading += data

    def _judge(self, text: str) -> None:
        self.faults += [f"id {name!r} stands twice" for name, count in self.ids.items() if count > 1]
        self.faults += [
            f"{kind} points at {name!r}" for kind, name in self.references if name not in self.ids
        ]
        if self.open:
            self.faults.append(f"never closed: {self.open}")
        if self.headings != 1:
            self.faults.append(f"{self.headings} h1")
        if not self.title.partition("·")[0].strip():
            self.faults.append("no title")
        for control in self.controls:
            if control.get("id") not in self.labelled and not control.get("aria-label"):
                self.faults.append(f"no label for {control.get('name')}")
        if re.search(r"\{[{%]|None\b(?=<)|<script>|<style>", text):
            self.faults.append("template remains or inline script")


class Browser:
    """Fetches pages as one of the cast and refuses pages with faults."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.client = Client(headers={"host": "aabjerg.localhost"})

    def log_in(self, name: str) -> "Browser":
        host = "norrelund.localhost" if name == "dan" else "aabjerg.localhost"
        other = Browser(self.cast)
        other.client = Client(headers={"host": host})
        other.client.force_login(self.cast.people[name], backend="indgang.web.principal.Accounts")
        return other

    def get(self, path: str, *, status: int = 200, htmx: bool = False) -> HttpResponse:
        response = self.client.get(path, headers={"hx-request": "true"} if htmx else None)
        return self._seen(response, status, whole=not htmx)

    def post(self, path: str, data: dict[str, object] | None = None, *, status: int = 302) -> HttpResponse:
        return self._seen(self.client.post(path, data or {}), status, whole=True)

    def follow(self, path: str, data: dict[str, object] | None = None) -> HttpResponse:
        """Post and read the page that comes after."""
        response = self.post(path, data)
        return self.get(response.headers["Location"])

    def _seen(self, response: HttpResponse, status: int, *, whole: bool) -> HttpResponse:
        set_tenant(self.cast.home.pk)
        assert response.status_code == status, (response.status_code, response.content.decode()[-1500:])
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/html") and whole and status < 500 and response.content:
            assert Page(response.content.decode()).faults == []
        return response


def text_of(response: HttpResponse) -> str:
    """The visible text of a page, spaces collapsed."""
    plain = re.sub(r"<(script|style|head)\b.*?</\1>|<[^>]*>", " ", response.content.decode(), flags=re.S)
    import html

    return re.sub(r"\s+", " ", html.unescape(plain)).strip()
