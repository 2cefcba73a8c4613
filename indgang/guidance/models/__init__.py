# SPDX-License-Identifier: MPL-2.0
"""The facts of the law guide; one module per subject."""

from indgang.guidance.models.agreements import AgreementList, BindingAgreement
from indgang.guidance.models.aid import AidEntry
from indgang.guidance.models.assessments import StandingAssessment
from indgang.guidance.models.cases import LawCase, Override, SavedAnswer
from indgang.guidance.models.clauses import HoursClause, HoursReport
from indgang.guidance.models.limits import (
    LimitDecision,
    PurchaseEntry,
    RunningPurchase,
    SmallLotEntry,
    SmallLotsLedger,
    SplitFinding,
)
from indgang.guidance.models.records import PolicyVersion, RecordVersion
from indgang.guidance.models.watch import (
    LawNotice,
    PointConfirmation,
    SignOff,
    SourceReview,
    SourceWatch,
)

__all__ = [
    "AgreementList",
    "AidEntry",
    "BindingAgreement",
    "HoursClause",
    "HoursReport",
    "LawCase",
    "LawNotice",
    "LimitDecision",
    "Override",
    "PointConfirmation",
    "PolicyVersion",
    "PurchaseEntry",
    "RecordVersion",
    "RunningPurchase",
    "SavedAnswer",
    "SignOff",
    "SmallLotEntry",
    "SmallLotsLedger",
    "SourceReview",
    "SourceWatch",
    "SplitFinding",
    "StandingAssessment",
]
