# SPDX-License-Identifier: MPL-2.0
"""A municipality teaches the search its own words, and takes them back."""

import re
from datetime import datetime

from django.db import transaction

from indgang.core.matching import Language
from indgang.core.matching.reading import read
from indgang.core.matching.vocabulary import atoms_of, is_whole
from indgang.core.text import Refused, gettext_noop
from indgang.directory import permissions
from indgang.directory.models import OwnWords
from indgang.directory.search.own_words import language_for
from indgang.kernel import audit
from indgang.kernel.access import Principal

MOST_ROWS = 300
_PHRASE = re.compile(r"[^\W_]+(?:[ '-][^\W_]+){0,5}")
_SURELY = 0.5


@transaction.atomic
def add_words(by: Principal, *, words: str, meaning: str, name: str, now: datetime) -> OwnWords:
    """`words` parted by commas mean what `meaning` means, or - with a `name` - a trade that is only known here."""
    permissions.check_can_teach(by)
    speech = language_for(by.municipality_id)
    phrases = _phrases(words, speech)
    name = " ".join(name.split())
    if name and not _PHRASE.fullmatch(name):
        raise Refused(gettext_noop("Kald faget noget med bogstaver og mellemrum, fx »Kistemaling«."))
    trade = _trade_in(meaning, speech) if meaning.strip() or not name else ""
    if trade.startswith("own_"):  # more words for a trade of their own
        name, trade = name or speech.vocabulary.concepts[trade].da, ""
    for phrase in phrases:
        found = next(iter(read(phrase, speech.vocabulary).strengths.items()), ("", 0.0))
        if not name and found[0] == trade and found[1] >= 0.9:
            raise Refused(
                gettext_noop("»%(phrase)s« bliver allerede læst sådan. I behøver ikke skrive det."),
                phrase=phrase,
            )
    if OwnWords.objects.filter(municipality_id=by.municipality_id, removed_at=None).count() >= MOST_ROWS:
        raise Refused(
            gettext_noop("I har allerede %(most)s linjer med egne ord. Tag nogle ud, før I skriver flere."),
            most=MOST_ROWS,
        )
    row = OwnWords.objects.create(
        municipality_id=by.municipality_id,
        words=", ".join(phrases),
        trade=trade,
        own_trade=name,
        added_by_id=by.user_id or 0,
        added_at=now,
    )
    _record(by, "own_words.add", row, now)
    return row


@transaction.atomic
def take_out(by: Principal, row: OwnWords, *, now: datetime) -> None:
    """The words mean nothing of their own any more; they stay in the history."""
    permissions.check_can_teach(by)
    if row.removed_at is None:
        row.removed_at, row.removed_by_id = now, by.user_id
        row.save(update_fields=["removed_at", "removed_by"])
        _record(by, "own_words.take_out", row, now)


@transaction.atomic
def put_back(by: Principal, row: OwnWords, *, now: datetime) -> None:
    """Undo taking them out."""
    permissions.check_can_teach(by)
    if row.removed_at is not None:
        row.removed_at = row.removed_by_id = None
        row.save(update_fields=["removed_at", "removed_by"])
        _record(by, "own_words.put_back", row, now)


def _record(by: Principal, act: str, row: OwnWords, now: datetime) -> None:
    facts = {"words": row.words, "trade": row.trade, "own_trade": row.own_trade}
    audit.record(by, act, f"own_words:{row.pk}", now=now, facts=facts)


def _phrases(words: str, speech: Language) -> list[str]:
    phrases = list(dict.fromkeys(" ".join(part.lower().split()) for part in words.split(",") if part.strip()))
    if not phrases:
        raise Refused(gettext_noop("Skriv mindst ét ord."))
    lexicon = speech.vocabulary.lexicon
    for phrase in phrases:
        if not _PHRASE.fullmatch(phrase):
            raise Refused(
                gettext_noop(
                    "»%(phrase)s« er ikke et ord eller et kort udtryk. Skriv højst seks ord, delt af komma."
                ),
                phrase=phrase[:40],
            )
        atoms = atoms_of(phrase, lexicon)
        if len(atoms) < (1 if is_whole(phrase, lexicon) else 2):
            raise Refused(
                gettext_noop(
                    "»%(phrase)s« siger for lidt i sig selv. Skriv det, der kun siges om netop det."
                ),
                phrase=phrase,
            )
    return phrases


def _trade_in(meaning: str, speech: Language) -> str:
    trade, strength = next(iter(read(meaning, speech.vocabulary).strengths.items()), ("", 0.0))
    if strength < _SURELY:
        raise Refused(
            gettext_noop(
                "Vi kender ikke noget fag i »%(meaning)s«. Skriv det, som en sælger ville sige det, fx »vask af tøj«, eller giv"
                " det nye fag et navn."
            ),
            meaning=meaning.strip()[:60],
        )
    return trade
