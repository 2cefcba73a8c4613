# SPDX-License-Identifier: MPL-2.0
"""Which municipality a host name belongs to, remembered for a minute in each process."""

import time

from django.conf import settings

from indgang.kernel.models import Municipality

SECONDS = 60.0
_known: dict[str, tuple[float, Municipality | None]] = {}


def municipality_at(host: str) -> Municipality | None:
    """The municipality served at `host` (with or without port).

    In the demo and the tests a plain local address leads to the first municipality.
    """
    name = host.rsplit(":", 1)[0].lower() if not host.endswith("]") else host
    at, municipality = _known.get(name, (-SECONDS, None))
    if time.monotonic() - at > SECONDS:
        municipality = _look_up(name)
        _known[name] = (time.monotonic() if municipality else -SECONDS, municipality)
    return municipality


def forget_hosts() -> None:
    """Look every host name up anew."""
    _known.clear()


def _look_up(name: str) -> Municipality | None:
    everyone = Municipality.objects.select_related("public_contact").order_by("pk")
    found = everyone.filter(hosts__contains=[name]).first()
    if (
        found is None
        and (settings.DEMO or settings.TEST)
        and name in ("127.0.0.1", "localhost", "testserver")
    ):
        found = everyone.first()
    return found
