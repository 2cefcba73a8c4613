# SPDX-License-Identifier: MPL-2.0
"""What a figure rests on: which parameters touch which account, and which of them are unconfirmed."""

from collections.abc import Mapping
from dataclasses import dataclass

from indgang.core.value.books import Books
from indgang.core.value.case import Case
from indgang.core.value.pack import Doubt, Parameter

RESTS_ON: dict[str, tuple[str, ...]] = {
    "benefit": ("benefit.",),
    "benefit_refund": ("benefit.",),
    "fleksjob_subsidy": ("fleksjob.", "benefit.dagpenge_max"),
    "fleksjob_contribution": ("fleksjob.fleksbidrag",),
    "municipal_tax": ("tax.", "benefit."),
    "state_tax": ("tax.", "benefit."),
    "equalisation": ("municipality.equalisation", "tax.", "benefit."),
    "indirect_tax": ("society.net_tax_factor", "tax.", "benefit."),
    "service": ("service.", "payer.", "index."),
    "section_176": ("section_176.", "service."),
}
"""Beginnings of the parameters behind each instrument."""

EFFECT = ("effect.", "evidence.correction")
INTERVAL = ("evidence.sample", "uncertainty.")
ORDER = "HML"


@dataclass(frozen=True)
class Support:
    """`confidence` is the weakest of the parameters used; `unconfirmed` are the keys with an L."""

    confidence: str
    unconfirmed: tuple[str, ...]


def supports(case: Case, books: Books, used: Mapping[str, Parameter]) -> dict[str, Support]:
    """By account. A price the case only guesses counts as unconfirmed; success has its evidence grade."""
    found = {}
    for account in books.accounts:
        rows = _support(_beginnings(books, account) + EFFECT + ("discount.",), used)
        guesses = tuple(
            f"per_job_year.{account}"
            for service in case.services
            if service.quality == "guess"
            and not service.source
            and service.cashable
            and any(payer == account for _, payer in service.payers)
        )
        found[account] = Support("L", rows.unconfirmed + guesses) if guesses else rows
    return found


def together(parts: Mapping[str, Support], accounts: list[str]) -> Support:
    """What a purse of several accounts rests on."""
    found = [parts[account] for account in accounts if account in parts]
    keys = sorted({key for part in found for key in part.unconfirmed})
    return Support(max((part.confidence for part in found), key=ORDER.index, default="H"), tuple(keys))


def of_intervals(used: Mapping[str, Parameter]) -> Support:
    """What every spread rests on, besides the figure itself."""
    return _support(INTERVAL, used)


def touches(doubt: Doubt, used: Mapping[str, Parameter]) -> bool:
    """Whether a doubt is about a parameter of this run. Those about the staircase and effects always are."""
    names = (*used, "refund", "effect", "municipality.equalisation_share", "evidence.correction")
    return not doubt.keys or any(name.startswith(begin) for begin in doubt.keys for name in names)


def _beginnings(books: Books, account: str) -> tuple[str, ...]:
    touching = {
        stream.instrument
        for stream, weekly in zip(books.streams, books.net, strict=True)
        if account in (stream.payer, stream.receiver) and weekly.any()
    }
    return tuple(begin for instrument in sorted(touching) for begin in RESTS_ON.get(instrument, ()))


def _support(beginnings: tuple[str, ...], used: Mapping[str, Parameter]) -> Support:
    rows = [row for key, row in used.items() if key.startswith(beginnings)]
    weakest = max((row.confidence for row in rows), key=ORDER.index, default="H")
    return Support(weakest, tuple(sorted(row.key for row in rows if row.confidence == "L")))
