# SPDX-License-Identifier: MPL-2.0
"""Where a claim to a meeting stands, and what is already known; computed, never stored."""

from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from indgang.cases.models import Claim
from indgang.cases.models.claim import HOLDING
from indgang.core.text import Reason, gettext_noop
from indgang.directory.models import Organisation, StatusFact
from indgang.directory.vocabulary import SOLE_TRADER

NOT_REGISTRABLE = (SOLE_TRADER, "Personligt ejet mindre virksomhed", "Sameje")
"""Forms that cannot be registered: lov nr. 711 af 25. juni 2014 om registrerede socialøkonomiske virksomheder,
§ 4, stk. 2. Every other form with a legal personality of its own can (§ 4, stk. 1)."""
PARAGRAPH = "§ 4, stk. 2, i lov om registrerede socialøkonomiske virksomheder"


class ClaimState(StrEnum):
    CHECKING = "checking"
    HEARING = "hearing"
    TO_DECIDE = "to_decide"
    REFUSED = "refused"
    TO_MEET = "to_meet"
    BOOKED = "booked"
    HELD = "held"
    WITHDRAWN = "withdrawn"


def claim_state(claim: Claim, now: datetime) -> ClaimState:
    """The hearing ends with its answer or its date, whichever comes first; an answer after the date is read too."""
    if claim.withdrawn_at is not None:
        return ClaimState.WITHDRAWN
    if claim.decided_at is not None:
        if not claim.granted:
            return ClaimState.REFUSED
        if claim.held_at is not None:
            return ClaimState.HELD
        return ClaimState.BOOKED if claim.meeting_id else ClaimState.TO_MEET
    if claim.hearing_until is None:
        return ClaimState.CHECKING
    if claim.hearing_answered_at is None and now < claim.hearing_until:
        return ClaimState.HEARING
    return ClaimState.TO_DECIDE


def holding_fact(organisation: Organisation, municipality_id: int, *, on: date) -> StatusFact | None:
    """The registration, or this municipality's own decision, that holds on a day; registration first."""
    rows = organisation.status_facts.filter(kind__in=HOLDING, ended_at=None).filter(
        ~Q(kind=StatusFact.Kind.EQUIVALENT) | Q(municipality_id=municipality_id)
    )
    facts = [fact for fact in rows if fact.holds_on(on)]
    return min(facts, key=lambda fact: HOLDING.index(StatusFact.Kind(fact.kind)), default=None)


def form_trouble(organisation: Organisation) -> Reason | None:
    """Why the enterprise's form cannot be registered; None when it can, or when the form is not known."""
    if organisation.legal_form not in NOT_REGISTRABLE:
        return None
    return Reason(
        gettext_noop(
            "%(form)s er ikke en juridisk person og kan ikke blive registreret (%(paragraph)s). Kommunen kan stadig"
            " afgøre, om betingelserne er opfyldt, kriterium for kriterium."
        ),
        {"form": organisation.legal_form, "paragraph": PARAGRAPH},
    )


def showroom(municipality_id: int, *, on: date) -> QuerySet[Organisation]:
    """Enterprises with the right whose status holds today: they stand in the showroom."""
    holding = Q(status_facts__kind=StatusFact.Kind.REGISTERED) | Q(
        status_facts__kind=StatusFact.Kind.EQUIVALENT, status_facts__municipality_id=municipality_id
    )
    current = Q(status_facts__ended_at=None, status_facts__since__lte=on) & (
        Q(status_facts__valid_until=None) | Q(status_facts__valid_until__gte=on)
    )
    granted = Claim.objects.filter(municipality_id=municipality_id, granted=True)
    return (
        Organisation.objects.filter(holding & current, pk__in=granted.values("organisation_id"))
        .filter(published_at__isnull=False, closed_at=None, merged_into=None)
        .distinct()
        .order_by("sort_key")
    )
