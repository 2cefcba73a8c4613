# SPDX-License-Identifier: MPL-2.0
"""The timeline: what was said and done in a case, appended only."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.cases.models.case import KEPT_DAYS, Case
from indgang.kernel.models import Owned, StoredFile, Unit, User
from indgang.kernel.models.retention import Retention


class Entry(Owned):
    """One line. The database refuses every change but one: text and author may be emptied, to forget.

    `is_internal` lines never reach the enterprise; with `only_unit` they are read in that unit alone.
    `mail_number` is the incoming mail that the line was read from. `words` is kept by the database.
    """

    class Kind(models.TextChoices):
        ENQUIRY = "enquiry", _("Henvendelse")
        MESSAGE_IN = "message_in", _("Besked fra dem")
        MESSAGE_OUT = "message_out", _("Besked fra os")
        CALL = "call", _("Samtale")
        MEETING = "meeting", _("Møde")
        NOTE = "note", _("Intern note")
        EVENT = "event", _("Det er sket")

    case_id: int
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(_("slags"), max_length=11, choices=Kind)
    is_internal = models.BooleanField(_("kun for kommunen"), default=False)
    only_unit = models.ForeignKey(
        Unit, verbose_name=_("kun for enheden"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    at = models.DateTimeField(_("hvornår"))
    text = models.TextField(_("tekst"), blank=True)
    author = models.CharField(_("hvem"), max_length=100, blank=True)
    user = models.ForeignKey(
        User, verbose_name=_("kollega"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    mail_number = models.PositiveBigIntegerField(_("mail"), null=True, blank=True)
    words = models.GeneratedField(
        expression=SearchVector("text", config="danish"), output_field=SearchVectorField(), db_persist=True
    )

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("text", "author"), after="case__closed_at", days=KEPT_DAYS, then="clear")
    ]

    class Meta:
        verbose_name = _("linje i en sag")
        verbose_name_plural = _("linjer i sager")
        constraints = [
            models.CheckConstraint(
                condition=Q(only_unit=None) | Q(is_internal=True), name="line_for_one_unit_is_internal"
            ),
            models.CheckConstraint(condition=~Q(kind="note") | Q(is_internal=True), name="note_is_internal"),
            models.UniqueConstraint(
                fields=["municipality", "mail_number"],
                condition=Q(mail_number__isnull=False),
                name="mail_in_one_line",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-at"], name="entry_of_case"),
            models.Index(fields=["municipality", "-at"], name="entry_newest"),
            GinIndex(fields=["words"], name="entry_words"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at}"


class EntryFile(Owned):
    """A file that came with a line."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("file",), after="entry__case__closed_at", days=KEPT_DAYS, then="remove")
    ]

    class Meta:
        verbose_name = _("fil i en sag")
        verbose_name_plural = _("filer i sager")

    def __str__(self) -> str:
        return str(self.file)
