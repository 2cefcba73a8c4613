# SPDX-License-Identifier: MPL-2.0
"""Who may do what with visits, and the sentence when they may not."""

from indgang.cases.models import Case, TaskCandidate
from indgang.cases.permissions import check_can_lead
from indgang.core.text import Refused, gettext_noop
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Role

VISITORS = (Role.JOB_CONSULTANT, Role.COORDINATOR)
"""Those who plan visits."""


def check_can_plan(by: Principal) -> None:
    if not by.holds(*VISITORS) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("Jobkonsulenter og koordinatorer planlægger besøg. Skriv til en af dem."))


def check_can_set_criteria(by: Principal) -> None:
    if not by.holds(Role.COORDINATOR) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("En koordinator retter kriterierne for besøg."))


def check_can_visit(by: Principal, case: Case) -> None:
    """Write in a visit: the visitor, the same unit, or a coordinator, while it is open."""
    if case.kind != Case.Kind.OUTREACH:
        raise Refused(gettext_noop("Sagen er ikke et virksomhedsbesøg."))
    check_can_lead(by, case)


def check_can_choose(by: Principal, task: TaskCandidate) -> None:
    """Choose a way for a task that has not begun."""
    check_can_visit(by, task.case)
    if task.started_date is not None:
        raise Refused(gettext_noop("Opgaven er begyndt. Skriv en opfølgning i stedet for at vælge om."))


def check_can_follow(by: Principal, case: Case) -> None:
    """Write how it goes; the case may be closed long since."""
    mine = by.user_id == case.handler_id or case.unit_id in by.units or by.holds(Role.COORDINATOR)
    if not mine and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("Opfølgningen skriver den, der var på besøg, eller en koordinator."))
