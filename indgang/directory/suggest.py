# SPDX-License-Identifier: MPL-2.0
"""What the software reads out of a text about what is sold, for a human to confirm."""


def codes_for(text: str) -> list[str]:
    return []
