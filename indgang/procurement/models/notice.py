# SPDX-License-Identifier: MPL-2.0
"""Published notices, shared by all municipalities, and what each municipality does with them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.core.notices import notice as published
from indgang.core.notices.content import from_plain
from indgang.directory.models import Organisation
from indgang.kernel.models import Owned, User
from indgang.kernel.models.retention import Retention


class Notice(models.Model):
    """The newest version of a published notice. `content` holds all of it; the rest is for lists and filters.

    `names` are what other notices call it (its identifier, its publication number), `changes` the names of those
    that it replaces. `places` are provinces (empty: anywhere, or not told), `marks` what sets lots apart.
    `searched` is kept by the database: a search that had to split 3,000 long texts into words would take 0.2 s.
    Whether a call is open is computed: see `procurement.notices.queries.open_calls`.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", _("Planlagt")
        CALL = "call", _("Udbud")
        RESULT = "result", _("Afgjort")
        CHANGE = "change", _("Ændret kontrakt")
        END = "end", _("Afsluttet kontrakt")
        OTHER = "other", _("Andet")

    notice_id = models.CharField(_("ID"), max_length=64, unique=True)
    version = models.PositiveIntegerField(_("version"))
    kind = models.CharField(_("slags"), max_length=6, choices=Kind)
    procedure_id = models.CharField(_("udbuddets ID"), max_length=64, blank=True, db_index=True)
    names = ArrayField(models.CharField(max_length=64), verbose_name=_("navne"))
    changes = ArrayField(
        models.CharField(max_length=64), verbose_name=_("erstatter"), default=list, blank=True
    )
    superseded_by = models.ForeignKey(
        "self",
        verbose_name=_("erstattet af"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaces",
    )
    title = models.CharField(_("overskrift"), max_length=1000)
    words = models.TextField(_("ord at søge i"), blank=True)
    buyer_name = models.CharField(_("køber"), max_length=300, blank=True)
    value_amount = models.DecimalField(_("værdi"), max_digits=15, decimal_places=2, null=True, blank=True)
    value_currency = models.CharField(_("valuta"), max_length=3, blank=True)
    places = ArrayField(
        models.CharField(max_length=12), verbose_name=_("landsdele"), default=list, blank=True
    )
    groups = ArrayField(
        models.CharField(max_length=12), verbose_name=_("slags opgaver"), default=list, blank=True
    )
    marks = ArrayField(models.CharField(max_length=60), verbose_name=_("mærker"), default=list, blank=True)
    dispatched_at = models.DateTimeField(_("afsendt"), null=True, blank=True)
    closes_at = models.DateTimeField(_("lukker"), null=True, blank=True)
    is_cancelled = models.BooleanField(_("annulleret"), default=False)
    content = models.JSONField(_("indhold"))
    searched = models.GeneratedField(
        expression=SearchVector("title", "buyer_name", "words", config="danish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("bekendtgørelse")
        verbose_name_plural = _("bekendtgørelser")
        indexes = [
            models.Index(fields=["kind", "closes_at"], name="notice_kind_closes"),
            models.Index(fields=["kind", "-dispatched_at"], name="notice_kind_dispatched"),
            GinIndex(fields=["names"], name="notice_names"),
            GinIndex(fields=["changes"], name="notice_changes", condition=~Q(changes=[])),
            GinIndex(fields=["searched"], name="notice_words"),
        ]

    def __str__(self) -> str:
        return self.title

    def said(self) -> published.Notice:
        """Everything that the newest version says."""
        return from_plain(self.content)


class NoticeVersion(models.Model):
    """What a notice said before a newer version replaced it."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    dispatched_at = models.DateTimeField(_("afsendt"), null=True, blank=True)
    kept_at = models.DateTimeField(_("gemt"))
    content = models.JSONField(_("indhold"))

    class Meta:
        verbose_name = _("tidligere version")
        verbose_name_plural = _("tidligere versioner")
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="notice_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.notice} ({self.number})"

    def said(self) -> published.Notice:
        return from_plain(self.content)


class NoticeImport(models.Model):
    """One reading of notices: what came of it, and which files could not be read."""

    at = models.DateTimeField(_("tidspunkt"), db_index=True)
    source = models.CharField(_("kilde"), max_length=200)
    new = models.PositiveIntegerField(_("nye"), default=0)
    newer = models.PositiveIntegerField(_("nyere versioner"), default=0)
    older = models.PositiveIntegerField(_("ældre versioner"), default=0)
    unchanged = models.PositiveIntegerField(_("uændrede"), default=0)
    broken = models.PositiveIntegerField(_("kunne ikke læses"), default=0)
    troubles = models.JSONField(
        _("fejl"), default=list, help_text=_("Par af filnavn og grund, de første 200")
    )

    class Meta:
        verbose_name = _("indlæsning")
        verbose_name_plural = _("indlæsninger")

    def __str__(self) -> str:
        return f"{self.source} {self.at:%Y-%m-%d}"


class NoticeMatch(models.Model):
    """A published organisation that could deliver a lot, or a part of one. Computed by a job, never by a page."""

    class Extent(models.TextChoices):
        LOT = "lot", _("Kan løse den")
        PART = "part", _("Kan løse en del")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="matches")
    lot = models.CharField(_("delaftale"), max_length=20, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    extent = models.CharField(_("omfang"), max_length=4, choices=Extent)
    part = models.CharField(_("hvilken del"), max_length=300, blank=True)
    score = models.FloatField(_("score"))
    reasons = models.JSONField(_("grunde"), default=list)
    missing = models.JSONField(_("mangler"), null=True, blank=True)

    class Meta:
        verbose_name = _("virksomhed, der kan byde")
        verbose_name_plural = _("virksomheder, der kan byde")
        constraints = [
            models.UniqueConstraint(fields=["notice", "lot", "organisation"], name="notice_match_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.notice}"


class NoticeForward(Owned):
    """A notice that somebody in the municipality has sent on to an enterprise."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="forwards")
    lot = models.CharField(_("delaftale"), max_length=20, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, verbose_name=_("sendt af"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("sendt"))
    note = models.CharField(_("et ord med på vejen"), max_length=500, blank=True)

    retention: ClassVar[list[Retention]] = [Retention(fields=("note",), after="at", days=730, then="clear")]

    class Meta:
        verbose_name = _("videresendt bekendtgørelse")
        verbose_name_plural = _("videresendte bekendtgørelser")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "notice", "organisation"], name="notice_forwarded_once"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "at"], name="notice_forward_organisation")]

    def __str__(self) -> str:
        return f"{self.notice} til {self.organisation}"
