# SPDX-License-Identifier: MPL-2.0
"""The names a case may use, with their unit and meaning: the reader, the suggestions and the reference page
all come from here."""

from typing import NamedTuple


class Key(NamedTuple):
    """`unit` is what to write; `meaning` is one English sentence."""

    unit: str
    meaning: str


GROUP: dict[str, Key] = {
    "participants": Key("count", "How many people; required."),
    "weeks": Key(
        "weeks", "How long the programme runs before its effect begins; 0 when it begins with a job."
    ),
    "type": Key("text", "praktik, mentor, stu, beskyttet, loentilskud, fleksjob or ordinaer."),
    "cost_per_participant": Key(
        "kr, quantity", "What the programme costs per participant, spread over its weeks."
    ),
    "cost_payer": Key("account, or account: share", "Who pays for the programme; KOM.BESK unless said."),
    "success": Key(
        "share, quantity", "Share in work when the programme ends; required unless a study gives `effect`."
    ),
    "base_rate": Key("share, quantity", "Share that would have found work within a year anyway; required."),
    "effect": Key("table", "A study's `difference` and `standard_error` instead of success."),
    "half_life_weeks": Key(
        "weeks, quantity, or none", "Weeks until half of the jobs have ended; the pack's if absent."
    ),
    "displacement": Key("share, quantity", "Share of the extra jobs that others lose; 0 unless said."),
    "attribution": Key("share", "Share of the effect this purse claims when several fund it; 1 unless said."),
    "curves": Key("table", "Empirical curves: `with` and `without`, lists of [week, share in work]."),
    "evidence": Key(
        "A-D, or name: A-D", "How well success, base_rate, displacement are known; D unless said."
    ),
    "optimism_correction": Key(
        "true, false, factor", "Scale success - base rate by the evidence; off unless said."
    ),
    "correction_reason": Key("text", "Why the correction is milder than the evidence grade allows."),
    "outcome": Key("text", "What it leads to: ordinaert (default) or fleksjob."),
    "wage_year": Key("kr", "Gross pay a year in the job."),
    "wage_month": Key("kr", "The same per month."),
    "wage_hour": Key("kr", "The same per hour, with hours_week."),
    "hours_week": Key("hours", "Hours a week, for wage_hour."),
    "productivity": Key("factor", "Value of the work per krone of pay; 1 unless said."),
    "benefit": Key("text", "A benefit row of the pack, e.g. kontanthjaelp_forhoejet."),
    "benefit_month": Key("kr", "The benefit's amount a month (a week is 12/52 of it)."),
    "benefit_week": Key("kr", "The benefit's amount a week."),
    "benefit_weeks_before": Key("weeks", "Benefit weeks already counted on the staircase."),
    "self_support_weeks": Key(
        "weeks", "Weeks of self-support in the latest 156; 52 start the staircase over."
    ),
    "fleksjob": Key("table", "Pay in the fleksjob; see below."),
    "loentilskud": Key("table", "Pay and subsidy while the programme runs; see below."),
    "history": Key("table", "`with` and `without`: week by week instead of an effect; see below."),
    "start_week": Key("week", "First week of this group, counted from 0."),
    "end_week": Key("week", "Last programme week plus one, instead of `weeks`."),
    "start_date": Key("date", "The same as a date."),
    "end_date": Key("date", "The last day of the programme."),
}

