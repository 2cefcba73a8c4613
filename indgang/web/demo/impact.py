# SPDX-License-Identifier: MPL-2.0
"""A year of jobs and programmes: a signed assessment, people at work, quarters closed, one being collected, targets,
a story told with consent, and an account of what it was worth."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from indgang.core.quarter import Quarter, quarter_of
from indgang.directory.models import Organisation
from indgang.directory.vocabulary import JobType
from indgang.impact.actions import strategy
from indgang.impact.actions.departments import name_departments
from indgang.impact.actions.value import keep_run, save_case
from indgang.impact.papers import DOCUMENTS
from indgang.kernel import files
from indgang.kernel.access import Kind, Principal
from indgang.kernel.duties import at
from indgang.kernel.pdf import typeset
from indgang.placements import codes
from indgang.placements.actions import ask, consent, count, dpia, register
from indgang.placements.actions.answer import Told, answer
from indgang.placements.models import QuarterReport
from indgang.placements.new_placement import NewPlacement
from indgang.placements.permissions import TOTALS
from indgang.web.demo.people import Stage
from indgang.web.demo.purchases import delivered

QUARTERS = 5
A_QUARTER = (
    (JobType.FLEX, 5),
    (JobType.WORK_PLACEMENT, 5),
    (JobType.WAGE_SUBSIDY, 3),
    (JobType.ORDINARY, 2),
    (JobType.SHELTERED_103, 2),
)
"""How many of each kind begin in a quarter."""
LASTS = {
    JobType.FLEX: (200, 900),
    JobType.WORK_PLACEMENT: (60, 200),
    JobType.WAGE_SUBSIDY: (120, 360),
    JobType.ORDINARY: (150, 900),
    JobType.SHELTERED_103: (300, 900),
}
DEPARTMENTS = {
    "KOM.BESK": "Beskæftigelse og Erhverv",
    "KOM.SOC": "Social og Velfærd",
    "KOM.OKON": "Økonomi og Indkøb",
}
"""What Åbjerg calls three of the accounts."""
CASE: dict[str, Any] = {
    "title": "20 langtidsmodtagere i 26 uger i en socialøkonomisk virksomhed",
    "municipality": "Åbjerg Kommune",
    "year": 2026,
    "participants": 20,
    "weeks": 26,
    "type": "praktik",
    "cost_per_participant": 45_000,
    "cost_payer": "KOM.BESK",
    "success": 0.30,
    "base_rate": 0.12,
    "evidence": "C",
    "half_life_weeks": 104,
    "displacement": 0.20,
    "wage_year": 300_000,
    "benefit": "kontanthjaelp_forhoejet",
    "benefit_weeks_before": 104,
    "per_job_year": {"KOM.BESK": 10_602, "KOM.SOC": 12_000, "REG": 4_000, "STAT.JM": 2_000},
    "horizon_years": 5,
    "discount_rate": 0.035,
}


def count_and_value(stage: Stage) -> None:
    """Play it, oldest first."""
    today = timezone.localdate(stage.now)
    last = quarter_of(today).plus(-1)
    first = last.plus(1 - QUARTERS)
    _buy(stage, (today - last.last_date).days)
    _sign(stage, first)
    enterprises = list(
        Organisation.objects.filter(
            kept_by=stage.municipality,
            kind=Organisation.Kind.SOCIAL,
            published_at__isnull=False,
            closed_at=None,
        ).order_by("pk")[:7]
    )
    chance = random.Random(1907)  # noqa: S311
    for step in range(QUARTERS + 1):
        _place(stage, enterprises, first.plus(step), today, chance)
    for step in range(QUARTERS - 1):
        quarter = first.plus(step)
        count.freeze(stage.be("mette"), quarter, now=_after(quarter, 12))
    _collect(stage, last)
    _steer(stage, last)
    name_departments(stage.be("finn"), DEPARTMENTS, now=stage.now - timedelta(days=10))
    case = save_case(stage.be("finn"), CASE, now=stage.now - timedelta(days=9))
    keep_run(stage.be("finn"), case, CASE, now=stage.now - timedelta(days=9))


def _buy(stage: Stage, since_end: int) -> None:
    """What was delivered in the quarter that is being collected."""
    for who, need, kroner, before in (
        ("carla", "Pakning af 400 velkomstposer til nye lånere", 14_600, 20),
        ("peter", "Vask af legetøj og tæpper i tre stuer", 9_200, 28),
        ("carla", "Frugt og boller til personaledagen, 60 personer", 7_400, 34),
    ):
        delivered(stage, who, need, kroner + 2_000, kroner, since_end + before, 5)


def _sign(stage: Stage, first: Quarter) -> None:
    now = at(first.first_date) - timedelta(days=20)
    mette = stage.be("mette")
    facts = {
        "municipality": stage.municipality.name,
        "signed": f"{now:%d.%m.%Y}",
        "signer": "Lise Krag, direktør",
    }
    document = files.store(
        "konsekvensanalyse.pdf", typeset(DOCUMENTS / "demo_dpia.typ", facts), by=mette, now=now
    )
    row = dpia.record_dpia(
        mette, document=document, signed_on=now.date(), signer="Lise Krag, direktør", now=now
    )
    while (now := now + dpia.REVIEW_AFTER - timedelta(days=9)) < stage.now:
        dpia.review_dpia(mette, row, note="Adgange og sletning er set efter.", now=now)


def _place(
    stage: Stage, enterprises: list[Organisation], quarter: Quarter, today: date, chance: random.Random
) -> None:
    """Those who begin in a quarter; some have ended since."""
    jonas = stage.be("jonas")
    for kind, number in A_QUARTER:
        for turn in range(number):
            begins = quarter.first_date + timedelta(days=chance.randrange(85))
            lasts = timedelta(days=chance.randint(*LASTS[kind]))
            present = chance.choice((10, 15, 20, 25))
            if begins > today:
                continue
            now = at(begins)
            ends = begins + lasts
            told = NewPlacement(
                organisation_id=enterprises[(turn + quarter.number) % len(enterprises)].pk,
                unit_id=stage.units["Beskæftigelse og Erhverv"].pk,
                kind=kind,
                hours_present=present,
                hours_effective=round(present * 0.6),
                first_date=begins,
                last_date=ends if ends <= today else None,
                code=codes.issue_code(jonas, now=now) if turn % 2 else "",
                origin="visit" if turn == 0 else "",
                origin_label="Besøg hos virksomheden" if turn == 0 else "",
            )
            register.register(jonas, told, now=now)


def _collect(stage: Stage, last: Quarter) -> None:
    """Everybody was asked about the last quarter; most have answered, one was rung, two are missing."""
    asked_at = max(_after(last, 1), stage.now - timedelta(days=6))
    ask.ask(stage.be("mette"), last, now=asked_at)
    known = ask.known_totals(stage.be("mette"), last, now=stage.now)
    reports = QuarterReport.objects.filter(year=last.year, quarter=last.number)
    rows = list(reports.select_related("organisation", "duty").order_by("pk"))
    for number, report in enumerate(rows[:-2]):
        totals = known.get(report.organisation_id)
        if totals is None and number % 3 == 0:
            continue
        told = Told(
            totals.present if totals else {str(JobType.FLEX): 1 + number % 3, str(JobType.STU): number % 2},
            totals.new if totals else {},
            min(report.due_3, totals.alive_3) if totals else 0,
            min(report.due_12, totals.alive_12) if totals else 0,
        )
        if number in (1, 6):
            jonas = stage.be("jonas")
            answer(jonas, report, told, now=stage.now, channel=QuarterReport.Channel.PHONE, said_by="Lederen")
        else:
            answer(_by_link(report), report, told, now=stage.now)
    first = rows[0]
    consent.say_yes(_by_link(first), first.organisation_id, said_by="Lederen", now=stage.now)
    count.count(stage.house, last, now=stage.now)
    count.count(stage.house, last.plus(1), now=stage.now)


def _steer(stage: Stage, last: Quarter) -> None:
    mette, now = stage.be("mette"), stage.now
    since = last.plus(1 - QUARTERS).first_date
    for indicator, goal in (("new_posts", 150), ("new_enterprises", 40), ("bought_dkk", 250_000)):
        strategy.set_target(
            mette,
            indicator,
            goal=goal,
            since=since,
            deadline=date(since.year + 4, 12, 31),
            source="Strategi for socialøkonomi, side 4",
            now=now,
        )
    due_on = timezone.localdate(now) + timedelta(days=12)
    strategy.expect_report(mette, last, committee="Beskæftigelsesudvalget", due_on=due_on, now=now)
    strategy.tell_story(
        mette,
        title="Nu er der nogen, der venter på mig",
        text=(
            "Jeg havde ikke haft et arbejde i elleve år. De første uger kom jeg to timer om tirsdagen og pakkede poser."
            " Nu er jeg der tre dage, og det er mig, der viser de nye, hvordan man gør."
        ),
        told_by="Anders, 47 år",
        organisation=Organisation.objects.filter(name__startswith="Papir").first(),
        consent_on=timezone.localdate(now) - timedelta(days=20),
        consent_how="talk",
        consent_until=timezone.localdate(now) + timedelta(days=345),
        now=now,
    )


def _by_link(report: QuarterReport) -> Principal:
    """The enterprise itself, come by the link in its mail."""
    return Principal(
        Kind.LINK,
        municipality_id=report.municipality_id,
        purpose=TOTALS,
        subject_id=report.pk,
        organisations=frozenset({report.organisation_id}),
    )


def _after(quarter: Quarter, days: int) -> datetime:
    """Four o'clock, so many days after a quarter's end."""
    return at(quarter.last_date + timedelta(days=days))
