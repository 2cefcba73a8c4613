# SPDX-License-Identifier: MPL-2.0
"""A visit to an ordinary company: why it was chosen, that it said yes, and which tasks were found there."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.cases.models.case import KEPT_DAYS, Case
from indgang.directory.models import Organisation
from indgang.kernel.models import Duty, Owned, User
from indgang.kernel.models.retention import Retention
from indgang.procurement.models import TaskNotice


class VisitCriteria(Owned):
    """How companies are chosen for visits, as published from a moment on. Older versions stay readable."""

    lines = ArrayField(models.CharField(max_length=200), verbose_name=_("kriterier"))
    from_at = models.DateTimeField(_("gælder fra"))
    decided_by = models.ForeignKey(User, verbose_name=_("besluttet af"), on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("kriterier for besøg")
        verbose_name_plural = _("kriterier for besøg")

    def __str__(self) -> str:
        return "; ".join(self.lines)


class Objection(Owned):
    """A company that wants no visits. It is respected until the company itself has changed its mind."""

    name = models.CharField(_("virksomhed"), max_length=150)
    cvr_number = models.CharField(_("CVR-nummer"), max_length=8)
    how = models.CharField(_("hvordan vi ved det"), max_length=200)
    said_at = models.DateTimeField(_("sagt nej"))
    lifted_at = models.DateTimeField(_("ophævet"), null=True, blank=True)
    lifted_why = models.CharField(_("hvorfor ophævet"), max_length=200, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("name", "cvr_number", "how", "lifted_why"), after="lifted_at", days=365, then="remove")
    ]  # fmt: skip

    class Meta:
        verbose_name = _("nej til besøg")
        verbose_name_plural = _("nej til besøg")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cvr_number"], condition=Q(lifted_at=None), name="one_standing_objection"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Visit(Owned):
    """What a case of the kind outreach has beside the spine; its contact person is the visitor.

    The company's CVR number stands in `case.claimed_cvr`, and the database lets one company have one open visit.
    The staffing figures belong to the workplace and are asked once.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="visit")
    industry = models.CharField(_("branche"), max_length=12, blank=True)
    is_sole_trader = models.BooleanField(_("enkeltmandsvirksomhed"), default=False)
    asked_themselves = models.BooleanField(_("har selv bedt om besøg"), default=False)
    criterion = models.CharField(_("valgt fordi"), max_length=200, blank=True)
    criteria = models.ForeignKey(
        VisitCriteria, verbose_name=_("kriterier"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # fmt: skip
    agreed_at = models.DateTimeField(_("sagt ja"), null=True, blank=True)
    agreed_with = models.CharField(_("aftalt med"), max_length=100, blank=True)
    planned_at = models.DateTimeField(_("tid"), null=True, blank=True)
    visited_at = models.DateTimeField(_("besøgt"), null=True, blank=True)
    ordinary = models.PositiveIntegerField(_("ordinært ansatte"), null=True, blank=True)
    in_places = models.PositiveIntegerField(_("i praktik og løntilskud"), null=True, blank=True)
    fleksjobs = models.PositiveIntegerField(_("i fleksjob"), null=True, blank=True)
    monthly = ArrayField(
        models.PositiveIntegerField(), verbose_name=_("ansatte de seneste 12 måneder"), default=list, blank=True
    )  # fmt: skip

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("agreed_with",), after="case__closed_at", days=KEPT_DAYS, then="clear")
    ]

    class Meta:
        verbose_name = _("virksomhedsbesøg")
        verbose_name_plural = _("virksomhedsbesøg")
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_themselves=True) | ~Q(criterion=""), name="visit_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(visited_at=None) | Q(agreed_at__isnull=False), name="no_visit_without_a_yes"
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def path(self) -> str:
        return f"/opsoegende/besoeg/{self.pk}/"


