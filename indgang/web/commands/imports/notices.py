# SPDX-License-Identifier: MPL-2.0
"""`indgang import notices PATH`: read eForms notices and keep them, or only show what they say."""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from indgang.core.notices.codes import unknown_codes
from indgang.core.notices.collection import notices_at
from indgang.core.notices.content import as_plain
from indgang.core.notices.documents import count
from indgang.core.notices.reading import Broken
from indgang.core.text import Refused, gettext_noop
from indgang.web.commands.imports.notice_words import described, grouped

MOST_NAMED = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="STI", type=Path, help="en XML-fil, en mappe eller en zip")
    parser.add_argument(
        "--dry-run", action="store_true", help="læs og vis, men gem ikke; kræver ingen database"
    )
    parser.add_argument("--json", action="store_true", help="med --dry-run: ét JSON-objekt pr. linje")


def run(arguments: argparse.Namespace) -> int:
    """0 when at least one notice was read, 1 when none of the files could be, 2 when there was nothing to read."""
    total = count(arguments.path)
    if not total:
        raise Refused(
            gettext_noop(
                "Der er ingen .xml-filer i %(path)s. Læg bekendtgørelser i eForms der, og prøv igen."
            ),
            path=arguments.path,
        )
    if arguments.json and not arguments.dry_run:
        raise Refused(gettext_noop("--json hører sammen med --dry-run."))
    return _show(arguments) if arguments.dry_run else _import(arguments.path, total)


def _show(arguments: argparse.Namespace) -> int:
    read, troubles, unknown = 0, list[tuple[str, str]](), Counter[tuple[str, str]]()
    for name, found in notices_at(arguments.path):
        if isinstance(found, Broken):
            troubles.append((name, str(found)))
            continue
        read += 1
        unknown.update(unknown_codes(found))
        if arguments.json:
            print(json.dumps({"file": name, **as_plain(found)}, ensure_ascii=False))
        else:
            print("\n".join(described(found)), end="\n\n")
    out = sys.stderr if arguments.json else sys.stdout
    print(f"Læst: {_some(read, 'bekendtgørelse', 'bekendtgørelser')}. Intet er gemt.", file=out)
    _tell(troubles, unknown, out=out)
    return 0 if read else 1


def _import(path: Path, total: int) -> int:
    from indgang.web import runtime

    runtime.start()
    from django.utils import timezone

    from indgang.procurement.notices.bring_in import bring_in
    from indgang.procurement.notices.jobs import ask_for_matches
    from indgang.procurement.notices.keep import Fate
    from indgang.procurement.notices.queries import open_calls

    began, progress = time.monotonic(), _Progress(total)
    report = bring_in(path, now=timezone.now(), progress=progress)
    progress.end()
    seconds = f"{time.monotonic() - began:.1f}".replace(".", ",")
    print(f"Læst: {_some(report.read, 'bekendtgørelse', 'bekendtgørelser')} på {seconds} sekunder.")
    fates = report.fates
    words = [
        _some(fates[Fate.NEW], "ny", "nye"),
        _some(fates[Fate.NEWER], "nyere version", "nyere versioner"),
        _some(fates[Fate.OLDER], "ældre version", "ældre versioner"),
        _some(fates[Fate.UNCHANGED], "uændret", "uændrede"),
    ]
    print(f"  {', '.join(words)}")
    _tell(report.troubles, report.unknown, out=sys.stdout)
    print(f"Åbne udbud nu: {grouped(open_calls(timezone.now()).count())}.", end=" ")
    ask_for_matches()
    print("Hvem der kan byde, findes af et job om lidt (når `indgang up` kører).")
    return 0 if report.read else 1


def _tell(troubles: Iterable[tuple[str, str]], unknown: Counter[tuple[str, str]], *, out: TextIO) -> None:
    """Name each broken file with its reason, and each unknown code once."""
    broken = list(troubles)
    if broken:
        print(f"{_some(len(broken), 'fil', 'filer')} kunne ikke læses:", file=out)
        for name, reason in broken:
            print(f"  {name}: {reason}", file=out)
    if unknown:
        print("Koder, vi ikke kender, er beholdt, som de står:", file=out)
        for (codelist, code), times in sorted(unknown.items())[:MOST_NAMED]:
            print(f"  {codelist}: {code[:60]} ({grouped(times)})", file=out)
        if len(unknown) > MOST_NAMED:
            print(f"  og {grouped(len(unknown) - MOST_NAMED)} andre", file=out)


def _some(number: int, one: str, several: str) -> str:
    return f"{grouped(number)} {one if number == 1 else several}"


class _Progress:
    """Says how far we are: in place on a terminal, else a line for every thousand files."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.terminal = total, 0, sys.stderr.isatty()

    def __call__(self, done: int) -> None:
        self.done = done
        if self.terminal and (done % 25 == 0 or done == self.total):
            print(f"\r{self._line()}", end="", file=sys.stderr, flush=True)
        elif not self.terminal and done % 1_000 == 0:
            print(self._line(), file=sys.stderr, flush=True)

    def _line(self) -> str:
        if self.done > self.total:  # a zip in a folder holds more than one
            return f"Læser: {grouped(self.done)} filer"
        return (
            f"Læser: {grouped(self.done)} af {grouped(self.total)} filer ({100 * self.done // self.total} %)"
        )

    def end(self) -> None:
        if self.terminal:
            print(file=sys.stderr)
