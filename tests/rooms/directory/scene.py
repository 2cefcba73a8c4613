# SPDX-License-Identifier: MPL-2.0
"""Short ways to enterprises for the tests of this room."""

from datetime import datetime, timedelta
from typing import Any

from indgang.directory.actions import consent, drafts
from indgang.directory.models import Organisation
from indgang.directory.permissions import PURPOSE
from indgang.kernel.access import Kind, Principal
from indgang.kernel.links import create_link, mint
from indgang.kernel.models import SignedLink
from tests.cast import NOW, Cast

FACTS: dict[str, Any] = {
    "name": "Papir & Pluk S.M.B.A.",
    "text": "Pakning og mærkning af varer, op til 800 kits om ugen",
    "town": "Åbjerg",
    "municipality_code": 997,
    "contact_name": "Rikke Thorup",
    "contact_email": "rikke@papirpluk.example",
    "contact_phone": "8799 2214",
    "cvr_number": "99202831",
}


def a_draft(
    cast: Cast, *, by: str = "mette", now: datetime = NOW, returns: bool = False, **facts: Any
) -> Organisation:
    """A draft as a coordinator writes it down after a call."""
    return drafts.add_draft(
        cast.be(by),
        drafts.NewOrganisation(**(FACTS | facts)),
        source=Organisation.Source.PHONE,
        has_asked_to_return=returns,
        now=now,
    )


def a_public_one(cast: Cast, *, now: datetime = NOW, **facts: Any) -> Organisation:
    """One that has said yes by its link."""
    organisation = a_draft(cast, now=now, **facts)
    consent.say_yes(by_link(organisation), organisation, now=now)
    return organisation


def by_link(organisation: Organisation) -> Principal:
    """Somebody in the enterprise, come by the link in its mail."""
    return Principal(
        Kind.LINK,
        municipality_id=organisation.kept_by_id,
        purpose=PURPOSE,
        subject_id=organisation.pk,
        organisations=frozenset({organisation.pk}),
    )


def a_link(
    cast: Cast, organisation: Organisation, *, now: datetime, lives: timedelta = timedelta(days=60)
) -> str:
    """The address in a mail to the enterprise, without the host."""
    link = create_link(
        cast.house, PURPOSE, organisation.pk, recipient="rikke@papirpluk.example", now=now, lives=lives
    )
    return f"/l/virksomhed/{mint(link, now=now)}/"


def links_to(organisation: Organisation) -> list[SignedLink]:
    return list(SignedLink.objects.filter(purpose=PURPOSE, subject_id=organisation.pk))
