# SPDX-License-Identifier: MPL-2.0
"""How long one evaluation and a purchasing plan of 10,000 lines take, beside reading the plan's file.

    .venv/bin/python benchmarks/law.py [LINES]

Everything is timed in one run: reading the file (bytes and CSV cells), reading it as facts, answering it.
"""

import csv
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from indgang.core.law.as_json import as_json
from indgang.core.law.evaluate import evaluate
from indgang.core.law.pack import load
from indgang.core.law.plan import answer_plan, read_plan
from indgang.core.law.reading import read_facts

DAY = date(2026, 10, 5)
CODES = {
    "services": ["90910000", "77310000", "55524000", "85312400", "80580000", "98310000"],
    "goods": ["39000000", "15800000", "30190000"],
    "works": ["45210000", "45442100"],
}


def main(lines: int) -> int:
    pack = load()
    facts = {
        "kind": "services",
        "cpv_main": "85312400",
        "value_dkk": 12_000_000,
        "duration_months": 36,
        "kgi": "no",
        "performed_in_dk": True,
        "supplier": {"public_service_mission": True, "rsv": True},
    }
    evaluate(pack, read_facts(pack, facts), DAY)
    one = timed(lambda: evaluate(pack, read_facts(pack, facts), DAY), 500)
    whole = timed(lambda: as_json(evaluate(pack, read_facts(pack, facts), DAY)), 500)
    print(f"one evaluation (facts read, every rule judged): {one * 1000:.2f} ms")
    print(f"the same with the whole answer as JSON data:    {whole * 1000:.2f} ms")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.csv")
        write_plan(path, lines)
        reading = timed(lambda: list(csv.reader(path.read_text("utf-8").splitlines(), delimiter=";")), 5)
        start = time.perf_counter()
        rows = read_plan(pack, path.read_text("utf-8").splitlines())
        open_routes = [len(line.answer.routes) for line in answer_plan(pack, rows, DAY) if line.answer]
        plan = time.perf_counter() - start
    print(
        f"plan of {lines} lines: {plan:.2f} s for {len(open_routes)} answers with {sum(open_routes)} open routes"
    )
    print(f"reading the file alone: {reading * 1000:.1f} ms; the plan takes {plan / reading:.0f} times that")
    return 0


def timed(act: Callable[[], object], times: int) -> float:
    """Seconds per call: the best of three rounds."""
    rounds = []
    for _ in range(3):
        start = time.perf_counter()
        for _ in range(times):
            act()
        rounds.append((time.perf_counter() - start) / times)
    return min(rounds)


def write_plan(path: Path, lines: int) -> None:
    """A plan with every kind of purchase, amounts on both sides of every limit."""
    chance = random.Random(20261005)
    with path.open("w", encoding="utf-8") as file:
        file.write("id;kind;cpv_main;value_dkk;duration_months;kgi;related_value_dkk;performed_in_dk\n")
        for number in range(lines):
            kind = chance.choice(list(CODES))
            value = round(10 ** chance.uniform(4, 7.9))
            related = round(value * chance.choice([1, 1, 1, 2.5]))
            cells = (
                number,
                kind,
                chance.choice(CODES[kind]),
                value,
                chance.choice([12, 24, 36, 48, ""]),
                chance.choice(["no", "no", "no", "yes", "unknown"]),
                related,
                "ja",
            )
            file.write(";".join(map(str, cells)) + "\n")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
