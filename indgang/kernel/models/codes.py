# SPDX-License-Identifier: MPL-2.0
"""One-time codes: six digits sent to an address that we know, so that a forwarded link is not enough."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models.municipality import Owned
from indgang.kernel.models.retention import Retention


class OneTimeCode(Owned):
    """One code for one purpose and one thing. The digits are worked out from the row when the mail is sent, and
    stand in no table, log or outbox: see `kernel.codes`."""

    purpose = models.CharField(_("formål"), max_length=40)
    subject_id = models.BigIntegerField(_("genstand"))
    recipient = models.EmailField(_("modtager"))
    created_at = models.DateTimeField(_("oprettet"))
    expires_at = models.DateTimeField(_("udløber"))
    tries = models.PositiveSmallIntegerField(_("forsøg"), default=0)
    used_at = models.DateTimeField(_("brugt"), null=True, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("recipient",), after="expires_at", days=30, then="remove")
    ]

    class Meta:
        verbose_name = _("engangskode")
        verbose_name_plural = _("engangskoder")
        indexes = [models.Index(fields=["purpose", "subject_id"], name="code_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_id}"
