# SPDX-License-Identifier: MPL-2.0
"""Who may do what with placements and totals, and the sentence when they may not."""

from indgang.core.text import Refused, gettext_noop
from indgang.core.value.publish import LOWEST_PEOPLE
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Role
from indgang.placements.models import Dpia, QuarterReport

REGISTRARS = (Role.COORDINATOR, Role.JOB_CONSULTANT)
"""The case workers: they register placements and issue codes."""
GUARDIANS = (Role.COORDINATOR, Role.ADMINISTRATOR, Role.DATA_PROTECTION)
"""Those who record and withdraw the impact assessment."""
TOTALS = "tal"
"""The purpose of the signed link with which an enterprise reports its totals."""


def dpia_in_force(municipality_id: int) -> Dpia | None:
    """The signed impact assessment that lets placements be kept; None means that the room is closed."""
    return (
        Dpia.objects.filter(municipality_id=municipality_id, withdrawn_at=None)
        .select_related("document", "recorded_by", "duty")
        .first()
    )


def least_people(municipality_id: int) -> int:
    """How many people must stand behind a number that is shown: what the assessment says, else five."""
    dpia = dpia_in_force(municipality_id)
    return dpia.least_people if dpia else LOWEST_PEOPLE


def check_is_on(municipality_id: int) -> None:
    if dpia_in_force(municipality_id) is None:
        raise Refused(
            gettext_noop(
                "Pladser kan ikke registreres endnu. Læg først kommunens underskrevne konsekvensanalyse ind under Job."
            )
        )


def check_can_register(by: Principal) -> None:
    if by.kind is not Kind.SYSTEM and not by.holds(*REGISTRARS):
        raise Refused(gettext_noop("Koordinatorer og jobkonsulenter registrerer pladser."))
    check_is_on(by.municipality_id)


def check_can_guard(by: Principal) -> None:
    """Record or withdraw the impact assessment."""
    if by.kind is not Kind.SYSTEM and not by.holds(*GUARDIANS):
        raise Refused(
            gettext_noop(
                "Konsekvensanalysen lægges ind af koordinatoren, databeskyttelsesrådgiveren eller administratoren."
            )
        )


def check_can_collect(by: Principal) -> None:
    """Ask enterprises for totals, write them down and close a quarter."""
    if by.kind is not Kind.SYSTEM and not by.holds(*REGISTRARS):
        raise Refused(gettext_noop("Koordinatorer og jobkonsulenter tager imod kvartalets tal."))


def check_can_report(by: Principal, report: QuarterReport) -> None:
    """The enterprise itself, by link or logged in, or staff who write down what was said."""
    own = by.may_by_link(TOTALS, report.pk) or by.speaks_for(report.organisation_id)
    if not own:
        check_can_collect(by)
