# SPDX-License-Identifier: MPL-2.0
"""Cases to be valued, runs that never change, and who may see which department should pay which."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models import Owned, User


class ValueCase(Owned):
    """What is asked: the case as `core.value` reads it (docs/reference/value-case.md)."""

    title = models.CharField(_("hvad"), max_length=150)
    raw = models.JSONField(_("sagen"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("oprettet"))
    changed_at = models.DateTimeField(_("rettet"))

    class Meta:
        verbose_name = _("sag i værdiregnskabet")
        verbose_name_plural = _("sager i værdiregnskabet")

    def __str__(self) -> str:
        return self.title


class ValueRun(Owned):
    """A finished account as it was: who ran it, when, on which pack and seed. The database lets nobody change it."""

    case = models.ForeignKey(ValueCase, on_delete=models.PROTECT, related_name="runs")
    run_id = models.CharField(_("kørsel"), max_length=16)
    by = models.ForeignKey(User, verbose_name=_("kørt af"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("tidspunkt"))
    pack = models.CharField(_("pakke"), max_length=60)
    pack_sha256 = models.CharField(_("pakkens fingeraftryk"), max_length=64)
    seed = models.BigIntegerField(_("frø"))
    draws = models.PositiveIntegerField(_("gennemregninger"))
    result = models.JSONField(_("resultatet"))

    class Meta:
        verbose_name = _("kørsel")
        verbose_name_plural = _("kørsler")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "case", "run_id"], name="same_run_kept_once")
        ]

    def __str__(self) -> str:
        return self.run_id


class DepartmentNames(Owned):
    """One version of the municipality's own names for the accounts, by code. The newest is in force; the database
    lets nobody change one, so that a kept run can be shown with the names of its day."""

    version = models.PositiveIntegerField(_("udgave"))
    names = models.JSONField(_("navne"))
    by = models.ForeignKey(User, verbose_name=_("gemt af"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("gemt"))

    class Meta:
        verbose_name = _("forvaltningernes navne")
        verbose_name_plural = _("forvaltningernes navne")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "version"], name="department_names_numbered_once")
        ]

    def __str__(self) -> str:
        return str(self.version)


class TransferOpening(Owned):
    """The table of who should pay whom is opened to finance and to the chair of the internal group; when both have
    seen it, it may be shown to everybody who works here. Without an open row it is shown to nobody."""

    chair = models.ForeignKey(
        User, verbose_name=_("formand for den interne gruppe"), on_delete=models.PROTECT, related_name="+"
    )
    finance = models.ForeignKey(User, verbose_name=_("økonomi"), on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("åbnet"))
    chair_seen_at = models.DateTimeField(_("set af formanden"), null=True, blank=True)
    finance_seen_at = models.DateTimeField(_("set af økonomi"), null=True, blank=True)
    widened_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    widened_at = models.DateTimeField(_("vist for alle"), null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("lukket"), null=True, blank=True)

    class Meta:
        verbose_name = _("åbning af hvem skal betale hvem")
        verbose_name_plural = _("åbninger af hvem skal betale hvem")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"], condition=Q(closed_at=None), name="one_transfer_opening"
            ),
            models.CheckConstraint(
                condition=Q(widened_at__isnull=True)
                | Q(chair_seen_at__isnull=False, finance_seen_at__isnull=False),
                name="shown_to_all_only_after_both_have_seen_it",
            ),
        ]

    def __str__(self) -> str:
        return str(self.opened_at.date())
