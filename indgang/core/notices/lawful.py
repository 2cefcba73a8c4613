# SPDX-License-Identifier: MPL-2.0
"""The facts of law that a notice states, in plain Danish with their paragraphs. No judgement of the buyer's choice.

Paragraphs are those of udbudsloven (LBK 116 of 3 February 2025, https://www.retsinformation.dk/eli/lta/2025/116)
for Danish buyers under the general directive; for others the directive itself.
"""

from dataclasses import dataclass

from indgang.core.notices.call import (
    EXECUTION,
    PUBLIC_SERVICE,
    WORKSHOPS,
    is_concession,
    is_light,
    marks_of,
)
from indgang.core.notices.links import is_danish
from indgang.core.notices.notice import Notice
from indgang.core.text import Reason, gettext_noop

TWO_STEPS = ("restricted", "neg-w-call", "comp-dial", "innovation")
UTILITIES = "32014L0025"  # directive 2014/25/EU

Places = tuple[str, str, str, str]
# Where each rule stands: udbudsloven, and the articles of directives 2014/24, 2014/25 and 2014/23.
RESERVED: Places = (gettext_noop("udbudslovens § 54"), "art. 20", "art. 38", "art. 24")
SERVICE_MISSION: Places = (gettext_noop("udbudslovens § 190"), "art. 77", "art. 94", "")
LIGHT: Places = (gettext_noop("udbudslovens §§ 186-190"), "art. 74-77", "art. 91-94", "art. 19")
PROCEDURE: Places = (gettext_noop("udbudslovens §§ 58-79"), "art. 28-31", "art. 46-49", "art. 37")
DYNAMIC: Places = (gettext_noop("udbudslovens § 101 og de følgende"), "art. 34", "art. 52", "")
TOGETHER: Places = (
    gettext_noop("udbudslovens §§ 139, 144 og 177"),
    "art. 19, 63 og 71",
    "art. 37, 79 og 88",
    "art. 26, 38 og 42",
)


@dataclass(frozen=True)
class LawFact:
    """What holds, what it asks of a bidder, and where it stands. `lots` names the lots; empty means all."""

    title: Reason
    text: Reason
    source: str
    lots: tuple[str, ...] = ()


def facts_of_law(notice: Notice) -> tuple[LawFact, ...]:
    """What a social enterprise must know before it spends time on a bid, the hardest condition first."""
    reserved = [
        LawFact(Reason(title), Reason(text), _source(notice, places), lots)
        for mark, title, text, places in RESERVATIONS
        if (lots := _lots_with(notice, mark)) is not None
    ]
    others = [
        LawFact(Reason(title), Reason(text), _source(notice, places))
        for holds, title, text, places in (
            (is_light(notice), *LIGHT_WORDS, LIGHT),
            (notice.procedure in TWO_STEPS, *TWO_STEPS_WORDS, PROCEDURE),
            (_is_dynamic(notice), *DYNAMIC_WORDS, DYNAMIC),
            (True, *TOGETHER_WORDS, TOGETHER),
        )
        if holds
    ]
    return (*reserved, *others)


RESERVATIONS: tuple[tuple[str, str, str, Places], ...] = (
    (
        WORKSHOPS,
        gettext_noop("Kun beskyttede værksteder og integrationsvirksomheder kan byde"),
        gettext_noop(
            "Hovedformålet skal være at få mennesker med handicap eller andre udsatte i arbejde, og mindst 30 % af de"
            " ansatte skal høre til gruppen. Der skal stadig konkurreres. Køberen må ikke kræve, at I er registreret"
            " som socialøkonomisk virksomhed."
        ),
        RESERVED,
    ),
    (
        PUBLIC_SERVICE,
        gettext_noop("Kun organisationer med en offentlig serviceopgave kan byde"),
        gettext_noop(
            "Overskuddet skal gå til formålet, og medarbejdere, brugere eller andre interessenter skal eje eller være"
            " med til at lede. Har I haft den samme opgave hos køberen efter denne regel i de sidste tre år, kan I"
            " ikke få den igen nu. Kontrakten varer højst tre år."
        ),
        SERVICE_MISSION,
    ),
    (
        EXECUTION,
        gettext_noop("Opgaven skal udføres som beskyttet beskæftigelse"),
        gettext_noop(
            "Arbejdet skal foregå inden for et program for beskyttet beskæftigelse, hvor mindst 30 % af de ansatte er"
            " mennesker med handicap eller andre udsatte. Vis i tilbuddet, hvordan I vil gøre det."
        ),
        RESERVED,
    ),
)

LIGHT_WORDS = (
    gettext_noop("Light-regimet: friere regler for sociale og andre særlige tjenester"),
    gettext_noop(
        "Køberen bestemmer selv forløbet, når det er åbent og lige for alle. Læs i udbudsmaterialet, hvordan I"
        " søger eller byder."
    ),
)
TWO_STEPS_WORDS = (
    gettext_noop("Først søger man, så byder man"),
    gettext_noop(
        "Inden fristen sender I en ansøgning om at måtte byde. Køberen udvælger nogle, og kun de får lov at byde."
    ),
)
DYNAMIC_WORDS = (
    gettext_noop("Dynamisk indkøbssystem: man kan søge om at komme med, så længe det varer"),
    gettext_noop(
        "Opfylder I kravene, skal I lukkes ind, også efter den første frist. Opgaverne kommer bagefter, og så byder I."
    ),
)
TOGETHER_WORDS = (
    gettext_noop("I kan gå sammen eller være underleverandør"),
    gettext_noop(
        "Er opgaven for stor, kan flere byde sammen, eller I kan løse en del for den, der byder. I må støtte jer"
        " til andres økonomi og erfaring."
    ),
)


def _lots_with(notice: Notice, mark: str) -> tuple[str, ...] | None:
    """The lots that carry a mark; empty when all do, None when none does."""
    lots = [lot.reference for lot in notice.lots if mark in marks_of(lot)]
    if not lots:
        return None
    return () if len(lots) == len(notice.lots) else tuple(lots)


def _is_dynamic(notice: Notice) -> bool:
    return any(lot.dynamic_system not in ("", "none") for lot in notice.lots)


def _source(notice: Notice, places: Places) -> str:
    """Udbudsloven for a Danish buyer under the general directive, else the directive; empty when it has no rule."""
    danish, general, utilities, concessions = places
    if is_concession(notice):
        return f"direktiv 2014/23/EU, {concessions}" if concessions else ""
    if notice.legal_basis == UTILITIES:
        return f"direktiv 2014/25/EU, {utilities}"
    return danish if is_danish(notice) else f"direktiv 2014/24/EU, {general}"
