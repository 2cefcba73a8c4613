# SPDX-License-Identifier: MPL-2.0
"""The guide's scenes: a contract list that binds, as Søren uploads it."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from indgang.guidance.actions import agreements
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


def guide(stage: Stage) -> None:
    """Søren reads the contract list in; the others are answered from it."""
    now = stage.now - timedelta(days=30)
    file = SimpleUploadedFile("aftaleliste.csv", CONTRACTS.encode())
    row = agreements.receive(stage.be("soeren"), file, now=now)
    agreements.read_in(stage.be("soeren"), row, now=now)
