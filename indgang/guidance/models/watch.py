# SPDX-License-Identifier: MPL-2.0
"""Keeping an eye on the law: who looks after a source, what a lawyer has confirmed, and what changed under our feet."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.guidance.models.assessments import StandingAssessment
from indgang.guidance.models.cases import SavedAnswer
from indgang.kernel.models import Duty, Owned, User
from indgang.kernel.models.retention import Retention


class SourceWatch(Owned):
    """One source of the pack in one municipality: whose it is, and by when it must be read again.

    Sources of one owner with the same day share one duty, so that a desk is not filled with a hundred lines.
    """

    key = models.CharField(_("kilde"), max_length=20)
    owner = models.ForeignKey(
        User, verbose_name=_("ansvarlig"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    review_by = models.DateField(_("gennemgås senest"))
    duty = models.ForeignKey(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("kilde at holde øje med")
        verbose_name_plural = _("kilder at holde øje med")
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="source_watched_once")]

    def __str__(self) -> str:
        return self.key


class SourceReview(Owned):
    """Somebody read a source on a day, and it was unchanged or changed. Appended, never edited."""

    class Outcome(models.TextChoices):
        UNCHANGED = "unchanged", _("Gennemgået, uændret")
        CHANGED = "changed", _("Gennemgået, ændret")

    watch = models.ForeignKey(SourceWatch, on_delete=models.PROTECT, related_name="reviews")
    outcome = models.CharField(_("udfald"), max_length=9, choices=Outcome)
    note = models.CharField(_("hvad er ændret"), max_length=1000, blank=True)
    user = models.ForeignKey(User, verbose_name=_("læst af"), on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(_("læst"))

    class Meta:
        verbose_name = _("gennemgang af en kilde")
        verbose_name_plural = _("gennemgange af kilder")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="changed") | ~Q(note=""), name="changed_source_says_what"
            )
        ]

    def __str__(self) -> str:
        return f"{self.watch}, {self.outcome}"


class SignOff(Owned):
    """A lawyer stands behind a pack as it is sealed. Taken back with a reason, never removed."""

    pack = models.CharField(_("regelpakke"), max_length=40)
    sha256 = models.CharField(_("fingeraftryk"), max_length=64)
    lawyer = models.CharField(_("jurist"), max_length=100)
    title = models.CharField(_("titel"), max_length=100)
    note = models.CharField(_("forbehold"), max_length=1000, blank=True)
    user = models.ForeignKey(
        User, verbose_name=_("skrevet ind af"), on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(_("godkendt"))
    withdrawn_at = models.DateTimeField(_("trukket tilbage"), null=True, blank=True)
    withdrawn_because = models.CharField(_("hvorfor"), max_length=300, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("lawyer", "title"), after="withdrawn_at", days=5 * 365, then="clear")
    ]

    class Meta:
        verbose_name = _("godkendelse af en regelpakke")
        verbose_name_plural = _("godkendelser af regelpakker")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "sha256"],
                condition=Q(withdrawn_at=None),
                name="pack_signed_off_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="sign_off_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack}: {self.lawyer}"


class PointConfirmation(Owned):
    """A lawyer's answer to a point that was open. It counts while the point reads as it did (`wording`)."""

    point = models.CharField(_("punkt"), max_length=12)
    wording = models.TextField(_("ordlyd"))
    lawyer = models.CharField(_("jurist"), max_length=100)
    title = models.CharField(_("titel"), max_length=100)
    note = models.TextField(_("svaret"))
    user = models.ForeignKey(
        User, verbose_name=_("skrevet ind af"), on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("bekræftet"))
    withdrawn_at = models.DateTimeField(_("trukket tilbage"), null=True, blank=True)
    withdrawn_because = models.CharField(_("hvorfor"), max_length=300, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("lawyer", "title"), after="withdrawn_at", days=5 * 365, then="clear")
    ]

    class Meta:
        verbose_name = _("bekræftet punkt")
        verbose_name_plural = _("bekræftede punkter")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "point"], condition=Q(withdrawn_at=None), name="point_confirmed_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="confirmation_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.lawyer}"


class LawNotice(Owned):
    """Something that was used is no longer as it was: an answer or a standing assessment turns amber.

    `about` and `path` lead to where it stands (`task:12`), `changes` are {rule, da, en}. `differs`: the same facts
    now give another answer. It stays amber until somebody says what was done about it.
    """

    answer = models.ForeignKey(
        SavedAnswer, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    assessment = models.ForeignKey(
        StandingAssessment, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    about = models.CharField(_("om"), max_length=80, blank=True)
    path = models.CharField(max_length=200, blank=True)
    title = models.CharField(_("hvad"), max_length=150)
    pack = models.CharField(_("regelpakke"), max_length=120)
    changes = models.JSONField(_("hvad er ændret"), default=list)
    differs = models.BooleanField(_("svaret bliver et andet"), default=False)
    found_at = models.DateTimeField(_("opdaget"))
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField(_("set på"), null=True, blank=True)
    handled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    handled_how = models.CharField(_("hvad blev der gjort"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("loven er ændret")
        verbose_name_plural = _("loven er ændret")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__isnull=False) | Q(assessment__isnull=False),
                name="law_notice_is_about_something",
            ),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True) | ~Q(handled_how=""), name="law_notice_handled_in_words"
            ),
            models.UniqueConstraint(
                fields=["answer"], condition=Q(handled_at=None), name="one_open_notice_per_answer"
            ),
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(handled_at=None), name="one_open_notice_per_assessment"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "about"], name="law_notice_about")]

    def __str__(self) -> str:
        return self.title
