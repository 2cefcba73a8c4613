# SPDX-License-Identifier: MPL-2.0
"""Lines of text for a terminal: wrapped, headed, in Danish numbers; and numbers typed on the command line."""

import re
from textwrap import wrap

from indgang.core.text import Refused
from indgang.core.value.fields import number, plain

WIDTH = 100
MARK = "?"


def heading(text: str) -> None:
    """A heading in capitals, after an empty line."""
    print()
    print(text.upper())


def say(text: str, indent: int = 0, hang: int = 0) -> None:
    """A sentence, wrapped."""
    lines = wrap(
        text, WIDTH - indent, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False
    )
    for line in lines:
        print(" " * indent + line)


def cut(text: str, width: int) -> str:
    """At most `width` characters."""
    return text if len(text) < width else text[: width - 2] + "…"


def oere(value: float) -> str:
    """Kroner with two decimals: 13.060,00."""
    return f"{value:,.2f}".replace(",", "\0").replace(".", ",").replace("\0", ".").replace("-", "−")


def shown(value: object) -> str:
    """Any plain value in Danish."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    return plain(round(value, 4)) if isinstance(value, int | float) else str(value)


def typed_number(
    text: str | None, name: str, default: float | None = None, low: float = 0.0, high: float = 1e12
) -> float:
    """A number from the command line, comma or point before decimals. Refuses 13.060, which may mean two things."""
    if text is None:
        return number(default, name, low, high)
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+", text):
        raise Refused(
            "%(name)s er „%(text)s“. Skriv tallet uden punktum: %(meant)s.",
            name=name,
            text=text,
            meant=text.replace(".", ""),
        )
    try:
        return number(float(text.replace(",", ".") if "." not in text else text), name, low, high)
    except ValueError:
        raise Refused("%(name)s er „%(text)s“. Skriv et tal, fx 13060.", name=name, text=text) from None
