# SPDX-License-Identifier: MPL-2.0
"""Lines of text for a terminal: wrapped, headed, in Danish numbers."""

from textwrap import wrap

from indgang.core.value.fields import plain

WIDTH = 100
MARK = "?"


def heading(text: str) -> None:
    print()
    print(text.upper())


def say(text: str, indent: int = 0, hang: int = 0) -> None:
    lines = wrap(
        text, WIDTH - indent, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False
    )
    for line in lines:
        print(" " * indent + line)


def cut(text: str, width: int) -> str:
    return text if len(text) < width else text[: width - 2] + "…"


def oere(value: float) -> str:
    return f"{value:,.2f}".replace(",", "\0").replace(".", ",").replace("\0", ".").replace("-", "−")


def shown(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    return plain(round(value, 4)) if isinstance(value, int | float) else str(value)
