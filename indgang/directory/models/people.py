# SPDX-License-Identifier: MPL-2.0
"""People in enterprises, and what they have said yes to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models.organisation import Organisation
from indgang.kernel.models import User
from indgang.kernel.models.retention import Retention


class Contact(models.Model):
    """A person in an organisation. Shown to the public only by the person's own choice."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="contacts")
    name = models.CharField(_("navn"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefon"), max_length=20, blank=True)
    role = models.CharField(_("rolle"), max_length=60, blank=True)
    is_shown = models.BooleanField(_("må vises for alle"), default=False)
    speaks_for = models.BooleanField(_("må svare for virksomheden"), default=False)
    is_main = models.BooleanField(_("den vi skriver til"), default=False)
    left_at = models.DateTimeField(_("stoppet"), null=True, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("name", "email", "phone", "role"), after="left_at", days=365, then="remove")
    ]

    class Meta:
        verbose_name = _("kontakt")
        verbose_name_plural = _("kontakter")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_main=True, left_at=None), name="one_main_contact"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Confirmation(models.Model):
    """Somebody in the enterprise said yes: to standing in the directory, or that the profile still holds."""

    class Kind(models.TextChoices):
        LISTED = "listed", _("Ja til at stå i kataloget")
        CURRENT = "current", _("Oplysningerne passer")

    class Channel(models.TextChoices):
        LINK = "link", _("via link")
        PHONE = "phone", _("i telefonen")
        LOG_IN = "log_in", _("logget ind")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="confirmations")
    kind = models.CharField(_("hvad"), max_length=7, choices=Kind)
    channel = models.CharField(_("hvordan"), max_length=6, choices=Channel)
    said_by = models.CharField(_("hvem i virksomheden"), max_length=100, blank=True)
    noted_by = models.CharField(_("skrevet op af"), max_length=100, blank=True)
    at = models.DateTimeField(_("hvornår"))

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("said_by", "noted_by"), after="at", days=5 * 365, then="clear")
    ]

    class Meta:
        verbose_name = _("bekræftelse")
        verbose_name_plural = _("bekræftelser")
        constraints = [
            models.CheckConstraint(
                condition=~Q(channel="phone") | ~Q(said_by="") | Q(noted_by=""),
                name="phoned_yes_names_who_said_it",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display()}"
