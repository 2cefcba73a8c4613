# SPDX-License-Identifier: MPL-2.0
"""One way to write a value down, so that equal contents always have equal hashes."""

import hashlib
import json
from datetime import date


def canonical(value: object) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces; 20.0 is written 20, dates as ISO text.

    Raises ValueError on NaN and infinity, TypeError on anything that JSON does not know.
    """
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(value: object) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
