# SPDX-License-Identifier: MPL-2.0
"""Promised and delivered hours of social clauses and trainees."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import Organisation
from indgang.kernel.models import Duty, Owned, Unit, User
from indgang.kernel.models.retention import Retention


class HoursClause(Owned):
    """A contract that promises hours. `about` ties it to something elsewhere in the house (`agreement:4`).

    Whoever reports has either a log-in here or the mail address `reporter_email`, and gets a link when it is time.
    """

    class Kind(models.TextChoices):
        SOCIAL = "social", _("Timer til mennesker på vej i job")
        TRAINEES = "trainees", _("Personer under oplæring")

    kind = models.CharField(_("slags"), max_length=8, choices=Kind)
    title = models.CharField(_("kontrakten"), max_length=150)
    supplier = models.CharField(_("leverandør"), max_length=150)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("enhed"), on_delete=models.PROTECT)
    manager = models.ForeignKey(
        User, verbose_name=_("kontraktstyrer"), on_delete=models.PROTECT, related_name="+"
    )
    reporter_name = models.CharField(_("hvem melder timerne"), max_length=100, blank=True)
    reporter_email = models.EmailField(_("deres e-mail"), blank=True)
    promised_hours = models.PositiveIntegerField(_("lovede timer i alt"))
    first_date = models.DateField(_("fra"))
    last_date = models.DateField(_("til og med"))
    every_months = models.PositiveSmallIntegerField(_("meldes hver, måneder"), default=3)
    next_report_date = models.DateField(_("næste melding"), null=True, blank=True)
    about = models.CharField(_("om"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("oprettet"))
    duty = models.ForeignKey(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    alert = models.ForeignKey(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("afsluttet"), null=True, blank=True)
    ended_because = models.CharField(_("hvorfor"), max_length=300, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("reporter_name", "reporter_email"), after="ended_at", days=365, then="clear")
    ]

    class Meta:
        verbose_name = _("klausul med timer")
        verbose_name_plural = _("klausuler med timer")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__gt=F("first_date")), name="clause_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(promised_hours__gt=0), name="clause_promises_something"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_because=""), name="clause_ends_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def runs_on(self, day: date) -> bool:
        return self.ended_at is None and self.first_date <= day <= self.last_date


class HoursReport(Owned):
    """Hours delivered up to a day, since the report before. Corrected by a later report, which may be negative."""

    clause = models.ForeignKey(HoursClause, on_delete=models.PROTECT, related_name="reports")
    until_date = models.DateField(_("til og med"))
    hours = models.IntegerField(_("timer"))
    people = models.PositiveSmallIntegerField(_("personer"), null=True, blank=True)
    note = models.CharField(_("bemærkning"), max_length=500, blank=True)
    reported_at = models.DateTimeField(_("meldt"))
    reported_by = models.CharField(_("meldt af"), max_length=60)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("note",), after="reported_at", days=5 * 365, then="clear")
    ]

    class Meta:
        verbose_name = _("meldte timer")
        verbose_name_plural = _("meldte timer")

    def __str__(self) -> str:
        return f"{self.clause}: {self.hours}"
