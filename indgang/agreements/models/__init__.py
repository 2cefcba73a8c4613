# SPDX-License-Identifier: MPL-2.0
"""The facts of agreements; one module per subject."""

from indgang.agreements.models.agreement import Agreement
from indgang.agreements.models.purchase import CallOff, CallOffLine, PriceLine, PurchaseTerms

__all__ = ["Agreement", "CallOff", "CallOffLine", "PriceLine", "PurchaseTerms"]
