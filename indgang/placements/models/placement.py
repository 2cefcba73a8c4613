# SPDX-License-Identifier: MPL-2.0
"""Placements, sealed, and the random codes by which a person may be followed.

The rows lie with a database role of their own: other tables are named by number only, so that nothing the
application does as itself has to look in here.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.vocabulary import JobType
from indgang.kernel.database.roles import PLACEMENTS
from indgang.kernel.models import Owned
from indgang.kernel.models.retention import Retention

TYPES = (
    JobType.ORDINARY,
    JobType.FLEX,
    JobType.WAGE_SUBSIDY,
    JobType.WORK_PLACEMENT,
    JobType.STU,
    JobType.SHELTERED_103,
)
"""The kinds of post that are counted, in the order every table shows them."""


class IssuedCode(Owned):
    """A random code that a case worker gave to somebody who is followed; only a keyed hash of it is kept."""

    digest = models.BinaryField(max_length=32)
    issued_by_id = models.BigIntegerField(_("udstedt af"), null=True)
    issued_at = models.DateTimeField(_("udstedt"))

    database_role: ClassVar[str] = PLACEMENTS
    retention: ClassVar[list[Retention]] = [
        Retention(fields=("digest",), after="issued_at", days=5 * 365, then="remove")
    ]

    class Meta:
        verbose_name = _("udstedt kode")
        verbose_name_plural = _("udstedte koder")
        constraints = [models.UniqueConstraint(fields=["municipality", "digest"], name="code_issued_once")]

    def __str__(self) -> str:
        return str(self.issued_at.date())


class Placement(Owned):
    """Somebody in a job or a programme in an enterprise.

    `sealed` holds the kind, the hours, the code and where it came from (see `vault.Facts`). `forget_at` is set
    when the last quarter that counts it has been frozen, or when the DPIA is withdrawn.
    """

    organisation_id = models.BigIntegerField(_("virksomhed"))
    unit_id = models.BigIntegerField(_("enhed"), null=True, blank=True)
    first_date = models.DateField(_("fra"))
    last_date = models.DateField(_("til og med"), null=True, blank=True)
    code_digest = models.BinaryField(max_length=32, null=True, blank=True)
    sealed = models.BinaryField(_("låste oplysninger"))
    created_by = models.CharField(_("registreret af"), max_length=60)
    created_at = models.DateTimeField(_("registreret"))
    forget_at = models.DateTimeField(_("slettes"), null=True, blank=True)

    database_role: ClassVar[str] = PLACEMENTS
    retention: ClassVar[list[Retention]] = [
        Retention(fields=("sealed", "code_digest"), after="forget_at", days=0, then="remove")
    ]

    class Meta:
        verbose_name = _("plads")
        verbose_name_plural = _("pladser")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__isnull=True) | Q(last_date__gte=F("first_date")),
                name="placement_ends_after_it_begins",
            )
        ]
        indexes = [
            models.Index(fields=["municipality", "organisation_id", "first_date"], name="placement_where"),
            models.Index(fields=["forget_at"], name="placement_forget"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
