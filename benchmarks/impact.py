# SPDX-License-Identifier: MPL-2.0
"""The value account and the plain figures over real HTTP in the demo's municipality: `python benchmarks/impact.py`.

Every answer to a slider is a case nobody has asked about before, with 1,000 draws; nothing comes from a cache.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.tasks import ROOT, costs, measure

SLIDER_MS = 100
"""An answer must feel as if it followed the finger."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=100, help="of each page")
    parser.add_argument("--port", type=int, default=8142)
    arguments = parser.parse_args()
    folder = ROOT / ".var" / "benchmark-impact"
    shutil.rmtree(folder, ignore_errors=True)
    os.environ |= {"INDGANG_FOLDER": str(folder), "INDGANG_PROXIES": "1"}
    os.environ.pop("DATABASE_URL", None)
    from indgang.web import processes, runtime

    runtime.start(mode="demo")
    from indgang.web.demo.load import load

    load()
    processes.collect_static()
    cookie, case, run = log_in()
    steps = arguments.requests + 50
    sliders = [f"/vaerdi/{case}/?success={20 + 30 * step / steps:.3f}" for step in range(steps)]
    pages = {
        "figures, public": (False, ["/job/"]),
        "figures, staff": (True, ["/job/"]),
        "placements": (True, ["/job/pladser/"]),
        "totals": (True, ["/job/tal/"]),
        "slider": (True, sliders),
        "kept run": (True, [f"/vaerdi/koersler/{run}/"]),
    }
    costs(cookie, pages)
    work(cookie, pages)
    server = subprocess.Popen(processes.web("127.0.0.1", arguments.port, 2))  # noqa: S603
    try:
        measure(arguments.port, arguments.requests, cookie, pages, server.pid)
    finally:
        server.terminate()
        server.wait()
    return 0


def work(cookie: str, pages: dict[str, tuple[bool, list[str]]]) -> None:
    """Milliseconds of processor time of one web process per page, which other work on the machine does not change."""
    from django.test import Client

    print(f"\n{'':<18}{'CPU ms':>8}")
    for name, (logged_in, paths) in pages.items():
        client = Client(headers={"host": "localhost"} | ({"cookie": cookie} if logged_in else {}))
        wanted = (paths * 21)[:21]
        client.get(wanted[0])
        started = time.process_time()
        for path in wanted[1:]:
            client.get(path)
        spent = (time.process_time() - started) * 1000 / 20
        print(
            f"{name:<18}{spent:>8.1f}{f'   {spent / SLIDER_MS:.2f} of the {SLIDER_MS} ms' if name == 'slider' else ''}"
        )


def log_in() -> tuple[str, int, int]:
    """The coordinator's session cookie, and the demo's case and run."""
    from django.contrib.sessions.backends.db import SessionStore

    from indgang.impact.models import ValueRun
    from indgang.kernel.database.tenancy import tenant
    from indgang.kernel.models import Municipality, User

    municipality = Municipality.objects.order_by("pk").first()
    assert municipality is not None
    with tenant(municipality.pk):
        run = ValueRun.objects.latest("at")
        mette = User.objects.get(email="mette@aabjerg.example")
        session = SessionStore()
        session["_auth_user_id"] = str(mette.pk)
        session["_auth_user_backend"] = "indgang.web.principal.Accounts"
        session["_auth_user_hash"] = mette.get_session_auth_hash()
        session.create()
    return f"indgang={session.session_key}", run.case_id, run.pk


if __name__ == "__main__":
    sys.exit(main())
