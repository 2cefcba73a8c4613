# SPDX-License-Identifier: MPL-2.0
"""A meeting, the times that were proposed for it, and the terms on which strangers may sign up."""

from datetime import UTC, datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models import Duty, Owned, User


class Meeting(Owned):
    """What is met about, where and when.

    The owner is whatever the meeting belongs to in a room above: a kind, a number and a path, never a foreign key.
    `round` rises whenever times are proposed or the time changes; a reply counts for the round it was given in.
    """

    owner_kind = models.CharField(_("hører til, slags"), max_length=30, blank=True)
    owner_id = models.BigIntegerField(_("hører til, nummer"), null=True, blank=True)
    owner_path = models.CharField(_("hører til, side"), max_length=200, blank=True)
    title = models.CharField(_("hvad"), max_length=150)
    text = models.TextField(_("om mødet"), blank=True)
    place = models.CharField(_("sted"), max_length=200, blank=True)
    organiser = models.ForeignKey(
        User, verbose_name=_("indkalder"), on_delete=models.PROTECT, related_name="+"
    )
    confidential = models.BooleanField(_("kun for deltagerne"), default=False)
    created_at = models.DateTimeField(_("oprettet"))
    starts_at = models.DateTimeField(_("begynder"), null=True, blank=True)
    length_minutes = models.PositiveSmallIntegerField(
        _("varer, minutter"), default=60, validators=[MinValueValidator(5), MaxValueValidator(24 * 60)]
    )
    round = models.PositiveSmallIntegerField(_("runde"), default=0)
    cancelled_at = models.DateTimeField(_("aflyst"), null=True, blank=True)
    cancelled_because = models.CharField(_("hvorfor aflyst"), max_length=300, blank=True)
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("møde")
        verbose_name_plural = _("møder")
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_kind="", owner_id__isnull=True)
                | (~Q(owner_kind="") & Q(owner_id__isnull=False)),
                name="meeting_owner_is_kind_and_number",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "owner_kind", "owner_id"], name="meeting_owner"),
            models.Index(fields=["municipality", "starts_at"], name="meeting_starts"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime | None:
        """The length counts in real minutes, also in the night when clocks are moved."""
        if self.starts_at is None:
            return None
        return self.starts_at.astimezone(UTC) + timedelta(minutes=self.length_minutes)

    @property
    def case_key(self) -> str:
        """Under which case the records system keeps its papers."""
        return f"{self.owner_kind}-{self.owner_id}" if self.owner_kind else f"moede-{self.pk}"


class Proposal(Owned):
    """A time that could do."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="proposals")
    round = models.PositiveSmallIntegerField(_("runde"))
    starts_at = models.DateTimeField(_("begynder"))

    class Meta:
        verbose_name = _("forslag til tid")
        verbose_name_plural = _("forslag til tider")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "round", "starts_at"], name="proposed_once_in_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.starts_at}"


class SignUpTerms(Owned):
    """A meeting with these is public: anyone may come while there are seats; then there is a waiting list."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="sign_up")
    seats = models.PositiveSmallIntegerField(_("pladser"), null=True, blank=True)
    until = models.DateTimeField(_("tilmelding senest"), null=True, blank=True)

    class Meta:
        verbose_name = _("tilmelding")
        verbose_name_plural = _("tilmeldinger")

    def __str__(self) -> str:
        return str(self.meeting_id)
