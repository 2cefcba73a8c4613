# SPDX-License-Identifier: MPL-2.0
"""Agreements in the demo: two to buy on, one of them nearly used up, and one that waits for a signature."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from indgang.agreements.models import Agreement
from indgang.agreements.purchase import actions
from indgang.agreements.purchase.law import look_at_agreements
from indgang.agreements.purchase.paper import draw_purchase
from indgang.directory.models import Organisation
from indgang.kernel import files
from indgang.procurement.actions import deliver
from indgang.web.demo.people import Stage

REASON = "Hele perioden er under grænsen for direkte køb, ingen aftale dækker, og tre virksomheder er spurgt om pris."
MARKET_TERMS = "Købt på markedsvilkår efter § 193: tre virksomheder er spurgt om pris, og ingen i udlandet kan være interesserede."
LONG_AGO = datetime(2025, 12, 15, 9, 0, tzinfo=UTC)
"""Before the thresholds of 2026: a draft from then is amber now."""
PURCHASES = (
    ("Mødeforplejning", "Køkkenhaven F.M.B.A.", "Sandwich, kaffe, frugt og kage til møder. Leveres på fade.", 48_000,
     (("Sandwich", "stk.", 62_00), ("Kaffe og te", "kande", 45_00), ("Kage", "stk.", 18_50)), (180, 90, 150), True, "55520000"),
    ("Vinduespudsning", "Rent Ord ApS", "Vinduer ude og inde, også højt siddende. Hver ottende uge.", 45_000,
     (("Et vindue, begge sider", "stk.", 34_00), ("Lift", "dag", 1_450_00)), (60, 0), True, "90911300"),
    ("Pakning af gaver og poser", "Papir & Pluk S.M.B.A.", "Pakning, mærkning og levering af små oplag.", 40_000,
     (("Pakket pose", "stk.", 13_50),), (), False, "79920000"),
    ("Pasning af bede ved 11 skoler", "Grøn Hånd Fonden", "Lugning, klipning og plantning fra april til oktober i tre år.", 1_620_000,
     (("En time med hold og værktøj", "time", 390_00),), (), False, "77310000"),
)  # fmt: skip


def agree(stage: Stage) -> None:
    """Play the agreements, oldest first."""
    for title, supplier, what, limit, prices, ordered, is_signed, code in PURCHASES:
        organisation = Organisation.objects.filter(name=supplier).first()
        if organisation is None:
            continue
        then = stage.now - timedelta(days=120) if is_signed else LONG_AGO
        agreement = _open(stage, title, organisation, what, limit, prices, code, then)
        if is_signed:
            _sign(stage, agreement)
            _order(stage, agreement, ordered)
    look_at_agreements(stage.house, now=stage.now)


def _open(
    stage: Stage,
    title: str,
    organisation: Organisation,
    what: str,
    limit: int,
    prices: tuple[tuple[str, str, int], ...],
    code: str,
    then: datetime,
) -> Agreement:
    head, today = stage.be("soeren"), timezone.localdate(stage.now)
    agreement = actions.open_purchase(
        head,
        actions.Terms(
            title=title,
            what=what,
            first_date=today - timedelta(days=110),
            last_date=today + timedelta(days=620),
            limit_oere=limit * 100,
            legal_basis=REASON if limit < 500_000 else MARKET_TERMS,
            how_to_order="Bestil tre arbejdsdage før.",
            cpv_code=code,
            cross_border="no",
        ),
        unit=stage.units["Økonomi og Indkøb"],
        organisation=organisation,
        manager=stage.users["soeren"],
        now=then,
    )
    for text, per, price in prices:
        actions.add_price(head, agreement, text=text, per=per, price_oere=price, now=then)
    return agreement


def _sign(stage: Stage, agreement: Agreement) -> None:
    head, then = stage.be("soeren"), stage.now - timedelta(days=112)
    paper = files.store("underskrevet-aftale.pdf", draw_purchase(agreement), by=head, now=then)
    actions.put_in_force(head, agreement, paper, now=then)


def _order(stage: Stage, agreement: Agreement, counts: tuple[int, ...]) -> None:
    """Carla's order a month ago, delivered and paid; Peter's last week, still on its way."""
    lines = list(agreement.prices.order_by("pk"))
    carla, then = stage.be("carla"), stage.now - timedelta(days=32)
    quantities = {line.pk: count for line, count in zip(lines, counts, strict=False)}
    order = actions.call_off(carla, agreement, quantities, unit=stage.units["Åbjerg Bibliotek"], now=then)
    deliver.report_delivery(carla, order, delivered="yes", rating=5, now=then + timedelta(days=6))
    order.refresh_from_db()
    deliver.mark_paid(carla, order, now=then + timedelta(days=20))
    more = {line.pk: count * 9 // 10 for line, count in zip(lines, counts, strict=False)}
    actions.call_off(
        stage.be("peter"),
        agreement,
        more,
        unit=stage.units["Børnehuset Solsikken"],
        now=stage.now - timedelta(days=5),
    )
