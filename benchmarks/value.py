# SPDX-License-Identifier: MPL-2.0
"""How fast the value account is, against the frozen reference loop, in one run.

.venv/bin/python benchmarks/value.py [--draws 10000] [--placements 1000] [--json]

Prints times, memory and the ratio to the reference loop (measured on a sample of cells and scaled up), and
checks that both give the same numbers.
"""

import argparse
import json
import platform
import resource
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from value_reference import PAYERS, one_cell

from indgang.core.value import pack_files
from indgang.core.value.case_reader import read_case
from indgang.core.value.compiled import compiled
from indgang.core.value.draws import draw
from indgang.core.value.manifest import Options
from indgang.core.value.portfolio import by_placement, portfolio
from indgang.core.value.run import value
from indgang.core.value.spell_totals import simulation, spell_totals
from indgang.core.value.tax import income_tax, rules
from indgang.core.value.totals import totals

WEEKS = 260
ACCOUNTS = ("KOM.BESK", "KOM.OKON", "KOM.SOC", "REG", "STAT.BM", "STAT.SKM", "STAT.JM", "BORGER")
CASE: dict[str, Any] = {
    "title": "Benchmark",
    "year": 2026,
    "participants": 20,
    "weeks": 26,
    "cost_per_participant": 45_000,
    "success": {"mean": 0.30, "persons": 60},
    "base_rate": {"mean": 0.12, "persons": 60},
    "half_life_weeks": 104,
    "displacement": {"mean": 0.20, "persons": 20},
    "wage_year": 300_000,
    "benefit_month": 13_060,
    "benefit_weeks_before": 104,
    "per_job_year": {
        "KOM.BESK": {"fixed": 10_602}, "KOM.SOC": 12_000, "REG": 4_000, "STAT.JM": {"mean": 2_000, "spread": 1.0},
    },
    "horizon_years": 5,
    "discount_rate": 0.035,
}  # fmt: skip


def placements(count: int) -> list[dict[str, Any]]:
    """People with different benefits, wages and places on the staircase."""
    random = np.random.default_rng(1)
    return [
        {
            "participants": 1,
            "benefit_weeks_before": int(random.integers(0, 120)),
            "wage_year": float(random.integers(200_000, 360_000)),
            "benefit_month": float(random.integers(8_000, 14_000)),
            "cost_per_participant": 0,
        }
        for _ in range(count)
    ]


def timed(act: Callable[[], Any], rounds: int = 5) -> tuple[float, Any]:
    """Best of some rounds, in seconds, and the last result."""
    best, found = float("inf"), None
    for _ in range(rounds):
        start = time.perf_counter()
        found = act()
        best = min(best, time.perf_counter() - start)
    return best, found


def reference(
    drawn: dict[str, Any], groups: list[dict[str, Any]], pack: Any, cells: int
) -> tuple[float, Any]:
    """Seconds per (draw, placement) cell-row of WEEKS weeks, and the values of the sample."""
    _, figures = read_case(CASE, pack)
    by = rules(figures)
    rows = []
    for group in groups:
        benefit = group["benefit_month"] * 12
        work, idle = (
            income_tax(np.array([wage]), np.array([kept]), by)
            for wage, kept in ((group["wage_year"], 0.0), (0.0, benefit))
        )
        rows.append(
            {
                "weeks": 26.0, "before": float(group["benefit_weeks_before"]), "benefit": benefit / 52, "active": 10_602.0,
                "municipal_tax": float((work.municipal - idle.municipal)[0]),
                "state_tax": float((work.state - idle.state)[0]),
                "income": float((group["wage_year"] - work.total - benefit + idle.total)[0]),
            }
        )  # fmt: skip
    names = {"social": "service.2", "region": "service.3", "justice": "service.4"}
    keys = {**{k: k for k in ("success", "base_rate", "half_life", "displacement")}, **names}
    sample = [(n % len(drawn["success"]), n % len(groups)) for n in range(cells)]
    scenarios = [{key: float(drawn[name][i]) for key, name in keys.items()} for i, _ in sample]
    start = time.perf_counter()
    found = [
        one_cell(scenario, rows[p], WEEKS, 0.035) for scenario, (_, p) in zip(scenarios, sample, strict=True)
    ]
    return (time.perf_counter() - start) / cells, (sample, np.array(found))


