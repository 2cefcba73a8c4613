# SPDX-License-Identifier: MPL-2.0
"""Links that let one recipient do one thing without an account."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models.municipality import Owned
from indgang.kernel.models.retention import Retention


class SignedLink(Owned):
    """One purpose, one recipient, one subject. The secret itself is minted when the mail goes out."""

    purpose = models.CharField(_("formål"), max_length=40)
    subject_id = models.BigIntegerField(_("genstand"))
    recipient = models.EmailField(_("modtager"), blank=True)
    created_at = models.DateTimeField(_("oprettet"))
    expires_at = models.DateTimeField(_("udløber"))
    revoked_at = models.DateTimeField(_("trukket tilbage"), null=True, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("recipient",), after="expires_at", days=90, then="remove")
    ]

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        indexes = [models.Index(fields=["purpose", "subject_id"], name="link_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_id}"


class SignedLinkToken(Owned):
    """The SHA-256 of 256 random bits. A mail that is sent again carries another token."""

    link = models.ForeignKey(SignedLink, on_delete=models.CASCADE, related_name="tokens")
    digest = models.BinaryField(max_length=32, unique=True)
    minted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("nøgle til link")
        verbose_name_plural = _("nøgler til links")

    def __str__(self) -> str:
        return str(self.link_id)
