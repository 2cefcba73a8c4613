# SPDX-License-Identifier: MPL-2.0
"""A notice in a few Danish lines for the terminal."""

from datetime import date, datetime
from decimal import Decimal

from indgang.core.notices.call import (
    EXECUTION,
    SOCIAL,
    Gate,
    Kind,
    cpv_codes,
    deadline_of,
    in_one_sentence,
    is_cancelled,
    kind_of,
    marks_of,
    value_of,
    value_of_lot,
)
from indgang.core.notices.codes import label
from indgang.core.notices.groups import groups, groups_of
from indgang.core.notices.notice import Lot, Money, Notice
from indgang.core.notices.outcome import outcomes
from indgang.core.notices.places import codes_of, name_of, places_of
from indgang.core.notices.values import DANISH_TIME

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
)  # fmt: skip
KINDS = {
    Kind.PLAN: "PLANLAGT",
    Kind.CALL: "UDBUD",
    Kind.RESULT: "AFGJORT",
    Kind.CHANGE: "ÆNDRET KONTRAKT",
    Kind.END: "KONTRAKT SLUT",
    Kind.OTHER: "ANDET",
}
GATES = {Gate.TENDER: "tilbud", Gate.REQUEST: "ansøgning", Gate.INTEREST: "interesse"}


def described(notice: Notice) -> list[str]:
    """Kind and title, buyer and what it is, facts, then one line for each lot."""
    facts = [
        amount(value_of(notice)),
        ", ".join(name_of(code) for code in codes_of(places_of(notice))) or "hele landet eller ikke oplyst",
        ", ".join(groups()[key].danish for key in groups_of(cpv_codes(notice))),
    ]
    buyer = ", ".join(buyer.name for buyer in notice.buyers) or "køber ikke oplyst"
    kind = "ANNULLERET" if is_cancelled(notice) else KINDS[kind_of(notice)]
    lines = [f"{kind}  {notice.title or 'uden overskrift'}", f"  {buyer}"]
    if notice.changes:
        why = notice.change_text or label("change-corrig-justification", notice.change_reason)
        lines.append(f"  Ændrer en tidligere bekendtgørelse: {in_one_sentence(why)}")
    if notice.text:
        lines.append(f"  {in_one_sentence(notice.text)}")
    lines.append("  " + " · ".join(fact for fact in facts if fact))
    lines += [f"  {line}" for lot in notice.lots for line in _lot(lot)]
    lines += [f"  {line}" for line in _endings(notice)]
    lines.append(f"  ID {notice.notice_id}, version {notice.version:02d}")
    return [printable(line) for line in lines]


def printable(line: str) -> str:
    """Without control characters: a stranger's words must not move the cursor."""
    return "".join(c if c.isprintable() else "?" for c in line)


def _lot(lot: Lot) -> list[str]:
    deadline = deadline_of(lot)
    facts = [amount(value_of_lot(lot))]
    if deadline is not None:
        facts.append(f"{GATES[deadline.gate]} senest {moment(deadline.at)}")
    said = " · ".join(fact for fact in facts if fact)
    lines = [f"- {lot.reference} {lot.title}" + (f": {said}" if said else "")]
    return lines + [f"    ★ {_mark(mark)}" for mark in marks_of(lot)]


def _mark(mark: str) -> str:
    if mark == EXECUTION:
        return label("reserved-execution", "yes")
    if mark.startswith(SOCIAL):
        return label("social-objective", mark.removeprefix(SOCIAL))
    return label("reserved-procurement", mark)


def _endings(notice: Notice) -> list[str]:
    lines = []
    for outcome in outcomes(notice):
        won = "; ".join(
            f"{winner.name} {amount(winner.value)}".strip() for winner in outcome.winners if winner.name
        )
        why = (
            label("non-award-justification", outcome.not_awarded_reason) if outcome.not_awarded_reason else ""
        )
        lines.append(f"= {outcome.lot} " + (f"vundet af {won}" if won else label("winner-selection-status", outcome.status))
                     + (f" ({why.lower()})" if why else ""))  # fmt: skip
    return lines


def amount(value: Money | None) -> str:
    """4.200.000 kr., or with the currency's letters when it is another."""
    if value is None:
        return ""
    whole = grouped(int(value.amount.quantize(Decimal(1))))
    return f"{whole} kr." if value.currency == "DKK" else f"{whole} {value.currency}"


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def moment(at: datetime) -> str:
    """15. februar 2027 kl. 12.00, Danish time."""
    local = at.astimezone(DANISH_TIME)
    return f"{day(local.date())} kl. {local:%-H.%M}"


def day(on: date) -> str:
    return f"{on.day}. {MONTHS[on.month - 1]} {on.year}"
