# SPDX-License-Identifier: MPL-2.0
"""What somebody may want to do, in plain words, and the facts that follow from the choice."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Aim(NamedTuple):
    """`facts` are stored when it is chosen; `example` helps to name the case."""

    key: str
    label: Promise
    text: Promise
    icon: str
    example: Promise
    facts: Mapping[str, str] = {}


BUY = Aim(
    "koeb", _("Købe noget"), _("Varer, tjenesteydelser, byggeri."), "shopping-cart",
    _("Fx: vinduespudsning på tre skoler"),
)  # fmt: skip
AIMS = (
    BUY,
    Aim("forpagt", _("Lade andre drive noget"), _("En kantine, café eller kiosk for egen regning."), "business",
        _("Fx: caféen på biblioteket"), {"kind": "concession_services"}),
    Aim("lej-ud", _("Leje ud"), _("Lokaler eller jord til en virksomhed."), "home",
        _("Fx: kælderen i det gamle posthus"), {"kind": "lease_out"}),
    Aim("stoet", _("Støtte"), _("Tilskud, rådgivning eller anden hjælp."), "payments",
        _("Fx: tilskud til et værksted for unge"), {"kind": "grant"}),
    Aim("ansaet", _("Ansætte eller bruge en ordning"), _("Fleksjob, praktik, løntilskud, mentor."), "trainee",
        _("Fx: fleksjob ti timer om ugen"), {"kind": "employment"}),
    Aim("orlov", _("Give orlov"), _("En medarbejder vil starte egen virksomhed."), "calendar-month",
        _("Fx: tre måneders orlov til en pædagog"), {"kind": "own_operation", "activity": "leave_to_start_business"}),
    Aim("selv", _("Gøre det selv"), _("Drive noget eller løse en opgave for en anden myndighed."), "account",
        _("Fx: lave mad for nabokommunen"), {"kind": "own_operation"}),
    Aim("aendr", _("Ændre en kontrakt"), _("Mere, længere eller anderledes end aftalt."), "edit",
        _("Fx: to skoler mere på rengøringsaftalen"), {"contract_change": "yes"}),
)  # fmt: skip


def aim(key: str) -> Aim | None:
    return next((each for each in AIMS if each.key == key), None)
