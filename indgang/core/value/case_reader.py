# SPDX-License-Identifier: MPL-2.0
"""From what a human typed to a checked case. Every refusal is one Danish sentence."""

import math
from collections.abc import Mapping, Sequence
from datetime import date

from indgang.core.text import Reason, Refused, gettext_noop
from indgang.core.value.case import Case, Group, Method, Purchase
from indgang.core.value.effect import Rates, danish_bands, flat
from indgang.core.value.effect_reader import read_grades
from indgang.core.value.fields import WHOLE, Fields, check_no_person_numbers, plain, share
from indgang.core.value.group_reader import Reading, read_groups
from indgang.core.value.pack import Figures, Pack
from indgang.core.value.quantity_reader import read_price
from indgang.core.value.schema import CASE, CORRELATION, GROUP, PURCHASE, WELLBEING
from indgang.core.value.service_reader import read_services

MODELS = ("expected", "spells")
KINDS = ("programme", "fleksjob", "sroi", "reconciliation", "annuity", "claim")
LONGEST_YEARS = 100
PLAUSIBLE_PURCHASE = (100, 100_000_000)
MIDDLE_TAX = "tax.middle_threshold"


def read_case(raw: object, pack: Pack) -> tuple[Case, Figures]:
    """A programme case and the figures it was read with. Raises Refused."""
    check_no_person_numbers(raw)
    warnings: list[Reason] = []
    fields = Fields(raw, {**CASE, **GROUP}, WHOLE, warnings)
    if fields.choice("kind", KINDS, "programme") != "programme":
        raise Refused(_OTHER_KIND, kind=fields.get("kind"))
    start = run_start(fields, pack)
    figures = Figures(pack, start)
    grades = read_grades(fields)
    groups = read_groups(fields.raw, Reading(start, figures, warnings, grades))
    services = read_services(fields.get("per_job_year"), figures, warnings)
    method = _method(fields, figures)
    simulated = method.model == "spells"
    if simulated and any(g.fleksjob or g.history_with or (g.effect and g.effect.curve_with) for g in groups):
        raise Refused(_NO_SPELLS)
    _check_horizon(groups, method.horizon_weeks, warnings)
    _check_middle_tax(max(group.wage_year for group in groups), figures, warnings)
    wellbeing = fields.has("wellbeing")
    table = Fields(fields.get("wellbeing") or {}, WELLBEING, "wellbeing", warnings)
    purchase = _purchase(fields, figures)
    unsaid = dict.fromkeys(map(str, warnings))
    return (
        Case(
            title=fields.text("title", "Uden titel"),
            start=start,
            groups=groups,
            services=services,
            purchase=purchase,
            method=method,
            grades=grades,
            wellbeing_per_job_year=(
                read_price(table.get("per_job_year"), table.name("per_job_year"), "survey", figures)
                if wellbeing
                else None
            ),
            wellbeing_krone=table.number("kr_per_wellby", 0.0),
            raw=fields.raw,
            warnings=tuple(next(w for w in warnings if str(w) == sentence) for sentence in unsaid),
        ),
        figures,
    )


def run_start(fields: Fields, pack: Pack) -> date:
    """The first day of the run: `start_date`, else 1 January of `year`, else of the pack's own year."""
    day = fields.day("start_date")
    if day and fields.has("year") and fields.year("year") != day.year:
        raise Refused(_TWO_YEARS, year=fields.get("year"), day=day)
    return day or date(fields.year("year", pack.published_on.year), 1, 1)


def _method(fields: Fields, figures: Figures) -> Method:
    weeks = _horizon(fields)
    rates, shown = _rates(fields, weeks / 52, figures)
    has = fields.has
    correlation = _correlation(fields, figures)
    return Method(
        horizon_weeks=weeks,
        rates=rates,
        rate_shown=shown,
        model=fields.choice("model", MODELS, "expected"),
        equalisation=_toggle(fields, "equalisation", "municipality.equalisation_share", 0.0, 1.0, figures),
        net_tax_factor=_factor(fields, figures),
        tax_distortion=_toggle(fields, "tax_distortion", "society.tax_distortion", 0.0, 1.0, figures),
        section_176_other_year=fields.number("section_176_other_year", 0.0),
        return_per_year=fields.share("return_per_year", 0.0),
        correlation_success_base_rate=correlation[0],
        correlation_unit_costs=correlation[1],
        municipal_tax_share=fields.share("municipal_tax_share") if has("municipal_tax_share") else None,
    )


def _toggle(fields: Fields, key: str, row: str, off: float, high: float, figures: Figures) -> float:
    when_true = figures.number(row) if fields.get(key) is True else off
    return fields.toggle(key, when_true, off, high)


