# SPDX-License-Identifier: MPL-2.0
"""The guide's scenes: a contract list that binds, assessments that are signed, and Karen's question."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from indgang.guidance.actions import agreements, assessments, cases
from indgang.guidance.aims import BUY
from indgang.web.demo.people import Stage

CONTRACTS = """\
Aftalenr;Kategori;CPV;Leverandør;Fra;Til;Forpligtende;Bestilling
SKI 50.40;Kontorartikler og papir;30192000, 30197600;Papirhuset Danmark A/S;01.03.2025;28.02.2029;ja;Bestil i webshoppen med jeres EAN-nummer
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
    """Søren reads the contract list in and signs; Karen asks about a purchase."""
    now = stage.now - timedelta(days=30)
    file = SimpleUploadedFile("aftaleliste.csv", CONTRACTS.encode())
    row = agreements.receive(stage.be("soeren"), file, now=now)
    agreements.read_in(stage.be("soeren"), row, now=now)
    for kind, code, amount, reasoning in SIGNED:
        assessments.sign(
            stage.be("soeren"), kind=kind, cpv_code=code, up_to_dkk=amount, reasoning=reasoning,
            first_date=now.date(), last_date=now.date() + timedelta(days=730), now=now,
        )  # fmt: skip
    asked = stage.now - timedelta(days=2)
    facts = {"kind": "services", "cpv_main": "90911300", "value_dkk": 240_000}
    cases.open_case(stage.be("karen"), BUY, "Vinduespudsning på otte skoler i to år", facts=facts, now=asked)
