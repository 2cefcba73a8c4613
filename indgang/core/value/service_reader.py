# SPDX-License-Identifier: MPL-2.0
"""What each full job-year saves besides the benefit: an account with an amount, or a list that says more."""

from collections.abc import Mapping
from datetime import date

from indgang.core.text import Reason, Refused, gettext_noop
from indgang.core.value.case import Service
from indgang.core.value.fields import Fields
from indgang.core.value.pack import Figures
from indgang.core.value.prices import to_price_year
from indgang.core.value.quantity import Quantity
from indgang.core.value.quantity_reader import QUALITIES, read_price
from indgang.core.value.schema import SERVICE

PRICE_UNITS = ("dkk_day", "dkk_week", "dkk_month", "dkk_year")
PLAUSIBLE_YEAR = (0, 2_500_000)


def read_services(raw: object, figures: Figures, warnings: list[Reason]) -> tuple[Service, ...]:
    """Raises Refused on unknown accounts, rules, prices and indexes."""
    if raw is None:
        return ()
    if isinstance(raw, Mapping):
        entries: list[object] = [
            {"account": account, "amount_year": amount}
            if not _is_entry(amount)
            else {"account": account, **amount}
            for account, amount in raw.items()
        ]
    elif isinstance(raw, list | tuple):
        entries = list(raw)
    else:
        raise Refused(_FORM)
    return tuple(
        _service(Fields(entry, SERVICE, f"per_job_year nr. {number}", warnings), number, figures)
        for number, entry in enumerate(entries, 1)
    )


def _is_entry(amount: object) -> bool:
    return isinstance(amount, Mapping) and bool(set(amount) & (set(SERVICE) - {"quality"}))


def _service(fields: Fields, number: int, figures: Figures) -> Service:
    quality = fields.choice("quality", QUALITIES, "guess")
    source = ""
    if fields.has("price"):
        amount, source = _from_pack(fields, quality, figures)
    else:
        amount = read_price(fields.get("amount_year"), fields.name("amount_year"), quality, figures)
        if fields.has("price_year"):
            amount = _uprated(amount, fields.count("price_year"), fields, figures)
    fields.size_check("amount_year", amount.central, *PLAUSIBLE_YEAR)
    payers = _payers(fields, source, figures)
    label = fields.text("label") or figures.pack.accounts[payers[-1][1]].department
    return Service(
        id=f"service.{number}",
        label_da=label,
        payers=payers,
        amount_year=amount,
        lag_weeks=fields.count("lag_weeks", 0, high=5_200),
        cashable=_flag(fields, "cashable", True),
        section_176=_flag(fields, "section_176", False),
        source=source,
        quality=quality,
    )


def _from_pack(fields: Fields, quality: str, figures: Figures) -> tuple[Quantity, str]:
    key = fields.text("price")
    key = key if key.startswith("service.") else f"service.{key}"
    row = figures.row(key)
    if row.unit not in PRICE_UNITS:
        raise Refused(_NOT_A_PRICE, key=key)
    units = fields.number("units", 1.0 if row.unit == "dkk_year" else None)
    amount = read_price(figures.number(key) * units, key, quality, figures)
    if fields.has("index") and row.price_year:
        amount = _uprated(amount, row.price_year, fields, figures)
    elif row.price_year and row.price_year != figures.on.year:
        fields.warnings.append(Reason(_OLD_PRICE, {"label": row.label_da, "year": row.price_year}))
    return amount, key


def _uprated(amount: Quantity, year: int, fields: Fields, figures: Figures) -> Quantity:
    index = fields.text("index")
    if not index:
        raise Refused(_NO_INDEX, key=fields.name("price_year"))
    return amount.scaled(to_price_year(1.0, index, year, figures.on.year, figures))


def _payers(fields: Fields, source: str, figures: Figures) -> tuple[tuple[int, str], ...]:
    if fields.has("account"):
        return ((0, figures.pack.purse(fields.text("account")).code),)
    if fields.has("payer"):
        return _dated_payers(f"payer.{fields.text('payer').removeprefix('payer.')}", figures)
    payer = figures.row(source).payer if source else None
    if not payer:
        raise Refused(_NO_PAYER, place=fields.place)
    return ((0, figures.pack.account(payer).code),)


def _dated_payers(key: str, figures: Figures) -> tuple[tuple[int, str], ...]:
    figures.row(key)
    found: dict[int, str] = {}
    for row in sorted(figures.pack.versions(key), key=lambda row: row.valid_from):
        if row.valid_to is None or row.valid_to >= figures.on:
            week = max(0, -(-_days(figures.on, row.valid_from) // 7))
            found.setdefault(week, figures.pack.account(str(row.value)).code)
    return tuple(sorted(found.items()))


def _days(start: date, day: date) -> int:
    return (day - start).days


def _flag(fields: Fields, key: str, default: bool) -> bool:
    value = fields.get(key)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise Refused(_NOT_A_FLAG, key=fields.name(key))
    return value


_FORM = gettext_noop("„per_job_year“ skal være konti med beløb, fx KOM.SOC: 12000, eller en liste.")
_NOT_A_PRICE = gettext_noop("Rækken „%(key)s“ er ikke en pris.")
_OLD_PRICE = gettext_noop(
    "Prisen „%(label)s“ er i %(year)s-priser og er ikke regnet frem. Sæt index, eller brug en egen pris."
)
_NO_INDEX = gettext_noop("„%(key)s“ kræver et index, fx satsregulering, så beløbet kan regnes frem.")
_NO_PAYER = gettext_noop("%(place)s mangler account: hvem sparer pengene?")
_NOT_A_FLAG = gettext_noop("„%(key)s“ skal være true eller false.")
