# SPDX-License-Identifier: MPL-2.0
"""The language of a municipality that has added words of its own.

Made when it is first asked for (about a second, once a process) and dropped when the change log speaks of it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from indgang.core.matching import Language
from indgang.directory.models import OwnWords
from indgang.directory.search.offers import language

_NEAREST = 0.6  # how well the known trade that comes nearest serves for one's own
_languages: dict[int, Language] = {}


def language_for(municipality_id: int | None) -> Language:
    """The municipality's own language; the common one without a municipality, or when it has no words of its own."""
    common = language()
    if municipality_id is None:
        return common
    known = _languages.get(municipality_id)
    if known is not None:
        return known
    if not _is_bound_to(municipality_id):
        return common  # its words cannot be seen from here
    rows = OwnWords.objects.filter(municipality_id=municipality_id, removed_at=None).order_by("pk")
    extra = written(rows)
    own = common.extended(extra) if extra else common
    _languages[municipality_id] = own
    return own


def forget_languages(municipality_ids: Iterable[int] | None = None) -> None:
    """Read these municipalities' words anew at their next search; without numbers, everybody's."""
    for number in list(_languages) if municipality_ids is None else municipality_ids:
        _languages.pop(number, None)


def written(rows: Iterable[OwnWords]) -> str:
    """The words in the format of the vocabulary (docs/reference/vocabulary.md)."""
    tables: dict[str, list[OwnWords]] = defaultdict(list)
    firsts: dict[str, str] = {}
    for row in rows:
        own = firsts.setdefault(row.own_trade.lower(), f"own_{row.pk}") if row.own_trade else ""
        tables[own or row.trade].append(row)
    return "\n".join(_table(trade, group) for trade, group in tables.items())


def _table(trade: str, rows: list[OwnWords]) -> str:
    first = rows[0]
    words = ", ".join([*(row.words for row in rows), *([first.own_trade] if first.own_trade else [])])
    lines = [f"[{trade}]", f"words = {_quoted(words)}"]
    if first.own_trade:
        lines += [f"da = {_quoted(first.own_trade)}", f"en = {_quoted(first.own_trade)}"]
        nearest = [row.trade for row in rows if row.trade]
        lines += [f"near = {{ {', '.join(f'{other} = {_NEAREST}' for other in dict.fromkeys(nearest))} }}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _is_bound_to(municipality_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indgang_municipality()")
        return bool(cursor.fetchone()[0] == municipality_id)
