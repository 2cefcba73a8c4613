# SPDX-License-Identifier: MPL-2.0
"""Ties between people and organisations that every room must ask about."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models.organisation import Organisation
from indgang.kernel.models import Owned, Unit, User
from indgang.kernel.models.retention import Retention


class ContactAssignment(Owned):
    """The one lasting contact person whom an organisation has in a municipality."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="contact_assignments"
    )
    user = models.ForeignKey(User, verbose_name=_("kontaktperson"), on_delete=models.PROTECT)
    first_at = models.DateTimeField(_("fra"))
    last_at = models.DateTimeField(_("til"), null=True, blank=True)

    class Meta:
        verbose_name = _("kontaktperson for en virksomhed")
        verbose_name_plural = _("kontaktpersoner for virksomheder")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "organisation"],
                condition=Q(last_at=None),
                name="one_contact_person_per_organisation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.user}"


class Interest(Owned):
    """Something that ties a person to an organisation and can make them partial."""

    class Kind(models.TextChoices):
        MENTOR = "mentor", _("Mentor")
        BOARD = "board", _("Sidder i bestyrelsen")
        OWNER = "owner", _("Ejer eller ansat")
        FAMILY = "family", _("Familie")
        FORMER_UNIT = "former_unit", _("Tidligere arbejdsplads")
        OTHER = "other", _("Andet")

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="interests"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="interests")
    kind = models.CharField(_("slags"), max_length=12, choices=Kind)
    first_date = models.DateField(_("fra"))
    last_date = models.DateField(_("til og med"), null=True, blank=True)
    source = models.CharField(_("kilde"), max_length=100)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("source",), after="last_date", days=5 * 365, then="remove")
    ]

    class Meta:
        verbose_name = _("interesse")
        verbose_name_plural = _("interesser")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__isnull=True) | Q(last_date__gte=F("first_date")),
                name="interest_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}, {self.organisation}"


class PurchaseBar(Owned):
    """A unit may not buy from somebody for a while, e.g. from a founder who is on leave from it.

    Set on the founder; the organisation is attached when it exists.
    """

    founder = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="purchase_bars"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("enhed"), on_delete=models.PROTECT, related_name="+")
    first_date = models.DateField(_("fra"))
    last_date = models.DateField(_("til og med"))
    reason = models.CharField(_("begrundelse"), max_length=200)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("reason",), after="last_date", days=5 * 365, then="remove"),
    ]

    class Meta:
        verbose_name = _("købsspærring")
        verbose_name_plural = _("købsspærringer")
        constraints = [
            models.CheckConstraint(
                condition=Q(founder__isnull=False) | Q(organisation__isnull=False), name="bar_names_somebody"
            ),
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")), name="bar_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.organisation or self.founder}"
