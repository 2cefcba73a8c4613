# SPDX-License-Identifier: MPL-2.0
"""Uploading a contract list and saying which column holds what."""

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.directory.forms import lists
from indgang.guidance.contract_list import FIELDS
from indgang.kernel.ui.forms import Form


class UploadForm(Form):
    list = forms.FileField(
        label=_("Jeres aftaleliste"),
        help_text=_("Excel (.xlsx) eller CSV. Overskrifterne må hedde hvad som helst."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": _("Vælg en fil.")},
    )


class ColumnsForm(lists.ColumnsForm):
    known = FIELDS
    one_of = ()
