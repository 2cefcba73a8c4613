# SPDX-License-Identifier: MPL-2.0
"""What is told about one placement, and what can be judged of it without asking anybody."""

from dataclasses import dataclass
from datetime import date

from indgang.core.cpr import holds_cpr
from indgang.core.text import Refused, gettext_noop
from indgang.placements import codes
from indgang.placements.models import TYPES

MOST_HOURS = 60


@dataclass(frozen=True)
class NewPlacement:
    """What is told about one placement; hours are per week, an empty end means that it runs."""

    organisation_id: int
    kind: str
    hours_present: float
    hours_effective: float
    first_date: date
    last_date: date | None = None
    unit_id: int | None = None
    code: str = ""
    origin: str = ""
    origin_id: int | None = None
    origin_label: str = ""


def check(told: NewPlacement) -> None:
    """What can be judged without asking anybody. Raises Refused."""
    if told.kind not in TYPES:
        raise Refused(gettext_noop("Vælg, hvilken slags plads det er."))
    if told.last_date is not None and told.last_date < told.first_date:
        raise Refused(gettext_noop("Pladsen slutter, før den begynder. Byt om på de to datoer."))
    if not 0 < told.hours_present <= MOST_HOURS:
        raise Refused(gettext_noop("Skriv et antal timer om ugen mellem 1 og %(most)d."), most=MOST_HOURS)
    if not 0 <= told.hours_effective <= told.hours_present:
        raise Refused(
            gettext_noop("De effektive timer kan ikke være flere end de timer, personen er til stede.")
        )
    if holds_cpr(told.origin_label) or holds_cpr(told.code):
        raise Refused(codes.NOT_ISSUED)
