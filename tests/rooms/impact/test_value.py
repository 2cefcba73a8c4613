# SPDX-License-Identifier: MPL-2.0
"""The value account in the product: quick with sliders, kept for good, on paper, and who should pay whom."""

import io
import json
import re
import time
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from indgang.core.text import Refused
from indgang.core.value.canonical import digest
from indgang.core.value.case_file import read_file
from indgang.impact import account, departments, valuing
from indgang.impact.actions import transfers
from indgang.impact.actions.value import keep_run, save_case
from indgang.impact.models import TransferOpening, ValueCase, ValueRun
from indgang.impact.papers import sheet_pdf
from indgang.impact.permissions import check_can_see_transfers, opening_of
from indgang.impact.workbook import workbook
from indgang.kernel import actions as house
from indgang.kernel.models import Duty, Role
from tests.cast import NOW, START, Cast
from tests.pages import Browser, text_of

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples" / "value"
TEN = read_file(str(EXAMPLES / "20-langtidsmodtagere.yaml"))
assert isinstance(TEN, dict)


def example_ten(cast: Cast) -> ValueCase:
    return save_case(cast.be("mette"), TEN, now=NOW)


def a_run(cast: Cast) -> ValueRun:
    return keep_run(cast.be("mette"), example_ten(cast), TEN, now=NOW)


def with_finance(cast: Cast) -> None:
    """Finn counts the money, Lise chairs the internal group."""
    for key, role in (("finn", Role.FINANCE), ("lise", Role.DIRECTOR)):
        member = house.add_member(
            cast.house,
            f"{key}@aabjerg.example",
            key.title(),
            unit=cast.units["Økonomi og Indkøb"],
            role=role,
            first_date=START,
            now=NOW,
        )
        cast.people[key] = member.user


def test_example_ten_by_department_with_gross_beside_net_and_a_range(cast: Cast) -> None:
    shown = account.page(a_run(cast).result)
    rows = {row.name: row for row in shown["rows"]}
    assert {name: rows[name].net for name in ("KOM.BESK", "KOM.OKON", "KOM.SOC", "municipality", "public", "society")} == {
        "KOM.BESK": -151_698, "KOM.OKON": 106_613, "KOM.SOC": 65_384, "municipality": 20_299, "public": 432_598,
        "society": 897_848,
    }  # fmt: skip
    assert rows["public"].gross == 2_205_807
    assert all(row.low is not None and row.high is not None and row.low < row.high for row in shown["rows"])
    assert (rows["municipality"].pays_back, rows["KOM.BESK"].pays_back) == (
        "måned 57",
        "ikke inden for perioden",
    )
    assert rows["KOM.BESK"].doubtful
    assert len(shown["doubts"]) == 8
    assert shown["equalisation"]["changes_the_sign"]


def test_internal_transfers_of_example_ten_make_the_job_centre_whole(cast: Cast) -> None:
    table = departments.owed(a_run(cast).result, "label_da")
    assert [(row["payer"], row["receiver"], row["amount"]) for row in table["rows"]] == [
        ("Kommunekassen (skat og udligning)", "Jobcenter og beskæftigelse", 94_031),
        ("Socialområdet (voksne)", "Jobcenter og beskæftigelse", 57_668),
    ]
    assert (sum(row["amount"] for row in table["rows"]), table["missing"]) == (151_699, 0)


