# SPDX-License-Identifier: MPL-2.0
"""A partnership agreement's parties and versions, and what each version says: sections, promises, goals."""

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.agreements.models.agreement import Agreement
from indgang.directory.models import Organisation
from indgang.kernel.models import Owned, StoredFile, Unit, User
from indgang.kernel.models.retention import Retention


class Party(Owned):
    """One who binds themselves: the municipality, one of its units, or an enterprise with its status on that day.

    Accession needs an address that its holder has confirmed before (`email_confirmed_at`).
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("virksomhed"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("enhed"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("navn"), max_length=150)
    status_snapshot = models.JSONField(_("status, da parten kom med"), default=list)
    signer_name = models.CharField(_("hvem tiltræder"), max_length=100)
    email = models.EmailField(_("adresse til koden"))
    email_confirmed_at = models.DateTimeField(_("adressen bekræftet"), null=True, blank=True)
    added_at = models.DateTimeField(_("kom med"))
    left_at = models.DateTimeField(_("gik ud"), null=True, blank=True)
    left_because = models.CharField(_("hvorfor"), max_length=300, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("signer_name",), after="agreement__ended_at", days=5 * 365, then="clear"),
        Retention(fields=("email",), after="agreement__ended_at", days=5 * 365, then="pseudonym"),
    ]

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parter")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, unit__isnull=False)
                | Q(organisation__isnull=False, unit__isnull=True),
                name="party_is_an_enterprise_or_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | ~Q(left_because=""), name="party_leaves_with_a_reason"
            ),
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                condition=Q(left_at=None, organisation__isnull=False),
                name="an_enterprise_is_party_once",
            ),
            models.UniqueConstraint(
                fields=["agreement", "unit"],
                condition=Q(left_at=None, unit__isnull=False),
                name="a_unit_is_party_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public_side(self) -> bool:
        return self.unit_id is not None


class AgreementVersion(Owned):
    """One wording. Offered, its text and hash are frozen; accepted, it is what holds; withdrawn, it never will.

    `last_date` is set in a version that renews the agreement: accepted, the agreement runs until then.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("udgave"))
    note = models.CharField(_("hvad er nyt"), max_length=300, blank=True)
    last_date = models.DateField(_("forlænger til og med"), null=True, blank=True)
    created_at = models.DateTimeField(_("skrevet"))
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(_("sendt til tiltrædelse"), null=True, blank=True)
    text = models.TextField(_("ordlyd"), blank=True)
    text_hash = models.CharField(_("kontrolsum"), max_length=64, blank=True)
    accepted_at = models.DateTimeField(_("tiltrådt af alle"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("trukket tilbage"), null=True, blank=True)
    document = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("udgave af aftale")
        verbose_name_plural = _("udgaver af aftaler")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(offered_at__isnull=False, accepted_at=None, withdrawn_at=None),
                name="one_version_on_offer",
            ),
            models.CheckConstraint(
                condition=Q(offered_at__isnull=True, text="", text_hash="")
                | (Q(offered_at__isnull=False) & ~Q(text="") & ~Q(text_hash="")),
                name="offered_version_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.number}"

    @property
    def runs_until(self) -> date:
        """The agreement's last day when this version holds."""
        return self.last_date or self.agreement.last_date

    @property
    def is_draft(self) -> bool:
        return self.offered_at is None and self.withdrawn_at is None

    @property
    def is_on_offer(self) -> bool:
        return self.offered_at is not None and self.accepted_at is None and self.withdrawn_at is None


class Section(Owned):
    """A part of the wording that may be edited in a draft. `key` follows it from version to version."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("overskrift"), max_length=100)
    text = models.TextField(_("tekst"), blank=True)

    class Meta:
        verbose_name = _("afsnit")
        verbose_name_plural = _("afsnit")
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="section_once_per_version")]

    def __str__(self) -> str:
        return self.title


class Obligation(Owned):
    """What one party promises, how it is seen that it is kept, and by when; it may come back every few months."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="obligations")
    key = models.CharField(max_length=30)
    party = models.ForeignKey(Party, verbose_name=_("hvem lover"), on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("hvad loves"), max_length=300)
    measure = models.CharField(_("sådan ses det"), max_length=200)
    due_date = models.DateField(_("første gang senest"))
    repeats_months = models.PositiveSmallIntegerField(_("igen hver, måneder"), null=True, blank=True)
    owner = models.ForeignKey(
        User,
        verbose_name=_("hvem i kommunen"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("løfte")
        verbose_name_plural = _("løfter")
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="obligation_once_per_version")]

    def __str__(self) -> str:
        return self.text


class Goal(Owned):
    """A figure to reach. Within `tolerance_percent` of the target it is yellow, beyond that red."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="goals")
    key = models.CharField(max_length=30)
    title = models.CharField(_("hvad måles"), max_length=150)
    measured_in = models.CharField(_("måles i"), max_length=30)
    baseline = models.DecimalField(_("nu"), max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("mål"), max_digits=12, decimal_places=2)
    higher_is_better = models.BooleanField(_("højere er bedre"), default=True)
    tolerance_percent = models.PositiveSmallIntegerField(
        _("gult så langt fra målet, procent"), default=5, validators=[MaxValueValidator(100)]
    )
    source = models.CharField(_("hvor tallet kommer fra"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="goal_once_per_version")]

    def __str__(self) -> str:
        return self.title