CASE: dict[str, Key] = {
    "title": Key("text", "What the case is called."),
    "kind": Key("text", "programme (default), fleksjob, sroi, reconciliation, annuity or claim."),
    "year": Key("year", "Price year: the pack's rows valid on 1 January; the pack's year unless said."),
    "start_date": Key("date", "First day of the run, instead of `year`."),
    "municipality": Key("text", "Name of the municipality, for the page."),
    "horizon_years": Key("years", "How far to count; 5 unless said."),
    "horizon_weeks": Key("weeks", "The same in weeks."),
    "discount_rate": Key(
        "share, or dansk", "Real rate a year; dansk (default) is the official rate by band."
    ),
    "per_job_year": Key(
        "account: kr, or list", "What each full job-year saves besides the benefit; see below."
    ),
    "section_176_other_year": Key(
        "kr", "Other yearly cost per person that already counts towards section 176."
    ),
    "purchase": Key("table", "A contract behind the programme; see below."),
    "municipal_tax_share": Key("share", "The municipality's own tax; the national average unless said."),
    "equalisation": Key("true, false, share", "Take equalisation of the tax gain away; off unless said."),
    "net_tax_factor": Key("true, false, factor", "Count indirect taxes on extra income; off unless said."),
    "tax_distortion": Key("true, false, share", "Also show society with tax distortion; off unless said."),
    "model": Key("text", "expected (default) or spells: simulated histories with staircase resets."),
    "return_per_year": Key(
        "share", "Spells: share of those who lost the job that find a new one within a year."
    ),
    "correlation": Key("independent, or table", "success_base_rate and unit_costs; the pack's unless said."),
    "wellbeing": Key("table", "per_job_year in WELLBY, and optionally kr_per_wellby."),
    "groups": Key(
        "list", "Groups or single placements; each may say any of the group keys, the rest is inherited."
    ),
}

GROUP_ONLY: dict[str, Key] = {
    "id": Key("text", "A name for the group in the ledger."),
    "person": Key("text", "A random code for one person; placements of one person may not overlap."),
    "enterprise": Key("text", "Which enterprise, for publishing."),
}

FLEKSJOB: dict[str, Key] = {
    "pay_month": Key("kr", "Pay a month in the fleksjob, with pension; required and above 0."),
    "other_pay_month": Key("kr", "Pay from other work; 0 unless said."),
    "full_pay_month": Key("kr", "Full-time pay of the position: subsidy and pay may not exceed it."),
    "max_dagpenge_month": Key("kr", "Highest unemployment benefit; the pack's unless said."),
}

LOENTILSKUD: dict[str, Key] = {
    "wage_year": Key("kr", "Pay a year while subsidised; required."),
    "subsidy_year": Key("kr", "Subsidy to the employer a year; required."),
    "productivity": Key("factor", "Value of the work per krone of pay; what the subsidy leaves unless said."),
}

SERVICE: dict[str, Key] = {
    "account": Key("account", "Who saves the money; or `payer`."),
    "payer": Key("payer rule", "A dated rule of the pack instead, e.g. hospital or moved_health_task."),
    "amount_year": Key("kr, quantity", "Kroner per full job-year; or `price` and `units`."),
    "price": Key("pack row", "A price of the pack, e.g. stu.year."),
    "units": Key(
        "number", "How many of that unit a full job-year saves; 1 for a yearly price, else required."
    ),
    "quality": Key("text", "tariff, survey or guess (default): decides the spread."),
    "lag_weeks": Key("weeks", "Weeks before a freed place is money; 0 unless said."),
    "cashable": Key("true, false", "Whether freed capacity becomes money; true unless said."),
    "section_176": Key("true, false", "Whether the cost counts towards section 176."),
    "price_year": Key("year", "Price year of the amount, with `index`."),
    "index": Key("text", "Index of the pack that brings it to the run's year, e.g. satsregulering."),
    "label": Key("text", "What it is, in plain words."),
}

PURCHASE: dict[str, Key] = {
    "amount": Key("kr", "Contract amount; required."),
    "premium": Key("share", "Premium as a share of the amount; or `reference_price`."),
    "reference_price": Key("kr", "What the same would have cost elsewhere."),
    "payer": Key("account", "Which department buys; KOM.BESK unless said."),
}

