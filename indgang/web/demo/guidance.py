# SPDX-License-Identifier: MPL-2.0
"""The guide's scenes: a contract list that binds, assessments that are signed, own policy, a question and a decision."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from indgang.guidance.actions import agreements, assessments, cases, policy, records
from indgang.guidance.aims import BUY, aim
from indgang.web.demo.people import Stage

CONTRACTS = """\
Aftalenr;Kategori;CPV;Leverandør;Fra;Til;Forpligtende;Bestilling
SKI 50.40;Kontorartikler og papir;30190000, 30197600;Papirhuset Danmark A/S;01.03.2025;28.02.2029;ja;Bestil i webshoppen med jeres EAN-nummer
SKI 50.20;Rengøringsmidler;39830000;Renvarer A/S;01.09.2025;31.08.2029;ja;Bestil i webshoppen med jeres EAN-nummer
2025-014;Daglig rengøring af kontorer og skoler;90919200, 90919300;Nordvang Service A/S;01.01.2025;31.12.2028;ja;Skriv til rengoering@aabjerg.example
2026-003;Mad til møder over 100 personer;55520000;Engholm Kro S.M.B.A.;01.05.2026;30.04.2028;nej;Ring på 8799 4040
2024-021;Persontransport med bus;60172000;Åbjerg Turisttrafik A/S;01.08.2024;31.07.2028;ja;Bestil senest fem dage før i kørselsportalen
2023-009;Hjemtagelse af it-udstyr;72000000;IT-Retur A/S;01.01.2023;31.12.2024;ja;Udløbet
"""
SIGNED = (
    ("cross_border", "90911300", 480_000, "Vinduespudsning udføres lokalt af små firmaer. Ingen udenlandsk har budt i ti år."),
    ("cross_border", "77310000", 300_000, "Grønt arbejde udføres af lokale firmaer med korte køreture."),
    ("price", "90911300", 480_000, "Prisen pr. rude er holdt op mod fire tilbud fra det seneste år."),
)  # fmt: skip


def guide(stage: Stage) -> None:
    """Søren reads the contract list in and signs; Karen asks about a purchase and decides on a lease."""
    now = stage.now - timedelta(days=30)
    file = SimpleUploadedFile("aftaleliste.csv", CONTRACTS.encode())
    row = agreements.receive(stage.be("soeren"), file, now=now)
    agreements.read_in(stage.be("soeren"), row, now=now)
    for kind, code, amount, reasoning in SIGNED:
        assessments.sign(
            stage.be("soeren"), kind=kind, cpv_code=code, up_to_dkk=amount, reasoning=reasoning,
            first_date=now.date(), last_date=now.date() + timedelta(days=730), now=now,
        )  # fmt: skip
    _asked(stage)
    _decided(stage)


def _asked(stage: Stage) -> None:
    """Karen has begun: the question of what belongs together waits."""
    asked = stage.now - timedelta(days=2)
    facts = {"kind": "services", "cpv_main": "90911300", "value_dkk": 240_000}
    cases.open_case(stage.be("karen"), BUY, "Vinduespudsning på otte skoler i to år", facts=facts, now=asked)


def _decided(stage: Stage) -> None:
    """A lease with a valuation, decided and signed; the record is on its way to the records system."""
    karen, now = stage.be("karen"), stage.now - timedelta(days=9)
    lease = aim("lej-ud")
    assert lease is not None
    facts = {"rent_evidence": "open_offer_no_takers"}
    case = cases.open_case(karen, lease, "Kælderen i det gamle posthus til et værksted", facts=facts, now=now)
    row = records.draft_record(karen, case, now=now)
    count = sum(len(section.get("items", ())) for section in row.sections)
    records.edit_record(karen, row, texts={}, seen_to=list(range(count)), route=row.route, now=now)
    records.sign_record(karen, row, now=now)
    policy.add_restriction(
        stage.be("soeren"),
        {
            "kinds": ["goods", "services"], "from_dkk": 400_000, "closes": ["A"], "documents": ["market_terms"],
            "reason": "Vi køber kun direkte under 400.000 kr. Bed mindst tre om tilbud, eller spørg indkøb.",
        },
        name="Åbjerg Kommunes indkøbspolitik",
        adopted=(stage.now - timedelta(days=20)).date(),
        now=stage.now - timedelta(days=20),
    )  # fmt: skip
    school = stage.units["Børn og Unge"]
    policy.add_restriction(
        stage.be("soeren"),
        {
            "kinds": ["services"], "from_dkk": 50_000, "below_dkk": 400_000, "cpv": ["555"], "units": [[school.pk, school.name]],
            "first_date": f"{stage.now.year + 1}-01-01", "last_date": f"{stage.now.year + 1}-12-31", "closes": ["A"],
            "documents": ["price_check"], "reason": "Mad til børn købes i prøveåret efter en fælles prisundersøgelse. Spørg Karen i indkøb.",
        },
        name="Åbjerg Kommunes indkøbspolitik",
        adopted=(stage.now - timedelta(days=10)).date(),
        now=stage.now - timedelta(days=10),
    )  # fmt: skip
