# SPDX-License-Identifier: MPL-2.0
"""Who may do what with advice and mentors, and the sentence when they may not."""

from indgang.cases.models import Case, MentorMatch
from indgang.cases.permissions import check_can_lead
from indgang.core.text import Refused, gettext_noop
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Role

ADVISERS = (Role.COORDINATOR, Role.JOB_CONSULTANT)
MENTOR, FOUNDER = "mentor", "iværksætter"
"""Purposes of the two signed links of a match; their subject is the match."""


def check_can_advise(by: Principal, case: Case) -> None:
    """Write in a case of advice: its contact person, the same unit, or a coordinator, while it is open."""
    if case.kind != Case.Kind.ADVICE:
        raise Refused(gettext_noop("Sagen handler ikke om rådgivning."))
    check_can_lead(by, case)


def check_can_keep_mentors(by: Principal) -> None:
    if not by.holds(Role.COORDINATOR) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("En koordinator holder listen over mentorer."))


def check_is_party(by: Principal, match: MentorMatch) -> None:
    """One of the two, by their own link."""
    if not by.may_by_link(MENTOR, match.pk) and not by.may_by_link(FOUNDER, match.pk):
        raise Refused(gettext_noop("Kun mentoren og iværksætteren kan gøre det, med hver sit link."))