def _factor(fields: Fields, figures: Figures) -> float:
    factor = _toggle(fields, "net_tax_factor", "society.net_tax_factor", 1.0, 10.0, figures)
    if factor < 1:
        raise Refused(_FACTOR, value=plain(factor))
    return factor


def _horizon(fields: Fields) -> int:
    if fields.has("horizon_weeks"):
        return fields.count("horizon_weeks", low=1, high=LONGEST_YEARS * 52)
    weeks = fields.number("horizon_years", 5.0, 0.0, LONGEST_YEARS) * 52
    if weeks < 1 or abs(weeks - round(weeks)) > 1e-6:
        raise Refused(_HORIZON)
    return round(weeks)


def _rates(fields: Fields, years: float, figures: Figures) -> tuple[Rates, float | None]:
    raw = fields.get("discount_rate")
    if raw is None or raw == "dansk":
        bands = danish_bands(figures, years)
        return bands, bands[0][0] if len(bands) == 1 else None
    rate = share(raw, "discount_rate")
    return flat(rate), rate


def _correlation(fields: Fields, figures: Figures) -> tuple[float, float]:
    raw = fields.get("correlation")
    if isinstance(raw, str):
        fields.choice("correlation", ("independent",), "")
        return 0.0, 0.0
    table = Fields(raw or {}, CORRELATION, "correlation", fields.warnings)
    return (
        table.number(
            "success_base_rate", figures.number("uncertainty.correlation_success_base_rate"), -1.0, 1.0
        ),
        table.number("unit_costs", figures.number("uncertainty.correlation_unit_costs"), 0.0, 1.0),
    )


def _purchase(fields: Fields, figures: Figures) -> Purchase | None:
    if not fields.has("purchase"):
        return None
    table = Fields(fields.get("purchase"), PURCHASE, "purchase", fields.warnings)
    amount = table.number("amount")
    if amount <= 0:
        raise Refused(_NO_AMOUNT)
    table.size_check("amount", amount, *PLAUSIBLE_PURCHASE)
    premium = table.number("premium", 0.0, -1.0, 1.0) * amount
    if table.has("reference_price"):
        if table.has("premium"):
            raise Refused(_BOTH_PREMIUMS)
        premium = amount - table.number("reference_price")
    return Purchase(amount, premium, figures.pack.purse(table.text("payer", "KOM.BESK")).code)


def _check_horizon(groups: Sequence[Group], weeks: int, warnings: list[Reason]) -> None:
    for group in groups:
        if group.start_week >= weeks:
            warnings.append(Reason(_BEGINS_AFTER, {"group": group.id, "weeks": weeks}))
        elif group.start_week + group.programme_weeks > weeks:
            warnings.append(Reason(_ENDS_AFTER, {"group": group.id, "weeks": weeks}))


def _check_middle_tax(wage: float, figures: Figures, warnings: list[Reason]) -> None:
    threshold = math.inf
    if figures.pack.versions(MIDDLE_TAX) and any(
        row.valid_on(figures.on) for row in figures.pack.versions(MIDDLE_TAX)
    ):
        threshold = float(figures.pack.find(MIDDLE_TAX, figures.on).value)
    if wage * 0.92 > threshold:
        warnings.append(Reason(_MIDDLE_TAX))


def kind_of(raw: object) -> str:
    """What sort of case this is; an unreadable one counts as a programme and is refused there."""
    kind = raw.get("kind", "programme") if isinstance(raw, Mapping) else "programme"
    return str(kind)


_OTHER_KIND = gettext_noop("kind „%(kind)s“ er ikke et forløb.")
_NO_SPELLS = gettext_noop(
    "model: spells kan ikke bruges med fleksjob, history eller curves: et fleksjob nulstiller aldrig trappen, og de "
    "andre siger allerede, hvad der sker uge for uge. Brug model: expected."
)
_TWO_YEARS = gettext_noop("year er %(year)s, men start_date er %(day)s. Skriv kun den ene.")
_FACTOR = gettext_noop("net_tax_factor er %(value)s; den er mindst 1.")
_HORIZON = gettext_noop("horizon_years skal være mindst én uge og gå op i hele uger.")
_NO_AMOUNT = gettext_noop("purchase.amount skal være over 0.")
_BOTH_PREMIUMS = gettext_noop("Skriv enten premium eller reference_price under purchase, ikke begge.")
_BEGINS_AFTER = gettext_noop(
    "„%(group)s“ begynder efter de %(weeks)s uger, der regnes på, og tæller derfor ikke med. Regn længere frem."
)
_ENDS_AFTER = gettext_noop(
    "„%(group)s“ slutter efter de %(weeks)s uger, der regnes på: prisen tæller med så længe, men ingen virkning. "
    "Regn længere frem."
)
_MIDDLE_TAX = gettext_noop("Lønnen ligger over grænsen for mellemskat, som ikke er regnet med.")
