# SPDX-License-Identifier: MPL-2.0
"""The entrance at work: a file with needs and a second enquiry, one that must be answered today, a sender who must be
rung back, an ended case that was rated, and two who have asked for the meeting with purchasing."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from indgang.cases.actions import claim_meetings, claims, closing, confirm, needs, routes, work
from indgang.cases.actions.follow import rate, write_back
from indgang.cases.actions.receive import Enquiry, receive
from indgang.cases.models import Case, Claim, Criterion
from indgang.cases.permissions import FOLLOW
from indgang.directory.models import Organisation
from indgang.kernel.access import anonymous
from indgang.kernel.links import create_link, principal_of
from indgang.web.demo.people import Stage

RULES = (
    ("hire", "jonas", 3),
    ("sell", "karen", 13),
    ("start", "jonas", 5),
    ("premises", "mette", 10),
    ("law", "soeren", 10),
)
SHOWN = {
    "purpose": "Fonden skaber job i grøn pleje for mennesker på kanten. Det står i vedtægternes § 2.",
    "trade": "Vi sælger grøn pleje for 3,1 mio. kr. om året; det er 82 % af indtægten.",
    "independent": "Bestyrelsen er selvsupplerende. Ingen fra kommunen sidder i den.",
    "involving": "Medarbejderne vælger to af syv i bestyrelsen.",
    "surplus": "Overskud bliver i fonden, se vedtægternes § 11.",
}


def take_enquiries(stage: Stage) -> None:
    """Play the entrance, oldest first."""
    for topic, person, days in RULES:
        routes.set_rule(
            stage.house,
            topic=topic,
            person=stage.users[person],
            working_days=days,
            now=stage.now - timedelta(days=90),
        )
    _ended(stage)
    _granted(stage)
    _heard(stage)
    _file(stage)
    _known(stage)
    _to_ring_back(stage)
    _fresh(stage)


def _enquiry(stage: Stage, days_ago: float, text: str, **who: Any) -> Case:
    return receive(
        anonymous(stage.municipality.pk), Enquiry(text, **who), now=stage.now - timedelta(days=days_ago)
    )


def _ended(stage: Stage) -> None:
    """Engholm Kro asked for a loan, which a municipality may not give."""
    case = _enquiry(
        stage, 60, "Kan kommunen låne os penge til et nyt køkken? Vi mangler 200.000 kr.",
        name="Inger Holk", email="inger@engholmkro.example", company="Engholm Kro", cvr_number="99496592", town="Engholm",
    )  # fmt: skip
    then = stage.now - timedelta(days=58)
    mette = stage.be("mette")
    work.note_call(
        mette,
        case,
        "Talte med Inger om lån. Jeg har vist hende, hvor man søger fonde.",
        reached=True,
        now=then,
    )
    needs.sort_out(mette, case, [], now=then)
    closing.close(
        mette, case, "outside", reason="En kommune må ikke låne penge ud til en enkelt virksomhed. Vi har vist vej til fonde.",
        paragraph="erhvervsfremmeloven § 14, stk. 5", now=then,
    )  # fmt: skip
    person = case.participants.get()
    link = create_link(
        stage.house, FOLLOW, person.pk, recipient=person.email, now=then, lives=timedelta(days=90)
    )
    rate(principal_of(link), case, person, 4, "Hurtigt og klart svar, selv om det var et nej.", now=then)


def _granted(stage: Stage) -> None:
    """Grøn Hånd showed the five criteria and is invited to purchasing."""
    claim, then = _claim(stage, 12, "Grøn Hånd Fonden", "Hans Ege", "hans@groenhaand.example", "99545615")
    mette = stage.be("mette")
    claims.tell(stage.house, claim, SHOWN, now=then)
    later = then + timedelta(days=3)
    claims.judge(
        mette, claim, dict.fromkeys(Criterion.Key.values, (True, "Set i vedtægter og regnskab.")), now=later
    )
    until = timezone.localdate(stage.now).replace(month=12, day=31)
    claims.grant(mette, claim, reason="Alle fem kriterier er opfyldt.", valid_until=until, now=later)
    claim_meetings.book(
        stage.be("soeren"), claim, [_working_day(stage, 6)], place="Rådhuset, lokale 2",
        organiser=stage.users["soeren"], now=stage.now - timedelta(days=8),
    )  # fmt: skip


def _known(stage: Stage) -> None:
    """Rikke writes from an address we know; she reads the answer under »Jer og kommunen« without a link."""
    case = _enquiry(
        stage, 4, "Vi har plads til en mere i pakkeriet fra maj. Hvem taler vi med om fleksjob, og kan I komme forbi?",
        name="Rikke Thorup", email="rikke@papirpluk.example", company="Papir & Pluk", town="Åbjerg",
    )  # fmt: skip
    then, mette = stage.now - timedelta(days=3), stage.be("mette")
    work.answer(mette, case, "Hej Rikke. Jonas kommer forbi og ser på opgaverne sammen med jer.", now=then)
    needs.sort_out(mette, case, [needs.Wanted("hire", stage.users["jonas"], 10, True)], now=then)


def _heard(stage: Stage) -> None:
    """Cykelværkstedet is a sole trader: a hearing runs before the answer."""
    claim, then = _claim(
        stage, 6, "Cykelværkstedet Vestergade", "Kim Sand", "kim@vestergadecykler.example", "99562749"
    )
    text = "En enkeltmandsvirksomhed er ikke en juridisk person, og formue og overskud er indehaverens egne."
    claims.send_hearing(stage.be("mette"), claim, text, now=then + timedelta(days=2))


def _claim(
    stage: Stage, days_ago: int, company: str, name: str, email: str, number: str
) -> tuple[Claim, datetime]:
    case = _enquiry(
        stage, days_ago, "Vi vil gerne bruge vores ret til et møde med indkøb.",
        name=name, email=email, company=company, cvr_number=number, town="Åbjerg",
    )  # fmt: skip
    then = stage.now - timedelta(days=days_ago - 1)
    mette = stage.be("mette")
    if case.organisation is None:
        organisation = Organisation.objects.get(cvr_number=number)
        person = case.participants.get()
        case = confirm.confirm(mette, case, person, organisation, how="Ringet op på nummeret i CVR", now=then)
    work.note_call(mette, case, "Fortalte, hvad retten er, og hvad vi skal se.", reached=True, now=then)
    needs.sort_out(mette, case, [], now=then)
    return claims.claim_meeting(mette, case, now=then), then


def _file(stage: Stage) -> None:
    """Anja of Syværket: two needs, an answer, and a second enquiry in the same file."""
    who = {
        "name": "Anja Vestergaard", "email": "anja@syvaerket.example", "company": "Syværket ApS", "cvr_number": "99494131",
        "town": "Åbjerg",
    }  # fmt: skip
    text = (
        "Vi syr stofposer og vil gerne sælge til bibliotekerne, og vi mangler to personer ti timer om ugen."
    )
    case, mette = _enquiry(stage, 5, text, **who), stage.be("mette")
    then = stage.now - timedelta(days=4)
    if case.organisation is None:
        organisation = Organisation.objects.get(cvr_number="99494131")
        how = "Ringet op på 8799 7713, nummeret i CVR"
        case = confirm.confirm(mette, case, case.participants.get(), organisation, how=how, now=then)
    wanted = [
        needs.Wanted("sell", stage.users["karen"], 13, True),
        needs.Wanted("hire", stage.users["jonas"], 3, True),
    ]
    needs.sort_out(mette, case, wanted, now=then)
    work.answer(
        mette,
        case,
        "Hej Anja. Karen tager fat i jer om bibliotekerne, og Jonas ringer om de ti timer.",
        now=then,
    )
    work.note(mette, case, "De har leveret godt til festugen før.", now=then)
    write_back(
        stage.house,
        case,
        "Anja Vestergaard",
        "Tak! Vi kan sy 300 poser om ugen.",
        now=stage.now - timedelta(days=1),
    )


def _to_ring_back(stage: Stage) -> None:
    """Somebody typed a CVR number: staff must find out whether it is true."""
    _enquiry(
        stage, 1, "Vi mangler et lokale på 80 kvadratmeter til reparation af kontormøbler.",
        name="Lars Bro", email="lars@genmoebel.example", phone="2244 6688", company="IT-Sporet", cvr_number="99704330",
        town="Åbjerg",
    )  # fmt: skip


def _fresh(stage: Stage) -> None:
    """A founder without a company wrote this morning."""
    _enquiry(
        stage, 0, "Jeg har en idé om at reparere kontormøbler og vil gerne i gang. Hvordan starter man?",
        name="Ali Hassan", email="ali@example.dk", town="Åbjerg",
    )  # fmt: skip


def _working_day(stage: Stage, days: int) -> datetime:
    day = timezone.localtime(stage.now) + timedelta(days=days)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)
