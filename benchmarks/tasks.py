# SPDX-License-Identifier: MPL-2.0
"""Task pages over real HTTP among 4,000 enterprises, and how long a web process takes to start: `python benchmarks/tasks.py`.

Uses the invented enterprises and the measuring of `benchmarks/directory.py`. Pages are asked for by somebody who is
logged in (the buyer) and by somebody who is not (the public).
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.directory import ROOT, cpu_ms, fill, until_ready

START = (
    "import time; begun = time.perf_counter(); from indgang.web.wsgi import application;"
    "print(time.perf_counter() - begun)"
)
NEEDS = (
    "Pak 300 velkomstposer til nye borgere, leveres på biblioteket",
    "Vask af arbejdstøj for 12 børnehaver hver uge",
    "Snerydning ved tre plejehjem fra november til marts",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=4_000)
    parser.add_argument("--requests", type=int, default=300, help="of each page")
    parser.add_argument("--port", type=int, default=8141)
    arguments = parser.parse_args()
    folder = ROOT / ".var" / "benchmark"
    shutil.rmtree(folder, ignore_errors=True)
    os.environ |= {"INDGANG_FOLDER": str(folder), "INDGANG_PROXIES": "1"}
    os.environ.pop("DATABASE_URL", None)
    from indgang.web import processes, runtime

    runtime.start(mode="demo")
    fill(arguments.enterprises)
    processes.collect_static()
    cookie, pages = buy()
    costs(cookie, pages)
    starts = [float(subprocess.check_output([sys.executable, "-c", START])) for _ in range(3)]  # noqa: S603
    print(f"\na web process imports everything in {statistics.median(starts):.2f} s")
    server = subprocess.Popen(processes.web("127.0.0.1", arguments.port, 2))  # noqa: S603
    try:
        measure(arguments.port, arguments.requests, cookie, pages, server.pid)
    finally:
        server.terminate()
        server.wait()
    return 0


def buy() -> tuple[str, dict[str, tuple[bool, list[str]]]]:
    """A buyer's session cookie, and the pages: name -> (logged in, paths)."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import transaction
    from django.utils import timezone

    from indgang.directory.models import Availability
    from indgang.kernel import actions
    from indgang.kernel.access import Kind, Post, Principal, system
    from indgang.kernel.database.tenancy import set_tenant
    from indgang.kernel.models import Municipality, Role

    now = timezone.now()
    with transaction.atomic():
        municipality = Municipality.objects.get()
        set_tenant(municipality.pk)
        house = system(municipality.pk)
        unit = actions.add_unit(house, "Biblioteket", now=now)
        member = actions.add_member(
            house,
            "carla@example.dk",
            "Carla",
            unit=unit,
            role=Role.BUYER,
            first_date=timezone.localdate(),
            now=now,
        )
        carla = Principal(
            Kind.USER, municipality.pk, member.user_id, "Carla", frozenset({Post(Role.BUYER, unit.pk)})
        )
        Availability.objects.update(invitations_a_month=1_000)
        pages = _write_tasks(carla, unit, member.user_id, now)
        session = SessionStore()
        session["_auth_user_id"] = str(member.user_id)
        session["_auth_user_backend"] = "indgang.web.principal.Accounts"
        session["_auth_user_hash"] = member.user.get_session_auth_hash()
        session.create()
    return f"indgang={session.session_key}", {
        "desk": (True, ["/skrivebord/"]),
        "task list": (True, ["/opgaver/"]),
        **pages,
    }


def _write_tasks(carla: Any, unit: Any, buyer_id: int, now: datetime) -> dict[str, tuple[bool, list[str]]]:
    """Sixty tasks: a third written, a third asked about, a third open to all."""
    from indgang.procurement.actions import describe, send
    from indgang.procurement.matching import all_matches
    from indgang.procurement.models import TaskNotice

    drafts, asking, open_ones = [], [], []
    for number in range(60):
        task = describe.describe_task(
            carla, unit=unit, buyer_id=buyer_id, need=NEEDS[number % 3], value_dkk=20_000, now=now
        )
        if number % 3 == 0:
            drafts.append(f"/opgaver/{task.pk}/")
            continue
        for match in all_matches(task, now=now)[:3]:
            if match.resting is None:
                describe.pick(carla, task, match.organisation, now=now)
        if number % 3 == 1:
            send.ask_small(carla, task, now=now)
            asking.append(f"/opgaver/{task.pk}/")
        else:
            describe.choose_lane(carla, task, TaskNotice.Lane.COMPETITION, now=now)
            until = now + timedelta(days=7)
            send.publish_competition(carla, task, bids_until=until, weighs="Pris", open_to_all=True, now=now)
            open_ones.append(f"/opgaver/{task.pk}/")
    return {
        "task, matches": (True, drafts),
        "task, answers": (True, asking),
        "task, public": (False, open_ones),
    }


def costs(cookie: str, pages: dict[str, tuple[bool, list[str]]]) -> None:
    """Queries and bytes of each page, asked inside one process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    print(f"{'':<18}{'queries':>8}{'kB':>8}")
    for name, (logged_in, paths) in pages.items():
        client = Client(headers={"host": "localhost"} | ({"cookie": cookie} if logged_in else {}))
        client.get(paths[0])
        with CaptureQueriesContext(connection) as seen:
            response = client.get(paths[0])
        assert response.status_code == 200, (paths[0], response.status_code)
        asked = [one for one in seen.captured_queries if not one["sql"].startswith(("BEGIN", "COMMIT"))]
        print(f"{name:<18}{len(asked):>8}{len(response.content) / 1000:>8.1f}")


def measure(
    port: int, requests: int, cookie: str, pages: dict[str, tuple[bool, list[str]]], pid: int
) -> None:
    """Milliseconds over real HTTP from two visitors at once, after a first round that nobody counts."""
    until_ready(port, pid)
    draw = random.Random(1)
    print(f"\n{'':<18}{'p50 ms':>8}{'p95 ms':>8}{'cpu ms':>8}")
    for name, (logged_in, paths) in {"bare answer": (False, ["/helbred/klar/"]), **pages}.items():
        given = cookie if logged_in else ""
        for path in paths[:20] * 2:
            fetch(port, path, given)
        wanted = [draw.choice(paths) for _ in range(requests)]
        before = cpu_ms(pid)
        with ThreadPoolExecutor(2) as visitors:
            taken = list(visitors.map(lambda path, given=given: fetch(port, path, given), wanted))  # type: ignore[misc]
        used = (cpu_ms(pid) - before) / requests
        print(
            f"{name:<18}{statistics.median(taken):>8.1f}{statistics.quantiles(taken, n=20)[-1]:>8.1f}{used:>8.1f}"
        )


def fetch(port: int, path: str, cookie: str) -> float:
    started = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": "localhost", "Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, (path, answer.status)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(main())
