# SPDX-License-Identifier: MPL-2.0
"""What an enterprise sells, and the jobs it has open."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models.organisation import Organisation, Place
from indgang.directory.vocabulary import JobType


class Listing(models.Model):
    """One unrelated thing that is sold. Everything but the text may be empty: missing data never excludes.

    `cpv_codes` holds only what a human confirmed; while `checked_at` is empty the software's suggestions wait.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="listings")
    text = models.TextField(_("hvad I sælger"))
    cpv_codes = ArrayField(
        models.CharField(max_length=8), verbose_name=_("CPV-koder"), default=list, blank=True
    )
    areas = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("kommuner, I leverer i"),
        default=list,
        blank=True,
        help_text=_("Kommunekoder; tom betyder ikke oplyst"),
    )
    everywhere = models.BooleanField(_("leverer i hele landet"), default=False)
    capacity_a_week = models.PositiveIntegerField(_("kapacitet om ugen"), null=True, blank=True)
    capacity_unit = models.CharField(_("enhed"), max_length=30, blank=True)
    season_months = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("måneder"), default=list, blank=True
    )
    smallest_dkk = models.PositiveIntegerField(_("mindste opgave, kroner"), null=True, blank=True)
    largest_dkk = models.PositiveIntegerField(_("største opgave, kroner"), null=True, blank=True)
    lead_days = models.PositiveSmallIntegerField(_("varsel, dage"), null=True, blank=True)
    price_note = models.CharField(_("pris, cirka"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("oprettet"))
    checked_at = models.DateTimeField(_("forslag set efter"), null=True, blank=True)
    retired_at = models.DateTimeField(_("trukket tilbage"), null=True, blank=True)

    class Meta:
        verbose_name = _("ydelse")
        verbose_name_plural = _("ydelser")
        constraints = [
            models.CheckConstraint(
                condition=Q(smallest_dkk__isnull=True)
                | Q(largest_dkk__isnull=True)
                | Q(largest_dkk__gte=F("smallest_dkk")),
                name="listing_largest_not_below_smallest",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class OpenPlace(models.Model):
    """A job or placement that an enterprise has open."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="open_places")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL)
    job_type = models.CharField(_("jobtype"), max_length=20, choices=JobType)
    text = models.CharField(_("hvad man laver"), max_length=300)
    count = models.PositiveSmallIntegerField(_("antal"), default=1)
    first_date = models.DateField(_("fra"), null=True, blank=True)
    last_date = models.DateField(_("til og med"), null=True, blank=True)
    created_at = models.DateTimeField(_("oprettet"))

    class Meta:
        verbose_name = _("ledig plads")
        verbose_name_plural = _("ledige pladser")
        constraints = [
            models.CheckConstraint(
                condition=Q(first_date__isnull=True)
                | Q(last_date__isnull=True)
                | Q(last_date__gte=F("first_date")),
                name="open_place_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.text
