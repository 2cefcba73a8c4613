# SPDX-License-Identifier: MPL-2.0
"""Who is invited or has signed up, what they answered, and whether they came."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import Organisation
from indgang.kernel.models import Owned, User
from indgang.kernel.models.retention import Retention
from indgang.meetings.models.meeting import Meeting, Proposal


class Participant(Owned):
    """Somebody who is asked to come, or asked to come along.

    `seat_at` is when a seat was theirs; one who signed up and has none waits. Names are public only with `shows_name`.
    """

    class Part(models.TextChoices):
        CHAIR = "chair", _("Leder mødet")
        SECRETARY = "secretary", _("Skriver referat")
        MEMBER = "member", _("Inviteret")
        SIGNED_UP = "signed_up", _("Tilmeldt")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(_("navn"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True)
    part = models.CharField(_("rolle"), max_length=9, choices=Part, default=Part.MEMBER)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("virksomhed"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    comes_from = models.CharField(_("kommer fra"), max_length=100, blank=True)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(_("kom med"))
    coming = models.BooleanField(_("kommer"), null=True, blank=True)
    reply_round = models.PositiveSmallIntegerField(_("svarede i runde"), null=True, blank=True)
    replied_at = models.DateTimeField(_("svarede"), null=True, blank=True)
    seat_at = models.DateTimeField(_("fik plads"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("meldt fra"), null=True, blank=True)
    shows_name = models.BooleanField(_("navnet må vises"), default=False)
    attended = models.BooleanField(_("mødte"), null=True, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(
            fields=("name", "email", "comes_from"), after="meeting__created_at", days=3 * 365, then="clear"
        )
    ]

    class Meta:
        verbose_name = _("deltager")
        verbose_name_plural = _("deltagere")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "email"],
                condition=~Q(email="") & Q(withdrawn_at=None),
                name="participates_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def waits(self) -> bool:
        return self.part == self.Part.SIGNED_UP and self.seat_at is None and self.withdrawn_at is None


class Vote(Owned):
    """What one participant says about one proposed time."""

    class Fits(models.TextChoices):
        YES = "yes", _("Kan")
        MAYBE = "maybe", _("Kan, hvis det skal være")
        NO = "no", _("Kan ikke")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="votes")
    fits = models.CharField(_("passer"), max_length=5, choices=Fits)

    class Meta:
        verbose_name = _("svar på tid")
        verbose_name_plural = _("svar på tider")
        constraints = [models.UniqueConstraint(fields=["participant", "proposal"], name="one_vote_per_time")]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.fits}"
