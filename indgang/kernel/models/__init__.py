# SPDX-License-Identifier: MPL-2.0
"""The facts of the kernel; one module per subject."""

from indgang.kernel.models.audit import AuditLine, AuditPersonal
from indgang.kernel.models.codes import OneTimeCode
from indgang.kernel.models.duty import Duty
from indgang.kernel.models.files import FileContent, MunicipalityKey, StoredFile
from indgang.kernel.models.limits import Heartbeat, RateCount
from indgang.kernel.models.links import SignedLink, SignedLinkToken
from indgang.kernel.models.municipality import Municipality, Owned, Unit
from indgang.kernel.models.outbox import FilingItem, IncomingFile, IncomingMail, OutgoingMail
from indgang.kernel.models.people import Membership, Role, User
from indgang.kernel.models.retention import DeletionLine
from indgang.kernel.models.tokens import AccessToken, Export

__all__ = [
    "AccessToken",
    "AuditLine",
    "AuditPersonal",
    "DeletionLine",
    "Duty",
    "Export",
    "FileContent",
    "FilingItem",
    "Heartbeat",
    "IncomingFile",
    "IncomingMail",
    "Membership",
    "Municipality",
    "MunicipalityKey",
    "OneTimeCode",
    "OutgoingMail",
    "Owned",
    "RateCount",
    "Role",
    "SignedLink",
    "SignedLinkToken",
    "StoredFile",
    "Unit",
    "User",
]
