# SPDX-License-Identifier: MPL-2.0
"""The pages that `indgang value` prints: plain Danish, for a coordinator at a terminal."""

from collections.abc import Mapping
from typing import Any

from indgang.core.value.fields import kroner, plain
from indgang.core.value.knowledge import facts
from indgang.core.value.result import Purse, Result
from indgang.web.commands.value_lines import MARK, WIDTH, cut, heading, say
from indgang.web.commands.value_words import print_doubts, print_facts, print_month

PURSES = ("job_centre", "municipality", "region", "state", "public", "citizens", "society")


def print_result(result: Result, found: Mapping[str, Any]) -> None:
    """The whole account: result by purse, by department, who should pay whom, what it rests on."""
    _title(result, found)
    _in_short(result)
    heading("Hvem vinder, og hvem betaler")
    _purses(result, [result.purses[name] for name in PURSES])
    _explain_columns(result)
    heading("Kommunens forvaltninger")
    _purses(result, _departments(result))
    _equalisation(result, found)
    _transfers(result)
    _jobs(result, found)
    _horizons(result)
    _fleksjob(found)
    _tornado(result, found)
    print_facts(facts(result))
    print_doubts(found)
    _trace(result, found)


_GRADED = {"success": "succes", "base_rate": "basisrate", "displacement": "fortrængning"}


def _title(result: Result, found: Mapping[str, Any]) -> None:
    print(result.case.title)
    print("=" * min(WIDTH, len(result.case.title)))
    say(found["question"]["da"])
    if result.question == "history":
        say("Begge forløb er fortalt uge for uge; der er ikke skønnet nogen effekt.")
    elif result.question == "person_year":
        say("Regnestykket forudsætter, at personen er i job hele året og ellers var på ydelse hele året.")
    else:
        grades = ", ".join(f"{_GRADED[name]} {grade}" for name, grade in result.case.grades.items())
        say(f"Evidens {found['evidence']['da']} ({grades}).")
    for warning in result.warnings:
        say(f"OBS: {warning}", hang=5)


def _in_short(result: Result) -> None:
    """The first three sentences somebody reads."""
    heading("Kort sagt")
    purses = result.purses
    for name, who in (("municipality", "Kommunen"), ("public", "Det offentlige")):
        purse = purses[name]
        text = f"{who} ender på {kroner(purse.amounts.npv)} kr. efter {_years(result)} år."
        if purse.interval and purse.interval.p95 - purse.interval.p5 > 0.005:
            low, high = kroner(purse.interval.p5), kroner(purse.interval.p95)
            chance = round(purse.interval.probability_positive * 100)
            text += (
                f" Det kan blive alt fra {low} til {high}; {chance} % af gennemregningerne ender med et plus."
            )
        elif not purse.interval:
            text += " Spændet er ikke regnet."
        say(text)
    losers = [p for p in _departments(result) if p.amounts.npv < -0.5]
    winners = [p for p in (*_departments(result), purses["state"]) if p.amounts.npv > 0.5]
    if losers and winners:
        most = max(winners, key=lambda purse: purse.amounts.npv)
        names = ", ".join(f"{p.label_da} ({kroner(p.amounts.npv)} kr.)" for p in losers)
        say(f"Pengene falder ikke, hvor de bruges: {names} taber, og {most.label_da} vinder mest.")


def _departments(result: Result) -> list[Purse]:
    accounts = result.figures.pack.accounts
    return [
        p for name, p in result.purses.items() if name in accounts and accounts[name].level == "municipality"
    ]


def _years(result: Result) -> str:
    return plain(round(result.horizon_weeks / 52, 2))


def _purses(result: Result, purses: list[Purse]) -> None:
    print(f"{'':33}{'netto':>11} {'fra':>11}{'til':>11}{'plus?':>7}{'brutto':>12}  tjent hjem")
    for purse in purses:
        mark = MARK if purse.support.confidence == "L" else " "
        low, high, chance = "-", "-", "-"
        if purse.interval:
            low, high = kroner(purse.interval.p5), kroner(purse.interval.p95)
            chance = f"{round(purse.interval.probability_positive * 100)} %"
        print(
            f"{cut(purse.label_da, 33):33}{kroner(purse.amounts.npv):>11}{mark}{low:>11}{high:>11}{chance:>7}"
            f"{kroner(purse.amounts.gross_npv):>12}  {_paid_back(purse, result)}"
        )


def _paid_back(purse: Purse, result: Result) -> str:
    if purse.break_even.status == "no_outlay":
        return "betaler ikke"
    if purse.break_even.status == "not_within_horizon":
        return f"ikke på {round(result.horizon_weeks * 12 / 52)} mdr."
    return f"måned {purse.break_even.month}"


def _explain_columns(result: Result) -> None:
    rate = result.case.method.rate_shown
    rate_text = "kalkulationsrenten efter år" if rate is None else f"{plain(round(rate * 100, 3))} % om året"
    print()
    say(f"Kroner i dag over {_years(result)} år, rente {rate_text}.")
    say("Netto: det, forløbet flytter, når det, der var sket alligevel, og fortrængning er trukket fra.")
    say("Brutto: tallet uden de fradrag. Det overdriver og må ikke bruges alene.")
    if result.manifest["draws"]:
        say("Fra og til: ni af ti gennemregninger ligger her. Plus?: så mange af dem ender med et plus.")
    else:
        say(
            "Fra og til mangler, fordi sagen er regnet uden gennemregninger: et tal uden spænd må ikke bruges alene."
        )
    say(f"{MARK}: hviler på et tal, der ikke er bekræftet (se nedenfor).")
    careful = result.careful_npv
    if result.question == "programme_net":
        say(
            f"Forsigtigt regnet efter evidensen: kommunen {kroner(careful['municipality'])}, "
            f"det offentlige {kroner(careful['public'])}, samfundet {kroner(careful['society'])} kr."
        )
    if result.society_with_distortion is not None:
        say(f"Samfundet med skatteforvridning: {kroner(result.society_with_distortion)} kr.")
    if result.wellbeing:
        money = (
            f" (svarer til {kroner(result.wellbeing.krone)} kr., ikke lagt til)"
            if result.wellbeing.krone
            else ""
        )
        say(f"Trivsel, i sin egen enhed: {plain(round(result.wellbeing.amount, 2))} WELLBY{money}.")


