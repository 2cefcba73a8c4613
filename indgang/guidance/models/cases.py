# SPDX-License-Identifier: MPL-2.0
"""Somebody's question to the law: the facts so far, the answers given, and what was decided against doubt."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models import Owned, Unit, User


class LawCase(Owned):
    """A case in the guide. `facts` have the names of the core's vocabulary; `passed` are questions left for now.

    `about` names what it belongs to elsewhere in the house (`task:12`), and `back_path` leads there.
    """

    title = models.CharField(_("hvad det drejer sig om"), max_length=150)
    owner = models.ForeignKey(User, verbose_name=_("skrevet af"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("enhed"), on_delete=models.PROTECT, related_name="+")
    aim = models.CharField(_("hvad I vil"), max_length=30)
    facts = models.JSONField(_("oplysninger"), default=dict)
    passed = models.JSONField(_("sprunget over"), default=list)
    about = models.CharField(_("om"), max_length=80, blank=True)
    back_path = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(_("oprettet"))
    changed_at = models.DateTimeField(_("ændret"))
    closed_at = models.DateTimeField(_("lagt væk"), null=True, blank=True)

    class Meta:
        verbose_name = _("sag i guiden")
        verbose_name_plural = _("sager i guiden")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "about"], condition=~Q(about=""), name="one_case_about_a_thing"
            )
        ]
        indexes = [models.Index(fields=["municipality", "owner", "changed_at"], name="law_case_owner")]

    def __str__(self) -> str:
        return self.title


class SavedAnswer(Owned):
    """What the law said about these facts on a day, as far as we knew: never changed, and it names pack and policy.

    `answer` has the shape of `core.law.as_json`; `rules` are the ids it rests on, for finding it when one changes.
    """

    case = models.ForeignKey(LawCase, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    about = models.CharField(_("om"), max_length=80, blank=True)
    path = models.CharField(max_length=200, blank=True)
    title = models.CharField(_("hvad"), max_length=150)
    on = models.DateField(_("dag"))
    facts = models.JSONField(_("oplysninger"))
    answer = models.JSONField(_("svar"))
    rules = models.JSONField(_("regler"), default=list)
    pack = models.CharField(_("regelpakke"), max_length=120)
    policy = models.CharField(_("egen politik"), max_length=250, blank=True)
    saved_at = models.DateTimeField(_("gemt"))
    saved_by = models.CharField(_("gemt af"), max_length=60)

    class Meta:
        verbose_name = _("gemt svar")
        verbose_name_plural = _("gemte svar")
        indexes = [models.Index(fields=["municipality", "about", "saved_at"], name="saved_answer_about")]

    def __str__(self) -> str:
        return f"{self.title}, {self.on}"


class Override(Owned):
    """A decision against doubt or against own policy: written by one, backed or refused by another."""

    case = models.ForeignKey(LawCase, on_delete=models.PROTECT, related_name="overrides")
    rule_id = models.CharField(_("regel"), max_length=12)
    facts = models.JSONField(_("oplysninger"))
    reason = models.TextField(_("begrundelse"))
    asked_by = models.ForeignKey(
        User, verbose_name=_("skrevet af"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("skrevet"))
    second = models.ForeignKey(User, verbose_name=_("den anden"), on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("afgjort"), null=True, blank=True)
    backed = models.BooleanField(_("bakket op"), null=True)
    remark = models.CharField(_("bemærkning"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("fravigelse")
        verbose_name_plural = _("fravigelser")
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("second")), name="override_needs_two_people"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, backed__isnull=True)
                | Q(decided_at__isnull=False, backed__isnull=False),
                name="override_decided_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.case}"