QUANTITY: dict[str, Key] = {
    "mean": Key("number", "Central value, with persons, evidence, spread or quality."),
    "persons": Key("count", "A share: how many people the knowledge is worth."),
    "evidence": Key("A-D", "A share: the same by evidence grade."),
    "spread": Key("factor", "A price: standard deviation over mean."),
    "quality": Key("text", "A price: tariff, survey or guess."),
    "median": Key("number", "A duration, with sigma."),
    "sigma": Key("factor", "A duration: standard deviation of its logarithm."),
    "beta": Key("[a, b]", "A Beta distribution."),
    "gamma": Key("[shape, scale]", "A Gamma distribution."),
    "lognormal": Key("[median, sigma]", "A LogNormal distribution."),
    "normal": Key("[mean, sd]", "A Normal distribution."),
    "fixed": Key("number", "Certain."),
}

EFFECT: dict[str, Key] = {
    "difference": Key("number", "Success minus base rate, from a study."),
    "standard_error": Key("number", "Its standard error."),
}
HISTORY: dict[str, Key] = {
    "with": Key("history", "With the programme, e.g. work:52."),
    "without": Key("history", "Without it, e.g. benefit:52."),
}
CORRELATION: dict[str, Key] = {
    "success_base_rate": Key("-1 to 1", "Between success and base rate."),
    "unit_costs": Key("0 to 1", "Between the unit costs, through one common factor."),
}
WELLBEING: dict[str, Key] = {
    "per_job_year": Key("number, quantity", "WELLBY per net job-year."),
    "kr_per_wellby": Key("kr", "Optional money value of one; never added to the budget."),
}
CURVES: dict[str, Key] = {
    "with": Key("[[week, share], ...]", "Share in work with the programme."),
    "without": Key("[[week, share], ...]", "Share in work without it."),
}
EVIDENCE: dict[str, Key] = {
    "success": Key("A-D", "Of success."),
    "base_rate": Key("A-D", "Of the base rate."),
    "displacement": Key("A-D", "Of the displacement."),
}

FLEKSJOB_MONTH: dict[str, Key] = {
    **FLEKSJOB,
    "benefit_weeks_before": Key("weeks", "Benefit weeks already counted; 104 unless said."),
    "year": CASE["year"],
    "start_date": CASE["start_date"],
}
SROI: dict[str, Key] = {
    "people": Key("count", "How many had the outcome; required."),
    "value_each": Key("kr", "Value of one outcome a year; required."),
    "deadweight": Key("share", "Would have happened anyway; 0 unless said."),
    "displacement": Key("share", "Taken from others; 0 unless said."),
    "attribution": Key("share", "Owed to others; 0 unless said."),
    "drop_off": Key("share", "Lost from one year to the next; 0 unless said."),
    "discount_rate": Key("share", "A year; 0.035 unless said. The first year is not discounted."),
    "years": Key("years", "How many years count; 1 unless said."),
    "investment": Key("kr", "What was put in; required."),
}
RECONCILIATION: dict[str, Key] = {
    "parts": Key("name: amount", "The published parts, e.g. taxpayers, participants, others, indirect."),
    "total": Key("amount", "The published total; the sum of the parts unless said."),
    "cost": Key("amount", "The published cost, or the published net value:"),
    "npv": Key("amount", "Net value; the cost follows from it."),
    "ratio": Key("factor", "The published ratio, to be checked."),
    "tolerance": Key("amount", "How far rounding may explain; 1 unless said."),
}
ANNUITY: dict[str, Key] = {
    "yearly": Key("amount, or list", "What one year is worth; required."),
    "years": Key("years", "How many years; required."),
    "discount_rate": Key("share", "A year; required."),
    "timing": Key("text", "due (start of year, default), mid or end."),
}
CLAIM: dict[str, Key] = {
    "persons": Key("count", "People in the claim."),
    "share": Key("share", "Share of them with the outcome; 1 unless said."),
    "value_each": Key("amount", "Claimed value of one outcome."),
    "claimed_total": Key("amount", "Claimed total."),
    "tolerance": Key("share", "How far the claim may be off; 0.01 unless said."),
}
KINDS: dict[str, dict[str, Key]] = {
    "fleksjob": FLEKSJOB_MONTH,
    "sroi": SROI,
    "reconciliation": RECONCILIATION,
    "annuity": ANNUITY,
    "claim": CLAIM,
}