def test_a_kept_run_never_changes_and_is_the_same_when_run_again(cast: Cast) -> None:
    run = a_run(cast)
    assert keep_run(cast.be("mette"), run.case, TEN, now=NOW) == run
    manifest = run.result["manifest"]
    again = valuing.thorough(manifest["case"])
    assert json.loads(json.dumps(again)) == run.result
    told = {key: value for key, value in run.result.items() if key != "manifest"}
    assert digest(told) == manifest["result_sha256"]
    assert (run.by, run.at, run.seed, run.draws) == (cast.people["mette"], NOW, 20260101, 10_000)
    for change in (lambda: ValueRun.objects.update(seed=1), lambda: ValueRun.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


def test_changing_the_case_leaves_its_runs_alone(cast: Cast) -> None:
    run = a_run(cast)
    save_case(cast.be("mette"), {**TEN, "success": 0.5}, run.case, now=NOW)
    run.refresh_from_db()
    assert run.result["manifest"]["case"]["success"] == 0.3


@pytest.mark.parametrize("text", ["nan", "inf", "101", "-1", "mange", "1e9"])
def test_a_slider_takes_only_numbers_in_its_range(text: str) -> None:
    with pytest.raises(Refused, match="Skriv et tal"):
        valuing.moved(TEN, {"success": text})


def test_sliders_move_the_case_and_a_success_below_the_base_rate_is_said() -> None:
    moved = valuing.moved(TEN, {"success": "50", "base_rate": "12,5", "half_life": "52", "horizon": "3"})
    assert (moved["success"], moved["base_rate"], moved["half_life_weeks"], moved["horizon_years"]) == (
        0.5,
        0.125,
        52,
        3,
    )
    low = account.page(valuing.quick(valuing.moved(TEN, {"success": "5"})))
    assert low["warnings"]
    assert low["rows"][0].net < 0


def test_fewer_people_than_k_show_nothing(cast: Cast, browse: Browser) -> None:
    case = save_case(cast.be("mette"), {**TEN, "participants": 4}, now=NOW)
    page = text_of(browse.log_in("mette").get(f"/vaerdi/{case.pk}/"))
    assert "Der står kun 4 personer bag" in page
    assert "Tjent hjem" not in page
    with pytest.raises(Refused, match="kun 4 personer"):
        keep_run(cast.be("mette"), case, case.raw, now=NOW)


def test_the_workbooks_formulas_lead_back_to_the_ledger_and_give_the_accounts(cast: Cast) -> None:
    run = a_run(cast)
    book = load_workbook(io.BytesIO(workbook(run)))
    ledger = list(book["Posteringer"].iter_rows(min_row=2, values_only=True))
    assert all(row[0] == run.run_id for row in ledger)
    sheet = book.worksheets[0]
    lines = {row[0]: row for row in sheet.iter_rows(min_row=6, values_only=True)}
    assert str(lines["KOM.BESK"][2]).startswith("=SUMIFS(Posteringer!")
    assert lines["KOM.BESK"][8] == run.run_id
    for code in ("KOM.BESK", "KOM.OKON", "STAT.BM", "BORGER"):
        received = sum(row[7] / 100 * row[8] for row in ledger if row[4] == code)  # type: ignore[operator]
        paid = sum(row[7] / 100 * row[8] for row in ledger if row[3] == code)  # type: ignore[operator]
        assert received - paid == pytest.approx(run.result["accounts"][code]["npv_dkk"], abs=0.02)
    assert lines["municipality"][2] == "=" + "+".join(
        f"C{number}" for number, row in enumerate(sheet.iter_rows(min_row=6, values_only=True), 6) if str(row[0]).startswith("KOM.")
    )  # fmt: skip


def test_the_sheet_is_one_tagged_page(cast: Cast) -> None:
    pdf = sheet_pdf(cast.home, a_run(cast))
    assert pdf.startswith(b"%PDF")
    assert b"pdfuaid" in pdf
    assert len(re.findall(rb"/Type/Page/", pdf)) == 1


def test_a_slider_is_answered_in_under_a_hundred_milliseconds(cast: Cast, browse: Browser) -> None:
    case, mette = example_ten(cast), browse.log_in("mette")
    path = f"/vaerdi/{case.pk}/?base_rate=12&half_life=104&horizon=5&success="
    mette.get(path + "29", htmx=True)
    taken = []
    for success in range(30, 38):
        started = time.process_time()
        answer = mette.get(f"{path}{success}", htmx=True)
        taken.append(time.process_time() - started)
    assert 'id="svar"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert sorted(taken)[1] < 0.1, taken


def test_the_account_costs_the_same_however_many_runs_there_are(cast: Cast, browse: Browser) -> None:
    case, mette = example_ten(cast), browse.log_in("mette")
    counts = []
    for success in (0.3, 0.31, 0.32):
        keep_run(cast.be("mette"), case, {**TEN, "success": success}, now=NOW)
        with CaptureQueriesContext(connection) as seen:
            mette.get(f"/vaerdi/{case.pk}/")
        counts.append(len(seen))
    assert len(set(counts[1:])) == 1, counts


def test_mette_writes_a_case_moves_a_slider_and_keeps_it_in_the_browser(cast: Cast, browse: Browser) -> None:
    mette = browse.log_in("mette")
    assert "Ingen sager endnu" in text_of(mette.get("/vaerdi/"))
    mette.get("/vaerdi/ny/")
    told: dict[str, object] = {
        "title": "Tyve i et halvt år", "participants": "20", "type": "praktik", "weeks": "26",
        "cost_per_participant": "45.000", "cost_payer": "KOM.BESK", "success": "30", "base_rate": "12 %", "evidence": "C",
        "half_life_weeks": "104", "displacement": "20", "wage_year": "300.000", "benefit": "kontanthjaelp_forhoejet",
        "benefit_weeks_before": "104", "horizon_years": "5", "saves_kom_besk": "10602", "saves_kom_soc": "12000",
        "saves_reg": "4000", "saves_stat_jm": "2000",
    }  # fmt: skip
    page = mette.post("/vaerdi/ny/", told | {"success": "130"}, status=200)
    assert 'value="45.000"' in page.content.decode()
    page = mette.follow("/vaerdi/ny/", told)
    assert "20.299" in text_of(page)
    assert "432.598" in text_of(page)
    case = ValueCase.objects.get()
    assert "Skriv et tal" in text_of(mette.get(f"/vaerdi/{case.pk}/?success=nan"))
    moved = text_of(mette.get(f"/vaerdi/{case.pk}/?success=40"))
    assert "432.598" not in moved
    assert "I sagen: 30 %" in moved
    kept = text_of(mette.follow(f"/vaerdi/{case.pk}/gem/", {"success": "40"}))
    run = ValueRun.objects.get()
    assert run.run_id in kept
    assert run.result["manifest"]["case"]["success"] == 0.4
    assert mette.client.get(f"/vaerdi/koersler/{run.pk}/ark.pdf").content.startswith(b"%PDF")
    assert mette.client.get(f"/vaerdi/koersler/{run.pk}/regnskab.xlsx").content.startswith(b"PK")
    mette.post(f"/vaerdi/{case.pk}/ret/", told | {"participants": "25"})
    assert text_of(mette.get(f"/vaerdi/koersler/{run.pk}/")).count(run.run_id) >= 4
    browse.log_in("dan").get(f"/vaerdi/{case.pk}/", status=404)
    browse.log_in("carla").get(f"/vaerdi/{case.pk}/")
    browse.log_in("carla").get("/vaerdi/ny/", status=404)
    browse.get("/vaerdi/", status=302)


def test_who_should_pay_whom_is_off_then_for_two_then_for_all(cast: Cast) -> None:
    with_finance(cast)
    a_run(cast)
    mette, finn, lise, carla = (cast.be(name) for name in ("mette", "finn", "lise", "carla"))
    for who in (mette, finn, lise, carla):
        with pytest.raises(Refused, match="slået fra"):
            check_can_see_transfers(who, opening_of(cast.home.pk))
    with pytest.raises(Refused, match="rollen Økonomi"):
        transfers.open_transfers(mette, finance=cast.people["carla"], chair=cast.people["lise"], now=NOW)
    opening = transfers.open_transfers(mette, finance=cast.people["finn"], chair=cast.people["lise"], now=NOW)
    assert Duty.objects.filter(kind=transfers.DUTY, done_at=None).count() == 2
    for who in (finn, lise):
        check_can_see_transfers(who, opening)
    for who in (mette, carla):
        with pytest.raises(Refused, match="vises først for Finn"):
            check_can_see_transfers(who, opening)
    with pytest.raises(Refused, match="skal have set"):
        transfers.widen(mette, opening, now=NOW)
    with pytest.raises(Refused, match="Kun økonomi og formanden"):
        transfers.note_seen(carla, opening, now=NOW)
    transfers.note_seen(finn, opening, now=NOW)
    transfers.note_seen(lise, opening, now=NOW)
    assert not Duty.objects.filter(kind=transfers.DUTY, done_at=None).exists()
    transfers.widen(mette, opening, now=NOW)
    check_can_see_transfers(carla, TransferOpening.objects.get())
    transfers.close_transfers(mette, opening, now=NOW)
    with pytest.raises(Refused, match="slået fra"):
        check_can_see_transfers(finn, opening_of(cast.home.pk))


def test_the_table_in_the_browser(cast: Cast, browse: Browser) -> None:
    with_finance(cast)
    a_run(cast)
    path = "/vaerdi/hvem-betaler-hvem/"
    mette, finn, lise = (browse.log_in(name) for name in ("mette", "finn", "lise"))
    assert "slået fra" in text_of(finn.get(path))
    told = {"finance": cast.people["finn"].pk, "chair": cast.people["lise"].pk}
    assert "Åbnet for de to" in text_of(mette.follow(path, told))
    assert "94.031" not in text_of(mette.get(path))
    assert "94.031" in text_of(finn.get(path))
    finn.post(path + "set/")
    lise.post(path + "set/")
    assert "94.031" in text_of(mette.follow(path + "alle/"))
    assert "94.031" in text_of(browse.log_in("carla").get(path))
    mette.post(path + "luk/")
    assert "94.031" not in text_of(finn.get(path))
