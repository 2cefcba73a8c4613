# SPDX-License-Identifier: MPL-2.0
"""Who should pay whom, so that no department loses on what the municipality gains."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Transfer:
    """Kroner that one department should pay another."""

    payer: str
    receiver: str
    amount: float


@dataclass(frozen=True)
class TransferTable:
    """`missing` is what the winners together cannot cover; then somebody outside must pay. Kroner."""

    transfers: tuple[Transfer, ...]
    missing: float


def transfers(values: Mapping[str, float]) -> TransferTable:
    """Winners make losers whole, each in proportion to its gain, in whole øre that add up exactly.

    When the gains do not suffice, the losers share them in proportion to their loss.
    """
    oere = {name: round(value * 100) for name, value in values.items()}
    gains = {name: amount for name, amount in oere.items() if amount > 0}
    losses = {name: -amount for name, amount in oere.items() if amount < 0}
    moved = min(sum(gains.values()), sum(losses.values()))
    pays, gets = _divided(moved, gains), _divided(moved, losses)
    table = []
    for receiver, need in gets.items():
        for payer in pays:
            part = min(need, pays[payer])
            if part:
                table.append(Transfer(payer, receiver, part / 100))
            pays[payer] -= part
            need -= part
    return TransferTable(tuple(table), (sum(losses.values()) - moved) / 100)


def _divided(total: int, amounts: Mapping[str, int]) -> dict[str, int]:
    """`total` øre divided in proportion, largest remainders first."""
    whole = sum(amounts.values()) or 1
    parts = {name: amount * total // whole for name, amount in amounts.items()}
    order = sorted(amounts, key=lambda name: (-(amounts[name] * total % whole), name))
    for name in order[: total - sum(parts.values())]:
        parts[name] += 1
    return parts
