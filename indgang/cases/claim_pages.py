# SPDX-License-Identifier: MPL-2.0
"""What the pages of a claim are filled with."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from indgang.cases.claim_states import ClaimState, claim_state, form_trouble, holding_fact
from indgang.cases.models import Claim
from indgang.cases.permissions import check_can_decide_claim, check_can_meet
from indgang.kernel.access import Principal, may


def claim_page(by: Principal, claim: Claim, now: datetime) -> dict[str, object]:
    """The staff's page of a claim."""
    state = claim_state(claim, now)
    return {
        "claim": claim,
        "state": state,
        "steps": steps(claim, state),
        "criteria": list(claim.criteria.order_by("pk")),
        "fact": holding_fact(claim.organisation, claim.municipality_id, on=timezone.localdate(now)),
        "trouble": form_trouble(claim.organisation),
        "told": list(claim.told.order_by("at")),
        "may_decide": may(check_can_decide_claim, by, claim),
        "may_meet": may(check_can_meet, by, claim),
    }


def steps(claim: Claim, state: ClaimState) -> list[dict[str, object]]:
    """Asked, checked, decided, met: where the claim stands."""
    reached = {
        ClaimState.CHECKING: 1, ClaimState.HEARING: 1, ClaimState.TO_DECIDE: 1, ClaimState.REFUSED: 2,
        ClaimState.WITHDRAWN: 1, ClaimState.TO_MEET: 2, ClaimState.BOOKED: 2, ClaimState.HELD: 3,
    }[state]  # fmt: skip
    labels = [_("Bedt om"), _("Tjekket")] + ([] if state is ClaimState.REFUSED else [_("Møde holdt")])
    ended = state in (ClaimState.REFUSED, ClaimState.HELD, ClaimState.WITHDRAWN)
    return [
        {
            "label": label,
            "state": "done"
            if number < reached or (ended and number <= reached)
            else "now"
            if number == reached
            else "ahead",
            "note": "",
        }
        for number, label in enumerate(labels)
    ]
