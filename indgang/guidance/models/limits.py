# SPDX-License-Identifier: MPL-2.0
"""Running purchases against their limit, small lots, and purchases that look split. Amounts are kroner ex VAT."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import Organisation
from indgang.kernel.models import Duty, Owned, Unit, User


class RunningPurchase(Owned):
    """Purchases of one kind in a term of at most four years, which together must stay below a limit.

    The kind is a CPV code with all that lies under it, bought of one enterprise or of anybody. `original_dkk` is the
    value of a contract that came out of an EU tender: then changes are also held against the margin of § 180.
    """

    title = models.CharField(_("hvad købes"), max_length=150)
    cpv_code = models.CharField(_("CPV-kode"), max_length=8)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("hos"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Tomt: hos hvem som helst"),
    )
    unit = models.ForeignKey(Unit, verbose_name=_("enhed"), null=True, blank=True, on_delete=models.PROTECT)
    responsible = models.ForeignKey(
        User, verbose_name=_("ansvarlig"), on_delete=models.PROTECT, related_name="+"
    )
    first_date = models.DateField(_("fra"))
    last_date = models.DateField(_("til og med"))
    limit_dkk = models.PositiveIntegerField(_("grænse, kroner"))
    original_dkk = models.PositiveIntegerField(_("værdi i EU-udbuddet, kroner"), null=True, blank=True)
    works = models.BooleanField(_("bygge og anlæg"), default=False)
    notice_months = models.PositiveSmallIntegerField(_("varsel før udløb, måneder"), default=3)
    created_at = models.DateTimeField(_("oprettet"))
    duty = models.ForeignKey(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("afsluttet"), null=True, blank=True)

    class Meta:
        verbose_name = _("løbende køb")
        verbose_name_plural = _("løbende køb")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")), name="running_purchase_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(limit_dkk__gt=0), name="running_purchase_has_a_limit"),
        ]
        indexes = [models.Index(fields=["municipality", "cpv_code"], name="running_purchase_code")]

    def __str__(self) -> str:
        return self.title

    def runs_on(self, day: date) -> bool:
        return self.closed_at is None and self.first_date <= day <= self.last_date


class PurchaseEntry(Owned):
    """One amount that the law adds up: an order, an option, a contract. `source` keeps one from counting twice."""

    class Kind(models.TextChoices):
        ORDER = "order", _("Ordre")
        CONTRACT = "contract", _("Aftalt")
        OPTION = "option", _("Option")
        CHANGE = "change", _("Ændring")

    kind = models.CharField(_("slags"), max_length=8, choices=Kind)
    running = models.ForeignKey(
        RunningPurchase, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("enhed"), null=True, blank=True, on_delete=models.PROTECT)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("hos"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cpv_code = models.CharField(_("CPV-kode"), max_length=8, blank=True)
    text = models.CharField(_("hvad"), max_length=200)
    amount_dkk = models.IntegerField(_("beløb, kroner"))
    bought_date = models.DateField(_("dato"))
    source = models.CharField(_("hvorfra"), max_length=80, blank=True)
    path = models.CharField(_("side"), max_length=200, blank=True)
    entered_at = models.DateTimeField(_("skrevet ind"))
    removed_at = models.DateTimeField(_("taget ud"), null=True, blank=True)

    class Meta:
        verbose_name = _("køb, der tæller")
        verbose_name_plural = _("køb, der tæller")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "source"], condition=~Q(source=""), name="purchase_counted_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="change") | Q(amount_dkk__gte=0), name="only_a_change_may_be_negative"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "bought_date"], name="purchase_entry_day")]

    def __str__(self) -> str:
        return f"{self.text}: {self.amount_dkk}"


class LimitDecision(Owned):
    """A change that would pass the limit was stopped, and somebody chose what to do. Every choice is kept."""

    class Choice(models.TextChoices):
        REJECT = "reject", _("Afvis ændringen")
        TENDER = "tender", _("Send købet i udbud")
        LEGAL = "legal", _("Få en juridisk vurdering")

    running = models.ForeignKey(RunningPurchase, on_delete=models.PROTECT, related_name="decisions")
    text = models.CharField(_("ændringen"), max_length=200)
    amount_dkk = models.IntegerField(_("beløb, kroner"))
    sum_dkk = models.PositiveIntegerField(_("i alt med ændringen, kroner"))
    choice = models.CharField(_("valg"), max_length=6, choices=Choice)
    because = models.CharField(_("begrundelse"), max_length=500)
    user = models.ForeignKey(User, verbose_name=_("valgt af"), on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(_("valgt"))
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    allowed = models.BooleanField(_("må laves"), null=True, blank=True)
    assessment = models.TextField(_("vurderingen"), blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(_("afgjort"), null=True, blank=True)

    class Meta:
        verbose_name = _("valg ved en grænse")
        verbose_name_plural = _("valg ved grænser")
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="limit_choice_has_a_reason"),
            models.CheckConstraint(
                condition=Q(allowed__isnull=True)
                | (
                    Q(choice="legal", settled_at__isnull=False) & ~Q(assessment="") & ~Q(settled_by=F("user"))
                ),
                name="limit_settled_in_writing_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.choice}"


class SmallLotsLedger(Owned):
    """The small lots beside one large agreement: each below its own limit, together at most a fifth."""

    title = models.CharField(_("det samlede køb"), max_length=150)
    whole_dkk = models.PositiveBigIntegerField(_("værdien af alle dele, kroner"))
    works = models.BooleanField(_("bygge og anlæg"), default=False)
    published_date = models.DateField(_("udbudt"))
    responsible = models.ForeignKey(
        User, verbose_name=_("ansvarlig"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("oprettet"))
    closed_at = models.DateTimeField(_("afsluttet"), null=True, blank=True)

    class Meta:
        verbose_name = _("regnskab over delydelser")
        verbose_name_plural = _("regnskaber over delydelser")
        constraints = [models.CheckConstraint(condition=Q(whole_dkk__gt=0), name="ledger_has_a_whole")]

    def __str__(self) -> str:
        return self.title


class SmallLotEntry(Owned):
    """One small lot bought on its own."""

    ledger = models.ForeignKey(SmallLotsLedger, on_delete=models.PROTECT, related_name="lots")
    label = models.CharField(_("delen"), max_length=150)
    value_dkk = models.PositiveIntegerField(_("værdi, kroner"))
    bought_date = models.DateField(_("købt"))
    entered_at = models.DateTimeField(_("skrevet ind"))
    removed_at = models.DateTimeField(_("taget ud"), null=True, blank=True)

    class Meta:
        verbose_name = _("delydelse")
        verbose_name_plural = _("delydelser")

    def __str__(self) -> str:
        return f"{self.label}: {self.value_dkk}"


class SplitFinding(Owned):
    """Purchases of the same in several units that together reach a limit: a question, ended by an explanation."""

    subject = models.CharField(_("CPV-kode"), max_length=8)
    entries = models.JSONField(_("køb"), default=list)
    total_dkk = models.PositiveBigIntegerField(_("i alt, kroner"))
    limit_dkk = models.PositiveIntegerField(_("grænse, kroner"))
    found_at = models.DateTimeField(_("fundet"))
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(_("forklaret, fordi"), max_length=500, blank=True)
    ended_at = models.DateTimeField(_("afsluttet"), null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("mulig opsplitning")
        verbose_name_plural = _("mulige opsplitninger")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "subject"], condition=Q(ended_at=None), name="one_open_finding"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(because=""), name="finding_ends_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.total_dkk}"
