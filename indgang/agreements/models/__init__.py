# SPDX-License-Identifier: MPL-2.0
"""The facts of agreements; one module per subject."""

from indgang.agreements.models.agreement import Agreement
from indgang.agreements.models.keeping import (
    Accession,
    Approval,
    Fulfilment,
    GoalReading,
    SteeringMember,
    SupportRequest,
)
from indgang.agreements.models.partnership import AgreementVersion, Goal, Obligation, Party, Section
from indgang.agreements.models.purchase import CallOff, CallOffLine, PriceLine, PurchaseTerms

__all__ = [
    "Accession",
    "Agreement",
    "AgreementVersion",
    "Approval",
    "CallOff",
    "CallOffLine",
    "Fulfilment",
    "Goal",
    "GoalReading",
    "Obligation",
    "Party",
    "PriceLine",
    "PurchaseTerms",
    "Section",
    "SteeringMember",
    "SupportRequest",
]
