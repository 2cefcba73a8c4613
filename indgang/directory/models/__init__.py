# SPDX-License-Identifier: MPL-2.0
"""The facts of the directory; one module per subject."""

from indgang.directory.models.importing import ImportRun, UploadedList
from indgang.directory.models.index import IndexChange
from indgang.directory.models.listing import Listing, OpenPlace
from indgang.directory.models.organisation import Availability, Organisation, Place, Removal
from indgang.directory.models.people import Confirmation, Contact
from indgang.directory.models.relations import ContactAssignment, Interest, PurchaseBar
from indgang.directory.models.status import StatusFact
from indgang.directory.models.words import OwnWords

__all__ = [
    "Availability",
    "Confirmation",
    "Contact",
    "ContactAssignment",
    "ImportRun",
    "IndexChange",
    "Interest",
    "Listing",
    "OpenPlace",
    "Organisation",
    "OwnWords",
    "Place",
    "PurchaseBar",
    "Removal",
    "StatusFact",
    "UploadedList",
]
