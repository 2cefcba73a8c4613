# SPDX-License-Identifier: MPL-2.0
"""What the guide's tests need and are not about."""

from datetime import date

from indgang.guidance.models import AgreementList, BindingAgreement
from tests.cast import NOW, Cast


def a_list(cast: Cast) -> AgreementList:
    """A contract list that has been read in."""
    return AgreementList.objects.create(
        municipality=cast.home, name="aftaler.csv", created_at=NOW, finished_at=NOW
    )


def an_agreement(cast: Cast, *codes: str, **facts: object) -> BindingAgreement:
    """An exclusive agreement on the list, to the end of 2028."""
    if not AgreementList.objects.exists():
        a_list(cast)
    known: dict[str, object] = {
        "category": "Vinduespudsning",
        "supplier": "Rent Ord ApS",
        "last_date": date(2028, 12, 31),
        "how_to_order": "Ring til Rent Ord på 7000 1000, og sig aftale 4711.",
        "added_at": NOW,
    }
    return BindingAgreement.objects.create(
        municipality=cast.home, cpv_codes=list(codes or ("90911300",)), **(known | facts)
    )
