# SPDX-License-Identifier: MPL-2.0
"""What has happened with an enterprise, in words, from the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from indgang.kernel.access import Principal
from indgang.kernel.models import AuditLine, User

ACTS: Mapping[str, Promise] = {
    "organisation.add": _("Skrevet ind"),
    "organisation.change": _("Profilen rettet"),
    "organisation.attach_cvr": _("CVR-nummer skrevet på"),
    "organisation.ask": _("Spurgt, om vi må vise den"),
    "organisation.publish": _("Sagde ja til at stå her"),
    "organisation.confirm": _("Bekræftede oplysningerne"),
    "organisation.ask_if_current": _("Spurgt, om oplysningerne passer"),
    "organisation.announce_hiding": _("Varslet om, at profilen bliver skjult"),
    "organisation.availability": _("Pause, ferie eller antal invitationer rettet"),
    "organisation.close": _("Lukket"),
    "organisation.reopen": _("Åbnet igen"),
    "organisation.merge": _("Lagt sammen med en anden"),
    "listing.save": _("Ydelse rettet"),
    "listing.confirm": _("Forslag til ydelser set efter"),
    "listing.retire": _("Ydelse trukket tilbage"),
    "place.save": _("Sted rettet"),
    "place.remove": _("Sted fjernet"),
    "open_place.save": _("Ledig plads rettet"),
    "open_place.remove": _("Ledig plads fjernet"),
    "contact.save": _("Person rettet"),
    "contact.leave": _("Person stoppet"),
    "contact.log_in": _("Log-in sendt"),
    "status.declare": _("Erklærede sig socialøkonomisk"),
    "status.register": _("Dokumentation set efter"),
    "status.decide": _("Afgjort, at betingelserne er opfyldt"),
    "status.end": _("Status ophørt"),
    "evidence.read": _("Dokumentation læst"),
    "contact_person.assign": _("Fik kontaktperson"),
    "contact_person.end": _("Kontaktperson stoppet"),
    "interest.state": _("Interesse oplyst"),
    "interest.end": _("Interesse ophørt"),
    "bar.set": _("Købsspærring skrevet"),
    "bar.lift": _("Købsspærring ophævet"),
}


@dataclass(frozen=True)
class Event:
    at: datetime
    text: str
    who: str


def events(principal: Principal, organisation_id: int, *, most: int = 12) -> list[Event]:
    """The newest acts of one's own municipality first; interests are told only as far as one may see them."""
    lines = list(
        AuditLine.objects.filter(
            municipality_id=principal.municipality_id, subject=f"organisation:{organisation_id}"
        )
        .exclude(act__startswith="interest.")
        .order_by("-at", "-number")[:most]
    )
    numbers = {int(line.principal.partition(":")[2]) for line in lines if line.principal.startswith("user:")}
    names = dict(User.objects.filter(pk__in=numbers).values_list("pk", "name")) if numbers else {}
    return [Event(line.at, str(ACTS.get(line.act, line.act)), _who(line.principal, names)) for line in lines]


def _who(principal: str, names: Mapping[int, str]) -> str:
    kind, _colon, number = principal.partition(":")
    if kind == "user":
        return names.get(int(number), "")
    return {"link": str(_("virksomheden")), "system": "Indgang"}.get(kind, "")
