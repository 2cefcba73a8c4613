# SPDX-License-Identifier: MPL-2.0
"""Visits in the demo: one that led to a fleksjob, one under way, one that a company has asked for, and a no."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from indgang.cases.models import Case, TaskCandidate
from indgang.cases.outreach import follow, objections, plan, record, ways
from indgang.cases.outreach.plan import Company
from indgang.cases.outreach.record import Draft, Seen, Staffing
from indgang.kernel import duties
from indgang.kernel.access import anonymous
from indgang.web.demo.people import Stage

CRITERIA = (
    "Virksomheden søger folk lige nu",
    "Mindst ti ansatte og opgaver, der kan deles op i få timer",
    "Branchen har ikke haft besøg det seneste år",
)
NORDVANG = Company(
    "Nordvang Plast A/S",
    "99907525",
    "Helle Bro",
    "helle@nordvangplast.example",
    "2040 1101",
    "Åbjerg",
    "industri",
)
HOLM = Company(
    "Bager Holm ApS", "99574240", "Per Holm", "per@bagerholm.example", "2040 1102", "Sønderlund", "bageri"
)
STEN = Company(
    "Stens Autoværksted", "99811005", "Sten Lund", "", "2040 1103", "Åbjerg", "auto", is_sole_trader=True
)


def visit_companies(stage: Stage) -> None:
    """Jonas has been at Nordvang Plast and is on his way to Bager Holm; a garage has asked, another has said no."""
    plan.set_criteria(stage.be("mette"), CRITERIA, now=stage.now - timedelta(days=200))
    _nordvang(stage)
    _holm(stage)
    somebody = anonymous(stage.municipality.pk)
    plan.ask_for_visit(
        somebody, STEN, "Vi vasker biler hver dag og når det ikke. Kom gerne en formiddag.", now=stage.now
    )
    objections.object_to_visits(
        somebody, name="Toft VVS", cvr_number="99811013", how="Formularen på hjemmesiden", now=stage.now
    )


def _nordvang(stage: Stage) -> None:
    jonas, planned = stage.be("jonas"), stage.now - timedelta(days=120)
    case = plan.plan_visit(jonas, NORDVANG, criterion=CRITERIA[1], now=planned)
    then = duties.at((planned + timedelta(days=8)).date())
    plan.agree(jonas, case, agreed_with="Helle Bro", planned_at=then, now=planned + timedelta(days=1))
    tasks = (
        Seen(
            uuid4(), "Pakke poser med skruer og løsdele", "industri-4", Decimal(12), "Kan tælle",
            "400 poser om ugen, mest sidst på ugen", "Fast plads, eget tempo", "Rigtigt antal i hver pose", "Sikkerhedssko",
        ),
        Seen(
            uuid4(), "Folde og klistre emballage", "industri-5", Decimal(15), "Kan følge et mønster",
            "1.200 æsker om måneden", "Kan gøres hos en anden", "Lige kanter", "",
        ),
        Seen(uuid4(), "Feje hallen om natten", "", Decimal(4), "", "Hver nat", "", "", "Truck i området"),
    )  # fmt: skip
    draft = Draft(uuid4(), "industri", tasks, Staffing(24, 1, 0, (23,) * 6 + (24,) * 6))
    record.hand_in(jonas, case, draft, now=then)
    job, order, night = (
        TaskCandidate.objects.filter(case=case).select_related("case__municipality").order_by("pk")
    )
    ways.choose_in_house(
        jonas, job, hours=Decimal(20), intensity_percent=50, hourly_oere=16_850, agreement="Industriens Overenskomst",
        support="Helle viser til rette den første måned", now=then,
    )  # fmt: skip
    ways.confirm_terms(jonas, job, confirmed_with="Ib Dahl, tillidsrepræsentant", now=then)
    job.refresh_from_db()
    began: date = (stage.now - timedelta(days=100)).date()
    follow.begin(jonas, job, started_date=began, now=stage.now - timedelta(days=99))
    first = job.follow_ups.select_related("duty").get(months=3)
    first.task = job
    follow.follow_up(
        jonas, first, still_running=True, hours=Decimal(24), note="Er gået fra 20 til 24 timer", now=stage.now
    )
    ways.find_somebody(jonas, order, now=stage.now - timedelta(days=1))
    ways.choose_neither(
        jonas, night, why="Ingen vil arbejde alene om natten, og den kan ikke flyttes", now=then
    )


def _holm(stage: Stage) -> Case:
    jonas = stage.be("jonas")
    case = plan.plan_visit(jonas, HOLM, criterion=CRITERIA[0], now=stage.now - timedelta(days=3))
    when = duties.at((stage.now + timedelta(days=4)).date())
    plan.agree(jonas, case, agreed_with="Per Holm", planned_at=when, now=stage.now - timedelta(days=1))
    return case
