# SPDX-License-Identifier: MPL-2.0
"""The only due date with an owner: every promise anywhere points to one."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models.municipality import Owned, Unit
from indgang.kernel.models.people import User
from indgang.kernel.models.retention import Retention


def staff_steps() -> list[int]:
    """Working days from the due day on which the municipality's own people hear of a promise."""
    return [-1, 0, 1, 5]


class Duty(Owned):
    """Something that somebody must do by a moment.

    `owner` is the person in the municipality who answers for it, also when an enterprise is the one who
    must act (`awaits_others`). `path` leads to where it is done. `ladder` holds the working days from the due
    day on which somebody is reminded (see `kernel.duties.Ladder`).
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("Gjort")
        DROPPED = "dropped", _("Bortfaldet")

    unit = models.ForeignKey(Unit, verbose_name=_("enhed"), null=True, blank=True, on_delete=models.PROTECT)
    owner = models.ForeignKey(
        User,
        verbose_name=_("ansvarlig"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duties",
    )
    kind = models.CharField(_("slags"), max_length=40)
    title = models.CharField(_("hvad"), max_length=200)
    path = models.CharField(_("hvor"), max_length=200)
    awaits_others = models.BooleanField(_("afventer andre"), default=False)
    created_at = models.DateTimeField(_("oprettet"))
    due_at = models.DateTimeField(_("frist"))
    ladder = ArrayField(models.SmallIntegerField(), verbose_name=_("stige"), default=staff_steps, blank=True)
    ladder_step = models.PositiveSmallIntegerField(_("trin"), default=0)
    next_step_at = models.DateTimeField(_("næste trin"), null=True, blank=True)
    done_at = models.DateTimeField(_("afsluttet"), null=True, blank=True)
    outcome = models.CharField(_("udfald"), max_length=8, choices=Outcome, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("title",), after="done_at", days=2 * 365, then="clear"),
    ]

    class Meta:
        verbose_name = _("opgave med frist")
        verbose_name_plural = _("opgaver med frist")
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, outcome="") | (Q(done_at__isnull=False) & ~Q(outcome="")),
                name="duty_ends_with_an_outcome",
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "owner", "due_at"], name="duty_open", condition=Q(done_at=None)
            ),
            models.Index(fields=["next_step_at"], name="duty_next_step", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.done_at is None
