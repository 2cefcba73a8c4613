# SPDX-License-Identifier: MPL-2.0
"""The doors of the house, and who is shown which."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from indgang.kernel.access import Principal
from indgang.kernel.models import Role


class Door(NamedTuple):
    """One word in the menu. `staff_only` doors are for people with a post here, `roles` for some of them."""

    label: Promise
    view: str
    staff_only: bool = False
    roles: tuple[Role, ...] = ()


DOORS: list[Door] = [
    Door(_("Mit skrivebord"), "desk", staff_only=True),
    Door(_("Opgaver"), "tasks"),
    Door(_("Kommunen"), "manage", staff_only=True, roles=(Role.COORDINATOR, Role.ADMINISTRATOR)),
]


def menu_for(principal: Principal, path: str) -> list[dict[str, object]]:
    shown = [
        door
        for door in DOORS
        if (principal.works_here or not door.staff_only) and (not door.roles or principal.holds(*door.roles))
    ]
    rows = [(door.label, reverse(door.view)) for door in shown]
    return [{"label": label, "url": url, "current": path.startswith(url)} for label, url in rows]
