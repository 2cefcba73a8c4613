# SPDX-License-Identifier: MPL-2.0
"""How often something was tried, so that nobody can try without end."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """A minute in which the house was up. A gap is downtime, and deadlines that fell in it are moved."""

    at = models.DateTimeField(_("tidspunkt"), unique=True)

    class Meta:
        verbose_name = _("hjerteslag")
        verbose_name_plural = _("hjerteslag")

    def __str__(self) -> str:
        return str(self.at)


class RateCount(models.Model):
    """Tries within one window. `key` is a hash, so that no address or account stands here."""

    key = models.BinaryField(max_length=32)
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("antal forsøg")
        verbose_name_plural = _("antal forsøg")
        constraints = [models.UniqueConstraint(fields=["key", "window_start"], name="rate_count_once")]

    def __str__(self) -> str:
        return f"{self.window_start}: {self.count}"
