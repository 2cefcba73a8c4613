# SPDX-License-Identifier: MPL-2.0
"""A purchase agreement as a paper to be signed, readable by a screen reader (PDF/UA-1)."""

from pathlib import Path

from django.utils import translation

from indgang.agreements.models import Agreement
from indgang.kernel import danish
from indgang.kernel.pdf import typeset
from indgang.kernel.templatetags.ui import oere

DOCUMENT = Path(__file__).parent.parent / "documents" / "purchase.typ"


@translation.override(danish.LANGUAGE)
def draw_purchase(agreement: Agreement) -> bytes:
    """The paper as it stands now; nothing is kept."""
    terms, municipality = agreement.terms, agreement.municipality
    facts = {
        "title": agreement.title,
        "municipality": municipality.name,
        "cvr": municipality.cvr_number,
        "unit": agreement.unit.name,
        "supplier": terms.organisation.name,
        "supplier_cvr": terms.organisation.cvr_number or "",
        "what": terms.what,
        "how": terms.how_to_order,
        "prices": [
            {"text": line.text, "per": line.per, "price": oere(line.price_oere)}
            for line in agreement.prices.filter(ended_at=None).order_by("pk")
        ],
        "first": danish.day(agreement.first_date),
        "last": danish.day(agreement.last_date),
        "limit": oere(terms.limit_oere),
        "payment_days": str(municipality.payment_days),
        "basis": terms.legal_basis,
    }
    return typeset(DOCUMENT, facts)
