# SPDX-License-Identifier: MPL-2.0
"""Is a purchase covered by an agreement that must be used? Asked before any route."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache

from django.db.models import OuterRef, Q, QuerySet

from indgang.core.law import cpv
from indgang.guidance.models import AgreementList, BindingAgreement


class State(StrEnum):
    """What the contract list says. `maybe`: an agreement covers only a part of what the code may mean."""

    COVERED = "covered"
    OPTIONAL = "optional"
    MAYBE = "maybe"
    NOT_FOUND = "not_found"
    NO_CODE = "no_code"
    NO_LIST = "no_list"


@dataclass(frozen=True)
class Coverage:
    """What the list says about a code on a day, the agreements it means, and when the list was last read in."""

    state: State
    agreements: tuple[BindingAgreement, ...] = ()
    listed_at: datetime | None = None

    @property
    def agreement(self) -> BindingAgreement | None:
        return self.agreements[0] if self.agreements else None

    @property
    def is_covered(self) -> bool:
        return self.state is State.COVERED


def running(municipality_id: int, on: date) -> QuerySet[BindingAgreement]:
    """Agreements on the list and in their term on a day."""
    begun = Q(first_date=None) | Q(first_date__lte=on)
    going = Q(last_date=None) | Q(last_date__gte=on)
    return BindingAgreement.objects.filter(begun, going, municipality_id=municipality_id, removed_at=None)


def lists(municipality_id: int | OuterRef) -> QuerySet[AgreementList]:
    """Contract lists that have been read in, the newest first."""
    return AgreementList.objects.filter(municipality_id=municipality_id, finished_at__isnull=False).order_by(
        "-finished_at"
    )


def coverage(municipality_id: int, code: str, on: date) -> Coverage:
    """What the contract list says about buying under a CPV code. Two queries, whatever the list's length."""
    listed_at = lists(municipality_id).values_list("finished_at", flat=True).first()
    return covered_by(listed_at, municipality_id, code, on)


def covered_by(listed_at: datetime | None, municipality_id: int, code: str, on: date) -> Coverage:
    """The same for somebody who knows already when the newest list was read in."""
    if listed_at is None:
        return Coverage(State.NO_LIST)
    if not code:
        return Coverage(State.NO_CODE, listed_at=listed_at)
    near = [*above(code), *below(code)]
    found = (
        running(municipality_id, on)
        .filter(cpv_codes__overlap=near)
        .order_by("-exclusive", "-last_date", "pk")
    )
    over = set(above(code))
    whole = [row for row in found if over.intersection(row.cpv_codes)]
    if whole:
        state = State.COVERED if whole[0].exclusive else State.OPTIONAL
        return Coverage(state, tuple(whole), listed_at)
    part = tuple(row for row in found if row.exclusive)
    return Coverage(State.MAYBE if part else State.NOT_FOUND, part, listed_at)


def stem(code: str) -> str:
    """The digits that all codes below one begin with: never fewer than two."""
    return code.rstrip("0").ljust(2, "0")


def above(code: str) -> list[str]:
    """The code itself and every code that it lies under."""
    return [
        code,
        *dict.fromkeys(code[:n].ljust(8, "0") for n in range(7, 1, -1) if code[:n].ljust(8, "0") != code),
    ]


@cache
def below(code: str) -> tuple[str, ...]:
    """Every code of the vocabulary that lies under this one."""
    return tuple(other for other in cpv.names() if other != code and other.startswith(stem(code)))


def covers(codes: Iterable[str], code: str) -> bool:
    """Whether one of `codes` is the code or lies above it."""
    return not set(above(code)).isdisjoint(codes)
