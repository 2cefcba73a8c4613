# SPDX-License-Identifier: MPL-2.0
"""Cases over real HTTP at 10,000 cases and 200,000 lines: `python benchmarks/cases.py [--cases 10000] [--lines 200000]`.

Makes a database of its own under .var/benchmark, writes invented cases with one SQL statement each, and prints what the list,
the case page and the search cost: queries, kilobytes, milliseconds over two web processes. The search is also timed inside
PostgreSQL, as the application role: through the function as it is used, for every line, and by a plain condition beside it.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.directory import ROOT
from benchmarks.tasks import costs, measure

CASES = """
INSERT INTO cases_case (municipality_id, kind, channel, title, claimed_name, claimed_cvr, town, unit_id, handler_id,
  created_at, enquired_at, sorted_at, answer_due_at, first_answered_at, touched_at, closed_at, ending, ending_reason, ending_paragraph)
SELECT %(home)s, 'contact', 'form', 'Henvendelse ' || n || ' om ' || (%(words)s::text[])[1 + n %% 40], 'Firma ' || n, '', 'Åbjerg',
  %(unit)s, %(user)s, now() - n * interval '1 hour', now() - n * interval '1 hour', now() - n * interval '1 hour',
  now() - n * interval '1 hour' + interval '3 days', CASE WHEN n > 30 THEN now() - n * interval '1 hour' END,
  now() - n * interval '1 hour', CASE WHEN n > 600 THEN now() - n * interval '30 minutes' END,
  CASE WHEN n > 600 THEN 'helped' ELSE '' END, '', ''
FROM generate_series(1, %(cases)s) AS n
"""
LINES = """
INSERT INTO cases_entry (municipality_id, case_id, kind, is_internal, at, text, author)
SELECT %(home)s, first.id + n %% %(cases)s, (ARRAY['enquiry', 'message_out', 'note', 'call'])[1 + n %% 4], n %% 4 = 2,
  now() - (n %% 9000) * interval '1 hour',
  (SELECT string_agg((%(words)s::text[])[1 + (n * 7 + k * 13 + n / 40) %% 40], ' ') FROM generate_series(1, 25) AS k)
    || CASE WHEN n %% 5000 = 0 THEN ' drejebænk' ELSE '' END, 'Navn ' || n %% 97
