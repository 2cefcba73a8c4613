# SPDX-License-Identifier: MPL-2.0
"""The engine against the frozen loop that the benchmark measures it by: written apart, cell by cell."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from indgang.core.value.case_reader import read_case
from indgang.core.value.draws import draw
from indgang.core.value.pack import Pack
from indgang.core.value.portfolio import by_placement, portfolio
from indgang.core.value.tax import income_tax, rules
from tests.core.value.conftest import PROGRAMME

ACCOUNTS = ("KOM.BESK", "KOM.OKON", "KOM.SOC", "REG", "STAT.BM", "STAT.SKM", "STAT.JM", "BORGER")


@pytest.fixture(scope="module")
def loop() -> ModuleType:
    path = Path(__file__).parents[3] / "benchmarks" / "value_reference.py"
    spec = importlib.util.spec_from_file_location("value_reference", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("before", [0, 3, 25, 51, 200])
@pytest.mark.parametrize("wage", [210_000, 350_000])
def test_every_account_of_a_placement_is_what_the_loop_says(
    pack: Pack, loop: ModuleType, before: int, wage: int
) -> None:
    raw: dict[str, Any] = {
        **PROGRAMME, "participants": 1, "cost_per_participant": 0, "benefit_weeks_before": before, "wage_year": wage,
    }  # fmt: skip
    case, figures = read_case(raw, pack)
    ready = portfolio(case, figures)
    drawn = draw(ready.compiled, case.method, 5, before)
    benefit = 13_060 * 12.0
    by = rules(figures)
    work, idle = (
        income_tax(np.array([float(wage)]), np.zeros(1), by),
        income_tax(np.zeros(1), np.array([benefit]), by),
    )
    placement = {
        "weeks": 26.0, "before": float(before), "benefit": benefit / 52, "active": 10_602.0,
        "municipal_tax": float((work.municipal - idle.municipal)[0]),
        "state_tax": float((work.state - idle.state)[0]),
        "income": float((wage - work.total - benefit + idle.total)[0]),
    }  # fmt: skip
    found = np.array([values[:, 0].copy() for _, values in by_placement(ready, drawn, ACCOUNTS)])
    for number in range(5):
        scenario = {
            **{
                name: float(drawn[name][number])
                for name in ("success", "base_rate", "half_life", "displacement")
            },
            "social": float(drawn["service.2"][number]),
            "region": float(drawn["service.3"][number]),
            "justice": float(drawn["service.4"][number]),
        }
        expected = loop.one_cell(scenario, placement, 260, 0.035)
        assert found[:, number] == pytest.approx(expected, rel=1e-12, abs=1e-9)
