# SPDX-License-Identifier: MPL-2.0
"""What enterprises report once a quarter, and the ledger of what has been counted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.core.quarter import Quarter
from indgang.directory.models import Organisation
from indgang.kernel.models import Duty, Owned
from indgang.kernel.models.retention import Retention


class QuarterReport(Owned):
    """One enterprise's totals for one quarter: asked for, and answered in one of four ways.

    `present` and `new` are posts by kind: at the quarter's end, and those of them that began in it. `due_3` began
    in the quarter before and `due_12` a year ago; `alive_3` and `alive_12` of them are still at work.
    """

    class Channel(models.TextChoices):
        LINK = "link", _("via link")
        LOG_IN = "log_in", _("logget ind")
        PHONE = "phone", _("i telefonen")
        MAIL = "mail", _("svar på mail")
        LIST = "list", _("liste (CSV)")

    organisation_id: int
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="quarter_reports")
    year = models.PositiveSmallIntegerField(_("år"))
    quarter = models.PositiveSmallIntegerField(_("kvartal"))
    asked_at = models.DateTimeField(_("spurgt"))
    reminded_at = models.DateTimeField(_("spurgt igen"), null=True, blank=True)
    answered_at = models.DateTimeField(_("svaret"), null=True, blank=True)
    channel = models.CharField(_("hvordan"), max_length=6, choices=Channel, blank=True)
    said_by = models.CharField(_("hvem i virksomheden"), max_length=100, blank=True)
    noted_by = models.CharField(_("skrevet op af"), max_length=100, blank=True)
    present = models.JSONField(_("pladser nu"), default=dict)
    new = models.JSONField(_("heraf nye"), default=dict)
    due_3 = models.PositiveIntegerField(_("begyndt for et kvartal siden"), default=0)
    alive_3 = models.PositiveIntegerField(_("heraf stadig i gang"), default=0)
    due_12 = models.PositiveIntegerField(_("begyndt for et år siden"), default=0)
    alive_12 = models.PositiveIntegerField(_("heraf stadig i gang"), default=0)
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("said_by", "noted_by"), after="answered_at", days=2 * 365, then="clear")
    ]

    class Meta:
        verbose_name = _("kvartalstal fra en virksomhed")
        verbose_name_plural = _("kvartalstal fra virksomheder")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "organisation", "year", "quarter"], name="asked_once_a_quarter"
            ),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="report_quarter_one_to_four"),
            models.CheckConstraint(
                condition=Q(alive_3__lte=models.F("due_3")) & Q(alive_12__lte=models.F("due_12")),
                name="no_more_alive_than_began",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, channel="")
                | (Q(answered_at__isnull=False) & ~Q(channel="")),
                name="report_answered_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.when}"

    @property
    def when(self) -> Quarter:
        return Quarter(self.year, self.quarter)

    @property
    def total(self) -> int:
        """Posts at the quarter's end."""
        return sum(self.present.values())


class QuarterFigures(Owned):
    """What one quarter came to: tables in which nothing stands that fewer than k people or too few enterprises are
    behind. A frozen quarter never changes, so a report on it can be made again after the people are forgotten."""

    year = models.PositiveSmallIntegerField(_("år"))
    quarter = models.PositiveSmallIntegerField(_("kvartal"))
    tables = models.JSONField(_("tabeller"), default=dict)
    least_people = models.PositiveSmallIntegerField(_("mindst antal personer bag et tal"))
    may_repeat = models.BooleanField(_("kan indeholde gengangere"), default=True)
    counted_at = models.DateTimeField(_("talt op"))
    frozen_at = models.DateTimeField(_("lukket"), null=True, blank=True)

    class Meta:
        verbose_name = _("kvartalets tal")
        verbose_name_plural = _("kvartalernes tal")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "quarter"], name="figures_once_a_quarter"
            ),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="figures_quarter_one_to_four"),
        ]

    def __str__(self) -> str:
        return str(self.when)

    @property
    def when(self) -> Quarter:
        return Quarter(self.year, self.quarter)

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None
