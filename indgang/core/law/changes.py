# SPDX-License-Identifier: MPL-2.0
"""What has changed for somebody who used some rules: told in plain words, each with what it was and what it is.

Two things change an old answer: we know better (another pack), and time passes (a rule ends, a figure has a new
period). Whether the answer itself comes out differently is asked by answering the same facts again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from indgang.core.law.answer import Answer
from indgang.core.law.difference import READ_AS, difference
from indgang.core.law.evaluate import evaluate
from indgang.core.law.figures import FigureRow
from indgang.core.law.finding import BLOCKED, NOT_APPLICABLE
from indgang.core.law.pack import Pack
from indgang.core.law.reading import read_facts
from indgang.core.law.rule import Rule
from indgang.core.law.sentence import Sentence, danish_date, number

FIELDS = {
    "applies": Sentence("hvornår den gælder", "when it applies"),
    "also_when": Sentence("hvornår den gælder", "when it applies"),
    "uncertain_if": Sentence("hvornår den er usikker", "when it is uncertain"),
    "uncertain_when": Sentence("hvornår den er usikker", "when it is uncertain"),
    "blocked": Sentence("hvad der lukker den", "what closes it"),
    "statute": Sentence("paragraffen", "the paragraph"),
    "confidence": Sentence("hvor godt den er belagt", "how well founded it is"),
    "valid_from": Sentence("hvornår den begynder", "when it begins"),
    "valid_to": Sentence("hvornår den slutter", "when it ends"),
    "documents": Sentence("hvad I skal skrive ned", "what you must write down"),
    "alternative": Sentence("hvad I kan gøre i stedet", "what you can do instead"),
    "warn_when": Sentence("advarslen", "the warning"),
    "condition_when": Sentence("betingelsen", "the condition"),
    "check": Sentence("hvad I skal se efter", "what to check"),
    "never": Sentence("hvad I aldrig må", "what you may never do"),
}
WORDING = Sentence("ordene", "the wording")
COLUMNS = {
    "services": Sentence("tærsklen for varer og tjenester", "the threshold for goods and services"),
    "light": Sentence("tærsklen for light-ydelser", "the threshold for light services"),
    "works": Sentence("tærsklen for byggeri", "the threshold for works"),
    "state": Sentence("statens tærskel", "the central government threshold"),
    "small_lot": Sentence("grænsen for en delydelse", "the limit of a small lot"),
    "small_lot_works": Sentence("grænsen for en delydelse i byggeri", "the limit of a small lot of works"),
}
STATUS = {
    "open": Sentence("åben", "open"),
    "uncertain": Sentence("usikker", "uncertain"),
    "blocked": Sentence("lukket", "closed"),
    "duty": Sentence("en pligt", "a duty"),
    "condition": Sentence("et vilkår", "a condition"),
    "value": Sentence("med i værdien", "part of the value"),
    "not_applicable": Sentence("uden for spil", "out of play"),
}


@dataclass(frozen=True)
class Change:
    """One thing that is no longer as it was; `rule_id` is empty for a figure that several rules read."""

    rule_id: str
    words: Sentence


def changes(
    used: Pack,
    newest: Pack,
    rule_ids: Collection[str],
    *,
    on: date,
    today: date | None = None,
    columns: Collection[str] = tuple(COLUMNS),
) -> tuple[Change, ...]:
    """What changed for these rules since an answer made with `used` for the day `on`.

    With `today` the passing of time counts as well: leave it out where the date of the purchase is settled. `columns`
    are the thresholds that matter (see `columns_for`).
    """
    found = (
        list(_between(used, newest, rule_ids, today or on, columns)) if used.sha256 != newest.sha256 else []
    )
    if today is not None and today > on:
        found += _with_time(newest, rule_ids, on, today, columns)
    return tuple(found)


def columns_for(pack: Pack, facts: Mapping[str, object]) -> tuple[str, ...]:
    """The thresholds that matter to a purchase with these facts."""
    kind = facts.get("kind")
    if kind in ("works", "concession_works", "concession_services"):
        return ("works", "small_lot_works")
    if facts.get("authority_type") == "stat":
        return ("state", "small_lot")
    light = kind == "services" and pack.cpv.is_light(str(facts.get("cpv_main") or ""))
    return ("light", "small_lot") if light else ("services", "small_lot")


def outcomes(
    used: Pack, newest: Pack, facts: Mapping[str, object], *, on: date, today: date | None = None
) -> tuple[Change, ...]:
    """Where the same facts are answered differently now. Refuses facts that the newest pack cannot read."""
    before = evaluate(used, read_facts(used, dict(facts)), on)
    after = evaluate(newest, read_facts(newest, dict(facts)), today or on)
    return tuple(_different(before, after))


def _between(
    used: Pack, newest: Pack, rule_ids: Collection[str], day: date, columns: Collection[str]
) -> Iterable[Change]:
    what = difference(used, newest)
    old = {rule.id: rule for rule in used.rules}
    read: set[str] = set()
    for rule_id in rule_ids:
        if rule_id in what.removed:
            yield Change(rule_id, _say(used, old[rule_id], "findes ikke længere.", "no longer exists.", day))
            continue
        if rule_id not in old:
            continue
        rule = newest.rule(rule_id)
        read |= {name for stated in rule.conditions() for name in stated.names}
        if rule_id in what.changed:
            da, en = _fields(old[rule_id], rule, what.changed[rule_id])
            yield Change(rule_id, _say(newest, rule, f"er ændret: {da}.", f"has changed: {en}.", day))
    yield from _figures(used, newest, read & set(what.figures), day, columns)


def _fields(old: Rule, new: Rule, names: Iterable[str]) -> tuple[str, str]:
    told = dict.fromkeys(FIELDS.get(name, WORDING) for name in names)
    da, en = [each.da for each in told], [each.en for each in told]
    if old.confidence != new.confidence:
        place = da.index(FIELDS["confidence"].da)
        da[place] += f" ({old.confidence} → {new.confidence})"
        en[place] += f" ({old.confidence} → {new.confidence})"
    return ", ".join(da), ", ".join(en)


def _figures(
    used: Pack, newest: Pack, names: Collection[str], day: date, columns: Collection[str]
) -> Iterable[Change]:
    yield from _single_figures(used, newest, names, day, day)
    yield from _thresholds(used, newest, _columns_read(names, columns), day, day)


def _columns_read(names: Collection[str], columns: Collection[str]) -> list[str]:
    return [column for column, read_as in READ_AS.items() if column in columns and set(read_as) & set(names)]


def _single_figures(
    used: Pack, newest: Pack, names: Collection[str], before: date, after: date
) -> Iterable[Change]:
    """Figures that the names are read from: by their own name, or by the name that a rule reads them as."""
    for name in sorted(used.figures.names() | newest.figures.names()):
        if name in names or set(READ_AS.get(name, ())) & set(names):
            yield from _figure(used, newest, name, before, after)


def _figure(used: Pack, newest: Pack, name: str, before: date, after: date) -> Iterable[Change]:
    old = next((row for row in used.figures.rows if row.id == name and _holds(row, before)), None)
    new = next((row for row in newest.figures.rows if row.id == name and _holds(row, after)), None)
    if old is None or new is None or old.amount == new.amount:
        return
    yield Change(
        "",
        Sentence(
            f"{new.words.da.rstrip('.')}: {number(old.amount)} → {number(new.amount)} {new.unit}.",
            f"{new.words.en.rstrip('.')}: {number(old.amount, True)} → {number(new.amount, True)} {new.unit}.",
        ),
    )


def _thresholds(
    used: Pack, newest: Pack, columns: Iterable[str], before: date, after: date
) -> Iterable[Change]:
    old, new = used.figures.threshold_row(before), newest.figures.threshold_row(after)
    if old is None or new is None:
        return
    for column in columns:
        was, now = old.amounts[column], new.amounts[column]
        if was != now:
            words, since = COLUMNS[column], new.valid_from
            yield Change(
                "",
                Sentence(
                    f"{words.da.capitalize()} fra {danish_date(since)}: {number(was)} → {number(now)} kr.",
                    f"{words.en.capitalize()} from {since.isoformat()}: DKK {number(was, True)} → {number(now, True)}.",
                ),
            )


def _with_time(
    pack: Pack, rule_ids: Collection[str], on: date, today: date, columns: Collection[str]
) -> Iterable[Change]:
    read: set[str] = set()
    for rule in pack.rules:
        if rule.id not in rule_ids:
            continue
        read |= {name for stated in rule.conditions() for name in stated.names}
        if rule.valid_to is not None and rule.in_force(on) and not rule.in_force(today):
            last = rule.valid_to
            da, en = f"gjaldt til og med {danish_date(last)}.", f"was in force until {last.isoformat()}."
            yield Change(rule.id, _say(pack, rule, da, en, on))
    yield from _single_figures(pack, pack, read, on, today)
    yield from _thresholds(pack, pack, _columns_read(read, columns), on, today)
    if (
        read & {"threshold", "threshold_services", "small_lot_limit"}
        and pack.figures.threshold_row(today) is None
    ):
        yield Change(
            "",
            Sentence("Tærskelværdierne for i dag er ikke kendt.", "The thresholds of today are not known."),
        )


def _holds(row: FigureRow, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def _different(before: Answer, after: Answer) -> Iterable[Change]:
    was = {finding.rule.id: finding.status for finding in before.findings}
    if before.regime != after.regime:
        names = (before.regime or "–", after.regime or "–")
        yield Change(
            "", Sentence(f"Regelsættet: {names[0]} → {names[1]}.", f"The regime: {names[0]} → {names[1]}.")
        )
    for finding in after.findings:
        old, new = was.get(finding.rule.id, NOT_APPLICABLE), finding.status
        other_regime = finding.rule.gives == "regime" and {old, new} == {NOT_APPLICABLE, BLOCKED}
        if old != new and not other_regime:
            a, b = STATUS[old], STATUS[new]
            yield Change(
                finding.rule.id,
                _say(
                    after.court.pack,
                    finding.rule,
                    f"var {a.da} og er nu {b.da}.",
                    f"was {a.en} and is now {b.en}.",
                    after.court.at.on,
                ),
            )


def _say(pack: Pack, rule: Rule, da: str, en: str, day: date) -> Sentence:
    title = rule.title.filled(pack.figures.amounts(day))
    return Sentence(f"«{title.da}» ({rule.id}) {da}", f"“{title.en}” ({rule.id}) {en}")
