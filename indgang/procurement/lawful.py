# SPDX-License-Identifier: MPL-2.0
"""The gate of law before anybody is asked: may we pick whom to ask, and how many?

Invitations to picked enterprises exist only where direct purchase (A, W1) or invited quotes (B, W2) are
lawful by `core.law`. Otherwise, and while a fact is unanswered, the official notice is the way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from indgang.core.law.finding import BLOCKED
from indgang.core.text import Reason, Refused, gettext_noop
from indgang.guidance.coverage import State as Listed
from indgang.guidance.guide import AGREEMENT, Guided, guide
from indgang.guidance.models import LawCase, Override, SavedAnswer
from indgang.procurement.law_watch import about
from indgang.procurement.models import LawFacts, TaskNotice

DIRECT = ("A", "W1")
QUOTES = ("B", "W2")
MOST_QUOTES_FOR_WORKS = 3
ASKED_HERE = frozenset({"kind", "value_dkk", "related_value_dkk", "kgi", "cpv_main", "publication_date"})
"""What a task says itself; anything else about it is said in its case in the guide."""


@dataclass(frozen=True)
class Gate:
    """`route` is the rule that lets us pick whom to ask, empty when none does; `at_most` caps how many."""

    route: str
    reason: Reason
    at_most: int | None = None
    guided: Guided | None = None
    case: LawCase | None = None

    @property
    def is_open(self) -> bool:
        return bool(self.route)

    @property
    def is_direct(self) -> bool:
        return self.route in DIRECT

    @property
    def is_covered(self) -> bool:
        """An agreement that must be used covers it: nothing is asked, and nobody is invited."""
        return self.guided is not None and self.guided.is_covered

    @property
    def needs_agreement(self) -> bool:
        """Whether somebody must say if an agreement covers it: the contract list does not."""
        covered = self.guided.coverage if self.guided else None
        return covered is None or covered.state in (Listed.MAYBE, Listed.NO_LIST, Listed.NO_CODE)


def gate(law: LawFacts, *, on: date, value_dkk: int | None = None) -> Gate:
    """What the law lets us do about this purchase on a day: the whole guide, with what the municipality knows.

    `value_dkk` asks about another value than the one that was written, such as the price of a bid.
    """
    if law.task.company_id is not None:
        return Gate(
            "-", Reason(gettext_noop("Virksomheden køber selv. Reglerne om offentlige indkøb gælder ikke."))
        )
    case = LawCase.objects.filter(municipality_id=law.municipality_id, about=about(law.task_id)).first()
    try:
        guided = guide(
            law.municipality_id,
            facts_of(law, on, case=case, value_dkk=value_dkk),
            on,
            unit_id=law.task.unit_id,
        )
    except Refused as refusal:
        return Gate("", refusal.reason, case=case)
    return _judged(guided, law, case)


def latest_answer(task: TaskNotice) -> SavedAnswer | None:
    """What the law said when somebody was last asked."""
    rows = SavedAnswer.objects.filter(municipality_id=task.municipality_id, about=about(task.pk))
    return rows.order_by("-saved_at", "-pk").first()


def facts_of(
    law: LawFacts, on: date, *, case: LawCase | None = None, value_dkk: int | None = None
) -> dict[str, Any]:
    """The purchase in the names that the guide reads; what nobody has said is left to the municipality's knowledge."""
    value = max(law.value_dkk, value_dkk or 0)
    related = law.related_value_dkk
    facts: dict[str, Any] = {
        "authority_type": "kommune",
        "kind": law.kind,
        "value_dkk": value,
        "related_value_dkk": max(related, value) if related is not None else "unknown",
        "publication_date": on.isoformat(),
    }
    if law.cross_border != LawFacts.Known.UNKNOWN:
        facts["kgi"] = law.cross_border
    if law.binding_agreement == LawFacts.Known.YES:
        facts[f"{AGREEMENT}.exclusive"] = "yes"
    elif law.binding_agreement == LawFacts.Known.NO:
        facts[AGREEMENT] = "no"
    if law.task.cpv_code:
        facts["cpv_main"] = law.task.cpv_code
    if case is not None:
        facts |= {name: fact for name, fact in case.facts.items() if name not in ASKED_HERE | facts.keys()}
    return facts


def _judged(guided: Guided, law: LawFacts, case: LawCase | None) -> Gate:
    answer = guided.answer

    def shut(reason: Reason) -> Gate:
        return Gate("", reason, guided=guided, case=case)

    if guided.is_covered:
        return shut(_covered(guided))
    if law.binding_agreement == LawFacts.Known.YES:
        return shut(
            Reason(gettext_noop("Købet er dækket af en aftale. Bestil på aftalen, eller spørg indkøb."))
        )
    found = Gate("", Reason(STOPPED), guided=guided, case=case)
    if (
        AGREEMENT not in guided.facts
        and f"{AGREEMENT}.exclusive" not in guided.facts
        and found.needs_agreement
    ):
        return shut(Reason(gettext_noop("Svar først på, om købet er dækket af en aftale, I skal bruge.")))
    if answer.stop:
        return shut(Reason(STOPS.get(answer.stop, STOPPED)))
    route = next((route for route in (*DIRECT, *QUOTES) if route in answer.routes), "")
    route = route or _overridden(guided, case)
    if route:
        at_most = MOST_QUOTES_FOR_WORKS if law.kind == LawFacts.Kind.WORKS else None
        return Gate(route, Reason(REASONS[route]), at_most, guided, case)
    if any(route in answer.uncertain for route in (*DIRECT, *QUOTES)):
        return shut(Reason(_why_uncertain(law)))
    return shut(_why_blocked(guided))


