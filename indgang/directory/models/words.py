# SPDX-License-Identifier: MPL-2.0
"""A municipality's own words for what is bought: they are kept when they are taken back, so that it can be undone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models import Owned, User


class OwnWords(Owned):
    """Words that mean a trade here. `own_trade` is empty for a trade of the vocabulary; else it names a trade of one's own,
    `trade` being the known one that comes nearest, or empty.
    """

    words = models.CharField(_("ord"), max_length=300)
    trade = models.CharField(_("fag"), max_length=60, blank=True)
    own_trade = models.CharField(_("nyt fag"), max_length=60, blank=True)
    added_by = models.ForeignKey(
        User, verbose_name=_("skrevet af"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("skrevet"))
    removed_by = models.ForeignKey(
        User, verbose_name=_("taget ud af"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    removed_at = models.DateTimeField(_("taget ud"), null=True, blank=True)

    class Meta:
        verbose_name = _("egne ord")
        verbose_name_plural = _("egne ord")
        constraints = [
            models.CheckConstraint(condition=~Q(trade="", own_trade=""), name="own_words_mean_something"),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="own_words_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.words
