# SPDX-License-Identifier: MPL-2.0
"""A list that somebody uploaded, until it has become drafts."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models import Owned, StoredFile, User
from indgang.kernel.models.retention import Retention


class UploadedList(Owned):
    """A list that somebody uploaded: how its columns are read, and what became of its lines.

    The file goes when the list has been read in. `rejected` holds a number, the reasons and the cells of each
    line that was left out; a cell with a personal number is blanked.
    """

    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(_("filnavn"), max_length=150)
    headers = models.JSONField(_("overskrifter"), default=list)
    columns = models.JSONField(_("kolonner"), default=dict)
    counts = models.JSONField(_("antal"), default=dict)
    rejected = models.JSONField(_("afviste linjer"), default=list)
    user = models.ForeignKey(
        User, verbose_name=_("lagt ind af"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("oprettet"))
    finished_at = models.DateTimeField(_("indlæst"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class ImportRun(UploadedList):
    """A list of enterprises, until it has become drafts."""

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("rejected",), after="created_at", days=90, then="remove")
    ]

    class Meta:
        verbose_name = _("indlæst liste")
        verbose_name_plural = _("indlæste lister")
