# SPDX-License-Identifier: MPL-2.0
"""Sealed bids, the key that opens them, and the two people who turn it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import Organisation
from indgang.kernel.models import Owned, StoredFile, User
from indgang.procurement.models.task import TaskNotice


class Bid(Owned):
    """An enterprise's offer, encrypted on receipt with the task's public key.

    Row-level security shows a bid to its bidder only, until two people have opened all after the
    deadline. `price_oere`, `delivery_date` and `text` are filled in at the opening.
    """

    task = models.ForeignKey(TaskNotice, on_delete=models.PROTECT, related_name="bids")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    receipt = models.CharField(_("kvittering"), max_length=64)
    received_at = models.DateTimeField(_("modtaget"))
    given_by = models.CharField(_("afgivet af"), max_length=60)
    withdrawn_at = models.DateTimeField(_("trukket tilbage"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("afløst af et nyt"), null=True, blank=True)
    price_oere = models.PositiveBigIntegerField(_("pris i alt, øre uden moms"), null=True, blank=True)
    delivery_date = models.DateField(_("leverer"), null=True, blank=True)
    text = models.TextField(_("tilbud"), blank=True)
    file = models.ForeignKey(
        StoredFile, verbose_name=_("bilag"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("tilbud")
        verbose_name_plural = _("tilbud")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "organisation"],
                condition=Q(withdrawn_at=None, replaced_at=None),
                name="one_standing_bid_per_bidder",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.receipt[:8]}"


class TaskKey(Owned):
    """The private key of a competition, locked in the municipality's box; readable only after the opening.

    The task is its primary key, so that inserting it reads nothing back.
    """

    task = models.OneToOneField(TaskNotice, on_delete=models.PROTECT, related_name="+", primary_key=True)
    locked = models.BinaryField(max_length=80)

    class Meta:
        verbose_name = _("nøgle til tilbud")
        verbose_name_plural = _("nøgler til tilbud")

    def __str__(self) -> str:
        return str(self.task_id)


class Opening(Owned):
    """One of the two people who open the bids of a task."""

    task = models.ForeignKey(TaskNotice, on_delete=models.PROTECT, related_name="openings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("tidspunkt"))

    class Meta:
        verbose_name = _("åbning")
        verbose_name_plural = _("åbninger")
        constraints = [models.UniqueConstraint(fields=["task", "user"], name="one_turn_per_person")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.user}"
