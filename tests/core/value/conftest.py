# SPDX-License-Identifier: MPL-2.0
from collections.abc import Callable
from typing import Any

import pytest

from indgang.core.value import pack_files
from indgang.core.value.manifest import Options
from indgang.core.value.pack import Pack
from indgang.core.value.result import Result
from indgang.core.value.run import value

Case = dict[str, Any]

PROGRAMME: Case = {
    "title": "20 langtidsmodtagere",
    "year": 2026,
    "participants": 20,
    "weeks": 26,
    "cost_per_participant": {"gamma": [100, 450]},
    "success": {"beta": [18, 42]},
    "base_rate": {"beta": [7.2, 52.8]},
    "half_life_weeks": {"lognormal": [104, 0.35]},
    "displacement": {"beta": [4, 16]},
    "wage_year": 300_000,
    "benefit_month": 13_060,
    "benefit_weeks_before": 104,
    "per_job_year": {
        "KOM.BESK": {"fixed": 10_602},
        "KOM.SOC": {"gamma": [4, 3_000]},
        "REG": {"gamma": [4, 1_000]},
        "STAT.JM": {"gamma": [1, 2_000]},
    },
    "horizon_years": 5,
    "discount_rate": 0.035,
    "correlation": "independent",
}
"""The demonstration programme: 26 weeks in a social enterprise, paid by the job centre."""


@pytest.fixture(scope="session")
def pack() -> Pack:
    return pack_files.load()


@pytest.fixture
def run(pack: Pack) -> Callable[..., Result]:
    """The programme with some things changed; no draws unless asked for."""

    def programme(draws: int = 0, **changes: Any) -> Result:
        raw = {key: value for key, value in {**PROGRAMME, **changes}.items() if value is not None}
        return value(raw, pack, Options(draws=draws))

    return programme
