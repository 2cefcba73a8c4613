# SPDX-License-Identifier: MPL-2.0
"""What is kept beside the guide: sources read, a record from before the thresholds changed, limits, promised hours."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from indgang.core.law.calculators.step import add_months
from indgang.guidance.actions import cases, confirm, hours, limits, purchases, records, small_lots, sources
from indgang.guidance.actions.aid import give_aid
from indgang.guidance.aims import BUY
from indgang.guidance.models import PurchaseEntry, SourceWatch
from indgang.guidance.night import look_at_the_law
from indgang.web.demo.people import Stage

THEN = datetime(2025, 12, 15, 9, 0, tzinfo=UTC)
"""A fortnight before the thresholds of 2026: what was below the threshold then is above it now."""


def keep_the_law(stage: Stage) -> None:
    """Søren and Karen look after the law; last of all the night's round goes through the house."""
    _an_old_record(stage)
    _sources(stage)
    _limits(stage)
    _hours(stage)
    _aid(stage)
    look_at_the_law(stage.house, now=stage.now)


def _an_old_record(stage: Stage) -> None:
    facts = {
        "kind": "services", "cpv_main": "77310000", "value_dkk": 1_620_000, "related_value_dkk": 1_620_000, "kgi": "no",
        "duration_months": 36, "performed_in_dk": True, "publication_date": THEN.date().isoformat(),
        "existing_agreement": None,
    }  # fmt: skip
    by = stage.be("karen")
    case = cases.open_case(by, BUY, "Pasning af grønne områder ved 11 skoler", facts=facts, now=THEN)
    drafted = records.draft_record(by, case, now=THEN)
    records.edit_record(by, drafted, texts={}, seen_to=list(range(50)), route=drafted.route, now=THEN)
    records.sign_record(stage.be("soeren"), drafted, now=THEN)


def _sources(stage: Stage) -> None:
    head, now = stage.be("soeren"), stage.now - timedelta(days=12)
    sources.watch_sources(stage.house, now=now)
    watches = list(SourceWatch.objects.filter(municipality_id=stage.municipality.pk).order_by("key"))
    sources.give_sources(head, watches[:12], owner=stage.users["karen"], now=now)
    later = add_months(stage.now.date(), 12)
    sources.review_sources(stage.be("karen"), watches[:5], outcome="unchanged", next_date=later, now=now)
    sources.review_sources(
        stage.be("karen"), [watches[6]], outcome="changed", note="Vejledningen er skrevet om. Eksemplerne om madordninger er nye.",
        next_date=later, now=now,
    )  # fmt: skip
    confirm.confirm_point(
        head, "U13", lawyer="Ida Juul (opdigtet)", title="kommunens jurist",
        note="Nej, ikke uden videre. Koden skal stå på listen. Spørg, før I reserverer under en kode, der ikke gør.", now=now,
    )  # fmt: skip


def _limits(stage: Stage) -> None:
    karen, now = stage.be("karen"), stage.now - timedelta(days=90)
    first = date(stage.now.year - 1, 1, 1)
    last = date(stage.now.year + 2, 12, 31)
    near = limits.open_running(
        karen, title="Vask af arbejdstøj og linned", cpv_code="98310000", responsible=stage.users["karen"],
        first_date=first, last_date=last, now=now,
    )  # fmt: skip
    for kind, text, amount in (
        (PurchaseEntry.Kind.CONTRACT, "Aftale om ugentlig vask, tre børnehuse", 288_000),
        (PurchaseEntry.Kind.OPTION, "Option på et år mere", 144_000),
    ):
        limits.add_amount(karen, near, kind=kind, text=text, amount_dkk=amount, bought_date=first, now=now)
    limits.choose(
        karen, near, text="To børnehuse mere fra sommer", amount_dkk=96_000, choice="legal",
        because="Behovet kom med de nye pladser. Kan det ses som et nyt køb?", now=stage.now - timedelta(days=3),
    )  # fmt: skip
    windows = limits.open_running(
        karen, title="Vinduespudsning", cpv_code="90911300", responsible=stage.users["karen"], first_date=first,
        last_date=add_months(stage.now.date(), 4), now=now,
    )  # fmt: skip
    limits.add_amount(
        karen,
        windows,
        kind="contract",
        text="Rådhus og bibliotek",
        amount_dkk=112_000,
        bought_date=first,
        now=now,
    )
    ledger = small_lots.open_ledger(
        karen, title="Rengøring af skoler, udbudt som ét køb", whole_dkk=6_400_000, works=False,
        published_date=date(2026, 3, 2), now=now,
    )  # fmt: skip
    for label, value in (("Hovedrengøring af to haller", 310_000), ("Vask af måtter", 96_000)):
        small_lots.add_lot(karen, ledger, label=label, value_dkk=value, bought_date=date(2026, 9, 1), now=now)
    for number, (unit, amount) in enumerate(
        (("Åbjerg Bibliotek", 178_000), ("Børnehuset Solsikken", 164_000), ("Teknik og Miljø", 192_000))
    ):
        purchases.count_purchase(
            stage.house, kind="order", text="Flytning og opmagasinering", amount_dkk=amount,
            bought_date=stage.now.date() - timedelta(days=60 + 40 * number), unit=stage.units[unit],
            cpv_code="63100000", source=f"invoice:{7100 + number}", now=now,
        )  # fmt: skip


def _aid(stage: Stage) -> None:
    karen, now = stage.be("karen"), stage.now - timedelta(days=30)
    for known, amount, months, giver, basis in (
        (
            "declared",
            410_000,
            -20,
            "Erhvervsstyrelsen (opdigtet pulje)",
            "Tilskud til udvikling af små virksomheder",
        ),
        (
            "given",
            85_000,
            -9,
            "Åbjerg Kommune",
            "Kommunalfuldmagten: øremærket til frivilligt arbejde og netværk",
        ),
    ):
        give_aid(
            karen, cvr_number="99318031", name="Rent Ord ApS", known=known, amount_dkk=amount, rate=Decimal("7.4600"),
            given_date=add_months(stage.now.date(), months), giver=giver, legal_basis=basis, now=now,
        )  # fmt: skip


def _hours(stage: Stage) -> None:
    karen, begun = stage.be("karen"), add_months(stage.now.date(), -8)
    behind = hours.open_clause(
        karen, kind="social", title="Grønne områder, delaftale 2", supplier="Nordvang Anlæg A/S",
        unit=stage.units["Teknik og Miljø"], manager=stage.users["karen"], promised_hours=2_400, first_date=begun,
        last_date=add_months(begun, 24), reporter_name="Bo", reporter_email="bo@nordvang.example",
        now=stage.now - timedelta(days=240),
    )  # fmt: skip
    hours.report_hours(
        karen, behind, hours=150, people=2, until_date=add_months(begun, 3),
        note="Den ene er gået over i et fleksjob.", now=stage.now - timedelta(days=140),
    )  # fmt: skip
    on_track = hours.open_clause(
        karen, kind="trainees", title="Ny daginstitution ved åen", supplier="Byg & Bo Entreprise A/S",
        unit=stage.units["Børn og Unge"], manager=stage.users["karen"], promised_hours=5_200, first_date=begun,
        last_date=add_months(begun, 18), now=stage.now - timedelta(days=240),
    )  # fmt: skip
    hours.report_hours(
        karen,
        on_track,
        hours=2_150,
        people=4,
        until_date=add_months(begun, 7),
        now=stage.now - timedelta(days=25),
    )
