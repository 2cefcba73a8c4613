# SPDX-License-Identifier: MPL-2.0
"""What was done, by whom, in a chain that shows when a line is missing or altered."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models.municipality import Owned
from indgang.kernel.models.retention import Retention


class AuditLine(Owned):
    """One act. Appended only: the application role cannot change or remove a line."""

    number = models.PositiveBigIntegerField(_("nummer"))
    at = models.DateTimeField(_("tidspunkt"))
    principal = models.CharField(_("hvem"), max_length=60)
    act = models.CharField(_("handling"), max_length=60)
    subject = models.CharField(_("genstand"), max_length=80)
    purpose = models.CharField(_("formål"), max_length=200, blank=True)
    facts = models.JSONField(_("oplysninger"), default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("linje i loggen")
        verbose_name_plural = _("log")
        constraints = [models.UniqueConstraint(fields=["municipality", "number"], name="audit_number_once")]
        indexes = [models.Index(fields=["municipality", "subject"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


class AuditPersonal(Owned):
    """Personal values of an act, kept aside so that they can be erased and the chain still holds."""

    line = models.OneToOneField(AuditLine, on_delete=models.PROTECT, related_name="personal")
    values = models.JSONField(_("personoplysninger"), default=dict)
    created_at = models.DateTimeField(_("oprettet"))

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("values",), after="created_at", days=5 * 365, then="remove")
    ]

    class Meta:
        verbose_name = _("personoplysninger i loggen")
        verbose_name_plural = _("personoplysninger i loggen")

    def __str__(self) -> str:
        return str(self.line_id)
