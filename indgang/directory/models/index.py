# SPDX-License-Identifier: MPL-2.0
"""The change log that keeps every process's search index current."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexChange(models.Model):
    """An organisation whose searchable facts changed; written by triggers, so that no writer can forget it.

    `transaction_id` is PostgreSQL's: a reader that saw a snapshot asks for everything that snapshot could
    not see, so that a transaction which commits late is not missed.
    """

    organisation_id = models.BigIntegerField()
    transaction_id = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("ændring til søgningen")
        verbose_name_plural = _("ændringer til søgningen")

    def __str__(self) -> str:
        return str(self.organisation_id)
