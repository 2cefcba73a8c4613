# SPDX-License-Identifier: MPL-2.0
"""What every agreement has: a term, somebody who looks after it, warnings before it runs out, and an end."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models import Duty, Owned, StoredFile, Unit, User


class Agreement(Owned):
    """An agreement of a kind. It is in force from `in_force_at`, when all have signed or acceded, until it ends."""

    class Kind(models.TextChoices):
        PURCHASE = "purchase", _("Indkøbsaftale")
        PARTNERSHIP = "partnership", _("Partnerskabsaftale")

    class Variant(models.TextChoices):
        MUNICIPALITY = "municipality", _("Kommune og virksomhed")
        COMPANIES = "companies", _("Socialøkonomisk virksomhed og anden virksomhed")
        CLUSTER = "cluster", _("En hel klynge på fælles vilkår")
        INTERNAL = "internal", _("To enheder i kommunen")

    kind = models.CharField(_("slags"), max_length=11, choices=Kind)
    variant = models.CharField(_("udgave"), max_length=12, choices=Variant, blank=True)
    title = models.CharField(_("navn"), max_length=150)
    unit = models.ForeignKey(Unit, verbose_name=_("enhed"), on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(
        User, verbose_name=_("aftaleansvarlig"), on_delete=models.PROTECT, related_name="+"
    )
    first_date = models.DateField(_("gælder fra"))
    last_date = models.DateField(_("gælder til og med"))
    created_at = models.DateTimeField(_("oprettet"))
    in_force_at = models.DateTimeField(_("trådt i kraft"), null=True, blank=True)
    signed_document = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    early_warning = models.OneToOneField(
        Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    late_warning = models.OneToOneField(
        Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(_("opsagt"), null=True, blank=True)
    ended_because = models.CharField(_("hvorfor"), max_length=300, blank=True)
    phase_out_date = models.DateField(_("afviklet senest"), null=True, blank=True)
    phased_out_at = models.DateTimeField(_("afviklet"), null=True, blank=True)
    phased_out_how = models.CharField(_("sådan er det afviklet"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("aftale")
        verbose_name_plural = _("aftaler")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")), name="agreement_term_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_because=""), name="agreement_ends_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(phased_out_at__isnull=True) | ~Q(phased_out_how=""),
                name="agreement_phased_out_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(kind="purchase")
                | Q(in_force_at__isnull=True)
                | Q(signed_document__isnull=False),
                name="purchase_agreement_is_signed_before_it_holds",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "kind", "last_date"], name="agreement_running")]

    def __str__(self) -> str:
        return self.title

    def runs_on(self, day: date) -> bool:
        """In force and within its term on a day."""
        return self.in_force_at is not None and self.first_date <= day <= self.last_date
