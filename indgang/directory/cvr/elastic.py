# SPDX-License-Identifier: MPL-2.0
"""Virk's Elasticsearch over the CVR register (index `cvr-permanent`, document `Vrvirksomhed`).

Values carry periods; the one without an end counts. What the register marks as secret (`hemmelig`) is left out.
Source: Erhvervsstyrelsen, "System-til-system-adgang til CVR-data".
"""

import base64
from collections.abc import Iterable
from typing import Any

from indgang.directory.cvr.answer import Company, legal_form, post_json

NORMAL = ("NORMAL", "AKTIV", "Aktiv", "")


def look_up(address: str, credentials: str, cvr_number: str) -> Company | None:
    """`credentials` is user:password."""
    question = {"query": {"term": {"Vrvirksomhed.cvrNummer": int(cvr_number)}}, "size": 1}
    token = base64.b64encode(credentials.encode()).decode()
    answer = post_json(address, question, {"Authorization": f"Basic {token}"} if credentials else {})
    hits = _dict(_dict(answer).get("hits")).get("hits") or []
    if not hits:
        return None
    return company(_dict(_dict(_dict(hits[0]).get("_source")).get("Vrvirksomhed")), cvr_number)


def company(document: dict[str, Any], cvr_number: str) -> Company:
    """A company from one document; what is missing stays empty."""
    about = _dict(document.get("virksomhedMetadata"))
    place = _dict(about.get("nyesteBeliggenhedsadresse")) or _current(document.get("beliggenhedsadresse"))
    form = _dict(about.get("nyesteVirksomhedsform")) or _current(document.get("virksomhedsform"))
    trade = _dict(about.get("nyesteHovedbranche")) or _current(document.get("hovedbranche"))
    number = _dict(place.get("kommune")).get("kommuneKode")
    return Company(
        cvr_number=cvr_number,
        name=_text(_dict(about.get("nyesteNavn")).get("navn"))
        or _text(_current(document.get("navne")).get("navn")),
        street=_street(place),
        postal_code=f"{place['postnummer']:04d}" if isinstance(place.get("postnummer"), int) else "",
        town=_text(place.get("postdistrikt")),
        municipality_code=number if isinstance(number, int) else None,
        legal_form=legal_form(_text(form.get("langBeskrivelse")))
        or legal_form(_text(form.get("kortBeskrivelse"))),
        p_numbers=tuple(
            str(unit["pNummer"]) for unit in _open(document.get("penheder")) if "pNummer" in unit
        ),
        website=_contact(document.get("hjemmeside")),
        email=_contact(document.get("elektroniskPost")),
        phone=_contact(document.get("telefonNummer")),
        trade=_text(trade.get("branchetekst")),
        purpose=_attribute(document, "FORMÅL"),
        is_protected=bool(document.get("reklamebeskyttet")) if "reklamebeskyttet" in document else None,
        is_active=_text(about.get("sammensatStatus")) in NORMAL,
        says_rsv=_attribute(document, "SOCIAL_ØKONOMISK_VIRKSOMHED").casefold() == "true",
    )


def _street(place: dict[str, Any]) -> str:
    if place.get("fritekst"):
        return _text(place["fritekst"])
    number = f"{place.get('husnummerFra') or ''}{place.get('bogstavFra') or ''}"
    parts = [f"{_text(place.get('vejnavn'))} {number}".strip()]
    floor = " ".join(_text(place.get(key)) for key in ("etage", "sidedoer") if place.get(key))
    return ", ".join(part for part in [*parts, floor] if part)


def _attribute(document: dict[str, Any], kind: str) -> str:
    for attribute in _rows(document.get("attributter")):
        if attribute.get("type") == kind:
            return _text(_current(attribute.get("vaerdier")).get("vaerdi"))
    return ""


def _contact(rows: Any) -> str:
    told = [row for row in _open(rows) if not row.get("hemmelig")]
    return _text(told[-1].get("kontaktoplysning")) if told else ""


def _current(rows: Any) -> dict[str, Any]:
    found = list(_open(rows))
    return found[-1] if found else {}


def _open(rows: Any) -> Iterable[dict[str, Any]]:
    """Rows whose period has no end."""
    return [row for row in _rows(rows) if not _dict(row.get("periode")).get("gyldigTil")]


def _rows(rows: Any) -> list[dict[str, Any]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return str(value).strip() if value is not None else ""
