# SPDX-License-Identifier: MPL-2.0
"""The tenant and its parts."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from indgang.core.working_days import Period, WorkingCalendar


class Municipality(models.Model):
    """A municipality that uses this installation: the tenant of every owned row."""

    name = models.CharField(_("navn"), max_length=100)
    code = models.PositiveSmallIntegerField(_("kommunekode"), unique=True)
    cvr_number = models.CharField(_("CVR-nummer"), max_length=8)
    hosts = models.JSONField(_("webadresser"), default=list, help_text=_("Værtsnavne uden port"))
    email = models.EmailField(_("fælles postkasse"), blank=True)
    phone = models.CharField(_("telefon"), max_length=20, blank=True)
    answer_promise_days = models.PositiveSmallIntegerField(
        _("lovet svar på en henvendelse, arbejdsdage"), default=3
    )
    invitation_answer_days = models.PositiveSmallIntegerField(
        _("svarfrist på en invitation, arbejdsdage"), default=3
    )
    small_purchase_limit_dkk = models.PositiveIntegerField(_("grænse for småkøb, kroner"), default=50_000)
    payment_days = models.PositiveSmallIntegerField(_("betalingsfrist, dage"), default=30)
    closed_periods = models.JSONField(
        _("lukkeperioder"), default=list, blank=True, help_text=_("Par af datoer, begge dage med")
    )
    publishes_company_tasks = models.BooleanField(_("viser virksomheders opgaver for alle"), default=False)
    public_contact_id: int | None
    public_contact = models.ForeignKey(
        "kernel.User",
        verbose_name=_("navngiven kontaktperson udadtil"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("kommune")
        verbose_name_plural = _("kommuner")

    def __str__(self) -> str:
        return self.name

    def calendar(self) -> WorkingCalendar:
        """Working days with the municipality's own closed periods left out."""
        periods = (Period(date.fromisoformat(a), date.fromisoformat(b)) for a, b in self.closed_periods)
        return WorkingCalendar(tuple(periods))


class Owned(models.Model):
    """A row that belongs to one municipality; row-level security keeps it there."""

    municipality_id: int
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("kommune"), on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        abstract = True


class Unit(Owned):
    """A department (forvaltning) or an institution; it shares the municipality's CVR number."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("Forvaltning")
        INSTITUTION = "institution", _("Institution")

    name = models.CharField(_("navn"), max_length=100)
    kind = models.CharField(_("slags"), max_length=12, choices=Kind, default=Kind.INSTITUTION)
    parent = models.ForeignKey(
        "self", verbose_name=_("hører under"), null=True, blank=True, on_delete=models.PROTECT
    )
    ean_number = models.CharField(_("EAN-nummer"), max_length=13, blank=True)
    account = models.CharField(_("konto"), max_length=40, blank=True)
    delivery_address = models.CharField(_("leveringsadresse"), max_length=200, blank=True)
    town = models.CharField(_("by"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("enhed")
        verbose_name_plural = _("enheder")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="unit_name_once_per_municipality")
        ]

    def __str__(self) -> str:
        return self.name
