# SPDX-License-Identifier: MPL-2.0
"""The invented notices of these tests, and small ways to bend them."""

from pathlib import Path

import pytest

from indgang.core.notices.notice import Notice
from indgang.core.notices.reading import read_notice

DATA = Path(__file__).parent / "data"
OFFICIAL = Path(__file__).resolve().parents[4] / "shared" / "data"


def content(name: str) -> bytes:
    return (DATA / f"{name}.xml").read_bytes()


def sample(name: str) -> Notice:
    return read_notice(content(name))


def bent(name: str, old: str, new: str) -> bytes:
    """A sample with one piece of text replaced everywhere."""
    text = content(name).decode()
    assert old in text
    return text.replace(old, new).encode()


def official(*parts: str) -> Path:
    """A file of the EU's own samples, which lie beside the project where they are at hand."""
    path = OFFICIAL.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{'/'.join(parts)} is not at hand: the EU's sample notices are not shipped with Indgang")
    return path
