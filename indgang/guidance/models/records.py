# SPDX-License-Identifier: MPL-2.0
"""The decision record of a case (beslutningsnotat), version by version, and the municipality's own policy."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.guidance.models.cases import LawCase, SavedAnswer
from indgang.kernel.models import FilingItem, Owned, StoredFile, User


class RecordVersion(Owned):
    """One version of a decision record: `sections` are {key, title, text}. A signed one is never changed."""

    case = models.ForeignKey(LawCase, on_delete=models.PROTECT, related_name="records")
    number = models.PositiveSmallIntegerField(_("version"))
    sections = models.JSONField(_("afsnit"))
    answer = models.ForeignKey(SavedAnswer, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(_("valgt vej"), max_length=12, blank=True)
    author = models.ForeignKey(User, verbose_name=_("skrevet af"), on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("skrevet"))
    signed_by = models.ForeignKey(
        User,
        verbose_name=_("underskrevet af"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    signed_at = models.DateTimeField(_("underskrevet"), null=True, blank=True)
    document = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    filing = models.ForeignKey(FilingItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("beslutningsnotat")
        verbose_name_plural = _("beslutningsnotater")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="record_version_once"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="record_signed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, version {self.number}"


class PolicyVersion(Owned):
    """The municipality's own stricter policy from a day; the newest counts. `text` is the TOML the core reads."""

    number = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("navn"), max_length=150)
    restrictions = models.JSONField(_("begrænsninger"), default=list)
    text = models.TextField(_("som fil"))
    adopted = models.DateField(_("vedtaget"))
    change_note = models.CharField(_("hvad er ændret"), max_length=300)
    user = models.ForeignKey(User, verbose_name=_("gemt af"), on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(_("gemt"))

    class Meta:
        verbose_name = _("egen politik")
        verbose_name_plural = _("egne politikker")
        constraints = [models.UniqueConstraint(fields=["municipality", "number"], name="policy_version_once")]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"
