# SPDX-License-Identifier: MPL-2.0
"""The people of a case: groups or single placements, each inheriting what it does not say itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from indgang.core.text import Reason, Refused, gettext_noop
from indgang.core.value import quantity
from indgang.core.value.case import Benefit, Cost, Group, Outcome, WageSubsidy
from indgang.core.value.effect_reader import read_effect
from indgang.core.value.fields import WHOLE, Fields, share
from indgang.core.value.fleksjob import read_fleksjob
from indgang.core.value.history import read_history
from indgang.core.value.pack import Figures
from indgang.core.value.quantity_reader import read_price
from indgang.core.value.schema import FLEKSJOB, GROUP, GROUP_ONLY, HISTORY, LOENTILSKUD

TYPES = ("praktik", "mentor", "stu", "beskyttet", "loentilskud", "fleksjob", "ordinaer")
STARTS_WITH_A_JOB = ("fleksjob", "ordinaer")
PLAUSIBLE = {
    "wage_year": (2_000, 2_000_000),
    "benefit_month": (100, 60_000),
    "benefit_week": (25, 14_000),
    "cost_per_participant": (100, 3_000_000),
}
"""Kroner between which an amount raises no question."""
WAGES = ("wage_year", "wage_month", "wage_hour")
AMOUNTS = ("benefit_month", "benefit_week")
INSTEAD_OF = {**dict.fromkeys(WAGES, WAGES), **dict.fromkeys(AMOUNTS, AMOUNTS), "benefit": AMOUNTS}
"""An entry that says the first of these does not inherit the others."""


@dataclass(frozen=True)
class Reading:
    """What every group is read with."""

    start: date
    figures: Figures
    warnings: list[Reason]
    grades: Mapping[str, str]


def read_groups(raw: Mapping[str, object], reading: Reading) -> tuple[Group, ...]:
    """One group from the case itself, or one per entry of `groups`. Refuses overlapping placements."""
    shared = {key: value for key, value in raw.items() if key in GROUP}
    entries = raw.get("groups")
    if entries is None:
        return (_group(shared, WHOLE, "gruppe 1", reading),)
    if not isinstance(entries, list | tuple) or not entries:
        raise Refused(_NO_GROUPS)
    known = {**GROUP, **GROUP_ONLY}
    groups = []
    for number, entry in enumerate(entries, 1):
        place = f"groups nr. {number}"
        own = Fields(entry, known, place, reading.warnings).raw
        groups.append(_group({**_inherited(shared, own), **own}, place, f"gruppe {number}", reading))
    _check_overlaps(groups)
    return tuple(groups)


def _inherited(shared: Mapping[str, object], own: Mapping[str, object]) -> dict[str, object]:
    """What the case says for everybody, without what this entry says in another way."""
    replaced = {key for said, others in INSTEAD_OF.items() if said in own for key in others}
    return {key: value for key, value in shared.items() if key not in replaced}


def _group(raw: Mapping[str, object], place: str, name: str, reading: Reading) -> Group:
    fields = Fields(raw, {**GROUP, **GROUP_ONLY}, place, reading.warnings)
    figures = reading.figures
    kind = fields.choice("type", TYPES, "praktik")
    outcome = Outcome(
        fields.choice("outcome", tuple(Outcome), "fleksjob" if kind == "fleksjob" else "ordinaert")
    )
    start, weeks = _period(fields, reading.start, 0 if kind in STARTS_WITH_A_JOB else None)
    history = fields.has("history")
    with_, without = _histories(fields, reading) if history else ((), ())
    subsidised = "subsidised" in with_ + without or (kind == "loentilskud" and not history)
    participants = fields.number("participants", 1.0 if fields.has("person") else None)
    if participants <= 0:
        raise Refused(_NOBODY, key=fields.name("participants"))
    needs_fleksjob = outcome is Outcome.FLEKSJOB or "fleksjob" in with_ + without
    return Group(
        id=fields.text("id", name),
        participants=participants,
        start_week=start,
        programme_weeks=0 if history and not fields.has("weeks") else weeks,
        outcome=outcome,
        benefit=_benefit(fields, figures),
        counted_weeks=fields.count("benefit_weeks_before", 0, high=5_200),
        self_support_weeks=fields.count("self_support_weeks", 0, high=156),
        wage_year=_wage(fields, outcome, history and "work" not in with_ + without),
        productivity=fields.number("productivity", 1.0, high=10.0),
        cost=_cost(fields, figures),
        effect=None if history else read_effect(fields, kind in STARTS_WITH_A_JOB, reading.grades, figures),
        fleksjob=read_fleksjob(_table(fields, "fleksjob", FLEKSJOB), figures) if needs_fleksjob else None,
        wage_subsidy=_wage_subsidy(fields, reading) if subsidised else None,
        history_with=with_,
        history_without=without,
        person=fields.text("person"),
        enterprise=fields.text("enterprise"),
    )


def _period(fields: Fields, run_start: date, default_weeks: int | None) -> tuple[int, int]:
    start = fields.count("start_week", 0, high=5_200)
    begins, ends = fields.day("start_date"), fields.day("end_date")
    if begins:
        if begins < run_start:
            raise Refused(_TOO_EARLY, key=fields.name("start_date"), day=begins, start=run_start)
        start = (begins - run_start).days // 7
    if ends:
        days = (ends - (begins or run_start)).days + 1
        if days <= 0:
            raise Refused(_BACKWARDS, place=fields.place)
        return start, -(-days // 7)
    if fields.has("end_week"):
        end = fields.count("end_week", high=10_400)
        if end < start:
            raise Refused(_BACKWARDS, place=fields.place)
        return start, end - start
    return start, fields.count("weeks", 0 if fields.has("history") else default_weeks, high=5_200)


def _benefit(fields: Fields, figures: Figures) -> Benefit:
    fields.one_of(*AMOUNTS)
    name = fields.text("benefit")
    row = None
    if name:
        keys = [
            key for key in (f"benefit.{name}.month", f"benefit.{name}.week") if figures.pack.versions(key)
        ]
        if not keys:
            known = sorted({key.split(".")[1] for key in figures.pack.keys() if key.startswith("benefit.")})  # noqa: SIM118
            raise Refused(_UNKNOWN_BENEFIT, name=name, known=", ".join(known))
        row = figures.row(keys[0])
    payer = row.payer if row and row.payer else "staircase"
    label, source = (row.label_da, row.key) if row else ("Ydelse efter sagen", "")
    if fields.has("benefit_week"):
        week = fields.size_check("benefit_week", fields.number("benefit_week"), *PLAUSIBLE["benefit_week"])
        return Benefit(name, label, week, payer, "")
    if fields.has("benefit_month"):
        month = fields.number("benefit_month")
        fields.size_check("benefit_month", month, *PLAUSIBLE["benefit_month"])
        return Benefit(name, label, month * 12 / 52, payer, "")
    if row is None:
        raise Refused(_NO_BENEFIT, place=fields.place)
    amount = figures.number(row.key)
    return Benefit(name, label, amount if row.unit == "dkk_week" else amount * 12 / 52, payer, source)


def _wage(fields: Fields, outcome: Outcome, unused: bool) -> float:
    fields.one_of(*WAGES)
    if outcome is Outcome.FLEKSJOB or (unused and not fields.has("wage_year")):
        return 0.0
    if fields.has("wage_hour"):
        wage = fields.number("wage_hour") * fields.number("hours_week", high=168) * 52
    elif fields.has("wage_month"):
        wage = fields.number("wage_month") * 12
    else:
        wage = fields.number("wage_year")
    if not wage and not unused:
        fields.warnings.append(Reason(_NO_WAGE))
    return fields.size_check("wage_year", wage, *PLAUSIBLE["wage_year"])


def _cost(fields: Fields, figures: Figures) -> Cost:
    amount = quantity.fixed(0.0)
    if fields.has("cost_per_participant"):
        key = "cost_per_participant"
        amount = read_price(fields.get(key), fields.name(key), "tariff", figures)
        fields.size_check(key, amount.central, *PLAUSIBLE[key])
    if amount.central < 0:
        raise Refused(_NEGATIVE_COST, place=fields.place)
    payers = fields.get("cost_payer") or "KOM.BESK"
    if not isinstance(payers, Mapping):
        return Cost(amount, ((figures.pack.purse(str(payers)).code, 1.0),))
    parts = tuple(
        (figures.pack.purse(str(account)).code, share(part, fields.name("cost_payer")))
        for account, part in payers.items()
    )
    if abs(sum(part for _, part in parts) - 1) > 1e-9:
        raise Refused(_SHARES, key=fields.name("cost_payer"))
    return Cost(amount, parts)


def _wage_subsidy(fields: Fields, reading: Reading) -> WageSubsidy:
    table = _table(fields, "loentilskud", LOENTILSKUD)
    wage = table.number("wage_year")
    subsidy = table.number("subsidy_year")
    if wage <= 0 or subsidy > wage:
        raise Refused(_SUBSIDY)
    reading.warnings.append(Reason(_SUBSIDY_DOUBT))
    return WageSubsidy(wage, subsidy, table.number("productivity", (wage - subsidy) / wage, high=10.0))


def _histories(fields: Fields, reading: Reading):  # type: ignore[no-untyped-def]
    table = _table(fields, "history", HISTORY)
    with_ = read_history(table.get("with"), table.name("with"))
    without = read_history(table.get("without"), table.name("without"))
    if len(with_) != len(without):
        reading.warnings.append(Reason(_UNEQUAL, {"with": len(with_), "without": len(without)}))
    return with_, without


def _table(fields: Fields, key: str, known: Mapping[str, object]) -> Fields:
    return Fields(fields.get(key) or {}, known, fields.name(key), fields.warnings)


def _check_overlaps(groups: list[Group]) -> None:
    for number, one in enumerate(groups):
        for other in groups[number + 1 :]:
            if one.person and one.person == other.person:
                first, last = sorted((one, other), key=lambda group: group.start_week)
                if last.start_week < first.start_week + max(first.programme_weeks, 1):
                    raise Refused(_OVERLAP, one=first.id, other=last.id, week=last.start_week)


_NO_WAGE = gettext_noop("Lønnen er 0: jobbet giver hverken indkomst, skat eller arbejde af værdi.")
_NO_GROUPS = gettext_noop("„groups“ skal være en liste med mindst én gruppe.")
_NOBODY = gettext_noop("„%(key)s“ skal være over 0: en sag uden deltagere har ingen værdi at vise.")
_TOO_EARLY = gettext_noop(
    "„%(key)s“ er %(day)s, før sagen begynder %(start)s. Sæt sagens start_date til den første dag."
)
_BACKWARDS = gettext_noop("Perioden i %(place)s slutter, før den begynder. Ret start eller slut.")
_UNKNOWN_BENEFIT = gettext_noop("Ydelsen „%(name)s“ findes ikke i pakken. Kendte: %(known)s.")
_NO_BENEFIT = gettext_noop(
    "I %(place)s mangler ydelsen: skriv benefit (fx kontanthjaelp_forhoejet) eller benefit_month."
)
_NEGATIVE_COST = gettext_noop("Prisen i %(place)s er negativ. Skriv prisen som et tal fra 0.")
_SHARES = gettext_noop("Andelene i „%(key)s“ skal tilsammen give 1.")
_SUBSIDY = gettext_noop("loentilskud: lønnen skal være over 0, og tilskuddet højst så stort som lønnen.")
_SUBSIDY_DOUBT = gettext_noop(
    "Løntilskuddet regnes betalt af kommunen uden refusion. Det er ikke kontrolleret."
)
_UNEQUAL = gettext_noop(
    "De to historier er ikke lige lange (%(with)s og %(without)s uger); den korte fortsætter som „andet“ uden ydelse."
)
_OVERLAP = gettext_noop(
    "„%(one)s“ og „%(other)s“ er samme person og overlapper i uge %(week)s. En uge kan kun tælle ét sted."
)
