# SPDX-License-Identifier: MPL-2.0
"""Who won what: following a result notice's references from lot to tender to party to organisation."""

from dataclasses import dataclass

from indgang.core.notices.notice import LotResult, Money, Notice, Organisation, Tender

CHOSEN = "selec-w"
TENDERS_RECEIVED = "tenders"


@dataclass(frozen=True)
class Winner:
    """Those who won together, with the value of their tender (BT-720)."""

    organisations: tuple[Organisation, ...]
    value: Money | None

    @property
    def name(self) -> str:
        return " + ".join(organisation.name for organisation in self.organisations if organisation.name)


@dataclass(frozen=True)
class Outcome:
    """How a lot ended. `received` is the number of tenders, None when it is not told."""

    lot: str
    status: str
    winners: tuple[Winner, ...]
    subcontractors: tuple[Organisation, ...] = ()
    not_awarded_reason: str = ""
    received: int | None = None


def outcomes(notice: Notice) -> tuple[Outcome, ...]:
    """One for each lot result, in the notice's order. References that lead nowhere are passed over."""
    tenders = {tender.reference: tender for tender in notice.tenders}
    return tuple(_outcome(notice, result, tenders) for result in notice.results)


def _outcome(notice: Notice, result: LotResult, tenders: dict[str, Tender]) -> Outcome:
    won = _won(notice, result, tenders) if result.status == CHOSEN else ()
    named = {organisation.reference: organisation for organisation in notice.organisations}
    parties = {party.reference: party for party in notice.parties}
    winners, helpers = [], list[Organisation]()
    for tender in won:
        party = parties.get(tender.party)
        if party is not None:
            members = tuple(named[reference] for reference in party.tenderers if reference in named)
            winners.append(Winner(members, tender.value))
            helpers += [named[reference] for reference in party.subcontractors if reference in named]
    received = next((one.count for one in result.received if one.kind == TENDERS_RECEIVED), None)
    return Outcome(
        result.lot, result.status, tuple(winners), tuple(helpers), result.not_awarded_reason, received
    )


def _won(notice: Notice, result: LotResult, tenders: dict[str, Tender]) -> tuple[Tender, ...]:
    """The tenders that a contract of this lot names (BT-3202); without such, those ranked first, else all named.

    A lot result may list tenders that lost beside those that won (OPT-320).
    """
    listed = [tenders[reference] for reference in result.tenders if reference in tenders]
    contracted = {
        reference
        for contract in notice.contracts
        if contract.reference in result.contracts
        for reference in contract.tenders
    }
    by_contract = [tender for tender in listed if tender.reference in contracted]
    by_rank = [tender for tender in listed if tender.rank == 1]
    return tuple(by_contract or by_rank or listed)
