# SPDX-License-Identifier: MPL-2.0
"""Pages of visits: what each may see and do, and that nothing typed is lost."""

from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indgang.cases.models import Case, Objection, TaskCandidate, Visit
from indgang.cases.outreach import follow, plan, record, ways
from indgang.cases.outreach.figures import figures
from tests.cast import NOW, Cast
from tests.factories import an_enterprise
from tests.pages import Browser, text_of
from tests.rooms.cases.test_outreach import in_house
from tests.rooms.cases.visits import (
    BAGER,
    LINES,
    NORDVANG,
    a_company,
    a_draft,
    agreed,
    planned,
    published,
    visited,
)

ASKING = {
    "name": "Bager Holm ApS",
    "cvr_number": BAGER,
    "town": "Åbjerg",
    "industry": "bageri",
    "contact_name": "Per Holm",
    "contact_phone": "2030 4051",
    "contact_email": "per@holm.example",
    "text": "Vi mangler hænder til pakning",
}


def a_walk(browse: Browser, case: Case, **rows: object) -> dict[str, object]:
    """The fields of the visit's page as a phone would send them, every row untouched but for `rows`."""
    page = browse.get(f"/opsoegende/besoeg/{case.pk}/paa-besoeg/")
    walk = page.context["walk"]
    fields: dict[str, object] = {"branche": walk.industry.key}
    for form in walk.forms:
        for bound in form:
            value = bound.value()
            if value not in (None, False):
                fields[bound.html_name] = value
    return fields | rows


class TestThePublic:
    def test_everybody_reads_how_companies_are_chosen(self, cast: Cast, browse: Browser) -> None:
        assert "ikke besluttet endnu" in text_of(browse.get("/opsoegende/"))
        published(cast)
        assert LINES[0] in text_of(browse.get("/opsoegende/"))
        assert "Mette Lind" in text_of(browse.get("/opsoegende/kriterier/"))

    def test_a_company_asks_for_a_visit_and_hears_who_comes(self, cast: Cast, browse: Browser) -> None:
        said = text_of(browse.post("/opsoegende/bed-om-besoeg/", ASKING, status=200))
        assert "Mette Lind ringer eller skriver senest" in said
        assert Visit.objects.get().asked_themselves

    def test_what_was_typed_stays_when_something_is_wrong(self, cast: Cast, browse: Browser) -> None:
        for wrong, told in (
            ({"cvr_number": "12345678"}, "CVR"),
            ({"contact_phone": "", "contact_email": ""}, "telefon eller e-mail"),
            ({"text": "Han hedder Bo, 010190-1234"}, "CPR"),
        ):
            said = browse.post("/opsoegende/bed-om-besoeg/", ASKING | wrong, status=200)
            assert told in text_of(said)
            assert "Bager Holm ApS" in said.content.decode()
        assert not Case.objects.exists()

    def test_a_company_says_no_and_nobody_can_plan_it(self, cast: Cast, browse: Browser) -> None:
        published(cast)
        browse.post("/opsoegende/nej-tak/", {"name": "Bager Holm", "cvr_number": BAGER})
        jonas = browse.log_in("jonas")
        said = jonas.post("/opsoegende/besoeg/nyt/", ASKING | {"criterion": LINES[0]}, status=200)
        assert "nej til besøg" in text_of(said)
        row = Objection.objects.get()
        assert "Bager Holm" in text_of(jonas.get("/opsoegende/besoeg/nej/"))
        jonas.post(f"/opsoegende/besoeg/nej/{row.pk}/", {"why": "Per Holm ringede i dag"})
        jonas.post("/opsoegende/besoeg/nyt/", ASKING | {"criterion": LINES[0]})
        assert Case.objects.get().who == "Bager Holm ApS"

    def test_figures_are_counted_and_shown_from_five_visits_on(self, cast: Cast, browse: Browser) -> None:
        visited(cast, "Pakke", "Feje")
        counted = figures(cast.home.pk, now=NOW)
        assert (counted.visits, counted.tasks, counted.jobs, counted.may_be_shown) == (1, 2, 0, False)
        assert "opgaver set" not in text_of(browse.get("/opsoegende/"))

    def test_the_public_does_not_see_the_plan(self, cast: Cast, browse: Browser) -> None:
        case = planned(cast)
        for path in ("/opsoegende/besoeg/", f"/opsoegende/besoeg/{case.pk}/", "/opsoegende/besoeg/csv/"):
            assert "/log-ind/" in browse.get(path, status=302).headers["Location"]


