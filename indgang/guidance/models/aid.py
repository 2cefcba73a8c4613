# SPDX-License-Identifier: MPL-2.0
"""The register of de minimis aid: what an undertaking was given, when, by whom and with which right."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models import Owned, StoredFile, User
from indgang.kernel.models.retention import Retention


class AidEntry(Owned):
    """One amount of aid to one undertaking. Written by mistake, it is taken out with a reason and stays readable.

    What was granted must be kept for ten years; then the line loses the name, which may be a sole trader's own.
    """

    class Known(models.TextChoices):
        GIVEN = "given", _("Givet af os")
        DECLARED = "declared", _("Oplyst af virksomheden eller fundet i det centrale register")

    cvr_number = models.CharField(_("CVR-nummer"), max_length=8)
    name = models.CharField(_("virksomhed"), max_length=150)
    known = models.CharField(_("hvorfra"), max_length=8, choices=Known)
    amount_dkk = models.PositiveIntegerField(_("støtte, kroner"))
    rate = models.DecimalField(_("kroner for en euro"), max_digits=7, decimal_places=4)
    amount_euro = models.DecimalField(_("støtte, euro"), max_digits=12, decimal_places=2)
    given_date = models.DateField(_("givet"))
    giver = models.CharField(_("givet af"), max_length=150)
    legal_basis = models.CharField(_("hjemmel"), max_length=300)
    entrusted = models.BooleanField(_("pålagt almen opgave"), default=False)
    document = models.ForeignKey(
        StoredFile, verbose_name=_("bevilling eller erklæring"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    entered_at = models.DateTimeField(_("skrevet ind"))
    entered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(_("taget ud"), null=True, blank=True)
    removed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_because = models.CharField(_("hvorfor"), max_length=300, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("name",), after="entered_at", days=10 * 365, then="clear")
    ]

    class Meta:
        verbose_name = _("de minimis-støtte")
        verbose_name_plural = _("de minimis-støtte")
        constraints = [
            models.CheckConstraint(condition=Q(amount_euro__gt=0), name="aid_is_above_nought"),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="aid_names_its_legal_basis"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(removed_because=""),
                name="aid_taken_out_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "cvr_number", "given_date"], name="aid_undertaking")]

    def __str__(self) -> str:
        return f"{self.name}, {self.given_date}"
