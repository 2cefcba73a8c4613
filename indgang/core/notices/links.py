# SPDX-License-Identifier: MPL-2.0
"""Addresses of the official notice, and the identifiers by which notices point at each other."""

import re

from indgang.core.notices.notice import Notice

UDBUD_DK = "https://udbud.dk/detaljevisning?noticeId={notice_id}&noticeVersion={version:02d}"
TED = "https://ted.europa.eu/da/notice/-/detail/{number}"

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_PUBLICATION = re.compile(r"0*(\d{1,8})-(\d{4})")


def is_danish(notice: Notice) -> bool:
    """Bought by somebody in Denmark."""
    return any(buyer.country in ("DNK", "DK") for buyer in notice.buyers)


def publication_number(text: str) -> str:
    """`00123456-2026` as TED writes it in an address: `123456-2026`; empty when it is no such number."""
    found = _PUBLICATION.fullmatch(text.strip())
    return f"{found[1]}-{found[2]}" if found else ""


def official_address(notice: Notice) -> str:
    """Where the notice itself can be read: udbud.dk for a Danish buyer, TED when it is published there."""
    if is_danish(notice) and _UUID.fullmatch(notice.notice_id):
        return UDBUD_DK.format(notice_id=notice.notice_id, version=notice.version)
    number = publication_number(notice.publication_number)
    return TED.format(number=number) if number else ""


def replaced_by(notice: Notice) -> tuple[str, ...]:
    """What a change notice replaces: notice identifiers without version, or publication numbers.

    BT-758 holds either `<uuid>-<version>` or a publication number, and there may be several.
    """
    found = []
    for text in notice.changes:
        uuid = _UUID.match(text.strip())
        number = publication_number(text)
        if uuid is not None:
            found.append(uuid.group().lower())
        elif number:
            found.append(number)
    return tuple(dict.fromkeys(found))


def safe_address(text: str) -> str:
    """A web address that may be put behind a link: http or https, else empty."""
    text = text.strip()
    if re.match(r"https?://[^\s<>\"']+$", text, re.IGNORECASE):
        return text
    if re.match(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s<>\"']*)?$", text, re.IGNORECASE):
        return f"https://{text}"
    return ""
