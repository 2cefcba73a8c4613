# SPDX-License-Identifier: MPL-2.0
"""The right to a meeting: a claim, five criteria, a hearing, a reasoned decision, a meeting, and what was told there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.cases.models.case import KEPT_DAYS, Case
from indgang.directory.models import Organisation, StatusFact
from indgang.kernel.models import Duty, Owned
from indgang.kernel.models.retention import Retention
from indgang.meetings.models import Meeting


class Claim(Owned):
    """An enterprise asks for the meeting that the municipality has promised social enterprises.

    It gives a meeting and a place in the showroom, never an advantage: seeing tasks, asking, bidding and payment
    depend on nothing here. `meet_by` is thirty days after the claim. States are computed: see `cases.claim_states`.
    """

    class Basis(models.TextChoices):
        REGISTERED = "registered", _("Registreret socialøkonomisk virksomhed (RSV)")
        EQUIVALENT = "equivalent", _("Opfylder betingelserne uden at være registreret")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claims")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(_("bedt om"))
    meet_by = models.DateTimeField(_("møde senest"))
    duty = models.ForeignKey(
        Duty,
        verbose_name=_("opgave med frist"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    hearing_text = models.TextField(_("hvad vi mener, indtil nu"), blank=True)
    hearing_sent_at = models.DateTimeField(_("sendt i høring"), null=True, blank=True)
    hearing_until = models.DateTimeField(_("høringsfrist"), null=True, blank=True)
    hearing_answer = models.TextField(_("svar på høringen"), blank=True)
    hearing_answered_at = models.DateTimeField(_("høring besvaret"), null=True, blank=True)
    basis = models.CharField(_("grundlag"), max_length=10, choices=Basis, blank=True)
    granted = models.BooleanField(_("fik ret til mødet"), null=True, blank=True)
    reason = models.TextField(_("begrundelse"), blank=True)
    paragraph = models.CharField(_("paragraf"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("afgjort"), null=True, blank=True)
    decided_by = models.CharField(_("afgjort af"), max_length=100, blank=True)
    meeting = models.OneToOneField(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(_("møde holdt"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("trukket tilbage"), null=True, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(
            fields=("hearing_text", "hearing_answer"), after="case__closed_at", days=KEPT_DAYS, then="clear"
        )
    ]

    class Meta:
        verbose_name = _("ret til møde")
        verbose_name_plural = _("ret til møde")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "organisation"],
                condition=Q(decided_at=None, withdrawn_at=None),
                name="one_open_claim_per_organisation",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, granted__isnull=True)
                | (Q(decided_at__isnull=False, granted__isnull=False) & ~Q(reason="") & ~Q(decided_by="")),
                name="claim_is_decided_by_somebody_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(granted=True) | Q(meeting=None, held_at=None), name="meeting_follows_the_right"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def path(self) -> str:
        return f"/sager/{self.case_id}/ret/{self.pk}/"


class Criterion(Owned):
    """One of the five criteria: what the enterprise says and shows, and what the municipality finds."""

    class Key(models.TextChoices):
        PURPOSE = "purpose", _("Socialt formål")
        TRADE = "trade", _("Væsentlig erhvervsdrivende virksomhed")
        INDEPENDENT = "independent", _("Uafhængighed af det offentlige")
        INVOLVING = "involving", _("Inddragende og ansvarlig i sit virke")
        SURPLUS = "surplus", _("Social håndtering af overskud")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="criteria")
    key = models.CharField(_("kriterium"), max_length=11, choices=Key)
    told = models.TextField(_("det viser virksomheden"), blank=True)
    told_at = models.DateTimeField(_("vist"), null=True, blank=True)
    met = models.BooleanField(_("opfyldt"), null=True, blank=True)
    finding = models.TextField(_("det finder kommunen"), blank=True)

    class Meta:
        verbose_name = _("kriterium")
        verbose_name_plural = _("kriterier")
        constraints = [
            models.UniqueConstraint(fields=["claim", "key"], name="criterion_once_for_a_claim"),
            models.CheckConstraint(
                condition=Q(met__isnull=True) | ~Q(finding=""), name="criterion_is_found_with_words"
            ),
        ]

    def __str__(self) -> str:
        return self.get_key_display()


class ToldPurchase(Owned):
    """What was told at a meeting about coming purchases, published for everybody the same day."""

    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.SET_NULL, related_name="told")
    text = models.TextField(_("hvad blev fortalt"))
    at = models.DateTimeField(_("offentlig fra"))

    class Meta:
        verbose_name = _("fortalt om kommende køb")
        verbose_name_plural = _("fortalt om kommende køb")
        indexes = [models.Index(fields=["municipality", "-at"], name="told_newest")]

    def __str__(self) -> str:
        return self.text[:60]


HOLDING = (StatusFact.Kind.REGISTERED, StatusFact.Kind.EQUIVALENT)
"""Facts that carry the right while they hold."""
