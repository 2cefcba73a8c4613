# SPDX-License-Identifier: MPL-2.0
"""Looking an enterprise up in the CVR register, through one door for both of its services.

INDGANG_CVR_URL chooses: `elastic+https://…` is Virk's Elasticsearch (user:password),
`datafordeler+https://…` is Datafordeler's GraphQL (an API key). Without it everything is typed by hand.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings

from indgang.core.text import Refused, gettext_noop
from indgang.directory import numbers
from indgang.directory.cvr import datafordeler, elastic
from indgang.directory.cvr.answer import Company

Service = Callable[[str, str, str], Company | None]
SERVICES: dict[str, Service] = {"elastic": elastic.look_up, "datafordeler": datafordeler.look_up}

__all__ = ["Company", "is_connected", "look_up"]


def is_connected() -> bool:
    """Whether this installation has a CVR service."""
    return bool(settings.CVR_URL)


def look_up(number: str) -> Company | None:
    """The company behind a CVR number, None when the register does not know it.

    Refuses a wrong number, and in words when the service is not there, does not answer or turns us away.
    """
    cvr_number = numbers.cvr_number(number)
    if not settings.CVR_URL:
        raise Refused(gettext_noop("CVR-opslag er ikke sat op her. Skriv oplysningerne selv."))
    service, _plus, address = settings.CVR_URL.partition("+")
    if service not in SERVICES or urlsplit(address).scheme not in ("http", "https"):
        raise Refused(
            gettext_noop("INDGANG_CVR_URL skal begynde med elastic+https:// eller datafordeler+https://.")
        )
    return SERVICES[service](address, settings.CVR_CREDENTIALS, cvr_number)