class VisitSync(Owned):
    """A draft that a device has handed in, known by the id that the device gave it: once is enough."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("aflevering fra et besøg")
        verbose_name_plural = _("afleveringer fra besøg")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "client_id"], name="draft_handed_in_once")
        ]

    def __str__(self) -> str:
        return str(self.client_id)


class TaskCandidate(Owned):
    """A task seen in a company that could be somebody's job, or another enterprise's."""

    class Way(models.TextChoices):
        UNDECIDED = "", _("Ikke valgt endnu")
        IN_HOUSE = "in_house", _("Fleksjob i virksomheden")
        OUTSOURCE = "outsource", _("En anden virksomhed løser den")
        NEITHER = "neither", _("Ingen af delene")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="candidates")
    client_id = models.UUIDField()
    library_key = models.CharField(max_length=20, blank=True)
    title = models.CharField(_("opgave"), max_length=120)
    hours = models.DecimalField(_("timer om ugen"), max_digits=4, decimal_places=1, null=True, blank=True)
    skills = models.CharField(_("skal kunne"), max_length=200, blank=True)
    volume = models.CharField(_("omfang"), max_length=200, blank=True)
    considerations = models.CharField(_("hensyn"), max_length=200, blank=True)
    quality = models.CharField(_("kvalitet"), max_length=200, blank=True)
    safety = models.CharField(_("sikkerhed"), max_length=200, blank=True)
    cpv_code = models.CharField(max_length=8, blank=True)
    way = models.CharField(_("vej"), max_length=9, choices=Way, default=Way.UNDECIDED, blank=True)
    why = models.CharField(_("hvorfor"), max_length=200, blank=True)
    chosen_at = models.DateTimeField(_("valgt"), null=True, blank=True)
    started_date = models.DateField(_("begyndt"), null=True, blank=True)

    class Meta:
        verbose_name = _("opgave set på besøg")
        verbose_name_plural = _("opgaver set på besøg")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "client_id"], name="task_seen_once"),
            models.CheckConstraint(
                condition=Q(started_date=None) | Q(way__in=("in_house", "outsource")), name="only_a_chosen_way_begins"
            ),
            models.CheckConstraint(
                condition=~Q(way="neither") | ~Q(why=""), name="neither_way_says_why"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"/opsoegende/opgave/{self.pk}/"

    @property
    def need(self) -> str:
        """The task in words that the directory can look for."""
        return ". ".join(part for part in (self.title, self.volume, self.quality) if part)


class JobProfile(Owned):
    """The fleksjob as the company could offer it. Who gets it stands in the municipality's own systems, never here."""

    task = models.OneToOneField(
        TaskCandidate, on_delete=models.CASCADE, primary_key=True, related_name="profile"
    )
    hours = models.DecimalField(
        _("timer om ugen"), max_digits=4, decimal_places=1, validators=[MinValueValidator(0), MaxValueValidator(37)]
    )  # fmt: skip
    intensity_percent = models.PositiveSmallIntegerField(_("arbejdsintensitet, procent"))
    hourly_oere = models.PositiveIntegerField(_("timeløn, øre"))
    agreement = models.CharField(_("overenskomst"), max_length=120)
    terms_confirmed_with = models.CharField(_("løn og vilkår bekræftet af"), max_length=100, blank=True)
    terms_confirmed_at = models.DateTimeField(_("bekræftet"), null=True, blank=True)
    support = models.CharField(_("oplæring og støtte"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("jobprofil")
        verbose_name_plural = _("jobprofiler")
        constraints = [
            models.CheckConstraint(
                condition=Q(terms_confirmed_at=None, terms_confirmed_with="")
                | (Q(terms_confirmed_at__isnull=False) & ~Q(terms_confirmed_with="")),
                name="terms_are_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(intensity_percent__gte=1, intensity_percent__lte=100), name="intensity_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return str(self.task)


class Outsourcing(Owned):
    """The task as another enterprise could solve it: whom, for how much, and how long it is a trial."""

    task = models.OneToOneField(
        TaskCandidate, on_delete=models.CASCADE, primary_key=True, related_name="outsourcing"
    )
    supplier = models.ForeignKey(
        Organisation,
        verbose_name=_("hvem"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    price_oere = models.PositiveBigIntegerField(_("pris, øre"), null=True, blank=True)
    price_per = models.CharField(_("pr."), max_length=40, blank=True)
    trial_weeks = models.PositiveSmallIntegerField(_("prøveperiode, uger"), default=8)
    notice = models.ForeignKey(
        TaskNotice,
        verbose_name=_("opgave"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("opgave ud af huset")
        verbose_name_plural = _("opgaver ud af huset")

    def __str__(self) -> str:
        return str(self.task)


class FollowUp(Owned):
    """How it goes after three and twelve months: a promise, and what was found."""

    task = models.ForeignKey(TaskCandidate, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(_("efter måneder"))
    duty = models.ForeignKey(Duty, verbose_name=_("frist"), on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("spurgt"), null=True, blank=True)
    still_running = models.BooleanField(_("er der stadig"), null=True, blank=True)
    hours = models.DecimalField(_("timer om ugen nu"), max_digits=4, decimal_places=1, null=True, blank=True)
    note = models.CharField(_("hvad vi hørte"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("opfølgning")
        verbose_name_plural = _("opfølgninger")
        constraints = [
            models.UniqueConstraint(fields=["task", "months"], name="followed_up_once_each_time"),
            models.CheckConstraint(
                condition=Q(asked_at=None, still_running=None)
                | Q(asked_at__isnull=False, still_running__isnull=False),
                name="follow_up_says_what_was_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}, {self.months}"
