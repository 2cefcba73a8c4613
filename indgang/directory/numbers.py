# SPDX-License-Identifier: MPL-2.0
"""CVR and P-numbers as people type them."""

import re

from stdnum.dk import cvr

from indgang.core.cpr import holds_cpr
from indgang.core.text import Refused, gettext_noop


def cvr_number(text: str) -> str:
    """Eight digits whose check digit holds (modulus 11, Erhvervsstyrelsen). Refuses with one sentence."""
    digits = re.sub(r"[\s.\-]", "", text).upper().removeprefix("DK")
    if not re.fullmatch(r"\d{8}", digits):
        raise Refused(gettext_noop("Et CVR-nummer har otte cifre. Tjek nummeret, eller lad feltet stå tomt."))
    if not cvr.is_valid(digits):
        raise Refused(
            gettext_noop(
                "CVR-nummeret %(number)s findes ikke: et ciffer er forkert. Tjek det på virk.dk,"
                " eller lad feltet stå tomt."
            ),
            number=digits,
        )
    return digits


def p_number(text: str) -> str:
    """Ten digits. They begin with 1 in the real series, so another number that reads as a CPR number is refused."""
    digits = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(r"\d{10}", digits):
        raise Refused(gettext_noop("Et P-nummer har ti cifre. Tjek nummeret, eller lad feltet stå tomt."))
    if not digits.startswith("1") and holds_cpr(digits):
        raise Refused(
            gettext_noop(
                "Det ligner et CPR-nummer og ikke et P-nummer. Fjern det: Indgang gemmer ikke CPR-numre."
            )
        )
    return digits


def phone_number(text: str) -> str:
    """Digits and a leading +, in pairs when Danish: '20104411' becomes '20 10 44 11'. Empty stays empty."""
    plain = re.sub(r"[^\d+]", "", text.strip())
    plain = re.sub(r"^(\+45|0045)(?=\d{8}$)", "", plain)
    if re.fullmatch(r"\d{8}", plain):
        return " ".join(plain[i : i + 2] for i in range(0, 8, 2))
    return plain[:20]
