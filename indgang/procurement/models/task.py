# SPDX-License-Identifier: MPL-2.0
"""A need that somebody wants met, what law must know of it, and the terms of a competition."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import Organisation
from indgang.kernel.models import Owned, StoredFile, Unit, User


class TaskNotice(Owned):
    """A published need. Its state is computed from what has happened: see `procurement.states`."""

    class Lane(models.TextChoices):
        SMALL = "small", _("Småkøb")
        COMPETITION = "competition", _("Konkurrence")

    unit = models.ForeignKey(Unit, verbose_name=_("enhed"), on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(User, verbose_name=_("indkøber"), on_delete=models.PROTECT, related_name="+")
    lane = models.CharField(_("spor"), max_length=11, choices=Lane)
    title = models.CharField(_("overskrift"), max_length=120)
    need = models.TextField(_("hvad skal løses"))
    quantity = models.CharField(_("mængde"), max_length=100, blank=True)
    place = models.CharField(_("hvor"), max_length=200, blank=True)
    delivery_date = models.DateField(_("senest leveret"), null=True, blank=True)
    cpv_code = models.CharField(_("CPV-kode"), max_length=8, blank=True)
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("del af"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    company = models.ForeignKey(
        Organisation,
        verbose_name=_("på vegne af virksomhed"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    open_to_all = models.BooleanField(_("alle kan byde"), default=False)
    created_at = models.DateTimeField(_("oprettet"))
    published_at = models.DateTimeField(_("sendt ud"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("trukket tilbage"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("begrundelse"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("opgave")
        verbose_name_plural = _("opgaver")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="task_withdrawn_with_a_reason",
            )
        ]
        indexes = [models.Index(fields=["municipality", "published_at"], name="task_published")]

    def __str__(self) -> str:
        return self.title


class LawFacts(Owned):
    """What the law must know before anybody is asked. An empty answer is not a no."""

    class Kind(models.TextChoices):
        GOODS = "goods", _("Varer")
        SERVICES = "services", _("Tjenesteydelser")
        WORKS = "works", _("Bygge og anlæg")

    class Known(models.TextChoices):
        YES = "yes", _("Ja")
        NO = "no", _("Nej")
        UNKNOWN = "unknown", _("Ved ikke")

    task = models.OneToOneField(TaskNotice, on_delete=models.CASCADE, related_name="law")
    kind = models.CharField(_("slags indkøb"), max_length=8, choices=Kind, default=Kind.SERVICES)
    value_dkk = models.PositiveIntegerField(_("samlet værdi uden moms, kroner"))
    related_value_dkk = models.PositiveIntegerField(
        _("samme slags køb lagt sammen, kroner"), null=True, blank=True
    )
    cross_border = models.CharField(
        _("klar grænseoverskridende interesse"), max_length=7, choices=Known, default=Known.UNKNOWN
    )
    binding_agreement = models.CharField(
        _("dækket af en aftale, I skal bruge"), max_length=7, choices=Known, default=Known.UNKNOWN
    )
    agreement_note = models.CharField(_("hvilken aftale"), max_length=150, blank=True)
    reasoning = models.TextField(_("begrundelse"), blank=True)
    decided_at = models.DateTimeField(_("vurderet"), null=True, blank=True)

    class Meta:
        verbose_name = _("oplysninger til juraen")
        verbose_name_plural = _("oplysninger til juraen")

    def __str__(self) -> str:
        return f"{self.task}: {self.value_dkk}"


class Competition(Owned):
    """The terms that all bidders are told, and when bids stop being taken.

    `bids_until` is a whole second of the database's clock, itself included: a bid at 12:00:00.9 counts
    when it says 12:00:00.
    """

    task = models.OneToOneField(TaskNotice, on_delete=models.CASCADE, related_name="competition")
    bids_until = models.DateTimeField(_("tilbud senest"))
    ceiling_dkk = models.PositiveIntegerField(_("højeste pris, kroner"), null=True, blank=True)
    weighs = models.CharField(_("hvad vi vælger efter"), max_length=300)
    public_key = models.BinaryField(max_length=32)
    extended_because = models.CharField(_("fristen er flyttet fordi"), max_length=300, blank=True)
    opened_at = models.DateTimeField(_("tilbud åbnet"), null=True, blank=True)

    class Meta:
        verbose_name = _("konkurrence")
        verbose_name_plural = _("konkurrencer")
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(opened_at__gt=F("bids_until")),
                name="bids_opened_after_the_deadline",
            )
        ]

    def __str__(self) -> str:
        return str(self.task)


class TaskFile(Owned):
    """A file that belongs to the task and that all invited may read."""

    task = models.ForeignKey(TaskNotice, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("bilag")
        verbose_name_plural = _("bilag")

    def __str__(self) -> str:
        return str(self.file)
