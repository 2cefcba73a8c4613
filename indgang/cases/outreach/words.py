# SPDX-License-Identifier: MPL-2.0
"""What may never stand about a company: personal numbers, and words about one person's health."""

from indgang.core.cpr import holds_cpr
from indgang.core.enquiry.health import health_words
from indgang.core.text import Refused, gettext_noop


def clean(text: str, *, most: int) -> str:
    """A short text without blank ends. Refuses personal numbers and words about somebody's health."""
    text = " ".join(text.split())
    if holds_cpr(text):
        raise Refused(gettext_noop("Teksten ser ud til at rumme et CPR-nummer. Fjern det, før du sender."))
    words = health_words(text)
    if words:
        raise Refused(
            gettext_noop(
                "Her må der ikke stå noget om en persons helbred (%(words)s). Skriv, hvad arbejdspladsen kan"
                " tage hensyn til, fx «fast plads» eller «korte vagter»."
            ),
            words=", ".join(words),
        )
    return text[:most]