def _equalisation(result: Result, found: Mapping[str, Any]) -> None:
    line = found["equalisation"]
    near = abs(result.purses["municipality"].amounts.npv) < abs(result.cost_npv) / 4
    if line["counted"]:
        say("Udligningen er regnet med.")
    elif near or line["changes_the_sign"]:
        text = f"Tager udligningen sin del af skatten, ender kommunen på {kroner(line['municipality_after_dkk'])} kr."
        say(f"{text}{MARK}" + (" Det vender fortegnet." if line["changes_the_sign"] else ""))


def _transfers(result: Result) -> None:
    table = result.transfers
    if not table.transfers and not table.missing:
        return
    heading("Hvem skulle betale hvem, hvis ingen forvaltning skal tabe")
    accounts = result.figures.pack.accounts
    for one in table.transfers:
        say(
            f"{accounts[one.payer].department} → {accounts[one.receiver].department}: {kroner(one.amount)} kr."
        )
    if table.missing:
        say(f"Der mangler {kroner(table.missing)} kr., som kommunens gevinster ikke kan dække.")


def _jobs(result: Result, found: Mapping[str, Any]) -> None:
    heading("Job og enhedstal")
    jobs = found["jobs"]
    spread = ""
    if jobs["net_job_years_p5"] is not None:
        spread = f" (fra {plain(round(jobs['net_job_years_p5'], 1))} til {plain(round(jobs['net_job_years_p95'], 1))})"
    say(
        f"I job ved forløbets slutning: {plain(round(jobs['gross_at_programme_end'], 1))} brutto. "
        f"Ekstra job i uge 52: {plain(round(jobs['net_at_week_52'], 1))} netto. "
        f"Ekstra job-år i alt: {plain(round(jobs['net_job_years'], 2))}{spread}."
    )
    if jobs["gross_times_net"]:
        say(
            f"Bruttotallet for det offentlige er {plain(round(jobs['gross_times_net'], 1))} gange nettotallet."
        )
    for name in ("municipality", "public"):
        row = found["per_unit"][name]
        parts = [f"{kroner(row['participant_dkk'])} kr. pr. deltager"]
        if row["net_job_year_dkk"] is not None:
            parts.append(f"{kroner(row['net_job_year_dkk'])} kr. pr. ekstra job-år")
        if row["purchase_krone"] is not None:
            parts.append(f"{plain(round(row['purchase_krone'], 4))} kr. pr. indkøbskrone")
        say(f"{result.purses[name].label_da}: {', '.join(parts)}.")
    say("Tal pr. job, man hører andre steder, svarer på andre spørgsmål:")
    for row in found["other_questions"]:
        say(f"{kroner(row['dkk'])} kr.: {row['question']['da']}", indent=2, hang=2)


def _horizons(result: Result) -> None:
    heading("Kort eller langt sigt (netto, kr.)")
    print(
        f"{'år':>6}{'kommunen':>14}{'det offentlige':>17}{'samfundet':>14}   uden rente: kommunen / det offentlige"
    )
    rows: dict[float, dict[str, tuple[float, float]]] = {}
    for row in result.horizons:
        rows.setdefault(row.years, {})[row.purse] = (row.npv, row.plain)
    for years, values in rows.items():
        cells = "".join(
            f"{kroner(values[name][0]):>{width}}"
            for name, width in (("municipality", 14), ("public", 17), ("society", 14))
        )
        flat = " / ".join(kroner(values[name][1]) for name in ("municipality", "public"))
        print(f"{plain(round(years, 2)):>6}{cells}   {flat}")


def _fleksjob(found: Mapping[str, Any]) -> None:
    for name, month in (found["fleksjob_month"] or {}).items():
        heading(f"En måned i fleksjob ({name})")
        print_month(month)


def _tornado(result: Result, found: Mapping[str, Any]) -> None:
    heading("Hvad ville ændre svaret (det offentlige, kr.)")
    for row in found["tornado"]:
        ends = f"{kroner(row['at_low'])} til {kroner(row['at_high'])}"
        print(f"{cut(row['label_da'], 46):46}{ends:>28}{kroner(abs(row['swing_dkk'])):>14}")
    for name, label in (("municipality", "kommunen"), ("public", "det offentlige")):
        needed = found["success_needed"][name]
        if needed["status"] == "reached":
            say(f"Går lige op for {label} ved en succesrate på {plain(round(needed['rate'] * 100, 1))} %.")
        elif needed["status"] == "never":
            say(f"Ingen succesrate er høj nok til, at det går lige op for {label}.")


def _trace(result: Result, found: Mapping[str, Any]) -> None:
    told = result.manifest
    print()
    say(
        f"Kørsel {told['run_id']}, pakke {told['pack']} ({told['pack_sha256'][:12]}), {told['draws']} gennemregninger, "
        f"frø {told['seed']}. Afstemt: posteringerne højst {plain(found['reconciliation']['ledger_oere'])} øre fra summen."
    )