def _covered(guided: Guided) -> Reason:
    row = guided.coverage.agreement if guided.coverage else None
    if row is None or row.last_date is None:
        return Reason(
            gettext_noop("Dækket af aftalen med %(supplier)s. Bestil dér."),
            {"supplier": row.supplier if row else ""},
        )
    return Reason(
        gettext_noop("Dækket af aftalen med %(supplier)s til %(day)s. Bestil dér."),
        {"supplier": row.supplier, "day": row.last_date.strftime("%d.%m.%Y")},
    )


def _overridden(guided: Guided, case: LawCase | None) -> str:
    """A way that two people have decided on in writing for facts that still stand."""
    if case is None:
        return ""
    open_to_it = [
        each.rule.id for each in guided.answer.findings if each.status == BLOCKED and each.own_policy
    ]
    for row in Override.objects.filter(case=case, backed=True, rule_id__in=(*DIRECT, *QUOTES)):
        possible = row.rule_id in (*guided.answer.uncertain, *open_to_it)
        if possible and _same(row.facts, guided.facts):
            return row.rule_id
    return ""


def _same(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    names = (before.keys() | now.keys()) - {"publication_date", "authority_type"}
    return all(str(before.get(name)) == str(now.get(name)) for name in names)


def _why_blocked(guided: Guided) -> Reason:
    for each in guided.answer.findings:
        if each.own_policy and each.rule.id in (*DIRECT, *QUOTES):
            return Reason("%(reason)s", {"reason": each.reason.da})
    return Reason(
        gettext_noop(
            "Købet er så stort eller af en art, så det skal annonceres. Indgang kan hjælpe virksomhederne med at finde annoncen."
        )
    )


def _why_uncertain(law: LawFacts) -> str:
    if law.related_value_dkk is None:
        return gettext_noop(
            "Svar først på, hvad I ellers køber af samme slags. Ellers kan vi ikke se, hvilke regler der gælder."
        )
    return gettext_noop("Loven er ikke klar her. Få en juridisk vurdering, før nogen spørges.")


STOPPED = gettext_noop("Svar først på spørgsmålene. Ellers kan vi ikke se, hvilke regler der gælder.")
STOPS = {
    "kgi": gettext_noop("Svar først på, om købet kan have klar grænseoverskridende interesse."),
    "cpv_main": gettext_noop("Sæt først en CPV-kode på. Ved det beløb afhænger reglerne af, hvad I køber."),
}
REASONS = {
    "A": gettext_noop(
        "Under 500.000 kr. i alt og uden klar grænseoverskridende interesse: I må købe direkte og vælge, hvem I spørger."
    ),
    "B": gettext_noop(
        "Under tærskelværdien og uden klar grænseoverskridende interesse: I må vælge, hvem I beder om tilbud, når det sker på markedsvilkår."
    ),
    "W1": gettext_noop("Bygge og anlæg under 300.000 kr.: ét tilbud er nok."),
    "W2": gettext_noop("Bygge og anlæg fra 300.000 til 3 mio. kr.: bed mindst to og højst tre om tilbud."),
}


def counted_dkk(task: TaskNotice) -> int:
    """What the municipality's own limit for small purchases counts: a part keeps the value of the whole."""
    whole = task.part_of.law.value_dkk if task.part_of is not None else 0
    return max(task.law.value_dkk, whole)


def kind_of_code(cpv_code: str) -> str:
    """Goods, services or works, read from a CPV division (03–44 and 48 goods, 45 works, else services)."""
    division = cpv_code[:2]
    if division == "45":
        return LawFacts.Kind.WORKS
    return (
        LawFacts.Kind.GOODS if division and (division < "45" or division == "48") else LawFacts.Kind.SERVICES
    )


def automatic_line(task: TaskNotice, names: Sequence[str], found: Gate) -> str:
    """The one line of reasons that a small purchase needs, written for the buyer."""
    assessed = found.guided.cross_border if found.guided else None
    interest = (
        f"Ingen klar grænseoverskridende interesse: vurderet af {assessed.signed_by.name}"
        f" den {assessed.signed_at:%d.%m.%Y}."
        if assessed
        else "Ingen klar grænseoverskridende interesse ved den størrelse."
    )
    amount = f"{task.law.value_dkk:,}".replace(",", ".")
    return (
        f"Småkøb på {amount} kr. uden moms, under kommunens egen grænse for småkøb. "
        f"{interest} Spurgt: {', '.join(names)}"
    )
