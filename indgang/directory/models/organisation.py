# SPDX-License-Identifier: MPL-2.0
"""Enterprises and the people in them. Published ones are shared by all municipalities."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.core.sort_key import danish_sort_key
from indgang.kernel.models import Municipality, User
from indgang.kernel.models.retention import Retention


class Organisation(models.Model):
    """A social enterprise, an ordinary company, or a founder who has no CVR number yet.

    `kept_by` is the municipality that wrote it down; a draft (`published_at` empty) is visible there only.
    States are computed from dates: see `is_open` and `is_fresh`.
    """

    class Kind(models.TextChoices):
        SOCIAL = "social", _("Socialøkonomisk virksomhed")
        ORDINARY = "ordinary", _("Almindelig virksomhed")
        FOUNDER = "founder", _("Iværksætter")

    class Source(models.TextChoices):
        SELF = "self", _("Virksomheden selv")
        PHONE = "phone", _("Telefon")
        IMPORT = "import", _("Liste")
        CVR = "cvr", _("CVR")

    kind = models.CharField(_("slags"), max_length=8, choices=Kind, default=Kind.SOCIAL)
    name = models.CharField(_("navn"), max_length=150)
    sort_key = models.CharField(max_length=300, db_index=True, editable=False)
    cvr_number = models.CharField(_("CVR-nummer"), max_length=8, null=True, blank=True, unique=True)
    legal_form = models.CharField(_("virksomhedsform"), max_length=40, blank=True)
    sole_trader = models.BooleanField(_("enkeltmandsvirksomhed"), default=False)
    advertising_protected = models.BooleanField(_("reklamebeskyttet"), default=False)
    presentation = models.TextField(_("præsentation"), blank=True)
    website = models.URLField(_("hjemmeside"), blank=True)
    target_groups = ArrayField(
        models.CharField(max_length=60), verbose_name=_("målgrupper"), default=list, blank=True
    )
    job_types = ArrayField(
        models.CharField(max_length=20), verbose_name=_("jobtyper"), default=list, blank=True
    )
    kept_by = models.ForeignKey(Municipality, verbose_name=_("skrevet ind af"), on_delete=models.PROTECT)
    source = models.CharField(_("kilde"), max_length=8, choices=Source)
    source_note = models.CharField(_("om kilden"), max_length=150, blank=True)
    created_at = models.DateTimeField(_("oprettet"))
    published_at = models.DateTimeField(_("offentlig fra"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("bekræftet"), null=True, blank=True)
    paused_until = models.DateField(_("på pause til og med"), null=True, blank=True)
    closed_at = models.DateTimeField(_("lukket"), null=True, blank=True)
    invitations_a_month = models.PositiveSmallIntegerField(_("invitationer om måneden, højst"), default=4)
    holiday_first = models.DateField(_("ferie fra"), null=True, blank=True)
    holiday_last = models.DateField(_("ferie til og med"), null=True, blank=True)

    class Meta:
        verbose_name = _("virksomhed")
        verbose_name_plural = _("virksomheder")
        constraints = [
            models.CheckConstraint(
                condition=Q(cvr_number__isnull=True) | Q(cvr_number__regex=r"^\d{8}$"),
                name="cvr_number_eight_digits",
            ),
            models.CheckConstraint(
                condition=Q(holiday_first__isnull=True, holiday_last__isnull=True)
                | Q(holiday_last__gte=models.F("holiday_first")),
                name="organisation_holiday_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = danish_sort_key(self.name)[:300]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    def is_paused(self, today: date) -> bool:
        return self.paused_until is not None and today <= self.paused_until

    def on_holiday(self, today: date) -> bool:
        return self.holiday_first is not None and self.holiday_first <= today <= (self.holiday_last or today)


class Place(models.Model):
    """A workplace (P-enhed)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(_("navn"), max_length=100, blank=True)
    p_number = models.CharField(_("P-nummer"), max_length=10, blank=True)
    street = models.CharField(_("adresse"), max_length=150, blank=True)
    postal_code = models.CharField(_("postnummer"), max_length=4, blank=True)
    town = models.CharField(_("by"), max_length=60, blank=True)
    municipality_code = models.PositiveSmallIntegerField(_("kommunekode"))
    is_main = models.BooleanField(_("hovedsted"), default=False)

    class Meta:
        verbose_name = _("sted")
        verbose_name_plural = _("steder")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_main=True), name="one_main_place"
            ),
            models.UniqueConstraint(fields=["p_number"], condition=~Q(p_number=""), name="p_number_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.town


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


class Removal(models.Model):
    """Somebody asked to be removed: an import must not bring them back. Only hashes are kept."""

    digest = models.BinaryField(_("aftryk"), max_length=32, unique=True)
    at = models.DateTimeField(_("tidspunkt"))

    class Meta:
        verbose_name = _("fjernet efter ønske")
        verbose_name_plural = _("fjernet efter ønske")

    def __str__(self) -> str:
        return str(self.at.date())
