# SPDX-License-Identifier: MPL-2.0
"""Teaching the search the municipality's own words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.kernel.ui.forms import Form


class OwnWordsForm(Form):
    words = forms.CharField(
        label=_("Jeres ord"),
        help_text=_("Som I siger det til daglig. Flere deles af komma, fx: tøjstuen, linnedkælder"),
        max_length=300,
    )
    meaning = forms.CharField(
        label=_("Det betyder det samme som"),
        help_text=_("Skriv det, som en sælger ville sige det, fx: vask af tøj. Så finder vi selv faget."),
        max_length=120,
        required=False,
    )
    name = forms.CharField(
        label=_("Er det et fag, som Indgang slet ikke kender? Giv det et navn"),
        help_text=_(
            "Ellers lad feltet stå tomt. Står der noget ovenfor, vises sælgere af det også, når ingen sælger det nye."
        ),
        max_length=60,
        required=False,
    )
