# SPDX-License-Identifier: MPL-2.0
"""Keys by which the municipality's other systems fetch files."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models.municipality import Owned
from indgang.kernel.models.people import User
from indgang.kernel.models.retention import Retention


class Export(models.TextChoices):
    """The files that a key can fetch."""

    ORDERS = "orders", _("Ordrer")
    VISITS = "visits", _("Besøg hos virksomheder")


class AccessToken(Owned):
    """One key: what uses it, which files it fetches, and whose eyes it sees with. Only a hash of the key is kept."""

    name = models.CharField(_("hvad bruger nøglen"), max_length=80)
    reads = ArrayField(models.CharField(max_length=40, choices=Export), verbose_name=_("hvad den henter"))
    owner_id: int
    owner = models.ForeignKey(User, verbose_name=_("lavet af"), on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(_("lavet"))
    expires_at = models.DateTimeField(_("udløber"))
    revoked_at = models.DateTimeField(_("lukket"), null=True, blank=True)
    last_used_date = models.DateField(_("sidst brugt"), null=True, blank=True)

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("name",), after="expires_at", days=365, then="remove")
    ]

    class Meta:
        verbose_name = _("adgangsnøgle")
        verbose_name_plural = _("adgangsnøgler")
        constraints = [
            models.CheckConstraint(condition=~Q(reads=[]), name="token_reads_something"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="token_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name