def matrix(ready: Any, drawn: Any, sample: Any) -> Any:
    """All accounts by draw and placement; keeps the sampled cells, the means and the totals."""
    kept, mean = [], []
    for _, values in by_placement(ready, drawn, ACCOUNTS):
        kept.append([values[i, p] for i, p in sample])
        mean.append(values.mean(axis=0))
    return np.array(kept).T, mean


def measure(count: int, many: int) -> dict[str, Any]:
    pack = pack_files.load()
    single, _ = timed(lambda: value(CASE, pack, Options(draws=0)), 20)
    case, figures = read_case(CASE, pack)

    def portfolio_totals() -> Any:
        ready = compiled(case, figures)
        return totals(ready, draw(ready, case.method, count, 1))

    total, _ = timed(portfolio_totals)
    groups = placements(many)
    large, other = read_case({**CASE, "groups": groups}, pack)
    ready = portfolio(large, other)
    drawn = draw(ready.compiled, large.method, count, 1)
    summed, _ = timed(lambda: totals(ready.compiled, draw(ready.compiled, large.method, count, 1)))
    per_row, (sample, expected) = reference(drawn, groups, pack, 400)
    whole, (found, _) = timed(lambda: matrix(ready, drawn, sample), 3)
    lives = simulation(large, other, ready.compiled)
    few = {name: values[: max(1, count // 10)] for name, values in drawn.items()}
    spells, _ = timed(lambda: spell_totals(lives, few, 1), 3)
    error = float(np.abs(found - expected).max() / np.abs(expected).max())
    return {
        "machine": f"{platform.machine()}, {platform.python_version()}, numpy {np.__version__}",
        "draws": count, "placements": many, "weeks": WEEKS, "payers": PAYERS,
        "single_case_ms": single * 1e3,
        "portfolio_totals_ms": total * 1e3,
        "portfolio_totals_of_all_placements_ms": summed * 1e3,
        "matrix_s": whole,
        "spells_s": spells, "spell_persons": len(few["success"]) * many,
        "reference_matrix_s": per_row * count * many,
        "reference_ns_per_cell": per_row / WEEKS * 1e9,
        "matrix_ratio": per_row * count * many / whole,
        "totals_ratio": per_row * count * many / summed,
        "largest_relative_difference": error,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


TARGETS = {
    "single_case_ms": ("one deterministic case", "ms", 5.0),
    "portfolio_totals_ms": ("portfolio totals, 8 payers, sampling included", "ms", 100.0),
    "matrix_s": ("draw x placement matrix, 8 payers", "s", 1.5),
    "spells_s": ("path-dependent spells with resets", "s", 3.0),
    "peak_mb": ("peak memory of this whole process", "MB", 500.0),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--placements", type=int, default=1_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = measure(arguments.draws, arguments.placements)
    if arguments.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{found['draws']:,} draws x {found['placements']:,} placements x {WEEKS} weeks x {PAYERS} payers")
    print(found["machine"])
    for key, (name, unit, target) in TARGETS.items():
        print(f"  {name:48}{found[key]:>10.2f} {unit:3} (target {target:g})")
    print(f"  {'reference loop, same matrix (from a sample)':48}{found['reference_matrix_s']:>10.0f} s")
    print(
        f"  matrix is {found['matrix_ratio']:,.0f} x the reference loop, totals {found['totals_ratio']:,.0f} x"
    )
    print(f"  largest relative difference from the loop: {found['largest_relative_difference']:.1e}")


if __name__ == "__main__":
    main()
