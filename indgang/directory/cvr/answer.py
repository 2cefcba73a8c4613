# SPDX-License-Identifier: MPL-2.0
"""What a look-up gives, and the one HTTP call behind it."""

import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from indgang.core.text import Refused, gettext_noop

PATIENCE_SECONDS = 5.0
MOST_BYTES = 5_000_000


@dataclass(frozen=True)
class Company:
    """What the register knows of a company. Empty means not told.

    `is_protected`: protected against advertising, so nobody writes to it unasked; None when the service does not
    say. `says_rsv`: the register's own mark of a registered social enterprise. A sole trader's facts are personal data.
    """

    cvr_number: str
    name: str
    street: str = ""
    postal_code: str = ""
    town: str = ""
    municipality_code: int | None = None
    legal_form: str = ""
    p_numbers: tuple[str, ...] = ()
    website: str = ""
    email: str = ""
    phone: str = ""
    trade: str = ""
    purpose: str = ""
    is_protected: bool | None = None
    is_active: bool = True
    says_rsv: bool = False


def post_json(address: str, body: object, headers: dict[str, str]) -> Any:
    """POST `body` and read JSON back. Every failure becomes a sentence that ends in: type it yourself."""
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE_SECONDS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(
            "POST",
            path,
            json.dumps(body),
            {"Content-Type": "application/json", "Accept": "application/json"} | headers,
        )
        with connection.getresponse() as answer:
            content = answer.read(MOST_BYTES + 1)
    except TimeoutError as trouble:
        raise Refused(
            gettext_noop("CVR svarer ikke lige nu. Skriv oplysningerne selv, eller prøv igen om lidt.")
        ) from trouble
    except (OSError, HTTPException) as trouble:
        raise Refused(
            gettext_noop("Vi kan ikke få forbindelse til CVR. Skriv oplysningerne selv.")
        ) from trouble
    finally:
        connection.close()
    if answer.status in (401, 403):
        raise Refused(
            gettext_noop(
                "CVR afviste vores adgang. Skriv oplysningerne selv, og giv jeres administrator besked."
            )
        )
    if answer.status != 200 or len(content) > MOST_BYTES:
        raise Refused(
            gettext_noop(
                "CVR kunne ikke svare (%(status)d). Skriv oplysningerne selv, eller prøv igen om lidt."
            ),
            status=answer.status,
        )
    try:
        return json.loads(content)
    except ValueError as trouble:
        raise Refused(
            gettext_noop("CVR svarede noget, vi ikke forstår. Skriv oplysningerne selv.")
        ) from trouble


LEGAL_FORMS = {
    "anpartsselskab": "ApS",
    "aktieselskab": "A/S",
    "forening med begrænset ansvar": "F.M.B.A.",
    "selskab med begrænset ansvar": "S.M.B.A.",
    "andelsselskab med begrænset ansvar": "A.M.B.A.",
    "fond": "Fond",
    "erhvervsdrivende fond": "Fond",
    "fonde og andre selvejende institutioner": "Selvejende institution",
    "selvejende institution": "Selvejende institution",
    "frivillig forening": "Forening",
    "forening": "Forening",
    "interessentskab": "I/S",
    "partnerselskab": "P/S",
    "enkeltmandsvirksomhed": "Enkeltmandsvirksomhed",
    "personligt ejet mindre virksomhed": "Enkeltmandsvirksomhed",
    "kommune": "Kommunal eller regional",
    "primærkommune": "Kommunal eller regional",
    "region": "Kommunal eller regional",
}
_SHORT = {"aps": "ApS", "a/s": "A/S", "fmba": "F.M.B.A.", "smba": "S.M.B.A.", "amba": "A.M.B.A.", "fon": "Fond",
          "for": "Forening", "i/s": "I/S", "p/s": "P/S", "enk": "Enkeltmandsvirksomhed", "pmv": "Enkeltmandsvirksomhed"}  # fmt: skip


def legal_form(told: str) -> str:
    """Our short word for a form as the register writes it; '' when we have none."""
    plain = told.strip().casefold()
    return LEGAL_FORMS.get(plain) or _SHORT.get(plain.replace(".", ""), "")
