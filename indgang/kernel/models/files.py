# SPDX-License-Identifier: MPL-2.0
"""Files, encrypted with a key per municipality, and that key, wrapped by the installation's own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models.municipality import Municipality, Owned


class MunicipalityKey(models.Model):
    """The municipality's file key, encrypted with the installation's key (never SECRET_KEY)."""

    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, related_name="+")
    wrapped = models.BinaryField(max_length=80)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("nøgle")
        verbose_name_plural = _("nøgler")

    def __str__(self) -> str:
        return str(self.municipality_id)


class StoredFile(Owned):
    """What a file is called and what it is. `content_type` is read from the content, not from the name."""

    name = models.CharField(_("filnavn"), max_length=150)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("størrelse, byte"))
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("oprettet"))
    created_by = models.CharField(_("lagt ind af"), max_length=60)

    class Meta:
        verbose_name = _("fil")
        verbose_name_plural = _("filer")

    def __str__(self) -> str:
        return self.name


class FileContent(Owned):
    """The encrypted bytes, in a row of their own so that lists of files never read them."""

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="content")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("filindhold")
        verbose_name_plural = _("filindhold")

    def __str__(self) -> str:
        return str(self.file_id)
