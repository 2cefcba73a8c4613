# SPDX-License-Identifier: MPL-2.0
"""Directory search and profiles over real HTTP: `python benchmarks/directory.py [--enterprises 4000] [--requests 400]`.

Makes a database of its own under .var/benchmark, writes invented enterprises with the import action, starts two web
processes, and prints what a page costs: queries, kilobytes, how long it takes at the 50th and 95th percentile, and the
processor time of the web processes for one request, which says the same on a machine that others use too.
The same pages answer a bare request (`/helbred/klar/`, one query) beside them, so that the figures can be compared
between machines.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
TRADES = (
    ("Vinduespudsning for {who}, {how}", "90911300"), ("Rengøring af {who}, {how}", "90910000"),
    ("Frokost og mødeforplejning til {who}, {how}", "55520000"), ("Kantinedrift for {who}, {how}", "55512000"),
    ("Pakning og mærkning af varer for {who}, {how}", "79920000"), ("Pleje af grønne områder ved {who}, {how}", "77310000"),
    ("Snerydning ved {who}, {how}", "90620000"), ("Reparation af cykler for {who}, {how}", "50000000"),
    ("Vask af arbejdstøj for {who}, {how}", "98310000"), ("Scanning af arkiver for {who}, {how}", "79999100"),
    ("Syning af poser og puder til {who}, {how}", "98393000"), ("Malerarbejde i {who}, {how}", "45442100"),
    ("Flytning for {who}, {how}", "98392000"), ("Bænke og plantekasser til {who}, {how}", "39113600"),
    ("Tryk af foldere og plakater for {who}, {how}", "79810000"), ("Telefonpasning for {who}, {how}", "79510000"),
)  # fmt: skip
WHO = (
    "børnehaver",
    "skoler",
    "plejehjem",
    "kontorer",
    "boligforeninger",
    "butikker",
    "biblioteker",
    "idrætshaller",
)
HOW = (
    "hver uge",
    "i små oplag",
    "med fast hold",
    "året rundt",
    "efter aftale",
    "også med kort varsel",
    "fra eget værksted",
)
FIRST = ("Åens", "Byens", "Grønne", "Hånd", "Sol", "Nord", "Havnens", "Fælles", "Ny", "Lille")
SECOND = ("værksted", "hus", "service", "køkken", "gård", "hjørne", "laug", "kompagni", "spor", "have")
QUERIES = ("vindu", "frokost til 90 børn", "pakning", "slå græs på kirkegården", "cykel", "sort", "Sol", "flytte et kontor",
           "arbejdstøj vask", "tryk 400 foldere")  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=4_000)
    parser.add_argument("--requests", type=int, default=400, help="of each page")
    parser.add_argument("--port", type=int, default=8139)
    arguments = parser.parse_args()
    folder = ROOT / ".var" / "benchmark"
    shutil.rmtree(folder, ignore_errors=True)
    os.environ |= {"INDGANG_FOLDER": str(folder), "INDGANG_PROXIES": "1"}
    os.environ.pop("DATABASE_URL", None)
    from indgang.web import processes, runtime

    runtime.start(mode="demo")
    seconds = fill(arguments.enterprises)
    print(f"{arguments.enterprises} enterprises; the import action took {seconds:.1f} s")
    processes.collect_static()
    costs()
    server = subprocess.Popen(processes.web("127.0.0.1", arguments.port, 2))  # noqa: S603
    try:
        measure(arguments.port, arguments.requests, server.pid)
    finally:
        server.terminate()
        server.wait()
    return 0


def fill(count: int) -> float:
    """Invented enterprises by the import action, published and with codes; returns the action's seconds."""
    from django.db import connection, transaction
    from django.utils import timezone

    from indgang.directory.actions.imports import import_organisations
    from indgang.directory.importing import Row
    from indgang.directory.models import Availability, Listing, Organisation, Place
    from indgang.directory.places import outlines
    from indgang.kernel import actions
    from indgang.kernel.access import system

    draw, now = random.Random(7), timezone.now()
    codes = [outline.code for outline in outlines()]
    rows = []
    for number in range(count):
        text = draw.choice(TRADES)[0].format(who=draw.choice(WHO), how=draw.choice(HOW))
        name = f"{draw.choice(FIRST)} {draw.choice(SECOND)} {number}"
        rows.append(
            Row(
                number, name, text, "Åbjerg", draw.choice(codes), f"Kontakt {number}", f"k{number}@example.dk"
            )
        )
    with transaction.atomic():
        municipality = actions.open_municipality(
            "Åbjerg Kommune", 997, "29189641", hosts=["localhost"], now=now
        )
        started = time.perf_counter()
        import_organisations(system(municipality.pk), rows, source_note="benchmark", now=now)
        seconds = time.perf_counter() - started
        Organisation.objects.update(published_at=now)
        Availability.objects.update(confirmed_at=now)
        by_text = {template.partition(" {")[0]: code for template, code in TRADES}
        for listing in Listing.objects.all():
            listing.cpv_codes = [
                next(code for start, code in by_text.items() if listing.text.startswith(start[:10]))
            ]
            listing.areas = draw.sample(codes, 4)
            listing.save(update_fields=["cpv_codes", "areas"])
        assert Place.objects.count() == count
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return seconds


