# SPDX-License-Identifier: MPL-2.0
"""How long personal fields are kept, declared beside the fields, and the log of what was removed."""

from dataclasses import dataclass
from typing import Literal

from django.db import models
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Retention:
    """`days` after the moment in field `after`, `fields` are cleared, or the row is removed.

    "clear" empties the fields, "pseudonym" replaces them by a value without meaning that stays unique,
    "remove" deletes the row. `after` may follow a relation (`case__closed_at`), `only` narrows the rule to some
    rows, as filters. A model lists its rules in `retention`; `kernel.retention.forget` applies them.
    """

    fields: tuple[str, ...]
    after: str
    days: int
    then: Literal["clear", "pseudonym", "remove"]
    only: tuple[tuple[str, str], ...] = ()


class DeletionLine(models.Model):
    """What was removed by a rule, so that it can be removed again after a backup is restored."""

    at = models.DateTimeField(_("tidspunkt"))
    model = models.CharField(_("register"), max_length=100)
    row_id = models.CharField(_("post"), max_length=40)
    fields = models.JSONField(_("felter"), default=list)
    rule = models.CharField(_("regel"), max_length=200)

    class Meta:
        verbose_name = _("sletning")
        verbose_name_plural = _("sletninger")
        indexes = [models.Index(fields=["model", "row_id"])]

    def __str__(self) -> str:
        return f"{self.model} {self.row_id}"