FROM generate_series(1, %(lines)s) AS n, (SELECT min(id) AS id FROM cases_case) AS first
"""
WORDS = [
    "stofposer",
    "biblioteker",
    "sælge",
    "ansætte",
    "lokale",
    "værksted",
    "rengøring",
    "vinduer",
    "frokost",
    "kantine",
    "pakning",
    "levering",
    "uge",
    "time",
    "møde",
    "svar",
    "ring",
    "mail",
    "tilbud",
    "pris",
    "aftale",
    "kontakt",
    "fleksjob",
    "praktik",
    "leje",
    "husleje",
    "cykler",
    "reparation",
    "møbler",
    "kontor",
    "haver",
    "snerydning",
    "flytning",
    "tryk",
    "foldere",
    "skilte",
    "vask",
    "sengetøj",
    "scanning",
    "arkiv",
]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--requests", type=int, default=300, help="of each page")
    parser.add_argument("--port", type=int, default=8142)
    arguments = parser.parse_args()
    folder = ROOT / ".var" / "benchmark"
    shutil.rmtree(folder, ignore_errors=True)
    os.environ |= {"INDGANG_FOLDER": str(folder), "INDGANG_PROXIES": "1"}
    os.environ.pop("DATABASE_URL", None)
    from indgang.web import processes, runtime

    addresses = runtime.start(mode="demo")
    processes.collect_static()
    cookie, pages = fill(arguments.cases, arguments.lines)
    analyse(addresses.owner)
    inside()
    costs(cookie, pages)
    server = subprocess.Popen(processes.web("127.0.0.1", arguments.port, 2))  # noqa: S603
    try:
        measure(arguments.port, arguments.requests, cookie, pages, server.pid)
    finally:
        server.terminate()
        server.wait()
    return 0


def fill(cases: int, lines: int) -> tuple[str, dict[str, tuple[bool, list[str]]]]:
    """A municipality with a coordinator, the cases and their lines; her session cookie and the pages."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection, transaction
    from django.utils import timezone

    from indgang.cases.models import Case
    from indgang.kernel import actions
    from indgang.kernel.access import system
    from indgang.kernel.models import Role

    now = timezone.now()
    with transaction.atomic():
        home = actions.open_municipality("Åbjerg Kommune", 997, "29189641", hosts=["localhost"], now=now)
        house = system(home.pk)
        unit = actions.add_unit(house, "Erhverv", now=now)
        mette = actions.add_member(
            house,
            "mette@example.dk",
            "Mette",
            unit=unit,
            role=Role.COORDINATOR,
            first_date=now.date(),
            now=now,
        )
        given: dict[str, Any] = {
            "home": home.pk, "unit": unit.pk, "user": mette.user_id, "cases": cases, "lines": lines, "words": WORDS,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(CASES, given)
            cursor.execute(LINES, given)
        session = SessionStore()
        session["_auth_user_id"] = str(mette.user_id)
        session["_auth_user_backend"] = "indgang.web.principal.Accounts"
        session["_auth_user_hash"] = mette.user.get_session_auth_hash()
        session.create()
        paths = [case.path for case in Case.objects.order_by("-created_at")[:200]]
    return f"indgang={session.session_key}", {
        "desk": (True, ["/skrivebord/"]),
        "case list": (True, ["/sager/"]),
        "case": (True, paths),
        "search, rare word": (True, ["/sager/?q=drejeb%C3%A6nk&vis=afsluttede"]),
        "search, common": (True, ["/sager/?q=stofposer&vis=afsluttede"]),
        "search, two words": (True, ["/sager/?q=cykler+reparation"]),
    }


def analyse(owner_url: str) -> None:
    """What autovacuum does in its own time."""
    import psycopg

    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE cases_entry")
        connection.execute("VACUUM ANALYZE cases_case")


def inside() -> None:
    """The search inside PostgreSQL, as the application role under row-level security."""
    from django.db import connection, transaction

    from indgang.kernel.database.tenancy import set_tenant
    from indgang.kernel.models import Municipality

    ways = {
        "the newest 2,000": "SELECT sum(lines) FROM cases_with(websearch_to_tsquery('danish', %s), '{}', 0, 2000)",
        "every line": "SELECT sum(lines) FROM cases_with(websearch_to_tsquery('danish', %s), '{}', 0, 100000000)",
        "a plain condition": "SELECT count(*) FROM cases_entry WHERE words @@ websearch_to_tsquery('danish', %s)",
    }
    medians: dict[tuple[str, str], float] = {}
    print(f"{'':<20}{'words':<20}{'lines':>8}{'ms':>8}")
    with transaction.atomic():
        set_tenant(Municipality.objects.get().pk)
        for way, statement in ways.items():
            for words in ("drejebænk", "stofposer", "cykler reparation"):
                taken, found = [], 0
                for _ in range(7):
                    started = time.perf_counter()
                    with connection.cursor() as cursor:
                        cursor.execute(statement, [words])
                        found = cursor.fetchone()[0]
                    taken.append((time.perf_counter() - started) * 1000)
                medians[way, words] = statistics.median(taken)
                print(f"{way:<20}{words:<20}{found:>8}{medians[way, words]:>8.1f}")
    for words in ("drejebænk", "stofposer"):
        ratio = medians["a plain condition", words] / medians["the newest 2,000", words]
        print(f"{words}: {ratio:.1f} times as fast as a plain condition")
    print()


if __name__ == "__main__":
    sys.exit(main())
