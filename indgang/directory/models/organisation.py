# SPDX-License-Identifier: MPL-2.0
"""Enterprises, where they work, and how they want to be asked. Published ones are shared by all municipalities."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from indgang.core.sort_key import danish_sort_key
from indgang.directory.vocabulary import SOLE_TRADER
from indgang.kernel.models import Municipality
from indgang.kernel.models.retention import Retention

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa"})


PERSON_FIELDS = ("name", "sort_key", "presentation", "website", "source_note")
"""Of a sole trader or a founder these tell of a person; orders and papers outlive them by five years."""


def slug_of(name: str) -> str:
    """What stands in an address after the number: 'Grøn Hånd' becomes 'groen-haand'."""
    return slugify(name.translate(_LETTERS))[:60] or "virksomhed"


class Organisation(models.Model):
    """A social enterprise, an ordinary company, or a founder who has no CVR number yet.

    `kept_by` is the municipality that wrote it down; a draft (`published_at` empty) is visible there only.
    One that was merged into another stays as a pointer, so that old addresses and papers still lead somewhere.
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
    advertising_protected = models.BooleanField(_("reklamebeskyttet"), default=False)
    presentation = models.TextField(_("præsentation"), blank=True)
    website = models.URLField(_("hjemmeside"), blank=True)
    email = models.EmailField(_("fælles e-mail"), blank=True)
    phone = models.CharField(_("fælles telefon"), max_length=20, blank=True)
    target_groups = ArrayField(
        models.CharField(max_length=20), verbose_name=_("målgrupper"), default=list, blank=True
    )
    job_types = ArrayField(
        models.CharField(max_length=20), verbose_name=_("jobtyper"), default=list, blank=True
    )
    kept_by_id: int
    kept_by = models.ForeignKey(Municipality, verbose_name=_("skrevet ind af"), on_delete=models.PROTECT)
    source = models.CharField(_("kilde"), max_length=8, choices=Source)
    source_note = models.CharField(_("om kilden"), max_length=150, blank=True)
    created_at = models.DateTimeField(_("oprettet"))
    published_at = models.DateTimeField(_("offentlig fra"), null=True, blank=True)
    closed_at = models.DateTimeField(_("lukket"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name=_("lagt sammen med"), null=True, blank=True, on_delete=models.SET_NULL
    )

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("email", "phone"), after="closed_at", days=2 * 365, then="clear"),
        Retention(
            fields=PERSON_FIELDS,
            after="closed_at",
            days=5 * 365,
            then="clear",
            only=(("legal_form", SOLE_TRADER),),
        ),
        Retention(
            fields=PERSON_FIELDS, after="closed_at", days=5 * 365, then="clear", only=(("kind", "founder"),)
        ),
    ]

    class Meta:
        verbose_name = _("virksomhed")
        verbose_name_plural = _("virksomheder")
        constraints = [
            models.CheckConstraint(
                condition=Q(cvr_number__isnull=True) | Q(cvr_number__regex=r"^\d{8}$"),
                name="cvr_number_eight_digits",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(closed_at__isnull=False, cvr_number__isnull=True),
                name="merged_organisation_is_closed_and_gave_up_its_number",
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

    @property
    def is_person(self) -> bool:
        """What is known about it is personal data: a sole trader, or a founder without a number."""
        return self.legal_form == SOLE_TRADER or self.kind == self.Kind.FOUNDER

    def is_paused(self, today: date) -> bool:
        """Reads `availability`: select it along when asking many."""
        return self.availability.is_paused(today)

    def on_holiday(self, today: date) -> bool:
        return self.availability.on_holiday(today)

    @property
    def path(self) -> str:
        """Where its page lies."""
        return f"/virksomheder/{self.pk}-{slug_of(self.name)}/"


class Availability(models.Model):
    """How an enterprise wants to be asked, and when it last said that its profile holds.

    States are computed from the dates: see `directory.freshness`.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="availability"
    )
    confirmed_at = models.DateTimeField(_("sidst bekræftet"), null=True, blank=True)
    asked_at = models.DateTimeField(_("sidst spurgt"), null=True, blank=True)
    warned_at = models.DateTimeField(_("sidst varslet"), null=True, blank=True)
    paused_until = models.DateField(_("på pause til og med"), null=True, blank=True)
    holiday_first = models.DateField(_("ferie fra"), null=True, blank=True)
    holiday_last = models.DateField(_("ferie til og med"), null=True, blank=True)
    invitations_a_month = models.PositiveSmallIntegerField(_("invitationer om måneden, højst"), default=4)

    class Meta:
        verbose_name = _("hvornår vi må spørge")
        verbose_name_plural = _("hvornår vi må spørge")
        constraints = [
            models.CheckConstraint(
                condition=Q(holiday_first__isnull=True, holiday_last__isnull=True)
                | Q(holiday_last__gte=F("holiday_first")),
                name="organisation_holiday_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation_id)

    def is_paused(self, today: date) -> bool:
        return self.paused_until is not None and today <= self.paused_until

    def on_holiday(self, today: date) -> bool:
        return (
            self.holiday_first is not None
            and self.holiday_last is not None
            and self.holiday_first <= today <= self.holiday_last
        )


class Place(models.Model):
    """A workplace (P-enhed)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(_("navn"), max_length=100, blank=True)
    p_number = models.CharField(_("P-nummer"), max_length=10, blank=True)
    street = models.CharField(_("adresse"), max_length=150, blank=True)
    postal_code = models.CharField(_("postnummer"), max_length=4, blank=True)
    town = models.CharField(_("by"), max_length=60, blank=True)
    municipality_code = models.PositiveSmallIntegerField(_("kommune"), db_index=True)
    is_main = models.BooleanField(_("hovedsted"), default=False)

    retention: ClassVar[list[Retention]] = [
        Retention(
            fields=("name", "street"),
            after="organisation__closed_at",
            days=5 * 365,
            then="clear",
            only=(("organisation__legal_form", SOLE_TRADER),),
        ),
        Retention(
            fields=("name", "street"),
            after="organisation__closed_at",
            days=5 * 365,
            then="clear",
            only=(("organisation__kind", "founder"),),
        ),
    ]

    class Meta:
        verbose_name = _("sted")
        verbose_name_plural = _("steder")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_main=True), name="one_main_place"
            ),
            models.UniqueConstraint(fields=["p_number"], condition=~Q(p_number=""), name="p_number_once"),
            models.CheckConstraint(
                condition=Q(p_number="") | Q(p_number__regex=r"^\d{10}$"), name="p_number_ten_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.town


class Removal(models.Model):
    """Somebody asked to be removed: an import must not bring them back.

    Only keyed hashes are kept: of the CVR number, and of the name with the town. `lifted_at` is set when the
    enterprise itself has asked to come back.
    """

    digest = models.BinaryField(_("aftryk"), max_length=32, unique=True)
    at = models.DateTimeField(_("tidspunkt"))
    lifted_at = models.DateTimeField(_("ophævet"), null=True, blank=True)

    class Meta:
        verbose_name = _("fjernet efter ønske")
        verbose_name_plural = _("fjernet efter ønske")

    def __str__(self) -> str:
        return str(self.at.date())
