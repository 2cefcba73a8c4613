# SPDX-License-Identifier: MPL-2.0
"""Bringing an amount from one price year to another by an index of the pack."""

from indgang.core.text import Refused, gettext_noop
from indgang.core.value.pack import Figures


def to_price_year(amount: float, index: str, from_year: int, to_year: int, figures: Figures) -> float:
    """Kroner in `to_year`'s prices. Refuses when the pack lacks the index for one of the years."""
    if from_year == to_year:
        return amount
    keys = [f"index.{index}.{year}" for year in (from_year, to_year)]
    for key in keys:
        if not figures.pack.versions(key):
            known = sorted({key.split(".")[1] for key in figures.pack.keys() if key.startswith("index.")})  # noqa: SIM118
            raise Refused(_NO_INDEX, key=key, pack=figures.pack.name, known=", ".join(known))
    old, new = (figures.number(key) for key in keys)
    return amount * new / old


_NO_INDEX = gettext_noop(
    "Pakken %(pack)s har ikke „%(key)s“ (den har: %(known)s). Læg indekset i en egen række, eller angiv beløbet "
    "i sagens prisår."
)
