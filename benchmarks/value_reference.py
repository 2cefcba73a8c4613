# SPDX-License-Identifier: MPL-2.0
"""The frozen reference loop of the value account: what a spreadsheet would do, cell by cell.

It is the yardstick of `benchmarks/value.py` and the check of its results. Do not make it faster.
"""

import math

PAYERS = 8


def net_effect(
    week: int, success: float, base: float, half_life: float, displacement: float, programme: int
) -> float:
    """Net persons at work in one week, per participant."""
    treated = success * math.exp(-math.log(2) * (week - programme) / half_life) if week >= programme else 0.0
    untreated = base * week / 52 if week < 52 else base * math.exp(-math.log(2) * (week - 52) / half_life)
    return (1 - displacement) * (treated - untreated)


def municipal_share(counted_week: int) -> float:
    """One minus the state's share of a benefit week."""
    if counted_week <= 4:
        return 0.2
    if counted_week <= 26:
        return 0.6
    if counted_week <= 52:
        return 0.7
    return 0.8


def one_cell(draw: dict[str, float], placement: dict[str, float], weeks: int, rate: float) -> list[float]:
    """Discounted value of one placement in one draw to eight payers; `weeks` cells of the big task.

    KOM.BESK, KOM.OKON, KOM.SOC, REG, STAT.BM, STAT.SKM, STAT.JM, BORGER; kroner, without the programme's cost.
    """
    values = [0.0] * PAYERS
    programme, before = int(placement["weeks"]), int(placement["before"])
    for week in range(weeks):
        effect = net_effect(
            week, draw["success"], draw["base_rate"], draw["half_life"], draw["displacement"], programme
        )
        weight = effect * (1 + rate) ** (-week / 52)
        share = municipal_share(before + week + 1)
        values[0] += weight * (share * placement["benefit"] + placement["active"] / 52)
        values[1] += weight * placement["municipal_tax"] / 52
        values[2] += weight * draw["social"] / 52
        values[3] += weight * draw["region"] / 52
        values[4] += weight * (1 - share) * placement["benefit"]
        values[5] += weight * placement["state_tax"] / 52
        values[6] += weight * draw["justice"] / 52
        values[7] += weight * placement["income"] / 52
    return values
