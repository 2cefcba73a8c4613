# SPDX-License-Identifier: MPL-2.0
"""Advice to a founder, and the mentor who may follow: what is agreed and when they meet, never what is said."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.cases.models.case import KEPT_DAYS, Case
from indgang.directory.models import Interest, Organisation
from indgang.kernel.models import Owned, User
from indgang.kernel.models.retention import Retention


class Skill(models.TextChoices):
    PRICE = "price", _("Pris og økonomi")
    CUSTOMER = "customer", _("Første kunde og salg")
    PRODUCT = "product", _("Produkt og drift")
    PEOPLE = "people", _("Ansatte og ledelse")
    LAW = "law", _("Virksomhedsform og jura")
    FUNDING = "funding", _("Penge til at begynde")
    PUBLIC = "public", _("Salg til det offentlige")


class Idea(Owned):
    """What a case of the kind advice has beside the spine: the idea, how far it is, and the five criteria."""

    class Stage(models.TextChoices):
        IDEA = "idea", _("Idé")
        PLAN = "plan", _("Plan")
        FIRST_SALE = "first_sale", _("Første salg")
        RUNNING = "running", _("I drift")

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="idea")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("iværksætter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    stage = models.CharField(_("hvor langt"), max_length=10, choices=Stage, default=Stage.IDEA)
    legal_form = models.CharField(_("virksomhedsform"), max_length=12, default="none")
    needs = ArrayField(
        models.CharField(max_length=10, choices=Skill),
        verbose_name=_("har brug for hjælp til"),
        default=list,
        blank=True,
    )
    answers = models.JSONField(_("svar på de fem kriterier"), default=dict, blank=True)
    screened_at = models.DateTimeField(_("gennemgået"), null=True, blank=True)
    pointed_at = models.DateTimeField(_("vist videre"), null=True, blank=True)
    local_reason = models.CharField(_("hvorfor hjælpen gives her"), max_length=300, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("local_reason",), after="case__closed_at", days=KEPT_DAYS, then="clear")
    ]

    class Meta:
        verbose_name = _("idé")
        verbose_name_plural = _("idéer")
        constraints = [
            models.CheckConstraint(
                condition=Q(local_reason="") | Q(pointed_at__isnull=False),
                name="local_help_comes_after_pointing_on",
            )
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def path(self) -> str:
        return f"/raadgivning/{self.pk}/"


class Mentor(Owned):
    """Somebody who gives time to founders, unpaid. `capacity` is how many at once, and a hard limit."""

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="mentor_posts"
    )
    skills = ArrayField(models.CharField(max_length=10, choices=Skill), verbose_name=_("kan hjælpe med"))
    trades = models.CharField(_("kender brancherne"), max_length=200, blank=True)
    town = models.CharField(_("by"), max_length=60, blank=True)
    capacity = models.PositiveSmallIntegerField(_("forløb ad gangen, højst"), default=1)
    discreet_at = models.DateTimeField(_("tavshed lovet"))
    added_at = models.DateTimeField(_("med fra"))
    left_at = models.DateTimeField(_("stoppet"), null=True, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("trades", "town"), after="left_at", days=365, then="clear")
    ]

    class Meta:
        verbose_name = _("mentor")
        verbose_name_plural = _("mentorer")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "user"],
                condition=Q(left_at=None),
                name="mentor_once_in_a_municipality",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


class MentorMatch(Owned):
    """A mentor proposed for an idea. It runs when both have said yes; states are computed from the dates.

    `interest` bars the mentor from jury seats and purchases that touch the founder until it ends.
    """

    class Ending(models.TextChoices):
        GOAL = "goal", _("Målet er nået")
        PARTLY = "partly", _("Kom et stykke")
        STOPPED = "stopped", _("Stoppet undervejs")
        DECLINED = "declined", _("Sagde nej")

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="matches")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="matches")
    reasons = models.JSONField(_("begrundelse"), default=list)
    proposed_at = models.DateTimeField(_("foreslået"))
    proposed_by = models.ForeignKey(
        User, verbose_name=_("foreslået af"), on_delete=models.PROTECT, related_name="+"
    )
    mentor_yes_at = models.DateTimeField(_("mentor sagde ja"), null=True, blank=True)
    founder_yes_at = models.DateTimeField(_("iværksætter sagde ja"), null=True, blank=True)
    nudged_at = models.DateTimeField(_("sidst mindet om"), null=True, blank=True)
    ended_at = models.DateTimeField(_("afsluttet"), null=True, blank=True)
    ending = models.CharField(_("udfald"), max_length=8, choices=Ending, blank=True)
    interest = models.ForeignKey(
        Interest,
        verbose_name=_("interesse"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("mentorforløb")
        verbose_name_plural = _("mentorforløb")
        constraints = [
            models.UniqueConstraint(fields=["idea"], condition=Q(ended_at=None), name="one_mentor_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="match_ends_with_an_ending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor}: {self.idea}"

    @property
    def is_running(self) -> bool:
        """Both have said yes and nobody has ended it."""
        return self.ended_at is None and self.mentor_yes_at is not None and self.founder_yes_at is not None

    @property
    def agreed_at(self) -> datetime | None:
        """When the second of the two said yes; None while one is missing."""
        if self.mentor_yes_at is None or self.founder_yes_at is None:
            return None
        return max(self.mentor_yes_at, self.founder_yes_at)


class MentorMeeting(Owned):
    """The two have met on a day. There is no field for what they spoke of."""

    match = models.ForeignKey(MentorMatch, on_delete=models.CASCADE, related_name="meetings")
    met_date = models.DateField(_("mødtes"))
    noted_at = models.DateTimeField(_("skrevet"))

    class Meta:
        verbose_name = _("mentormøde")
        verbose_name_plural = _("mentormøder")
        constraints = [models.UniqueConstraint(fields=["match", "met_date"], name="one_meeting_a_day")]

    def __str__(self) -> str:
        return str(self.met_date)


class MentorEvaluation(Owned):
    """What one side thought of it, 1 to 5, and in words that the other side does not see."""

    class Side(models.TextChoices):
        MENTOR = "mentor", _("Mentor")
        FOUNDER = "founder", _("Iværksætter")

    match = models.ForeignKey(MentorMatch, on_delete=models.CASCADE, related_name="evaluations")
    side = models.CharField(_("hvem"), max_length=7, choices=Side)
    score = models.PositiveSmallIntegerField(_("hvor godt gik det"))
    text = models.TextField(_("med egne ord"), blank=True)
    at = models.DateTimeField(_("skrevet"))

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("text",), after="match__ended_at", days=KEPT_DAYS, then="clear")
    ]

    class Meta:
        verbose_name = _("evaluering")
        verbose_name_plural = _("evalueringer")
        constraints = [
            models.UniqueConstraint(fields=["match", "side"], name="each_side_evaluates_once"),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5), name="evaluation_from_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.score}"
