# SPDX-License-Identifier: MPL-2.0
"""The facts of the law guide; one module per subject."""

from indgang.guidance.models.agreements import AgreementList, BindingAgreement
from indgang.guidance.models.assessments import StandingAssessment
from indgang.guidance.models.cases import LawCase, Override, SavedAnswer
from indgang.guidance.models.records import PolicyVersion, RecordVersion

__all__ = [
    "AgreementList",
    "BindingAgreement",
    "LawCase",
    "Override",
    "PolicyVersion",
    "RecordVersion",
    "SavedAnswer",
    "StandingAssessment",
]
