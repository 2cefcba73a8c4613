# SPDX-License-Identifier: MPL-2.0
"""Could an idea become a registered social enterprise (RSV)? The five criteria of lov nr. 711 af 25. juni 2014.

An answer is a place to begin a talk. Erhvervsstyrelsen decides on registration, nobody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from indgang.core.text import Reason, Refused, gettext_noop


class Said(StrEnum):
    """What the founder answers to one criterion."""

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """All five met, on the way, one that stands against, or too little known."""

    MET = "met"
    ON_THE_WAY = "on_the_way"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Criterion:
    """One criterion: the question, what it means in practice, and what to do when it is not met yet."""

    key: str
    name: str
    question: str
    guidance: str
    next_step: str


CRITERIA = (
    Criterion(
        "purpose",
        gettext_noop("Socialt formål"),
        gettext_noop("Vil virksomheden først og fremmest løse et socialt problem?"),
        gettext_noop(
            "Det kan være arbejde til mennesker, der har svært ved at få det, sundhed, miljø eller kultur."
        ),
        gettext_noop("Skriv formålet i én sætning, så det kan stå i vedtægterne."),
    ),
    Criterion(
        "commercial",
        gettext_noop("Erhvervsdrivende"),
        gettext_noop("Skal den sælge varer eller ydelser?"),
        gettext_noop("En stor del af indtægten skal komme fra salg, ikke kun fra puljer og gaver."),
        gettext_noop("Find den første kunde og en pris, der dækker det, opgaven koster."),
    ),
    Criterion(
        "independent",
        gettext_noop("Uafhængig af det offentlige"),
        gettext_noop("Bestemmer virksomheden selv, uden en kommune eller stat for bordenden?"),
        gettext_noop(
            "Det offentlige må gerne være kunde, men ikke styre ledelsen eller den daglige drift."
        ),
        gettext_noop("Sæt en bestyrelse, hvor det offentlige ikke har flertal."),
    ),
    Criterion(
        "governance",
        gettext_noop("Inddragende og ansvarlig ledelse"),
        gettext_noop("Får ansatte, brugere eller andre, det angår, noget at sige?"),
        gettext_noop("Det kan være en plads i bestyrelsen, faste møder eller medejerskab, og det skrives ned."),
        gettext_noop("Beslut, hvordan de ansatte bliver hørt, og skriv det i vedtægterne."),
    ),
    Criterion(
        "profit",
        gettext_noop("Social brug af overskuddet"),
        gettext_noop("Går overskuddet tilbage til formålet?"),
        gettext_noop("Der må kun betales et begrænset udbytte. Resten bruges på formålet eller i virksomheden."),
        gettext_noop("Beslut, hvad der sker med overskud, og også hvis virksomheden lukker."),
    ),
)  # fmt: skip


class Form(StrEnum):
    """Legal forms as far as they matter here."""

    NONE = "none"
    SOLE_TRADER = "sole_trader"
    COMPANY = "company"
    ASSOCIATION = "association"
    FOUNDATION = "foundation"
    PARTNERSHIP = "partnership"


@dataclass(frozen=True)
class Screening:
    """The verdict with its reasons, and the next steps in order."""

    verdict: Verdict
    headline: Reason
    reasons: tuple[Reason, ...]
    next_steps: tuple[Reason, ...]


def screen(answers: Mapping[str, str], form: str) -> Screening:
    """Judge five answers and a legal form. A missing answer is unknown. Refuses answers that do not exist."""
    said = {one.key: _read(answers.get(one.key, Said.UNKNOWN)) for one in CRITERIA}
    reasons = [Reason(_SENTENCE[said[one.key]], {"criterion": one.name.lower()}) for one in CRITERIA]
    steps = [Reason(one.next_step) for one in CRITERIA if said[one.key] in (Said.NOT_YET, Said.UNKNOWN)]
    if form == Form.SOLE_TRADER:
        reasons.append(Reason(gettext_noop("En enkeltmandsvirksomhed kan ikke registreres (§ 4, stk. 2).")))
        steps.insert(0, Reason(gettext_noop("Vælg en virksomhedsform, der er sin egen juridiske person.")))
    elif form == Form.NONE:
        steps.append(Reason(gettext_noop("Vælg virksomhedsform, når I ved, hvem der skal eje og hæfte.")))
    verdict = _verdict(set(said.values()), form)
    return Screening(verdict, Reason(_HEADLINE[verdict]), tuple(reasons), tuple(steps))


_SENTENCE = {
    Said.YES: gettext_noop("Ja: %(criterion)s."),
    Said.NOT_YET: gettext_noop("Ikke endnu: %(criterion)s."),
    Said.NO: gettext_noop("Nej: %(criterion)s."),
    Said.UNKNOWN: gettext_noop("Vi ved det ikke endnu: %(criterion)s."),
}
_HEADLINE = {
    Verdict.MET: gettext_noop("Idéen kan blive en registreret socialøkonomisk virksomhed."),
    Verdict.ON_THE_WAY: gettext_noop("Idéen er på vej. Der mangler noget, som kan nås."),
    Verdict.NOT_MET: gettext_noop(
        "Som idéen er nu, kan den ikke registreres. Den kan stadig få råd og mentor."
    ),
    Verdict.UNKNOWN: gettext_noop("Vi ved for lidt endnu. Tal de åbne spørgsmål igennem."),
}


def _verdict(said: set[Said], form: str) -> Verdict:
    if Said.NO in said:
        return Verdict.NOT_MET
    if Said.UNKNOWN in said:
        return Verdict.UNKNOWN
    if Said.NOT_YET in said or form in (Form.SOLE_TRADER, Form.NONE):
        return Verdict.ON_THE_WAY
    return Verdict.MET


def _read(value: str) -> Said:
    try:
        return Said(value)
    except ValueError as trouble:
        raise Refused(gettext_noop("Vælg et svar til hvert spørgsmål.")) from trouble
