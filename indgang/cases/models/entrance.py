# SPDX-License-Identifier: MPL-2.0
"""The entrance itself: where its form may stand, files that wait for the rest of a form, and what people thought."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.cases.models.case import KEPT_DAYS, Case, Participant
from indgang.kernel.models import Owned, StoredFile
from indgang.kernel.models.retention import Retention


class Entrance(Owned):
    """One row for each municipality: the origins whose pages may show the form (`https://www.aabjerg.dk`)."""

    embed_origins = ArrayField(
        models.CharField(max_length=100), verbose_name=_("må vises på"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("indgang")
        verbose_name_plural = _("indgange")
        constraints = [models.UniqueConstraint(fields=["municipality"], name="one_entrance")]

    def __str__(self) -> str:
        return str(self.municipality_id)


class HeldFile(Owned):
    """A file that came with a form which was not finished; it is kept for a day so that nothing is lost."""

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("lagt"))

    retention: ClassVar[list[Retention]] = [Retention(fields=("file",), after="at", days=1, then="remove")]

    class Meta:
        verbose_name = _("fil, der venter")
        verbose_name_plural = _("filer, der venter")

    def __str__(self) -> str:
        return str(self.file)


class Rating(Owned):
    """What somebody thought of how a case went: 1 to 5, and words. Given once for each ending."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ratings")
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    stars = models.PositiveSmallIntegerField(
        _("tilfredshed"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    text = models.TextField(_("med egne ord"), blank=True)
    at = models.DateTimeField(_("hvornår"))
    about_closing_at = models.DateTimeField(_("om afslutningen"))

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("text",), after="at", days=KEPT_DAYS, then="clear")
    ]

    class Meta:
        verbose_name = _("bedømmelse")
        verbose_name_plural = _("bedømmelser")
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="case_rated_one_to_five"),
            models.UniqueConstraint(
                fields=["case", "participant", "about_closing_at"], name="rated_once_for_each_ending"
            ),
        ]

    def __str__(self) -> str:
        return str(self.stars)