class TestTheVisitor:
    def test_the_whole_way_from_plan_to_visit(self, cast: Cast, browse: Browser) -> None:
        published(cast)
        jonas = browse.log_in("jonas")
        wanted = ASKING | {"criterion": LINES[1]}
        assert "Ring og få et ja" in text_of(jonas.follow("/opsoegende/besoeg/nyt/", wanted))
        case = Case.objects.get()
        path = f"/opsoegende/besoeg/{case.pk}/"
        said = jonas.follow(path + "aftal/", {"agreed_with": "Per Holm", "planned_at": "2027-04-20T10:00"})
        assert "Åbn besøget" in text_of(said)
        walk = a_walk(
            jonas,
            case,
            **{"bageri-2-here": "on", "bageri-2-volume": "400 poser", "egen1-title": "Vaske varevogn"},
        )
        assert "Vælg en vej for hver opgave" in text_of(jonas.follow(path + "paa-besoeg/", walk))
        assert [task.title for task in TaskCandidate.objects.order_by("pk")] == [
            "Pakke og mærke brød til kunder", "Vaske varevogn"
        ]  # fmt: skip
        again = text_of(jonas.follow(path + "paa-besoeg/", walk))
        assert "afleveret i forvejen" in again
        assert TaskCandidate.objects.count() == 2

    def test_a_refused_draft_comes_back_whole_and_nothing_is_kept(self, cast: Cast, browse: Browser) -> None:
        case, jonas = agreed(cast), browse.log_in("jonas")
        bad = {
            "industri-1-here": "on",
            "industri-1-considerations": "Hun har angst",
            "egen1-title": "Feje hallen",
        }
        page = jonas.post(f"/opsoegende/besoeg/{case.pk}/paa-besoeg/", a_walk(jonas, case, **bad), status=200)
        assert "Intet er gemt endnu" in text_of(page)
        assert "helbred (angst)" in text_of(page)
        assert "Feje hallen" in page.content.decode()
        assert not TaskCandidate.objects.exists()

    def test_without_an_industry_one_is_chosen_first(self, cast: Cast, browse: Browser) -> None:
        case, jonas = agreed(cast, a_company(industry="")), browse.log_in("jonas")
        path = f"/opsoegende/besoeg/{case.pk}/paa-besoeg/"
        assert "Hvilken branche" in text_of(jonas.get(path))
        assert "Slå græs" in text_of(jonas.get(path + "?branche=landbrug"))

    def test_others_find_nothing(self, cast: Cast, browse: Browser) -> None:
        case = agreed(cast)
        record.hand_in(cast.be("jonas"), case, a_draft(), now=NOW)
        task = TaskCandidate.objects.get()
        for path in (
            f"/opsoegende/besoeg/{case.pk}/",
            f"/opsoegende/besoeg/{case.pk}/paa-besoeg/",
            task.path,
        ):
            browse.log_in("carla").get(path, status=404)
            browse.log_in("dan").get(path, status=404)
        browse.log_in("carla").get("/opsoegende/besoeg/csv/", status=404)

    def test_the_plan_costs_the_same_however_long_it_is(self, cast: Cast, browse: Browser) -> None:
        jonas = browse.log_in("jonas")
        published(cast)
        counts = []
        for cvr in (NORDVANG, BAGER, "99318031"):
            plan.plan_visit(cast.be("jonas"), a_company(f"Firma {cvr}", cvr), criterion=LINES[0], now=NOW)
            jonas.get("/opsoegende/besoeg/")
            with CaptureQueriesContext(connection) as asked:
                jonas.get("/opsoegende/besoeg/")
            counts.append(len(asked))
        assert counts[0] == counts[2]


