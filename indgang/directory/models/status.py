# SPDX-License-Identifier: MPL-2.0
"""What is known about an enterprise's status: separate facts, each with evidence, date, verifier and end."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models.organisation import Organisation
from indgang.kernel.models import Municipality, StoredFile
from indgang.kernel.models.retention import Retention


class StatusFact(models.Model):
    """Registered (RSV, follows the CVR number) · self-declared · equivalent (one municipality's own reasoned
    decision, never another's) · at least 30 per cent from target groups, shown by a signed statement.

    No fact is ever a condition for seeing tasks, asking, bidding or being paid.
    """

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("Registreret socialøkonomisk virksomhed (RSV)")
        SELF_DECLARED = "self_declared", _("Erklærer selv at være socialøkonomisk")
        EQUIVALENT = "equivalent", _("Opfylder betingelserne uden at være registreret")
        SHARE_30 = "share_30", _("Mindst 30 % dokumenteret")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="status_facts")
    kind = models.CharField(_("slags"), max_length=13, choices=Kind)
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT)
    evidence = models.CharField(_("dokumentation"), max_length=300, blank=True)
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    reason = models.TextField(_("begrundelse"), blank=True)
    verified_by = models.CharField(_("set af"), max_length=100, blank=True)
    since = models.DateField(_("fra"))
    valid_until = models.DateField(_("gælder til og med"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ophørt"), null=True, blank=True)
    created_at = models.DateTimeField(_("skrevet"))

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("verified_by",), after="ended_at", days=5 * 365, then="pseudonym"),
    ]

    class Meta:
        verbose_name = _("status")
        verbose_name_plural = _("status")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="equivalent") | (Q(municipality__isnull=False) & ~Q(reason="")),
                name="equivalence_is_one_municipalitys_reasoned_decision",
            ),
            models.CheckConstraint(
                condition=Q(kind="self_declared") | (~Q(evidence="") & ~Q(verified_by="")),
                name="status_has_evidence_and_verifier",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("since")),
                name="status_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(ended_at=None) & ~Q(kind="equivalent"),
                name="one_status_fact_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["organisation", "municipality"],
                condition=Q(ended_at=None, kind="equivalent"),
                name="one_equivalence_per_municipality",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display()}"

    def holds_on(self, day: date) -> bool:
        """Whether the fact counts on `day`: begun, not ended, not run out."""
        if self.ended_at is not None or self.since > day:
            return False
        return self.valid_until is None or day <= self.valid_until
