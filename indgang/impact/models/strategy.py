# SPDX-License-Identifier: MPL-2.0
"""What the council wants, what it is told, and one person's own words."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.core.quarter import Quarter
from indgang.directory.models import Organisation
from indgang.kernel.models import Duty, Owned, StoredFile, User
from indgang.kernel.models.retention import Retention


class Target(Owned):
    """A number the strategy wants reached by a day, counted from another day."""

    class Indicator(models.TextChoices):
        NEW_POSTS = "new_posts", _("Nye pladser")
        POSTS = "posts", _("Pladser i alt")
        NEW_ENTERPRISES = "new_enterprises", _("Nye socialøkonomiske virksomheder")
        BOUGHT_DKK = "bought_dkk", _("Kroner købt for")

    indicator = models.CharField(_("hvad"), max_length=15, choices=Indicator)
    goal = models.PositiveIntegerField(_("mål"))
    since = models.DateField(_("talt fra"))
    deadline = models.DateField(_("senest"))
    source = models.CharField(_("hvor det står"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "indicator"], name="one_target_per_indicator"),
            models.CheckConstraint(condition=Q(deadline__gt=F("since")), name="target_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(goal__gt=0), name="target_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()}: {self.goal}"


class CommitteeReport(Owned):
    """A quarter's report that a committee expects by a day; handed in, it keeps the paper as it was."""

    year = models.PositiveSmallIntegerField(_("år"))
    quarter = models.PositiveSmallIntegerField(_("kvartal"))
    committee = models.CharField(_("udvalg"), max_length=100)
    due_on = models.DateField(_("frist"))
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    handed_in_at = models.DateTimeField(_("afleveret"), null=True, blank=True)
    handed_in_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("rapport til udvalget")
        verbose_name_plural = _("rapporter til udvalget")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year", "quarter"], name="one_report_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="committee_quarter_one_to_four"),
        ]

    def __str__(self) -> str:
        return f"{self.committee}, {self.when}"

    @property
    def when(self) -> Quarter:
        return Quarter(self.year, self.quarter)


class Story(Owned):
    """One person's story, shown while that person's recorded consent holds. Withdrawn, the words are gone at once."""

    class How(models.TextChoices):
        PAPER = "paper", _("Underskrevet på papir")
        MAIL = "mail", _("I en mail")
        TALK = "talk", _("Mundtligt, noteret samme dag")

    title = models.CharField(_("overskrift"), max_length=120)
    text = models.TextField(_("historien"))
    told_by = models.CharField(_("hvem fortæller"), max_length=100)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("virksomhed"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    consent_on = models.DateField(_("samtykke givet"))
    consent_how = models.CharField(_("hvordan"), max_length=5, choices=How)
    consent_until = models.DateField(_("samtykket gælder til og med"))
    document = models.ForeignKey(
        StoredFile, verbose_name=_("samtykket"), null=True, blank=True, on_delete=models.SET_NULL
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("skrevet ind"))
    withdrawn_at = models.DateTimeField(_("trukket tilbage"), null=True, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("title", "text", "told_by"), after="consent_until", days=30, then="clear")
    ]

    class Meta:
        verbose_name = _("historie")
        verbose_name_plural = _("historier")
        constraints = [
            models.CheckConstraint(
                condition=Q(consent_until__gte=F("consent_on")), name="consent_ends_after_it_is_given"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(text="", told_by=""),
                name="withdrawn_story_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.title
