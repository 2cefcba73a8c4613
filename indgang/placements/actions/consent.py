# SPDX-License-Identifier: MPL-2.0
"""An enterprise says yes to be shown in figures though it could be recognised, and takes it back."""

from datetime import datetime

from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.placements.models import ShownConsent


def in_force(municipality_id: int) -> frozenset[int]:
    """The enterprises that let themselves be shown."""
    rows = ShownConsent.objects.filter(municipality_id=municipality_id, withdrawn_at=None)
    return frozenset(rows.values_list("organisation_id", flat=True))


def of(municipality_id: int, organisation_id: int) -> ShownConsent | None:
    return ShownConsent.objects.filter(
        municipality_id=municipality_id, organisation_id=organisation_id, withdrawn_at=None
    ).first()


@transaction.atomic
def say_yes(by: Principal, organisation_id: int, *, said_by: str, now: datetime) -> ShownConsent:
    """From the next count on. Only the enterprise itself can say it."""
    _check_own(by, organisation_id)
    if not said_by.strip():
        raise Refused(gettext_noop("Skriv, hvem hos jer der siger ja."))
    if of(by.municipality_id, organisation_id) is not None:
        raise Refused(gettext_noop("I har allerede sagt ja til at blive vist."))
    row = ShownConsent.objects.create(
        municipality_id=by.municipality_id,
        organisation_id=organisation_id,
        given_at=now,
        said_by=said_by.strip()[:100],
    )
    audit.record(by, "figures.consent", f"organisation:{organisation_id}", now=now)
    return row


@transaction.atomic
def take_back(by: Principal, organisation_id: int, *, now: datetime) -> None:
    """From the next count on; quarters that are closed stay as they were told."""
    _check_own(by, organisation_id)
    row = of(by.municipality_id, organisation_id)
    if row is None:
        raise Refused(
            gettext_noop("I har ikke sagt ja til at blive vist, så der er intet at trække tilbage.")
        )
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    audit.record(by, "figures.consent_withdrawn", f"organisation:{organisation_id}", now=now)


def _check_own(by: Principal, organisation_id: int) -> None:
    if not by.speaks_for(organisation_id):
        raise Refused(gettext_noop("Kun virksomheden selv kan sige ja til at blive vist."))
