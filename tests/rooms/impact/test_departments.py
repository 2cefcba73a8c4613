# SPDX-License-Identifier: MPL-2.0
"""Finance says what the accounts are called here: on pages, on paper, in the workbook; never in a run already kept."""

import io
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from openpyxl import load_workbook

from indgang.core.text import Refused
from indgang.impact import account, departments, papers
from indgang.impact.actions.departments import name_departments
from indgang.impact.actions.value import keep_run, save_case
from indgang.impact.models import DepartmentNames, ValueRun
from indgang.impact.workbook import workbook
from indgang.kernel.models import AuditLine
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of
from tests.rooms.impact.test_value import TEN

NAMES = {"KOM.BESK": "Jobcenter Åbjerg", "KOM.SOC": "Velfærd", "KOM.OKON": "Økonomi og Indkøb"}


def a_run(cast: Cast, *, at: int = 0) -> ValueRun:
    now = NOW + timedelta(days=at)
    return keep_run(cast.be("mette"), save_case(cast.be("mette"), TEN, now=now), TEN, now=now)


def test_own_names_stand_in_the_account_the_chart_and_the_prices(cast: Cast) -> None:
    name_departments(cast.be("mette"), NAMES, now=NOW)
    shown = departments.of_run(a_run(cast, at=1))
    assert shown["accounts"]["KOM.SOC"]["label_da"] == "Velfærd"
    assert [step["label_da"] for step in shown["waterfall"][1:4]] == [
        NAMES[c] for c in ("KOM.BESK", "KOM.OKON", "KOM.SOC")
    ]
    assert "Pris på tilbud: Velfærd" in [row["label_da"] for row in shown["tornado"]]
    assert shown["accounts"]["REG"]["label_da"] == "Regionen"
    assert not account.page(shown)["findings"]["who"].endswith("kr..")
    labels = [row["label"] for row in papers._model(a_run(cast, at=2))["rows"]]
    assert labels[:3] == ["Jobcenter Åbjerg", "Økonomi og Indkøb", "Velfærd"]


def test_the_workbook_and_who_pays_whom_use_them_too(cast: Cast) -> None:
    name_departments(cast.be("mette"), NAMES, now=NOW)
    run = a_run(cast, at=1)
    sheet = load_workbook(io.BytesIO(workbook(run))).worksheets[0]
    assert {"Jobcenter Åbjerg", "Velfærd"} <= {row[1].value for row in sheet.iter_rows(min_row=6)}
    table = departments.owed(departments.of_run(run), "label_da")
    assert [(row["payer"], row["receiver"]) for row in table["rows"]] == [
        ("Økonomi og Indkøb", "Jobcenter Åbjerg"),
        ("Velfærd", "Jobcenter Åbjerg"),
    ]


def test_accounts_of_one_department_owe_each_other_nothing(cast: Cast) -> None:
    """The job centre loses 151,698 kr., adults' services gain 65,384: together they need 86,314 kr. from the treasury."""
    one = {"KOM.BESK": "Arbejde og Velfærd", "KOM.SOC": "Arbejde og Velfærd"}
    found = departments.named(a_run(cast).result, one)
    assert found["accounts"]["KOM.SOC"]["label_da"] == "Arbejde og Velfærd (Socialområdet (voksne))"
    table = departments.owed(found, "label_da")
    assert [(row["receiver"], row["amount"]) for row in table["rows"]] == [("Arbejde og Velfærd", 86_314)]


def test_a_kept_run_keeps_the_names_of_its_day(cast: Cast) -> None:
    before = a_run(cast)
    name_departments(cast.be("mette"), NAMES, now=NOW + timedelta(days=1))
    assert departments.of_run(before)["accounts"]["KOM.SOC"]["label_da"] == "Socialområdet (voksne)"
    name_departments(cast.be("mette"), {"KOM.SOC": "Social"}, now=NOW + timedelta(days=2))
    assert departments.in_force(cast.home.pk, NOW + timedelta(days=1)) == NAMES
    assert departments.in_force(cast.home.pk) == {"KOM.SOC": "Social"}


def test_a_version_is_kept_logged_and_never_changed(cast: Cast) -> None:
    name_departments(cast.be("mette"), NAMES, now=NOW)
    row = name_departments(cast.be("mette"), {**NAMES, "KOM.SOC": "Social"}, now=NOW)
    assert row.version == 2
    line = AuditLine.objects.filter(act="value.departments").order_by("pk").last()
    assert line is not None
    assert line.facts["KOM.SOC"] == "Velfærd → Social"
    with pytest.raises(ProgrammingError), transaction.atomic():
        DepartmentNames.objects.update(names={})


def test_what_cannot_be_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="findes ikke"):
        name_departments(cast.be("mette"), {"STAT.BM": "Staten"}, now=NOW)
    with pytest.raises(Refused, match="Økonomi, koordinatoren"):
        name_departments(cast.be("carla"), NAMES, now=NOW)
    name_departments(cast.be("mette"), NAMES, now=NOW)
    with pytest.raises(Refused, match="samme som før"):
        name_departments(cast.be("mette"), {**NAMES, "KOM.TEK": "  "}, now=NOW)


def test_a_preview_comes_before_anything_is_saved(cast: Cast, browse: Browser) -> None:
    a_run(cast)
    assert "Udgaver" not in text_of(browse.log_in("mette").get("/vaerdi/forvaltninger/"))
    typed = {"navn_kom_soc": "Velfærd"}
    page = text_of(browse.log_in("mette").post("/vaerdi/forvaltninger/", typed, status=200))
    assert "Sådan bliver det" in page
    assert "Velfærd 65.384 kr." in page.replace("\xa0", " ")
    assert not DepartmentNames.objects.exists()
    browse.log_in("mette").post("/vaerdi/forvaltninger/", {**typed, "gem": "1"})
    assert departments.in_force(cast.home.pk) == {"KOM.SOC": "Velfærd"}
    assert "Udgave 1" in text_of(browse.log_in("mette").get("/vaerdi/forvaltninger/"))


def test_the_others_read_what_the_departments_are_called(cast: Cast, browse: Browser) -> None:
    name_departments(cast.be("mette"), NAMES, now=NOW)
    page = text_of(browse.log_in("carla").get("/vaerdi/forvaltninger/"))
    assert "Velfærd" in page
    assert "Se, hvordan det bliver" not in page


def test_the_account_says_the_careful_figure_and_which_question_others_answer(
    cast: Cast, browse: Browser
) -> None:
    run = a_run(cast)
    page = text_of(browse.log_in("mette").get(f"/vaerdi/koersler/{run.pk}/")).replace("\xa0", " ")
    assert "Forsigtigt regnet" in page
    assert "kommunen -389.510 kr." in page.replace("−", "-")
    assert "122.000 kr." in page
    assert page.count("rører tallene her") == 6
