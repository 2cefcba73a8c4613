# SPDX-License-Identifier: MPL-2.0
"""Who may do what with targets, stories and value accounts, and the sentence when they may not."""

from indgang.core.text import Refused, gettext_noop
from indgang.impact.models import TransferOpening
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Role

STRATEGISTS = (Role.COORDINATOR, Role.DIRECTOR)
ACCOUNTANTS = (Role.COORDINATOR, Role.DIRECTOR, Role.FINANCE, Role.JOB_CONSULTANT)
"""Those who make cases and runs; everybody who works here may read them."""


def check_can_steer(by: Principal) -> None:
    """Set targets, committees and stories."""
    if by.kind is not Kind.SYSTEM and not by.holds(*STRATEGISTS):
        raise Refused(gettext_noop("Koordinatoren og direktøren sætter mål, frister og historier."))


def check_can_account(by: Principal) -> None:
    if by.kind is not Kind.SYSTEM and not by.holds(*ACCOUNTANTS):
        raise Refused(
            gettext_noop("Sager i værdiregnskabet laves af koordinator, økonomi, jobkonsulent og direktør.")
        )


def check_can_name(by: Principal) -> None:
    """Say what the accounts are called here."""
    if by.kind is not Kind.SYSTEM and not by.holds(*STRATEGISTS, Role.FINANCE):
        raise Refused(
            gettext_noop(
                "Økonomi, koordinatoren og direktøren siger, hvad forvaltningerne hedder i regnskabet."
            )
        )


def check_can_open_transfers(by: Principal) -> None:
    if not by.holds(*STRATEGISTS):
        raise Refused(gettext_noop("Koordinatoren og direktøren kan åbne «Hvem skal betale hvem»."))


def opening_of(municipality_id: int) -> TransferOpening | None:
    """The opening in force; None means that the table is off."""
    return (
        TransferOpening.objects.filter(municipality_id=municipality_id, closed_at=None)
        .select_related("chair", "finance")
        .first()
    )


def check_can_see_transfers(by: Principal, opening: TransferOpening | None) -> None:
    if opening is None:
        raise Refused(gettext_noop("«Hvem skal betale hvem» er slået fra. Koordinatoren kan åbne den."))
    first = by.user_id in (opening.chair_id, opening.finance_id)
    if not first and (opening.widened_at is None or not by.works_here):
        raise Refused(
            gettext_noop(
                "Tabellen vises først for %(finance)s (økonomi) og %(chair)s (formand for den interne gruppe)."
            ),
            finance=opening.finance.name,
            chair=opening.chair.name,
        )


def check_can_widen(by: Principal, opening: TransferOpening) -> None:
    check_can_open_transfers(by)
    if opening.chair_seen_at is None or opening.finance_seen_at is None:
        raise Refused(
            gettext_noop("Både økonomi og formanden skal have set tabellen, før den vises for andre.")
        )
