# SPDX-License-Identifier: MPL-2.0
"""The method's formulas written a second time, week by week and as plainly as they can be said.

Nothing here comes from the engine: the figures are the law's of 2026, typed again. What the two agree on was not
copied from one to the other.
"""

from typing import Any

Amounts = dict[str, float]


def state_share(week: int) -> float:
    return 0.8 if week <= 4 else 0.4 if week <= 26 else 0.3 if week <= 52 else 0.2


def tax(wage: float, benefit: float, share: float) -> tuple[float, float]:
    """State and municipality, kroner a year."""
    market = 0.08 * wage
    base = wage - market + benefit - 54_100
    allowance = min(0.1275 * wage, 63_300) + min(max(0.0, 0.045 * (wage - 235_200)), 3_100)
    return market + 0.1201 * max(0.0, base), share * max(0.0, base - allowance)


def discount(week: int, rate: float | str) -> float:
    years = week / 52
    if rate != "dansk":
        return float((1 + float(rate)) ** -years)
    first, second, third = min(years, 35), min(max(years - 35, 0), 35), max(years - 70, 0)
    return float(1.035**-first * 1.025**-second * 1.015**-third)


def half(weeks: float, half_life: float | str) -> float:
    return 1.0 if half_life == "none" else float(2 ** (-weeks / float(half_life)))


def extra(case: dict[str, Any], week: int, gross: bool) -> float:
    """Extra people in work this week of the group's own time."""
    base = 0.0 if gross else case["base_rate"]
    begun = week >= case["weeks"]
    with_ = case["success"] * half(week - case["weeks"], case["half_life_weeks"]) if begun else 0.0
    without = base * week / 52 if week < 52 else base * half(week - 52, case["half_life_weeks"])
    kept = 1.0 if gross else (1 - case.get("displacement", 0)) * case.get("attribution", 1)
    return float(case["participants"] * kept * (with_ - without))


def yearly_wage(case: dict[str, Any]) -> float:
    if "wage_hour" in case:
        return float(case["wage_hour"] * case["hours_week"] * 52)
    return float(case.get("wage_year") or case["wage_month"] * 12)


def weeks_of(case: dict[str, Any], gross: bool = False) -> list[Amounts]:
    """What each account gains, week by week."""
    horizon = case.get("horizon_weeks") or 52 * case["horizon_years"]
    found: list[Amounts] = [{} for _ in range(horizon)]
    for group in case.get("groups", [{}]):
        _follow({**case, **group}, found, gross)
    purchase = case.get("purchase")
    if purchase:
        reference = purchase.get("reference_price", purchase["amount"] * (1 - purchase.get("premium", 0)))
        _add(found[0], purchase["payer"], reference - purchase["amount"])
    for week in found:
        _move(week, "KOM.OKON", "STAT.UDL", case.get("equalisation", 0))
        _move(week, "BORGER", "STAT.SKM", 1 - 1 / case.get("net_tax_factor", 1))
    return found


def _follow(case: dict[str, Any], found: list[Amounts], gross: bool) -> None:
    benefit = case.get("benefit_week") or case["benefit_month"] * 12 / 52
    wage, share = yearly_wage(case), case.get("municipal_tax_share", 0.25049)
    state, municipal = (
        at - idle for at, idle in zip(tax(wage, 0, share), tax(0, benefit * 52, share), strict=True)
    )
    counted = 0 if case.get("self_support_weeks", 0) >= 52 else case["benefit_weeks_before"]
    payers = case.get("cost_payer", {"KOM.BESK": 1.0})
    cost = case["participants"] * case.get("cost_per_participant", 0)
    for week in range(case.get("start_week", 0), len(found)):
        own = week - case.get("start_week", 0)
        people, row, part = extra(case, own, gross), found[week], state_share(counted + own + 1)
        _add(row, "KOM.BESK", people * (1 - part) * benefit)
        _add(row, "STAT.BM", people * part * benefit)
        _add(row, "KOM.OKON", people * municipal / 52)
        _add(row, "STAT.SKM", people * state / 52)
        _add(row, "BORGER", people * ((wage - state - municipal) / 52 - benefit))
        for account, amount in case.get("per_job_year", {}).items():
            _add(row, account, people * amount / 52)
        if own < max(case["weeks"], 1):
            for account, fraction in payers.items():
                _add(row, account, -cost * fraction / max(case["weeks"], 1))


def _add(row: Amounts, account: str, amount: float) -> None:
    row[account] = row.get(account, 0.0) + amount


def _move(row: Amounts, payer: str, receiver: str, share: float) -> None:
    moved = share * row.get(payer, 0.0)
    if moved:
        _add(row, payer, -moved)
        _add(row, receiver, moved)


def purses(row: Amounts) -> Amounts:
    """Accounts gathered as the account's reader sees them."""
    municipality = sum(amount for account, amount in row.items() if account.startswith("KOM."))
    state = sum(amount for account, amount in row.items() if account.startswith("STAT."))
    public = municipality + state + row.get("REG", 0.0)
    return {
        "job_centre": row.get("KOM.BESK", 0.0), "municipality": municipality, "region": row.get("REG", 0.0),
        "state": state, "public": public, "citizens": row.get("BORGER", 0.0), "society": public + row.get("BORGER", 0.0),
    }  # fmt: skip


def present(weeks: list[Amounts], rate: float | str) -> Amounts:
    """Discounted, by account and by purse."""
    total: Amounts = {}
    for number, row in enumerate(weeks):
        for account, amount in row.items():
            _add(total, account, discount(number, rate) * amount)
    return total | purses(total)


def money_back(weeks: list[Amounts], rate: float | str, purse: str) -> int | None:
    """The month after which the running total stays at zero or above; None when it does not."""
    running, last_below = 0.0, -1
    for number, row in enumerate(weeks):
        running += discount(number, rate) * purses(row)[purse]
        if running < -1e-9:
            last_below = number
    if last_below == len(weeks) - 1:
        return None
    return -(-(last_below + 2) * 12 // 52)


def counted(history: str) -> tuple[int, list[int]]:
    """The staircase of a history in letters: b(enefit), p(art), f(leksjob), w(ork), s(elf), l(øntilskud), o(ther)."""
    count, restarts = 0, []
    for number, week in enumerate(history):
        if week not in "bpf":
            continue
        begins = number == 0 or history[number - 1] not in "bpf"
        window = history[max(0, number - 156) : number]
        if begins and window.count("s") + window.count("w") >= 52:
            restarts += [number + 1] * (count > 0)
            count = 0
        count += 1
    return count, restarts
