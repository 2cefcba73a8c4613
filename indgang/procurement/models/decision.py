# SPDX-License-Identifier: MPL-2.0
"""Whom the task goes to and why, who asks to see the papers, and the order that follows."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import Organisation
from indgang.kernel.models import Duty, Owned, StoredFile, Unit, User
from indgang.kernel.models.retention import Retention
from indgang.procurement.models.task import TaskNotice


class Decision(Owned):
    """The award of a task; one per task."""

    task = models.OneToOneField(TaskNotice, on_delete=models.PROTECT, related_name="decision")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    price_oere = models.PositiveBigIntegerField(_("pris i øre uden moms"))
    reason = models.TextField(_("begrundelse"))
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("tidspunkt"))

    class Meta:
        verbose_name = _("tildeling")
        verbose_name_plural = _("tildelinger")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="decision_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.task}: {self.organisation}"


class DecisionLine(Owned):
    """What one bidder is told: the outcome and the reason."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="lines")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    won = models.BooleanField(_("fik opgaven"))
    reason = models.TextField(_("begrundelse"))

    class Meta:
        verbose_name = _("besked om tildeling")
        verbose_name_plural = _("beskeder om tildeling")
        constraints = [models.UniqueConstraint(fields=["decision", "organisation"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.organisation}"


class AccessRequest(Owned):
    """A bidder asks to see papers; a person decides after hearing the bidder whose papers they are."""

    class Outcome(models.TextChoices):
        GIVEN = "given", _("Givet")
        PARTLY = "partly", _("Delvis givet")
        REFUSED = "refused", _("Afslået")

    task = models.ForeignKey(TaskNotice, on_delete=models.PROTECT, related_name="access_requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("hvis papirer"),
    )
    text = models.CharField(_("hvad"), max_length=1000)
    asked_at = models.DateTimeField(_("bedt om"))
    heard_at = models.DateTimeField(_("hørt"), null=True, blank=True)
    hearing_answer = models.CharField(_("svar på høringen"), max_length=1000, blank=True)
    outcome = models.CharField(_("afgørelse"), max_length=7, choices=Outcome, blank=True)
    reason = models.TextField(_("begrundelse"), blank=True)
    paper = models.ForeignKey(
        StoredFile,
        verbose_name=_("kopi uden det fortrolige"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("afgjort"), null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("text", "hearing_answer"), after="decided_at", days=5 * 365, then="clear"),
    ]

    class Meta:
        verbose_name = _("anmodning om aktindsigt")
        verbose_name_plural = _("anmodninger om aktindsigt")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | (~Q(outcome="") & ~Q(reason="")),
                name="access_decided_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.organisation}"


class Order(Owned):
    """A purchase. It counts as bought only when it has been delivered.

    One that follows a task is seen on the task; one that was placed otherwise names the `page` where it is seen.
    """

    class Delivered(models.TextChoices):
        YES = "yes", _("Ja")
        PARTLY = "partly", _("Delvis")
        NO = "no", _("Nej")

    number = models.PositiveIntegerField(_("ordrenummer"))
    task = models.OneToOneField(
        TaskNotice, null=True, blank=True, on_delete=models.PROTECT, related_name="order"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("hvad"), max_length=200)
    cpv_code = models.CharField(_("CPV-kode"), max_length=8, blank=True)
    amount_oere = models.PositiveBigIntegerField(_("beløb i øre uden moms"))
    ean_number = models.CharField(_("EAN-nummer"), max_length=13, blank=True)
    account = models.CharField(_("konto"), max_length=40, blank=True)
    delivery_address = models.CharField(_("leveringsadresse"), max_length=200, blank=True)
    delivery_date = models.DateField(_("leveres"), null=True, blank=True)
    ordered_at = models.DateTimeField(_("bestilt"))
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    delivered = models.CharField(_("leveret"), max_length=6, choices=Delivered, blank=True)
    delivered_at = models.DateTimeField(_("leveret meldt"), null=True, blank=True)
    delivered_oere = models.PositiveBigIntegerField(_("leveret for, øre uden moms"), null=True, blank=True)
    rating = models.PositiveSmallIntegerField(
        _("hvordan gik det"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    note = models.CharField(_("bemærkning"), max_length=500, blank=True)
    paid_at = models.DateTimeField(_("betalt"), null=True, blank=True)
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(_("side"), max_length=200, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("note",), after="ordered_at", days=5 * 365, then="clear"),
    ]

    class Meta:
        verbose_name = _("ordre")
        verbose_name_plural = _("ordrer")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="order_number_once"),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="rating_from_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True, delivered="")
                | (Q(delivered_at__isnull=False) & ~Q(delivered="") & Q(delivered_oere__isnull=False)),
                name="delivery_says_how_much",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.text}"