PAGES = {
    "search, nothing asked": ["/virksomheder/"],
    "search, words": [f"/virksomheder/?q={query.replace(' ', '+')}" for query in QUERIES],
    "search, filters": ["/virksomheder/?slags=rengoering&sted=615", "/virksomheder/?sted=740"],
    "profile": [],
}


def costs() -> None:
    """Queries and bytes of each page, asked inside one process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from indgang.directory.models import Organisation

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM directory_organisation WHERE published_at IS NOT NULL ORDER BY random() LIMIT 50"
        )
        numbers = [row[0] for row in cursor.fetchall()]
    PAGES["profile"] = [row.path for row in Organisation.objects.filter(pk__in=numbers)]
    client = Client(headers={"host": "localhost"})
    print(f"{'':<24}{'queries':>8}{'kB':>8}")
    for name, paths in PAGES.items():
        client.get(paths[0])
        queries, sizes = 0, []
        for path in paths:
            with CaptureQueriesContext(connection) as seen:
                response = client.get(path)
            assert response.status_code == 200, (path, response.status_code)
            asked = [one["sql"] for one in seen.captured_queries if "kernel_ratecount" not in one["sql"]]
            queries = max(queries, len(asked))
            sizes.append(len(response.content))
        print(f"{name:<24}{queries:>8}{max(sizes) / 1000:>8.1f}")


def cpu_ms(pid: int) -> float:
    """Milliseconds of processor time that a process and its children have used so far (Linux)."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if pid in (int(stat.parent.name), int(fields[1])):
            ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def measure(port: int, requests: int, pid: int) -> None:
    """Milliseconds over real HTTP from two visitors at once, after a first round that nobody counts."""
    until_ready(port, pid)
    draw = random.Random(1)
    print(f"{'':<24}{'p50 ms':>8}{'p95 ms':>8}{'cpu ms':>8}")
    for name, paths in {"bare answer": ["/helbred/klar/"], **PAGES}.items():
        wanted = [draw.choice(paths) for _ in range(requests)]
        for path in [*paths[:20], *paths[:20]]:
            _fetch(port, path)
        before = cpu_ms(pid)
        with ThreadPoolExecutor(2) as visitors:
            taken = list(visitors.map(lambda path: _fetch(port, path), wanted))
        used = (cpu_ms(pid) - before) / requests
        print(
            f"{name:<24}{statistics.median(taken):>8.1f}{statistics.quantiles(taken, n=20)[-1]:>8.1f}{used:>8.1f}"
        )


def until_ready(port: int, pid: int) -> None:
    """Until the web processes answer, have read the directory, and have nothing more to do."""
    for _ in range(200):
        try:
            _fetch(port, "/helbred/klar/")
            break
        except OSError:
            time.sleep(0.1)
    for _ in range(60):
        before = cpu_ms(pid)
        time.sleep(1)
        if cpu_ms(pid) - before < 50:
            return


def _fetch(port: int, path: str) -> float:
    address = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(256)}"
    started = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(
        "GET", quote(path, safe="/?=&+"), headers={"Host": "localhost", "X-Forwarded-For": address}
    )
    answer: Any = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, (path, answer.status)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
