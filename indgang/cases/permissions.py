# SPDX-License-Identifier: MPL-2.0
"""Who may do what with a case, and the sentence when they may not."""

from indgang.cases.models import Case, Claim
from indgang.core.text import Refused, gettext_noop
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Role

OVERSIGHT = (Role.COORDINATOR, Role.DIRECTOR)
"""Those who see every case."""
FOLLOW = "henvendelse"
"""The purpose of the signed link with which a sender follows what happens. Its subject is the participant."""


def check_can_open(by: Principal) -> None:
    """Write down what somebody has rung, mailed or said."""
    if not by.works_here and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("Kun kommunens egne folk skriver henvendelser ind her."))


def check_can_work(by: Principal, case: Case) -> None:
    """Write in a case that is open. Whoever finds it among `visible_to` may."""
    if not by.works_here and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("Kun kommunens egne folk kan skrive i sagen her."))
    if case.merged_into_id is not None:
        raise Refused(gettext_noop("Sagen er lagt sammen med en anden. Skriv i den anden."))
    if case.closed_at is not None:
        raise Refused(gettext_noop("Sagen er afsluttet. Åbn den igen, hvis der skal ske mere."))


def check_can_lead(by: Principal, case: Case) -> None:
    """Decide in a case: its contact person, the same unit, or a coordinator."""
    check_can_work(by, case)
    leads = by.user_id == case.handler_id or case.unit_id in by.units or by.holds(Role.COORDINATOR)
    if not leads and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("Det afgør kontaktpersonen eller en koordinator. Skriv en note til dem."))


def check_can_hand_over(by: Principal, case: Case) -> None:
    check_can_work(by, case)
    if by.user_id != case.handler_id and not by.holds(Role.COORDINATOR) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("Kun kontaktpersonen selv eller en koordinator kan give sagen videre."))


def check_can_reopen(by: Principal, case: Case) -> None:
    if not by.works_here and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("Kun kommunens egne folk kan åbne sagen igen."))
    if case.merged_into_id is not None:
        raise Refused(gettext_noop("Sagen er lagt sammen med en anden. Åbn den anden."))
    if case.closed_at is None:
        raise Refused(gettext_noop("Sagen er åben."))


def check_can_route(by: Principal) -> None:
    if not by.holds(Role.COORDINATOR) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("En koordinator retter reglerne for, hvem der får hvad."))


MEETS = (Role.COORDINATOR, Role.PURCHASING_HEAD, Role.TENDER_CONSULTANT)
"""Those who hold the meeting that social enterprises are promised."""


def check_can_decide_claim(by: Principal, claim: Claim) -> None:
    """Find whether the criteria are met, and decide: a coordinator, once."""
    if not by.holds(Role.COORDINATOR) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("En koordinator afgør retten til et møde."))
    if claim.decided_at is not None or claim.withdrawn_at is not None:
        raise Refused(gettext_noop("Det er afgjort. Bed om mødet igen, hvis noget er anderledes nu."))


def check_can_meet(by: Principal, claim: Claim) -> None:
    """Book and hold the meeting."""
    if not by.holds(*MEETS) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("Mødet bookes af indkøb eller af en koordinator."))
    if not claim.granted:
        raise Refused(gettext_noop("Retten til mødet er ikke givet."))
