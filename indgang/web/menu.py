# SPDX-License-Identifier: MPL-2.0
"""The doors of the house, and who is shown which."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from indgang.kernel.access import Principal
from indgang.kernel.models import Role
from indgang.placements.permissions import REGISTRARS


class Door(NamedTuple):
    """One word in the menu. `staff_only` doors are for people with a post here, `roles` for some of them,
    `enterprise_only` ones for those who speak for an enterprise."""

    label: Promise
    view: str
    staff_only: bool = False
    roles: tuple[Role, ...] = ()
    enterprise_only: bool = False


DOORS: list[Door] = [
    Door(_("Mit skrivebord"), "desk", staff_only=True),
    Door(_("Opgaver"), "tasks"),
    Door(_("Virksomheder"), "directory:search"),
    Door(_("Min virksomhed"), "directory:mine", enterprise_only=True),
    Door(_("Offentlige udbud"), "notices"),
    Door(_("Job og forløb"), "placements:totals", staff_only=True, roles=REGISTRARS),
    Door(_("Jura"), "guidance:start", staff_only=True),
    Door(_("Kommunen"), "manage", staff_only=True, roles=(Role.COORDINATOR, Role.ADMINISTRATOR)),
]


def menu_for(principal: Principal, path: str) -> list[dict[str, object]]:
    rows = [(door.label, reverse(door.view)) for door in DOORS if _is_shown(door, principal)]
    here = max((url for _label, url in rows if path.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "current": url == here} for label, url in rows]


def _is_shown(door: Door, principal: Principal) -> bool:
    if door.enterprise_only:
        return principal.user_id is not None and bool(principal.organisations)
    if door.staff_only:
        return principal.works_here and (not door.roles or principal.holds(*door.roles))
    return True
