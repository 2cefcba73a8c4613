# SPDX-License-Identifier: MPL-2.0
"""An enterprise's yes to be shown in figures in which it could be recognised."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import Organisation
from indgang.kernel.models import Owned
from indgang.kernel.models.retention import Retention


class ShownConsent(Owned):
    """Given by the enterprise itself, for itself, until it takes it back. It never lowers the number of people."""

    organisation_id: int
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="shown_consents")
    given_at = models.DateTimeField(_("givet"))
    said_by = models.CharField(_("hvem sagde ja"), max_length=100)
    withdrawn_at = models.DateTimeField(_("trukket tilbage"), null=True, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("said_by",), after="withdrawn_at", days=2 * 365, then="clear")
    ]

    class Meta:
        verbose_name = _("ja til at blive vist")
        verbose_name_plural = _("ja til at blive vist")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "organisation"],
                condition=Q(withdrawn_at=None),
                name="one_consent_in_force",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
