# SPDX-License-Identifier: MPL-2.0
"""Who may do what in the law guide, and the sentence when they may not."""

from indgang.core.text import Refused, gettext_noop
from indgang.guidance.models import LawCase, Override
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Membership, Role, User

BUYS_FOR_ALL = (Role.PURCHASING_HEAD, Role.TENDER_CONSULTANT)
SEES_ALL = (Role.PURCHASING_HEAD, Role.TENDER_CONSULTANT, Role.COORDINATOR)
SECONDS = (Role.PURCHASING_HEAD, Role.TENDER_CONSULTANT, Role.COORDINATOR, Role.DIRECTOR)


def check_can_keep_agreements(by: Principal) -> None:
    """Purchasing keeps the contract list."""
    if by.kind is not Kind.SYSTEM and not by.holds(*BUYS_FOR_ALL):
        raise Refused(gettext_noop("Kun indkøb kan rette aftalelisten. Skriv til indkøbschefen."))


def check_can_sign(by: Principal) -> None:
    """Standing assessments and own policy are signed by the head of purchasing."""
    if by.user_id is None or not by.holds(Role.PURCHASING_HEAD):
        raise Refused(gettext_noop("Kun indkøbschefen kan skrive under på det."))


def check_can_ask(by: Principal) -> None:
    if by.user_id is None or not by.works_here:
        raise Refused(gettext_noop("Kun kommunens egne folk kan bruge guiden her."))


def check_can_change_case(by: Principal, case: LawCase) -> None:
    """The owner, colleagues in the unit, and those who see all."""
    if by.user_id == case.owner_id or case.unit_id in by.units or by.holds(*SEES_ALL):
        return
    raise Refused(gettext_noop("Sagen hører til en anden enhed. Spørg den, der skrev den."))


def check_can_be_second(municipality_id: int, second: User) -> None:
    """Who stands behind a decision against doubt works in purchasing, coordinates, or is a director."""
    trusted = Membership.objects.filter(
        municipality_id=municipality_id, user=second, role__in=SECONDS, last_date=None
    )
    if not trusted.exists():
        raise Refused(gettext_noop("Vælg en kollega i indkøb, koordinatoren eller en direktør."))


def check_can_back(by: Principal, row: Override) -> None:
    """Only the colleague who was asked, and only once."""
    if by.user_id != row.second_id:
        raise Refused(gettext_noop("Det er en anden, der er spurgt om at stå bag."))
    if row.decided_at is not None:
        raise Refused(gettext_noop("Du har taget stilling til det."))


def check_can_watch_law(by: Principal) -> None:
    """Read sources again, say whose they are, and look at what has changed."""
    if by.kind is not Kind.SYSTEM and not by.holds(*SECONDS):
        raise Refused(
            gettext_noop("Kun indkøb, koordinatoren og direktører kan rette her. Skriv til indkøbschefen.")
        )


def check_can_confirm_law(by: Principal) -> None:
    """A lawyer's word is entered by somebody who answers for it."""
    if by.user_id is None or not by.holds(Role.PURCHASING_HEAD, Role.DIRECTOR):
        raise Refused(
            gettext_noop("Kun indkøbschefen og direktører kan skrive ind, hvad en jurist har sagt god for.")
        )


def check_can_keep_limits(by: Principal) -> None:
    """Running purchases, small lots and hours in contracts are kept by purchasing, coordinators and contract managers."""
    if by.kind is not Kind.SYSTEM and not by.holds(*SECONDS, Role.CONTRACT_MANAGER):
        raise Refused(gettext_noop("Kun indkøb, koordinatoren og kontraktstyrere kan rette her."))
