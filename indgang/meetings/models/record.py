# SPDX-License-Identifier: MPL-2.0
"""What is to be talked about, what was said, and what was decided."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models import Duty, Owned, StoredFile, User
from indgang.meetings.models.meeting import Meeting


class AgendaItem(Owned):
    """One point. `asked_by` names who wants it on, when that is not the organiser."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("nummer"))
    title = models.CharField(_("punkt"), max_length=150)
    text = models.TextField(_("baggrund"), blank=True)
    asked_by = models.CharField(_("ønsket af"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("punkt på dagsordenen")
        verbose_name_plural = _("punkter på dagsordenen")
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="agenda_position_once")]

    def __str__(self) -> str:
        return self.title


class Minutes(Owned):
    """What was said. Sent minutes are frozen and filed."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    text = models.TextField(_("referat"))
    written_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("skrevet"))
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)
    document = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("referat")
        verbose_name_plural = _("referater")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, document__isnull=True)
                | Q(sent_at__isnull=False, document__isnull=False),
                name="sent_minutes_have_a_document",
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting_id)


class Resolution(Owned):
    """Something the meeting decided; with somebody who answers for it and a date it is a duty."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="resolutions")
    text = models.CharField(_("beslutning"), max_length=500)
    who = models.CharField(_("hvem gør det"), max_length=100, blank=True)
    decided_at = models.DateTimeField(_("besluttet"))
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("beslutning")
        verbose_name_plural = _("beslutninger")

    def __str__(self) -> str:
        return self.text
