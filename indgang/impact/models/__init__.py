# SPDX-License-Identifier: MPL-2.0
"""The facts of the room; one module per subject."""

from indgang.impact.models.strategy import CommitteeReport, Story, Target
from indgang.impact.models.value import DepartmentNames, TransferOpening, ValueCase, ValueRun

__all__ = [
    "CommitteeReport",
    "DepartmentNames",
    "Story",
    "Target",
    "TransferOpening",
    "ValueCase",
    "ValueRun",
]
