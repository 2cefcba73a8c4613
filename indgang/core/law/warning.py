# SPDX-License-Identifier: MPL-2.0
"""Warnings: what looks wrong in the facts, what rests on a derived figure, what a wish runs into."""

from collections.abc import Iterable, Sequence

from indgang.core.law import cpv
from indgang.core.law.finding import NOT_APPLICABLE, OPEN, UNCERTAIN, Court, Finding
from indgang.core.law.rule import Rule
from indgang.core.law.sentence import Sentence
from indgang.core.law.situation import NOT_CONTRACTS
from indgang.core.law.truth import Figure, Unknown

LARGEST_USUAL_KRONER = {"goods": 25_000_000, "services": 25_000_000, "works": 500_000_000}


def warnings(court: Court, findings: Sequence[Finding]) -> list[Sentence]:
    """Every warning about this case, each once."""
    found = [court.phrase(name, **values) for name, values in court.at.notes]
    found += _about_facts(court)
    found += _about_supplier(court)
    by_id = {finding.rule.id: finding for finding in findings}
    found += _about_figures(court, by_id)
    found += _about_competition(court, by_id)
    found += _about_expired(court, findings)
    for finding in findings:
        warn = finding.rule.warn_when
        if warn is not None and finding.rule.in_force(court.at.on) and warn.test(court.values) is True:
            found.append(finding.rule.warning.filled(court.values))
    return list(dict.fromkeys(found))


def _about_facts(court: Court) -> Iterable[Sentence]:
    values, kind = court.values, court.at.kind
    if court.at.row is None:
        yield court.phrase("no_period", date=court.at.on)
    amount, usual = values["value_dkk"], LARGEST_USUAL_KRONER.get(kind)
    if usual and isinstance(amount, int) and amount >= usual and amount % 100 == 0:
        yield court.phrase("maybe_oere", value=amount, kroner=amount // 100)
    code = values["cpv_main"]
    if isinstance(code, str) and kind in ("goods", "services", "works"):
        belongs = cpv.kind_of(code)
        if belongs != kind:
            files, own = cpv.KIND_WORDS[belongs], cpv.KIND_WORDS[kind]
            yield court.phrase(
                "kind_and_cpv", cpv=code, cpv_kind=files.da, cpv_kind_en=files.en, kind=own.da, kind_en=own.en
            )


def _about_supplier(court: Court) -> Iterable[Sentence]:
    values = court.values
    debt, limit = values["supplier.tax_debt_dkk"], values["public_debt"]
    if not isinstance(debt, Unknown) and debt >= limit:
        yield court.phrase("public_debt", debt=debt)
    if values["supplier.prior_involvement"] is True:
        yield court.phrase("prior_involvement")
    if values["supplier.rsv"] is True and values["supplier.legal_person"] is False:
        yield court.phrase("rsv_person")


def _about_figures(court: Court, by_id: dict[str, Finding]) -> Iterable[Sentence]:
    threshold, small_lot = court.values["threshold"], court.values["small_lot_limit"]
    if isinstance(threshold, Figure) and court.at.kind not in NOT_CONTRACTS:
        yield court.phrase("derived_figure", figure=threshold.amount)
    if isinstance(small_lot, Figure) and "R08" in by_id and by_id["R08"].status != NOT_APPLICABLE:
        yield court.phrase("derived_figure", figure=small_lot.amount)


def _about_competition(court: Court, by_id: dict[str, Finding]) -> Iterable[Sentence]:
    least = court.values["recommended_bidders"]
    for rule_id, name in (("R54", "market.n_ws30"), ("R190", "market.n_art77")):
        count = court.values[name]
        likely = rule_id in by_id and by_id[rule_id].status in (OPEN, UNCERTAIN)
        if likely and isinstance(count, int) and count < least:
            yield court.phrase("few_eligible", count=count, least=least)


def _about_expired(court: Court, findings: Sequence[Finding]) -> Iterable[Sentence]:
    """A rule that would apply, but whose time is over and that nothing known has taken the place of."""
    on = court.at.on
    in_force = {_family(finding.rule) for finding in findings if finding.rule.in_force(on)}
    latest = {}
    for finding in findings:
        rule = finding.rule
        if rule.valid_to is not None and rule.valid_to < on and _family(rule) not in in_force:
            latest[_family(rule)] = rule
    for rule in latest.values():
        if rule.applies.test(court.values) is True:
            title = rule.title.filled(court.values)
            yield court.phrase("no_rule", title=title.da, title_en=title.en, date=on)


def _family(rule: Rule) -> str:
    """J02, J02a and J02b are one rule that changed over time."""
    return rule.id.rstrip("abcdefgh")
