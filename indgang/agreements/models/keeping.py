# SPDX-License-Identifier: MPL-2.0
"""Approving, acceding, and what happens while the agreement holds: promises kept, figures read, support asked for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.agreements.models.agreement import Agreement
from indgang.agreements.models.partnership import AgreementVersion, Goal, Obligation, Party
from indgang.kernel.models import Duty, Owned, StoredFile, User
from indgang.kernel.models.retention import Retention


class Approval(Owned):
    """A step that must be taken before a version may be sent to the parties, by somebody who did not write it."""

    class Step(models.TextChoices):
        LEGAL = "legal", _("Juridisk gennemsyn")
        MANAGEMENT = "management", _("Godkendt i ledelsen eller udvalget")

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="approvals")
    step = models.CharField(_("trin"), max_length=10, choices=Step)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("godkendt"), null=True, blank=True)
    note = models.CharField(_("bemærkning"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("godkendelse")
        verbose_name_plural = _("godkendelser")
        constraints = [
            models.UniqueConstraint(fields=["version", "step"], name="approval_step_once"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, user__isnull=True)
                | Q(approved_at__isnull=False, user__isnull=False),
                name="approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_step_display()}"


class Accession(Owned):
    """One party's yes to one exact text, given by somebody who has shown a code that was sent to the confirmed address."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="accessions")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="accessions")
    joins_later = models.BooleanField(_("kom til senere"), default=False)
    name = models.CharField(_("navn"), max_length=100, blank=True)
    role = models.CharField(_("stilling"), max_length=100, blank=True)
    has_authority = models.BooleanField(_("erklærer at måtte binde parten"), default=False)
    text_hash = models.CharField(_("kontrolsum"), max_length=64, blank=True)
    acceded_at = models.DateTimeField(_("tiltrådt"), null=True, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("name", "role"), after="version__agreement__ended_at", days=5 * 365, then="clear")
    ]

    class Meta:
        verbose_name = _("tiltrædelse")
        verbose_name_plural = _("tiltrædelser")
        constraints = [
            models.UniqueConstraint(fields=["version", "party"], name="a_party_accedes_once_to_a_version"),
            models.CheckConstraint(
                condition=Q(acceded_at__isnull=True) | (~Q(text_hash="") & Q(has_authority=True)),
                name="accession_names_its_text_and_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.party}"


class Fulfilment(Owned):
    """One time that a promise must be kept, with the duty that reminds of it and the evidence that it was."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="fulfilments")
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="fulfilments")
    key = models.CharField(max_length=30)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField(_("senest"))
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(_("holdt"), null=True, blank=True)
    done_date = models.DateField(_("holdt den"), null=True, blank=True)
    evidence = models.CharField(_("sådan ses det"), max_length=500, blank=True)
    document = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dropped_at = models.DateTimeField(_("bortfaldet"), null=True, blank=True)

    class Meta:
        verbose_name = _("gang, et løfte skal holdes")
        verbose_name_plural = _("gange, løfter skal holdes")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "key", "due_date"], name="fulfilled_once_per_due_date"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | ~Q(evidence=""), name="kept_promises_show_evidence"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "due_date"], name="fulfilment_due")]

    def __str__(self) -> str:
        return f"{self.obligation}: {self.due_date}"


class GoalReading(Owned):
    """A figure on a day. A red one demands a written plan."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="readings")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=30)
    on_date = models.DateField(_("pr."))
    value = models.DecimalField(_("tal"), max_digits=12, decimal_places=2)
    source = models.CharField(_("kilde"), max_length=150)
    read_at = models.DateTimeField(_("skrevet ind"))
    read_by = models.CharField(_("skrevet ind af"), max_length=60)
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    plan = models.TextField(_("plan"), blank=True)
    planned_at = models.DateTimeField(_("plan skrevet"), null=True, blank=True)

    class Meta:
        verbose_name = _("måling")
        verbose_name_plural = _("målinger")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "key", "on_date"], name="one_reading_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.value}"


class SupportRequest(Owned):
    """Something a party asks for that the agreement does not give. It waits until a legal opinion is attached."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="support_requests")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("hvad der bedes om"), max_length=500)
    amount_dkk = models.PositiveIntegerField(_("kroner"), null=True, blank=True)
    asked_at = models.DateTimeField(_("bedt om"))
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opinion = models.TextField(_("juridisk vurdering"), blank=True)
    opinion_document = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opinion_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opinion_at = models.DateTimeField(_("vurderet"), null=True, blank=True)
    meeting_id = models.BigIntegerField(_("møde"), null=True, blank=True)
    closed_at = models.DateTimeField(_("lukket"), null=True, blank=True)

    class Meta:
        verbose_name = _("ønske om støtte")
        verbose_name_plural = _("ønsker om støtte")
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting_id__isnull=True) | Q(opinion_at__isnull=False),
                name="no_support_on_an_agenda_without_an_opinion",
            ),
            models.CheckConstraint(
                condition=Q(opinion_at__isnull=True)
                | (~Q(opinion="") & Q(opinion_by__isnull=False) & Q(opinion_document__isnull=False)),
                name="an_opinion_has_text_author_and_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class SteeringMember(Owned):
    """Who sits in the steering group; they are invited to each of its meetings."""

    class Part(models.TextChoices):
        CHAIR = "chair", _("Formand")
        SECRETARY = "secretary", _("Sekretær")
        MEMBER = "member", _("Medlem")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="steering")
    name = models.CharField(_("navn"), max_length=100)
    email = models.EmailField(_("e-mail"))
    part = models.CharField(_("rolle"), max_length=9, choices=Part, default=Part.MEMBER)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("name", "email"), after="agreement__ended_at", days=365, then="remove")
    ]

    class Meta:
        verbose_name = _("medlem af følgegruppen")
        verbose_name_plural = _("medlemmer af følgegruppen")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "email"], name="in_the_steering_group_once")
        ]

    def __str__(self) -> str:
        return self.name
