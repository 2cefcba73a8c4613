# SPDX-License-Identifier: MPL-2.0
"""A case: what an enterprise, a founder or a colleague has asked the municipality for, and who answers for it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import Organisation
from indgang.kernel.models import Owned, Unit, User
from indgang.kernel.models.retention import Retention

KEPT_DAYS = 2 * 365
"""How long people's names and words stay after a case has closed; the records system is the archive."""


class Case(Owned):
    """One thread of work with one kind. States are computed from the dates: see `cases.states`.

    `organisation` is set only when staff have confirmed whom the case is about; what somebody typed of
    themselves stands in `claimed_…` and proves nothing. An organisation has one open contact in a
    municipality: a thread that turns out to be the same is merged into it and stays as a pointer.
    """

    class Kind(models.TextChoices):
        CONTACT = "contact", _("Henvendelse")
        ADVICE = "advice", _("Rådgivning")
        OUTREACH = "outreach", _("Virksomhedsbesøg")

    class Channel(models.TextChoices):
        FORM = "form", _("Formular")
        PHONE = "phone", _("Telefon")
        MAIL = "mail", _("Mail")
        VISIT = "visit", _("Besøg")
        HOUSE = "house", _("Kollega")

    class Ending(models.TextChoices):
        HELPED = "helped", _("Hjulpet")
        PARTLY = "partly", _("Delvis hjulpet")
        NO_HELP = "no_help", _("Der er ingen hjælp at få")
        NOT_REACHED = "not_reached", _("Kunne ikke træffes")
        WITHDRAWN = "withdrawn", _("Trukket tilbage")
        OUTSIDE = "outside", _("Uden for kommunens opgaver")

    kind = models.CharField(_("slags"), max_length=8, choices=Kind, default=Kind.CONTACT)
    channel = models.CharField(_("kom ind som"), max_length=5, choices=Channel, default=Channel.FORM)
    title = models.CharField(_("overskrift"), max_length=150)
    organisation_id: int | None
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    claimed_name = models.CharField(_("virksomhed, som skrevet"), max_length=150, blank=True)
    claimed_cvr = models.CharField(_("CVR-nummer, som skrevet"), max_length=8, blank=True)
    town = models.CharField(_("by"), max_length=60, blank=True)
    unit = models.ForeignKey(Unit, verbose_name=_("enhed"), on_delete=models.PROTECT, related_name="+")
    handler_id: int
    handler = models.ForeignKey(
        User, verbose_name=_("kontaktperson"), on_delete=models.PROTECT, related_name="cases"
    )
    created_at = models.DateTimeField(_("modtaget"))
    enquired_at = models.DateTimeField(_("sidst henvendt"))
    sorted_at = models.DateTimeField(_("behov fordelt"), null=True, blank=True)
    answer_due_at = models.DateTimeField(_("svar lovet senest"), null=True, blank=True)
    first_answered_at = models.DateTimeField(_("første svar"), null=True, blank=True)
    touched_at = models.DateTimeField(_("sidst rørt"))
    closed_at = models.DateTimeField(_("afsluttet"), null=True, blank=True)
    ending = models.CharField(_("udfald"), max_length=11, choices=Ending, blank=True)
    ending_reason = models.TextField(_("begrundelse"), blank=True)
    ending_paragraph = models.CharField(_("paragraf"), max_length=150, blank=True)
    merged_into_id: int | None
    merged_into = models.ForeignKey(
        "self", verbose_name=_("lagt sammen med"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="threads",
    )  # fmt: skip

    retention: ClassVar[list[Retention]] = [
        Retention(
            fields=("title", "claimed_name", "claimed_cvr", "ending_reason"),
            after="closed_at",
            days=KEPT_DAYS,
            then="clear",
        )
    ]

    class Meta:
        verbose_name = _("sag")
        verbose_name_plural = _("sager")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "organisation"],
                condition=Q(kind="contact", closed_at=None, organisation__isnull=False),
                name="one_open_contact_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["municipality", "organisation"],
                condition=Q(kind="outreach", closed_at=None, organisation__isnull=False),
                name="one_open_visit_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["municipality", "claimed_cvr"],
                condition=Q(kind="outreach", closed_at=None) & ~Q(claimed_cvr=""),
                name="one_open_visit_per_cvr_number",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, ending="", merged_into=None)
                | Q(closed_at__isnull=False, merged_into=None) & ~Q(ending="")
                | Q(closed_at__isnull=False, merged_into__isnull=False, ending=""),
                name="case_ends_with_an_ending_or_in_another_case",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="case_not_merged_into_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-touched_at"], name="case_touched"),
            models.Index(fields=["municipality", "handler"], name="case_open", condition=Q(closed_at=None)),
            models.Index(fields=["municipality", "claimed_cvr"], name="case_claimed"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"/sager/{self.pk}/"

    @property
    def about(self) -> str:
        """How the case is named in mails and in the log."""
        return f"case:{self.pk}"

    @property
    def who(self) -> str:
        """Whom the case is about: the confirmed organisation, else what was typed."""
        return self.organisation.name if self.organisation else self.claimed_name

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Participant(Owned):
    """Somebody outside the municipality who takes part: the sender, a colleague of theirs, an adviser.

    `confirmed_at` says that staff have found out that the person speaks for the case's organisation.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(_("navn"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefon"), max_length=20, blank=True)
    role = models.CharField(_("rolle"), max_length=60, blank=True)
    added_at = models.DateTimeField(_("med fra"))
    left_at = models.DateTimeField(_("med til"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("bekræftet"), null=True, blank=True)
    confirmed_by = models.CharField(_("bekræftet af"), max_length=100, blank=True)
    confirmed_how = models.CharField(_("hvordan"), max_length=200, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(
            fields=("name", "email", "phone", "role", "confirmed_how"),
            after="case__closed_at",
            days=KEPT_DAYS,
            then="clear",
        )
    ]

    class Meta:
        verbose_name = _("deltager i en sag")
        verbose_name_plural = _("deltagere i sager")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "email"], condition=~Q(email=""), name="participant_once_per_address"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by="")),
                name="confirmation_names_who_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "email"], name="participant_address")]

    def __str__(self) -> str:
        return self.name


class HandOver(Owned):
    """Another contact person took a case over. `is_makeshift` ones wait until somebody has chosen for good."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="hand_overs")
    gave = models.ForeignKey(User, verbose_name=_("fra"), on_delete=models.PROTECT, related_name="+")
    took = models.ForeignKey(User, verbose_name=_("til"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("hvornår"))
    why = models.CharField(_("hvorfor"), max_length=200)
    is_makeshift = models.BooleanField(_("midlertidig"), default=False)
    settled_at = models.DateTimeField(_("afgjort"), null=True, blank=True)

    class Meta:
        verbose_name = _("overdragelse")
        verbose_name_plural = _("overdragelser")
        constraints = [
            models.CheckConstraint(condition=~Q(gave=F("took")), name="nobody_hands_over_to_oneself")
        ]

    def __str__(self) -> str:
        return f"{self.gave} → {self.took}"
