# SPDX-License-Identifier: MPL-2.0
"""Which column holds what, guessed from the words above it. The user corrects."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from indgang.core.sort_key import danish_sort_key


class Field(NamedTuple):
    """Something a list can tell. `words` are headers people write, folded; `many` may be read from several columns."""

    key: str
    label: Promise
    words: tuple[str, ...]
    must: bool = False
    many: bool = False


FIELDS = (
    Field(
        "name",
        _("Navn"),
        ("navn", "virksomhed", "virksomhedsnavn", "firma", "firmanavn", "organisation", "navn virksomhed",
         "virksomhedens navn", "leverandør", "leverandørnavn", "company", "name", "selskab", "butik", "forening"),
        must=True,
    ),
    Field("cvr_number", _("CVR-nummer"), ("cvr", "cvr nr", "cvrnr", "cvr nummer", "cvrnummer", "vat", "se nr")),
    Field("p_number", _("P-nummer"), ("p nr", "pnr", "p nummer", "pnummer", "produktionsenhed", "p enhed")),
    Field("legal_form", _("Virksomhedsform"), ("virksomhedsform", "selskabsform", "form", "ejerform", "type")),
    Field("street", _("Adresse"), ("adresse", "vej", "gade", "vejnavn", "gadenavn", "beliggenhed", "address", "street")),
    Field("postal_code", _("Postnummer"), ("postnr", "post nr", "postnummer", "zip", "postal code")),
    Field("town", _("By"), ("by", "bynavn", "postdistrikt", "sted", "lokalitet", "city", "town"), must=True),
    Field("municipality", _("Kommune"), ("kommune", "kommunenavn", "kommunekode", "municipality")),
    Field(
        "contact_name",
        _("Kontaktperson"),
        ("kontakt", "kontaktperson", "kontaktnavn", "kontaktpersoner", "leder", "daglig leder", "direktør", "ansvarlig",
         "navn kontaktperson", "navn på kontaktperson", "contact", "contact person"),
        must=True,
    ),
    Field("contact_role", _("Kontaktpersonens rolle"), ("rolle", "titel", "stilling", "funktion")),
    Field(
        "contact_email", _("E-mail"), ("email", "e mail", "mail", "mailadresse", "e mailadresse", "epost", "e post")
    ),
    Field(
        "contact_phone",
        _("Telefon"),
        ("telefon", "tlf", "tlf nr", "tlfnr", "telefonnummer", "telefonnr", "mobil", "mobilnr", "phone", "tel"),
    ),
    Field("website", _("Hjemmeside"), ("hjemmeside", "web", "website", "www", "url", "link", "webside")),
    Field(
        "text",
        _("Hvad de sælger"),
        ("ydelser", "ydelse", "produkter", "produkt", "beskrivelse", "sælger", "hvad sælger de", "tilbyder", "kan levere",
         "varer", "kompetencer", "aktivitet", "aktiviteter", "branche", "branchetekst", "hovedbranche", "opgaver", "services",
         "products", "description", "beskæftigelse", "område", "bemærkninger ydelser", "tekst", "hvad laver de"),
        must=True,
        many=True,
    ),
    Field("target_groups", _("Målgrupper"), ("målgruppe", "målgrupper", "borgere", "borgergruppe", "target group")),
    Field("job_types", _("Jobtyper"), ("jobtype", "jobtyper", "job", "forløb", "ansættelse", "ansættelsesformer")),
    Field("capacity_a_week", _("Kapacitet om ugen"), ("kapacitet", "kapacitet pr uge", "kapacitet om ugen", "stk pr uge")),
    Field("smallest_dkk", _("Mindste opgave, kroner"), ("mindste opgave", "minimum", "mindste ordre", "min ordre")),
    Field("largest_dkk", _("Største opgave, kroner"), ("største opgave", "maksimum", "største ordre", "max ordre")),
    Field("lead_days", _("Varsel, dage"), ("varsel", "leveringstid", "leveringstid dage", "varsel dage")),
)  # fmt: skip
MUST_HAVE_ONE = ("contact_email", "contact_phone")
"""A contact can be reached one way or the other."""
ONE_OF_THEM = _("E-mail eller telefon")


def fold(text: str) -> str:
    """A header as it is compared: no case, no signs."""
    return re.sub(r"\s+", " ", danish_sort_key(text)).strip()


@cache
def _by_word(fields: tuple[Field, ...]) -> dict[str, str]:
    return {fold(word): field.key for field in fields for word in field.words}


def knows_header(cell: str, fields: tuple[Field, ...] = FIELDS) -> bool:
    return fold(cell) in _by_word(fields)


def guess_columns(headers: Sequence[str], fields: tuple[Field, ...] = FIELDS) -> dict[str, list[int]]:
    """Column numbers (from 0) per field. Exact words win; else a header that begins or ends with a known word.

    A field that holds one thing gets one column; 'text' may get several, which are then read one after another.
    """
    found: dict[str, list[int]] = {}
    many = {field.key for field in fields if field.many}
    for guess in (_exactly, _roughly):
        for number, header in enumerate(headers):
            key = guess(fold(header), _by_word(fields))
            taken = any(number in numbers for numbers in found.values())
            if key and not taken and (key not in found or key in many):
                found.setdefault(key, []).append(number)
    return found


def _exactly(header: str, by_word: Mapping[str, str]) -> str:
    return by_word.get(header, "")


def _roughly(header: str, by_word: Mapping[str, str]) -> str:
    words = header.split()
    if not words or len(words) > 5:
        return ""
    long_enough = [(word, key) for word, key in by_word.items() if len(word) >= 3]
    for word, key in sorted(long_enough, key=lambda pair: -len(pair[0])):
        if header.startswith(word + " ") or header.endswith(" " + word):
            return key
    return ""