class TestOneTask:
    def test_both_ways_stand_side_by_side_with_their_sums(self, cast: Cast, browse: Browser) -> None:
        an_enterprise(cast, "Papir & Pluk")
        (task,) = visited(cast)
        in_house(cast, task)
        said = text_of(browse.log_in("jonas").get(task.path))
        assert "20 timer om ugen med 50 % intensitet er 10 effektive timer" in said
        assert "24 ordinært ansatte giver plads til 4" in said
        assert "Gennemsnit for de seneste 12 måneder" in said
        assert "Papir & Pluk" in said

    def test_the_way_is_chosen_and_followed_on_the_page(self, cast: Cast, browse: Browser) -> None:
        (task,) = visited(cast)
        jonas = browse.log_in("jonas")
        form = {
            "hours": "12,5",
            "intensity_percent": "60",
            "hourly_oere": "165,50",
            "agreement": "Industriens",
            "support": "",
        }
        assert "Få løn og vilkår bekræftet" in text_of(jonas.follow(task.path + "fleksjob/", form))
        assert "Er det begyndt?" in text_of(
            jonas.follow(task.path + "vilkaar/", {"confirmed_with": "Ib Dahl"})
        )
        assert "Efter 12 måneder" in text_of(
            jonas.follow(task.path + "begyndt/", {"started_date": "2027-01-04"})
        )
        said = jonas.follow(
            task.path + "opfoelgning/3/", {"still_running": "ja", "hours": "14", "note": "Går godt"}
        )
        assert "Er der stadig" in text_of(said)

    def test_a_wrong_number_keeps_what_was_typed(self, cast: Cast, browse: Browser) -> None:
        (task,) = visited(cast)
        form = {"hours": "12", "intensity_percent": "600", "hourly_oere": "165", "agreement": "Industriens"}
        said = browse.log_in("jonas").post(task.path + "fleksjob/", form, status=200)
        assert "Industriens" in said.content.decode()
        task.refresh_from_db()
        assert task.way == ""

    def test_the_drafts_are_tagged_documents(self, cast: Cast, browse: Browser) -> None:
        packers = an_enterprise(cast, "Papir & Pluk")
        case = agreed(cast)
        record.hand_in(cast.be("jonas"), case, a_draft("Pakke", "Feje"), now=NOW)
        first, second = TaskCandidate.objects.select_related("case").order_by("pk")
        in_house(cast, first)
        ways.choose_outsourcing(
            cast.be("jonas"),
            second,
            supplier=packers,
            price_oere=1350,
            price_per="pose",
            trial_weeks=8,
            now=NOW,
        )
        jonas = browse.log_in("jonas")
        for path in (
            f"/opsoegende/besoeg/{case.pk}/opgavekort/",
            f"{first.path}jobprofil/",
            f"{second.path}aftale/",
        ):
            document = jonas.get(path).content
            assert document.startswith(b"%PDF-")
            assert b"/StructTreeRoot" in document or b"pdfuaid" in document

    def test_a_draft_that_cannot_be_made_says_what_to_do_first(self, cast: Cast, browse: Browser) -> None:
        (task,) = visited(cast)
        said = browse.log_in("jonas").get(f"{task.path}jobprofil/", status=409)
        assert "Udfyld jobprofilen først" in text_of(said)

    def test_the_csv_holds_visits_and_defuses_formulas(self, cast: Cast, browse: Browser) -> None:
        case = agreed(cast)
        record.hand_in(
            cast.be("jonas"),
            case,
            record.Draft(uuid4(), "industri", (record.Seen(uuid4(), "=HYPERLINK(1)"),)),
            now=NOW,
        )
        said = browse.log_in("jonas").get("/opsoegende/besoeg/csv/").content.decode("utf-8-sig")
        assert said.splitlines()[0].startswith("sag;virksomhed;cvr")
        assert ";'=HYPERLINK(1);" in said
        assert NORDVANG in said


def test_a_job_that_begins_leads_to_its_placement(cast: Cast, browse: Browser) -> None:
    (task,) = visited(cast)
    in_house(cast, task)
    ways.confirm_terms(cast.be("jonas"), task, confirmed_with="Ib Dahl", now=NOW)
    task.refresh_from_db()
    follow.begin(cast.be("jonas"), task, started_date=NOW.date(), now=NOW)
    page = reverse("visit_task", args=[task.pk])
    jonas = browse.log_in("jonas")
    assert "fra=visit" not in jonas.get(page).content.decode()  # the company is not in the directory
    kro = an_enterprise(cast, "Engholm Kro S.M.B.A.")
    Case.objects.filter(pk=task.case_id).update(organisation=kro)
    assert (
        f"virksomhed={kro.pk}&amp;enhed={task.case.unit_id}&amp;fra=visit" in jonas.get(page).content.decode()
    )
