# SPDX-License-Identifier: MPL-2.0
"""Agreements in the shapes that tests need."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from indgang.agreements.models import Agreement
from indgang.agreements.purchase import actions
from indgang.directory.models import Organisation
from indgang.kernel import files
from indgang.kernel.models import StoredFile
from tests.cast import NOW, Cast
from tests.factories import an_enterprise

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
REASON = "Samlet værdi i fire år er under grænsen, ingen aftale dækker, og tre er spurgt om pris."


def a_pdf(cast: Cast, name: str = "aftale.pdf") -> StoredFile:
    return files.store(name, PDF, by=cast.be("søren"), now=NOW)


def an_upload(name: str = "aftale.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def terms(**changes: object) -> actions.Terms:
    facts: dict[str, object] = {
        "title": "Frokost til møder",
        "what": "Smørrebrød, kaffe og kage til møder på rådhuset og i institutionerne.",
        "first_date": date(2027, 4, 1),
        "last_date": date(2029, 3, 31),
        "limit_oere": 100_000_00,
        "legal_basis": REASON,
    }
    return actions.Terms(**(facts | changes))  # type: ignore[arg-type]


def a_purchase(
    cast: Cast, *, signed: bool = True, organisation: Organisation | None = None, **changes: object
) -> Agreement:
    """Lunches from Køkkenhaven: 85 kroner each, 100,000 kroner in all."""
    head = cast.be("søren")
    agreement = actions.open_purchase(
        head,
        terms(**changes),
        unit=cast.units["Økonomi og Indkøb"],
        organisation=organisation or an_enterprise(cast, "Køkkenhaven"),
        manager=cast.people["søren"],
        now=NOW,
    )
    actions.add_price(head, agreement, text="Tre stykker smørrebrød", per="person", price_oere=85_00, now=NOW)
    if signed:
        actions.put_in_force(head, agreement, a_pdf(cast), now=NOW)
        agreement.refresh_from_db()
    return agreement
