# SPDX-License-Identifier: MPL-2.0
"""Datafordeler's GraphQL over the CVR register (node `CVR_Virksomhed`).

It tells name, address and status. It says nothing of protection against advertising, so that stays unknown.
Source: Datafordeler, "CVR GraphQL", entity CVR_Virksomhed.
"""

from typing import Any
from urllib.parse import quote

from indgang.core.text import Refused, gettext_noop
from indgang.directory.cvr.answer import Company, post_json
from indgang.directory.places import municipality_code

QUESTION = """
query ($cvr: Long!) {
  CVR_Virksomhed(first: 1, where: {CVRNummer: {eq: $cvr}}) {
    nodes {
      CVRNummer
      virksomhedStartdato
      virksomhedOphoersdato
      status
      id_CVR_Navn_CVREnhedsId_ref { vaerdi }
      id_CVR_Adressering_CVREnhedsId_ref {
        nodes {
          AdresseringAnvendelse
          CVRAdresse_vejnavn
          CVRAdresse_husnummerFra
          CVRAdresse_etagebetegnelse
          CVRAdresse_doerbetegnelse
          CVRAdresse_postnummer
          CVRAdresse_postdistrikt
          CVRAdresse_adresseFritekst
        }
      }
    }
  }
}
"""


def look_up(address: str, credentials: str, cvr_number: str) -> Company | None:
    """`credentials` is an API key, which goes in the address as Datafordeler wants it."""
    key = f"{'&' if '?' in address else '?'}apiKey={quote(credentials)}" if credentials else ""
    answer = post_json(address + key, {"query": QUESTION, "variables": {"cvr": int(cvr_number)}}, {})
    if not isinstance(answer, dict) or answer.get("errors"):
        raise Refused(gettext_noop("CVR forstod ikke spørgsmålet. Skriv oplysningerne selv."))
    nodes = ((answer.get("data") or {}).get("CVR_Virksomhed") or {}).get("nodes") or []
    return company(nodes[0], cvr_number) if nodes else None


def company(node: dict[str, Any], cvr_number: str) -> Company:
    """A company from one node; what is missing stays empty."""
    named = node.get("id_CVR_Navn_CVREnhedsId_ref") or {}
    named = named[0] if isinstance(named, list) and named else named
    addresses = (node.get("id_CVR_Adressering_CVREnhedsId_ref") or {}).get("nodes") or [{}]
    place = next(
        (row for row in addresses if row.get("AdresseringAnvendelse") == "beliggenhedsadresse"), addresses[0]
    )
    town = _text(place.get("CVRAdresse_postdistrikt"))
    return Company(
        cvr_number=cvr_number,
        name=_text(named.get("vaerdi")) if isinstance(named, dict) else "",
        street=_street(place),
        postal_code=_text(place.get("CVRAdresse_postnummer")),
        town=town,
        municipality_code=municipality_code(town) if town else None,
        is_active=_text(node.get("status")).casefold() in ("aktiv", "")
        and not node.get("virksomhedOphoersdato"),
    )


def _street(place: dict[str, Any]) -> str:
    if place.get("CVRAdresse_adresseFritekst"):
        return _text(place["CVRAdresse_adresseFritekst"])
    street = f"{_text(place.get('CVRAdresse_vejnavn'))} {_text(place.get('CVRAdresse_husnummerFra'))}".strip()
    keys = ("CVRAdresse_etagebetegnelse", "CVRAdresse_doerbetegnelse")
    floor = " ".join(_text(place.get(key)) for key in keys if place.get(key))
    return f"{street}, {floor}" if floor else street


def _text(value: Any) -> str:
    return str(value).strip() if value is not None else ""
