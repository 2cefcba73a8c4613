# SPDX-License-Identifier: MPL-2.0
"""Agreements that bind the municipality's buyers, and the lists they come from."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import UploadedList
from indgang.kernel.models import Owned
from indgang.kernel.models.retention import Retention


class AgreementList(UploadedList):
    """One uploaded list of agreements."""

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("rejected",), after="created_at", days=90, then="clear")
    ]

    class Meta:
        verbose_name = _("indlæst aftaleliste")
        verbose_name_plural = _("indlæste aftalelister")


class BindingAgreement(Owned):
    """One line of the contract list. `exclusive`: what it covers must be bought on it."""

    class Source(models.TextChoices):
        SKI = "ski", _("SKI")
        OWN = "own", _("Egen aftale")

    source = models.CharField(_("hvis aftale"), max_length=3, choices=Source, default=Source.OWN)
    number = models.CharField(_("aftalenummer"), max_length=40, blank=True)
    category = models.CharField(_("kategori"), max_length=150)
    cpv_codes = ArrayField(models.CharField(max_length=8), verbose_name=_("CPV-koder"), default=list)
    supplier = models.CharField(_("leverandør"), max_length=150)
    first_date = models.DateField(_("gælder fra"), null=True, blank=True)
    last_date = models.DateField(_("gælder til og med"), null=True, blank=True)
    exclusive = models.BooleanField(_("skal bruges"), default=True)
    how_to_order = models.CharField(_("sådan bestiller I"), max_length=500, blank=True)
    added_at = models.DateTimeField(_("skrevet ind"))
    removed_at = models.DateTimeField(_("taget af listen"), null=True, blank=True)

    class Meta:
        verbose_name = _("forpligtende aftale")
        verbose_name_plural = _("forpligtende aftaler")
        constraints = [
            models.CheckConstraint(
                condition=Q(first_date__isnull=True)
                | Q(last_date__isnull=True)
                | Q(last_date__gte=F("first_date")),
                name="agreement_ends_after_it_begins",
            ),
        ]
        indexes = [GinIndex(fields=["cpv_codes"], name="agreement_cpv")]

    def __str__(self) -> str:
        return f"{self.category}: {self.supplier}"

    @property
    def reference(self) -> str:
        """Whose agreement it is and its number, each said once."""
        whose = str(self.get_source_display())
        return self.number if self.number.startswith(whose) else f"{whose} {self.number}".strip()

    def runs_on(self, day: date) -> bool:
        """Whether it is on the list and in its term on a day."""
        begun = self.first_date is None or self.first_date <= day
        return self.removed_at is None and begun and (self.last_date is None or day <= self.last_date)
