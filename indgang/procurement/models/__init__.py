# SPDX-License-Identifier: MPL-2.0
"""The facts of a purchase; one module per subject."""

from indgang.procurement.models.answers import Answer, Aversion, Invitation, Question
from indgang.procurement.models.bids import Bid, Opening, TaskKey
from indgang.procurement.models.decision import AccessRequest, Decision, DecisionLine, Order
from indgang.procurement.models.notice import Notice, NoticeForward, NoticeImport, NoticeMatch, NoticeVersion
from indgang.procurement.models.task import Competition, LawFacts, TaskFile, TaskNotice

__all__ = [
    "AccessRequest",
    "Answer",
    "Aversion",
    "Bid",
    "Competition",
    "Decision",
    "DecisionLine",
    "Invitation",
    "LawFacts",
    "Notice",
    "NoticeForward",
    "NoticeImport",
    "NoticeMatch",
    "NoticeVersion",
    "Opening",
    "Order",
    "Question",
    "TaskFile",
    "TaskKey",
    "TaskNotice",
]
