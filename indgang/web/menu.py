# SPDX-License-Identifier: MPL-2.0
"""The doors of the house, and who is shown which."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from indgang.kernel.access import Principal
from indgang.kernel.duties import OVERSEERS
from indgang.kernel.models import Role
from indgang.placements.permissions import GUARDIANS, REGISTRARS
from indgang.procurement.permissions import CENTRAL


class Door(NamedTuple):
    """One word in the menu. `staff_only` doors are for people with a post here, `roles` for some of them,
    `enterprise_only` ones for those who speak for an enterprise. A door `under` another (named by its view)
    stands in the second line, which is seen while one is behind that other door. `outsiders_only` ones are for
    everybody who does not work here. Pages at addresses that begin with `also` lie behind the door too."""

    label: Promise
    view: str
    staff_only: bool = False
    roles: tuple[Role, ...] = ()
    enterprise_only: bool = False
    under: str = ""
    outsiders_only: bool = False
    also: str = ""


DOORS: list[Door] = [
    Door(_("Mit skrivebord"), "desk", staff_only=True),
    Door(_("Mit skrivebord"), "desk", enterprise_only=True),
    Door(_("Sager"), "cases", staff_only=True),
    Door(_("Besøg"), "visits", staff_only=True, under="cases", also="/opsoegende/"),
    Door(_("Idéer"), "ideas", staff_only=True, under="cases", also="/raadgivning/"),
    Door(_("Mentorer"), "mentors", staff_only=True, roles=(Role.COORDINATOR,), under="cases"),
    Door(_("Opgaver"), "tasks"),
    Door(_("Offentlige udbud"), "notices", under="tasks"),
    Door(_("Indkøbskatalog"), "agreements:catalogue", staff_only=True, under="tasks"),
    Door(_("Virksomheder"), "directory:search"),
    Door(_("Min virksomhed"), "directory:mine", enterprise_only=True),
    Door(_("Jer og kommunen"), "ours", enterprise_only=True, under="directory:mine"),
    Door(_("Jeres aftaler"), "agreements:partnerships", enterprise_only=True, under="directory:mine"),
    Door(_("Job og værdi"), "impact:figures"),
    Door(_("Værdiregnskab"), "impact:cases", staff_only=True, under="impact:figures"),
    Door(_("Kvartalstal"), "placements:totals", staff_only=True, roles=REGISTRARS, under="impact:figures"),
    Door(_("Pladser"), "placements:list", staff_only=True, roles=REGISTRARS, under="impact:figures"),
    Door(_("Konsekvensanalyse"), "placements:dpia", staff_only=True, roles=GUARDIANS, under="impact:figures"),
    Door(_("Jeres pladser"), "placements:own", enterprise_only=True, under="impact:figures"),
    Door(_("Kommunens løfter"), "agreements:kept_promises", under="impact:figures"),
    Door(_("Aftaler"), "agreements:partnerships", staff_only=True),
    Door(_("Møder"), "meetings:meetings", under="cases"),
    Door(_("Kontakt"), "contact", outsiders_only=True),
    Door(_("Jura"), "guidance:start", staff_only=True),
    Door(_("Kommunen"), "manage", staff_only=True, roles=(Role.COORDINATOR, Role.ADMINISTRATOR)),
]


SHORTCUTS: list[Door] = [
    Door(_("Ring til dem, der ikke har svaret"), "phone_list", staff_only=True, roles=CENTRAL),
    Door(
        _("Virksomheder, der ikke har sagt ja endnu"),
        "directory:drafts",
        staff_only=True,
        roles=(Role.COORDINATOR, Role.JOB_CONSULTANT),
    ),
    Door(_("Overskredne frister"), "late_duties", staff_only=True, roles=OVERSEERS),
]
"""Lists that some roles keep an eye on; they stand on the desk."""


@dataclass
class Entry:
    """A door as the page shows it: `current` is where one stands, `inside` whether it or one under it is."""

    label: Promise
    url: str
    current: bool = False
    inside: bool = False
    inner: list["Entry"] = field(default_factory=list)


def shortcuts_for(principal: Principal) -> list[Entry]:
    """The lists that stand on somebody's desk."""
    return [Entry(door.label, reverse(door.view)) for door in SHORTCUTS if _is_shown(door, principal)]


def menu_for(principal: Principal, path: str) -> list[Entry]:
    """The doors for somebody who stands at `path`. A door whose parent is not shown stands in the first line."""
    shown = {
        door.view: (door, Entry(door.label, reverse(door.view)))
        for door in DOORS
        if _is_shown(door, principal)
    }
    starts = {start: entry.url for door, entry in shown.values() for start in (entry.url, door.also) if start}
    here = starts.get(max((start for start in starts if path.startswith(start)), key=len, default=""), "")
    top = []
    for door, entry in shown.values():
        entry.current = entry.inside = entry.url == here
        if door.under in shown:
            parent = shown[door.under][1]
            parent.inner.append(entry)
            parent.inside = parent.inside or entry.inside
        else:
            top.append(entry)
    return top


def _is_shown(door: Door, principal: Principal) -> bool:
    if door.outsiders_only:
        return not principal.works_here
    if door.enterprise_only:
        return principal.user_id is not None and bool(principal.organisations)
    if door.staff_only:
        return principal.works_here and (not door.roles or principal.holds(*door.roles))
    return True
