# SPDX-License-Identifier: MPL-2.0
"""Who may do what with agreements, and the sentence when they may not."""

from datetime import date

from indgang.agreements.models import Agreement
from indgang.core.text import Refused, gettext_noop
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Role

BUYING = (Role.COORDINATOR, Role.PURCHASING_HEAD, Role.TENDER_CONSULTANT, Role.CONTRACT_MANAGER)
PARTNERING = (Role.COORDINATOR, Role.DIRECTOR, Role.PURCHASING_HEAD, Role.CONTRACT_MANAGER)


def check_can_make_purchase(by: Principal, unit_id: int) -> None:
    if by.kind is Kind.SYSTEM or by.holds(*BUYING) or unit_id in by.units:
        return
    raise Refused(gettext_noop("Kun indkøb og enheden selv kan lave en indkøbsaftale. Spørg indkøbschefen."))


def check_can_make_partnership(by: Principal) -> None:
    if by.kind is Kind.SYSTEM or by.holds(*PARTNERING):
        return
    raise Refused(
        gettext_noop("Partnerskabsaftaler laves af koordinatoren eller direktionen. Skriv til koordinatoren.")
    )


def check_can_manage(by: Principal, agreement: Agreement) -> None:
    """The one who answers for it, and those whose work agreements are."""
    roles = BUYING if agreement.kind == Agreement.Kind.PURCHASE else PARTNERING
    if by.kind is Kind.SYSTEM or by.holds(*roles):
        return
    if by.user_id is not None and by.user_id == agreement.manager_id:
        return
    raise Refused(gettext_noop("Kun den aftaleansvarlige og indkøb kan ændre aftalen."))


def check_can_change(by: Principal, agreement: Agreement) -> None:
    check_can_manage(by, agreement)
    if agreement.ended_at is not None:
        raise Refused(gettext_noop("Aftalen er opsagt og kan ikke ændres."))


def check_can_call_off(by: Principal, agreement: Agreement, today: date) -> None:
    """Anybody with a post may buy on an agreement that runs."""
    if not by.works_here:
        raise Refused(gettext_noop("Kun kommunens egne folk kan bestille på aftalen."))
    if agreement.in_force_at is None:
        raise Refused(
            gettext_noop("Aftalen er ikke underskrevet endnu. Den aftaleansvarlige lægger den ind.")
        )
    if not agreement.runs_on(today):
        raise Refused(gettext_noop("Aftalen gælder ikke i dag. Se i indkøbskataloget, om der er en anden."))
