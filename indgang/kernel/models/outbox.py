# SPDX-License-Identifier: MPL-2.0
"""What leaves the house: mail, and documents for the municipality's records system."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models.codes import OneTimeCode
from indgang.kernel.models.files import StoredFile
from indgang.kernel.models.links import SignedLink
from indgang.kernel.models.municipality import Owned
from indgang.kernel.models.people import User
from indgang.kernel.models.retention import Retention


class OutgoingMail(Owned):
    """A mail, written in the same transaction as the act that causes it and sent by a job.

    The text holds neither prices nor case text. `{link}` in the body becomes the link when it is sent,
    `{code}` the one-time code.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Venter")
        SENDING = "sending", _("Sendes")
        SENT = "sent", _("Sendt")
        UNCERTAIN = "uncertain", _("Uvist om den kom frem")
        STOPPED = "stopped", _("Stoppet")

    recipient = models.EmailField(_("modtager"))
    subject = models.CharField(_("emne"), max_length=150)
    body = models.TextField(_("tekst"))
    link = models.ForeignKey(SignedLink, null=True, blank=True, on_delete=models.SET_NULL)
    link_path = models.CharField(max_length=200, blank=True)
    code = models.ForeignKey(OneTimeCode, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reply_key = models.CharField(max_length=40, blank=True, db_index=True)
    reply_path = models.CharField(max_length=200, blank=True)
    reply_owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    about = models.CharField(_("om"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("oprettet"))
    state = models.CharField(_("tilstand"), max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("forsøg"), default=0)
    tried_at = models.DateTimeField(_("sidst forsøgt"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)
    trouble = models.CharField(_("fejl"), max_length=300, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("recipient", "body"), after="created_at", days=2 * 365, then="remove")
    ]

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [models.Index(fields=["state", "created_at"], name="mail_state")]

    def __str__(self) -> str:
        return self.subject


class IncomingMail(Owned):
    """A mail that came in: a reply to one of ours, or one that somebody wrote to the shared mailbox."""

    answers = models.ForeignKey(
        OutgoingMail, null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )
    sender = models.CharField(_("afsender"), max_length=254)
    subject = models.CharField(_("emne"), max_length=250, blank=True)
    text = models.TextField(_("tekst"))
    message_id = models.CharField(max_length=250)
    received_at = models.DateTimeField(_("modtaget"))
    handled_at = models.DateTimeField(_("taget hånd om"), null=True, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("sender", "text"), after="received_at", days=2 * 365, then="remove")
    ]

    class Meta:
        verbose_name = _("indgående mail")
        verbose_name_plural = _("indgående mails")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "message_id"], name="mail_received_once")
        ]

    def __str__(self) -> str:
        return self.subject


class IncomingFile(Owned):
    """A file that came with a mail and has found no other place: kept, or the sentence that says why it was not.

    A room that puts the mail where it belongs takes the file along and removes the row.
    """

    mail = models.ForeignKey(IncomingMail, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("filnavn"), max_length=150)
    file_id: int | None
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    trouble = models.CharField(_("hvorfor den ikke er gemt"), max_length=400, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("name", "trouble"), after="mail__received_at", days=2 * 365, then="remove")
    ]

    class Meta:
        verbose_name = _("fil i en mail")
        verbose_name_plural = _("filer i mails")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file=None) & ~models.Q(trouble="")
                | models.Q(file__isnull=False, trouble=""),
                name="mailed_file_is_kept_or_says_why_not",
            )
        ]

    def __str__(self) -> str:
        return self.name


class FilingItem(Owned):
    """A document on its way to the municipality's records system (ESDH), which is the archive."""

    case_key = models.CharField(_("sag"), max_length=80)
    title = models.CharField(_("titel"), max_length=200)
    document = models.ForeignKey(StoredFile, verbose_name=_("dokument"), on_delete=models.PROTECT)
    created_at = models.DateTimeField(_("oprettet"))
    filed_at = models.DateTimeField(_("journaliseret"), null=True, blank=True)
    receipt = models.CharField(_("kvittering"), max_length=200, blank=True)
    trouble = models.CharField(_("fejl"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("dokument til journalisering")
        verbose_name_plural = _("dokumenter til journalisering")

    def __str__(self) -> str:
        return self.title
