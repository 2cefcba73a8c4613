# SPDX-License-Identifier: MPL-2.0
"""The facts of the room; one module per subject."""

from indgang.placements.models.consent import ShownConsent
from indgang.placements.models.dpia import Dpia
from indgang.placements.models.placement import TYPES, IssuedCode, Placement
from indgang.placements.models.quarters import QuarterFigures, QuarterReport

__all__ = ["TYPES", "Dpia", "IssuedCode", "Placement", "QuarterFigures", "QuarterReport", "ShownConsent"]
