# SPDX-License-Identifier: MPL-2.0
"""What somebody needs, who in the municipality looks after it, and the rules that say who."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.cases.models.case import Case
from indgang.kernel.models import Duty, Owned, Unit, User


class Topic(models.TextChoices):
    SELL = "sell", _("Sælge")
    HIRE = "hire", _("Ansætte")
    PREMISES = "premises", _("Lokaler")
    START = "start", _("Starte")
    PARTNER = "partner", _("Samarbejde")
    LAW = "law", _("Regler og jura")


class Need(Owned):
    """One thing that somebody needs, confirmed by a human, with a unit, a person and a duty.

    `suggested` says that the software read it out of the text. It ends with an answer or is dropped.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="needs")
    topic = models.CharField(_("emne"), max_length=8, choices=Topic)
    unit = models.ForeignKey(Unit, verbose_name=_("enhed"), on_delete=models.PROTECT, related_name="+")
    person_id: int
    person = models.ForeignKey(User, verbose_name=_("hvem"), on_delete=models.PROTECT, related_name="needs")
    duty = models.ForeignKey(
        Duty, verbose_name=_("opgave med frist"), on_delete=models.PROTECT, related_name="+"
    )
    suggested = models.BooleanField(_("foreslået"), default=False)
    confirmed_at = models.DateTimeField(_("bekræftet"))
    done_at = models.DateTimeField(_("afsluttet"), null=True, blank=True)
    dropped = models.BooleanField(_("bortfaldet"), default=False)

    class Meta:
        verbose_name = _("behov")
        verbose_name_plural = _("behov")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "topic"], condition=Q(done_at=None), name="one_open_need_of_a_topic"
            ),
            models.CheckConstraint(
                condition=Q(dropped=False) | Q(done_at__isnull=False), name="dropped_need_has_ended"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "person"], name="need_of_person")]

    def __str__(self) -> str:
        return self.get_topic_display()


class RoutingRule(Owned):
    """Who gets what. The rule that says most wins: a place before everywhere, a higher amount before a lower.

    An empty `topic` chooses the contact person; without any rule it is the municipality's named contact.
    `working_days` is the deadline that the rule's person gets.
    """

    topic = models.CharField(_("emne"), max_length=8, choices=Topic, blank=True)
    town = models.CharField(_("by"), max_length=60, blank=True)
    from_dkk = models.PositiveIntegerField(_("fra beløb, kroner"), null=True, blank=True)
    unit = models.ForeignKey(Unit, verbose_name=_("enhed"), on_delete=models.PROTECT, related_name="+")
    person_id: int
    person = models.ForeignKey(User, verbose_name=_("hvem"), on_delete=models.PROTECT, related_name="+")
    working_days = models.PositiveSmallIntegerField(_("frist, arbejdsdage"), default=10)

    class Meta:
        verbose_name = _("fordelingsregel")
        verbose_name_plural = _("fordelingsregler")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "topic", "town", "from_dkk"],
                nulls_distinct=False,
                name="one_rule_for_each_situation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display() or '–'}: {self.person}"
