# SPDX-License-Identifier: MPL-2.0
"""The signed impact assessment without which no placement is kept."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models import Duty, Owned, StoredFile, User
from indgang.kernel.models.retention import Retention


class Dpia(Owned):
    """A data protection impact assessment (konsekvensanalyse), signed by the municipality.

    While one is in force placements may be kept; withdrawing it stops reads at once and erases the rows a month later.
    """

    document = models.ForeignKey(StoredFile, verbose_name=_("dokument"), on_delete=models.PROTECT)
    signed_on = models.DateField(_("underskrevet"))
    signer = models.CharField(_("underskrevet af"), max_length=100)
    least_people = models.PositiveSmallIntegerField(_("mindst antal personer bag et tal"), default=5)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("lagt ind af"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("lagt ind"))
    withdrawn_at = models.DateTimeField(_("trukket tilbage"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.CharField(_("hvorfor"), max_length=500, blank=True)
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("signer",), after="withdrawn_at", days=5 * 365, then="clear")
    ]

    class Meta:
        verbose_name = _("konsekvensanalyse")
        verbose_name_plural = _("konsekvensanalyser")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"], condition=Q(withdrawn_at=None), name="one_dpia_in_force"
            ),
            models.CheckConstraint(condition=Q(least_people__range=(5, 10)), name="least_people_five_to_ten"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="dpia_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer}, {self.signed_on}"
