# SPDX-License-Identifier: MPL-2.0
"""Who was asked, why, and what they answered; and questions that all may read."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import Contact, Organisation
from indgang.kernel.models import Duty, Owned, StoredFile, User
from indgang.kernel.models.retention import Retention
from indgang.procurement.models.task import TaskNotice


class Invitation(Owned):
    """An enterprise on a task's list: picked or taken off before it is sent, invited after.

    `reasons` are the sentences that stood beside it in the match list.
    """

    class Origin(models.TextChoices):
        MATCH = "match", _("Foreslået af Indgang")
        BUYER = "buyer", _("Tilføjet af indkøber")
        LADDER = "ladder", _("Spurgt, fordi andre ikke svarede")
        ASKED = "asked", _("Bad selv om at være med")

    task = models.ForeignKey(TaskNotice, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    origin = models.CharField(_("hvordan"), max_length=6, choices=Origin)
    score = models.FloatField(_("styrke"), null=True, blank=True)
    reasons = models.JSONField(_("grunde"), default=list)
    why = models.CharField(_("hvorfor den er med eller ikke"), max_length=300, blank=True)
    picked_at = models.DateTimeField(_("sat på listen"))
    removed_at = models.DateTimeField(_("taget af listen"), null=True, blank=True)
    invited_at = models.DateTimeField(_("spurgt"), null=True, blank=True)
    contacts_made = models.PositiveSmallIntegerField(_("gange kontaktet"), default=0)
    last_contact_at = models.DateTimeField(_("sidst kontaktet"), null=True, blank=True)
    on_phone_list_at = models.DateTimeField(_("skal ringes op"), null=True, blank=True)
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("why",), after="picked_at", days=5 * 365, then="clear"),
    ]

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitationer")
        constraints = [
            models.UniqueConstraint(fields=["task", "organisation"], name="invited_once_per_task"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(invited_at__isnull=True),
                name="invited_are_not_taken_off",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.organisation}"


class Answer(Owned):
    """What an enterprise said. Appended only; until the deadline the last one stands."""

    class Kind(models.TextChoices):
        YES = "yes", _("Ja, vi er interesserede")
        NOT_NOW = "not_now", _("Ikke denne gang")
        NEVER = "never", _("Aldrig den slags opgaver")

    class Because(models.TextChoices):
        BUSY = "busy", _("Vi har ikke tid")
        TOO_BIG = "too_big", _("Opgaven er for stor")
        TOO_SMALL = "too_small", _("Opgaven er for lille")
        TOO_FAR = "too_far", _("Det er for langt væk")
        NOT_OURS = "not_ours", _("Det er ikke det, vi laver")
        PRICE = "price", _("Prisen hænger ikke sammen")
        OTHER = "other", _("Andet")

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(_("svar"), max_length=7, choices=Kind)
    because = models.CharField(_("fordi"), max_length=9, choices=Because, blank=True)
    note = models.CharField(_("besked"), max_length=1000, blank=True)
    price_oere = models.PositiveBigIntegerField(_("pris i øre uden moms"), null=True, blank=True)
    ready_date = models.DateField(_("kan være klar"), null=True, blank=True)
    photo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    at = models.DateTimeField(_("tidspunkt"))
    given_by = models.CharField(_("givet af"), max_length=60)
    on_behalf = models.BooleanField(_("skrevet ned for virksomheden"), default=False)

    class Meta:
        verbose_name = _("svar")
        verbose_name_plural = _("svar")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="yes") | Q(price_oere__isnull=True), name="only_a_yes_carries_a_price"
            )
        ]
        indexes = [models.Index(fields=["invitation", "at"], name="answer_latest")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Question(Owned):
    """A question to the buyer. Everyone sees question and answer; nobody sees who asked."""

    task = models.ForeignKey(TaskNotice, on_delete=models.CASCADE, related_name="questions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("spørgsmål"), max_length=1000)
    asked_at = models.DateTimeField(_("stillet"))
    answer = models.CharField(_("svar"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("besvaret"), null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("text",), after="asked_at", days=5 * 365, then="clear"),
    ]

    class Meta:
        verbose_name = _("spørgsmål")
        verbose_name_plural = _("spørgsmål")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="question_answered_with_words",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Aversion(Owned):
    """An enterprise that never wants tasks of a kind again; can be undone by its own people."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    cpv_prefix = models.CharField(_("slags opgaver"), max_length=8)
    since = models.DateTimeField(_("fra"))
    undone_at = models.DateTimeField(_("fortrudt"), null=True, blank=True)

    class Meta:
        verbose_name = _("slags opgaver, der ikke ønskes")
        verbose_name_plural = _("slags opgaver, der ikke ønskes")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "organisation", "cpv_prefix"],
                condition=Q(undone_at=None),
                name="averse_once_per_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.cpv_prefix}"
