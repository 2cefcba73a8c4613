# SPDX-License-Identifier: MPL-2.0
"""The gate of law before anybody is asked: may we pick whom to ask, and how many?

Invitations to picked enterprises exist only where direct purchase (A, W1) or invited quotes (B, W2) are
lawful by `core.law`. Otherwise, and while a fact is unanswered, the official notice is the way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from indgang.core.law.answer import Answer
from indgang.core.law.evaluate import evaluate
from indgang.core.law.pack import Pack, load
from indgang.core.law.reading import read_facts
from indgang.core.text import Reason, gettext_noop
from indgang.procurement.models import LawFacts, TaskNotice

DIRECT = ("A", "W1")
QUOTES = ("B", "W2")
MOST_QUOTES_FOR_WORKS = 3


@dataclass(frozen=True)
class Gate:
    """`route` is the rule that lets us pick whom to ask, empty when none does; `at_most` caps how many."""

    route: str
    reason: Reason
    at_most: int | None = None
    pack: str = ""

    @property
    def is_open(self) -> bool:
        return bool(self.route)

    @property
    def is_direct(self) -> bool:
        return self.route in DIRECT


@cache
def _pack() -> Pack:
    return load()


def gate(law: LawFacts, *, on: date) -> Gate:
    """What the law lets us do about this purchase on a day."""
    if law.task.company_id is not None:
        return Gate(
            "-", Reason(gettext_noop("Virksomheden køber selv. Reglerne om offentlige indkøb gælder ikke."))
        )
    if law.binding_agreement == LawFacts.Known.UNKNOWN:
        return Gate("", Reason(gettext_noop("Svar først på, om købet er dækket af en aftale, I skal bruge.")))
    if law.binding_agreement == LawFacts.Known.YES:
        return Gate(
            "", Reason(gettext_noop("Købet er dækket af en aftale. Bestil på aftalen, eller spørg indkøb."))
        )
    answer = evaluate(_pack(), read_facts(_pack(), facts_of(law, on)), on)
    return _from_answer(answer, law)


def facts_of(law: LawFacts, on: date) -> dict[str, object]:
    """The purchase in the names that `core.law` reads."""
    facts: dict[str, object] = {
        "authority_type": "kommune",
        "kind": law.kind,
        "value_dkk": law.value_dkk,
        "related_value_dkk": law.related_value_dkk if law.related_value_dkk is not None else "unknown",
        "kgi": law.cross_border,
        "publication_date": on.isoformat(),
    }
    if law.task.cpv_code:
        facts["cpv_main"] = law.task.cpv_code
    return facts


def _from_answer(answer: Answer, law: LawFacts) -> Gate:
    pack = answer.court.pack.label
    if answer.stop:
        return Gate("", Reason(STOPS.get(answer.stop, STOPPED)), pack=pack)
    if any(route in answer.uncertain for route in (*DIRECT, *QUOTES)):
        return Gate("", Reason(_why_uncertain(law)), pack=pack)
    route = next((route for route in (*DIRECT, *QUOTES) if route in answer.routes), "")
    if not route:
        return Gate(
            "",
            Reason(
                gettext_noop(
                    "Købet er så stort eller af en art, så det skal annonceres. Indgang kan hjælpe virksomhederne med at finde annoncen."
                )
            ),
            pack=pack,
        )
    at_most = MOST_QUOTES_FOR_WORKS if law.kind == LawFacts.Kind.WORKS else None
    return Gate(route, Reason(REASONS[route]), at_most, pack)


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


def automatic_line(task: TaskNotice, names: Sequence[str]) -> str:
    """The one line of reasons that a small purchase needs, written for the buyer."""
    return (
        f"Småkøb på {task.law.value_dkk:,} kr. uden moms, under kommunens egen grænse for småkøb. "
        f"Ingen klar grænseoverskridende interesse ved den størrelse. Spurgt: {', '.join(names)}"
    ).replace(",", ".", 1)
