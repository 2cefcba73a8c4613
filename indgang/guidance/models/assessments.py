# SPDX-License-Identifier: MPL-2.0
"""Assessments that the head of purchasing signs once, so that nobody else is asked."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models import Owned, User


class StandingAssessment(Owned):
    """For purchases under a CPV code and up to an amount: no clear cross-border interest, or a known market price.

    It is never changed: a new one is signed, or this one is withdrawn with a reason.
    """

    class Kind(models.TextChoices):
        CROSS_BORDER = "cross_border", _("Ingen klar grænseoverskridende interesse")
        PRICE = "price", _("Prisen svarer til markedet")

    kind = models.CharField(_("slags"), max_length=12, choices=Kind)
    cpv_code = models.CharField(_("CPV-kode"), max_length=8)
    up_to_dkk = models.PositiveIntegerField(_("op til og med, kroner"))
    reasoning = models.TextField(_("begrundelse"))
    first_date = models.DateField(_("gælder fra"))
    last_date = models.DateField(_("gælder til og med"))
    signed_by = models.ForeignKey(
        User, verbose_name=_("underskrevet af"), on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(_("underskrevet"))
    withdrawn_at = models.DateTimeField(_("trukket tilbage"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User,
        verbose_name=_("trukket tilbage af"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_because = models.CharField(_("hvorfor"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("stående vurdering")
        verbose_name_plural = _("stående vurderinger")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")), name="assessment_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="assessment_withdrawn_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "kind", "cpv_code"], name="assessment_code")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.cpv_code}"

    def holds_on(self, day: date) -> bool:
        return self.withdrawn_at is None and self.first_date <= day <= self.last_date
