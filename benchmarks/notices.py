# SPDX-License-Identifier: MPL-2.0
"""Notices per second: reading eForms against bare lxml parsing, in one run, and keeping them in the database.

    .venv/bin/python benchmarks/notices.py                       the demo's notices, multiplied
    .venv/bin/python benchmarks/notices.py --notices FOLDER      other notices, e.g. the eForms SDK's examples
    .venv/bin/python benchmarks/notices.py --database            also the import and the pages, with an embedded database

Rounds of both alternate, and the best round of each counts: what else the machine does only ever slows down.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from lxml import etree

from indgang.core.notices.collection import notices_at
from indgang.core.notices.reading import Broken, read_notice

DEMO = Path(__file__).resolve().parent.parent / "indgang" / "web" / "demo" / "notice_files"
ROUNDS = 7
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=Path, default=DEMO, help="folder with XML files to multiply")
    parser.add_argument("--count", type=int, default=2_000, help="how many notices to read")
    parser.add_argument("--database", action="store_true", help="also measure the import and the pages")
    arguments = parser.parse_args()
    originals = [file.read_bytes() for file in sorted(arguments.notices.rglob("*.xml"))]
    originals = [text for text in originals if _is_notice(text)]
    texts = list(_multiplied(originals, arguments.count))
    kilobytes = sum(map(len, texts)) / len(texts) / 1000
    print(f"{len(texts)} notices from {len(originals)} files, {kilobytes:.1f} kB each on average\n")
    print(f"{'':<34}{'bare lxml':>12}{'Indgang':>12}{'ratio':>8}")
    bare, ours = _best([lambda: _each(etree.fromstring, texts), lambda: _each(read_notice, texts)])
    _tell("from memory, notices a second", len(texts), bare, ours)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notices.zip"
        _pack(path, texts)
        bare, ours = _best([lambda: _bare_zip(path), lambda: _count(path)])
        _tell("from a zip, notices a second", len(texts), bare, ours)
        _memory(Path(folder), originals)
        if arguments.database:
            _database(path, Path(folder), len(texts))
    return 0


def _is_notice(text: bytes) -> bool:
    try:
        read_notice(text)
    except Broken:
        return False
    return True


def _multiplied(originals: Sequence[bytes], count: int) -> Iterator[bytes]:
    """Copies with identifiers of their own, so that each is a notice of its own."""
    for number in range(count):
        text = originals[number % len(originals)].decode()
        copy = number // len(originals)
        yield _UUID.sub(
            lambda found, copy=copy: str(uuid.uuid5(uuid.UUID(found.group()), str(copy))), text
        ).encode()


def _each(work: Callable[[bytes], object], texts: Sequence[bytes]) -> None:
    for text in texts:
        work(text)


def _bare_zip(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            etree.fromstring(archive.read(info))


def _count(path: Path) -> int:
    return sum(1 for _found in notices_at(path))


def _best(works: Sequence[Callable[[], object]]) -> list[float]:
    best = [float("inf")] * len(works)
    for _round in range(ROUNDS):
        for place, work in enumerate(works):
            began = time.perf_counter()
            work()
            best[place] = min(best[place], time.perf_counter() - began)
    return best


def _tell(what: str, count: int, bare: float, ours: float) -> None:
    print(f"{what:<34}{count / bare:>12,.0f}{count / ours:>12,.0f}{ours / bare:>8.2f}")


def _pack(path: Path, texts: Sequence[bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, text in enumerate(texts):
            archive.writestr(f"{number:06}.xml", text)


PEAK = """
import sys
from pathlib import Path
from indgang.core.notices.collection import notices_at
for _ in notices_at(Path(sys.argv[1])): pass
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def _memory(folder: Path, originals: Sequence[bytes]) -> None:
    peaks = []
    for count in (200, 10_000):
        path = folder / f"{count}.zip"
        _pack(path, list(_multiplied(originals, count)))
        done = subprocess.run(  # noqa: S603 - our own program and file
            [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True
        )
        peaks.append(int(done.stdout) / 1024)
    print(
        f"\npeak memory of a process that reads a zip: {peaks[0]:.0f} MB with 200, {peaks[1]:.0f} MB with 10,000"
    )


def _database(path: Path, folder: Path, count: int) -> None:
    os.environ |= {"INDGANG_FOLDER": str(folder / "indgang"), "DATABASE_URL": "", "INDGANG_MODE": "demo"}
    from indgang.web import runtime

    runtime.start()
    from django.utils import timezone

    from indgang.procurement.notices.bring_in import bring_in

    print()
    for what in ("new", "unchanged"):
        began = time.perf_counter()
        report = bring_in(path, now=timezone.now())
        seconds = time.perf_counter() - began
        assert report.fates[what] == count
        print(f"import from a zip, {what}: {count / seconds:,.0f} notices a second")
    _pages(timezone.now())


PAGES = {
    "list": "/opgaver/udbud/",
    "search": "/opgaver/udbud/?q=kantine",
    "filter": "/opgaver/udbud/?forbeholdt=alle&frist=14",
    "notice": "/opgaver/udbud/{notice}/",
}


def _pages(now: datetime) -> None:
    """Whole requests through every layer of the house, as a guest; once the database knows its tables' sizes."""
    from django.db import connection
    from django.test import Client

    from indgang.procurement.notices.queries import open_calls
    from indgang.web import processes
    from indgang.web.demo import load

    load.load()
    processes.collect_static()
    with connection.cursor() as cursor:
        analyzed = (
            "SELECT 1 FROM pg_stat_user_tables WHERE relname = 'procurement_notice' AND last_autoanalyze > %s"
        )
        for _second in range(150):
            cursor.execute(analyzed, [now])
            if cursor.fetchone():
                break
            time.sleep(1)
    calls = open_calls(now).values_list("pk", flat=True)
    print(f"\npages with {len(calls):,} open calls")
    guest = Client(headers={"host": "aabjerg.localhost"})
    for name, address in PAGES.items():
        times = []
        for _request in range(1 + 30):
            began = time.perf_counter()
            answer = guest.get(address.format(notice=calls[100]))
            times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.status_code
        median, slow = statistics.median(times[1:]), sorted(times[1:])[28]
        print(f"  {name:<8}{median:>6.0f} ms median{slow:>6.0f} ms p95{len(answer.content) / 1000:>6.0f} kB")


if __name__ == "__main__":
    sys.exit(main())
