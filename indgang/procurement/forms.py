# SPDX-License-Identifier: MPL-2.0
"""What people fill in about tasks. A form checks what was typed; actions decide and save."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indgang.core.law.cpv import read_code
from indgang.core.text import Refused
from indgang.kernel.access import Principal, translated
from indgang.kernel.models import Unit
from indgang.kernel.ui.forms import DayField, Form, KronerField, MomentField, OereField
from indgang.procurement.lawful import Gate
from indgang.procurement.models import AccessRequest, Answer, LawFacts, Order
from indgang.procurement.permissions import CENTRAL


class NeedForm(Form):
    """The whole first form: what, roughly how much, where and when. The unit is only asked when it is unclear."""

    need = forms.CharField(
        label=_("Hvad skal løses?"),
        help_text=_("Skriv, som du ville sige det til en kollega. Hvor meget, hvor tit, og hvad er vigtigt?"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    value_dkk = KronerField(
        label=_("Hvad må det koste i alt, cirka?"),
        help_text=_("Kroner uden moms for hele perioden. Et skøn er nok."),
        min_value=1,
    )
    delivery_date = DayField(label=_("Hvornår skal det være færdigt?"), required=False)
    place = forms.CharField(
        label=_("Hvor?"), required=False, max_length=200, help_text=_("Tomt betyder enhedens egen adresse.")
    )
    unit = forms.ModelChoiceField(label=_("Hvilken enhed køber?"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(municipality_id=by.municipality_id)
        if not by.holds(*CENTRAL):
            units = units.filter(pk__in=by.units)
        self.fields["unit"].queryset = units.order_by("name")  # type: ignore[attr-defined]
        if len(by.units) == 1:
            self.fields["unit"].initial = next(iter(by.units))
            if not by.holds(*CENTRAL):
                self.fields["unit"].widget = forms.HiddenInput()


class CompanyNeedForm(Form):
    """A company's own task, which the municipality finds somebody for."""

    need = forms.CharField(
        label=_("Hvad skal løses?"),
        help_text=_("Skriv, som I ville sige det til en kollega. Hvor meget, hvor tit, og hvad er vigtigt?"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    place = forms.CharField(label=_("Hvor?"), required=False, max_length=200)


class LawForm(Form):
    """The small gate of law: what it depends on whether we may pick whom to ask."""

    kind = forms.ChoiceField(label=_("Hvad køber I?"), choices=LawFacts.Kind, widget=forms.RadioSelect)
    value_dkk = KronerField(
        label=_("Samlet værdi uden moms"),
        help_text=_("Hele perioden med forlængelser og tilkøb."),
        min_value=1,
    )
    related_value_dkk = KronerField(
        label=_("Køb af samme slags lagt sammen"),
        help_text=_(
            "Det her køb plus det, kommunen ellers køber af samme slags i perioden. Tomt betyder, at I ikke ved det."
        ),
        required=False,
    )
    binding_agreement = forms.ChoiceField(
        label=_("Er købet dækket af en aftale, I skal bruge?"),
        help_text=_("Fx en SKI-aftale eller kommunens egen rammeaftale."),
        choices=LawFacts.Known,
        widget=forms.RadioSelect,
    )
    agreement_note = forms.CharField(label=_("Hvilken aftale?"), required=False, max_length=150)
    cross_border = forms.ChoiceField(
        label=_("Kan virksomheder fra andre EU-lande have en klar interesse i opgaven?"),
        help_text=_(
            "Se på beløbet, hvor den skal løses, hvor længe, og om branchen plejer at gå over grænsen. Små lokale opgaver har det sjældent."
        ),
        choices=LawFacts.Known,
        widget=forms.RadioSelect,
    )
    cpv_code = forms.CharField(
        label=_("CPV-kode"),
        required=False,
        max_length=10,
        help_text=_("Indgang har foreslået en. Koden skal beskrive det, I køber."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    reasoning = forms.CharField(
        label=_("Hvorfor svarer I sådan?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def settle(self, found: Gate) -> None:
        """Ask nothing that the contract list or a standing assessment has answered."""
        if found.guided is None:
            return
        if not found.needs_agreement and self.initial["binding_agreement"] != LawFacts.Known.YES:
            del self.fields["binding_agreement"], self.fields["agreement_note"]
        if found.guided.cross_border is not None:
            del self.fields["cross_border"]

    def clean_cpv_code(self) -> str:
        given = self.cleaned_data["cpv_code"].strip()
        if not given:
            return ""
        try:
            return read_code(given)[0]
        except Refused as refusal:
            raise forms.ValidationError(translated(refusal)) from refusal


class PublishForm(Form):
    """The terms that all bidders are told."""

    quantity = forms.CharField(
        label=_("Mængde"), required=False, max_length=100, help_text=_("Fx 2.400 stk.")
    )
    bids_until = MomentField(
        label=_("Tilbud senest"), help_text=_("Klokkeslættet er med: kl. 12.00 tæller, 12.01 er for sent.")
    )
    ceiling_dkk = KronerField(
        label=_("Højeste pris"),
        required=False,
        help_text=_("Kroner uden moms. Alle får den at vide. Tomt betyder ingen grænse."),
    )
    weighs = forms.CharField(
        label=_("Hvad vælger I efter?"),
        max_length=300,
        initial=_("Laveste pris blandt dem, der kan levere til tiden."),
    )
    open_to_all = forms.BooleanField(
        label=_("Alle virksomheder må byde, ikke kun dem, I spørger"), required=False
    )
    file = forms.FileField(label=_("Bilag"), required=False, help_text=_("Højst 25 MB."))

    def clean_bids_until(self) -> datetime:
        until: datetime = self.cleaned_data["bids_until"]
        if until < timezone.now() + timedelta(hours=1):
            raise forms.ValidationError(_("Vælg et tidspunkt, der ligger mindst en time frem."))
        return until


class AnswerForm(Form):
    """An answer from a phone: one press, and what one cares to add."""

    kind = forms.ChoiceField(choices=Answer.Kind, widget=forms.HiddenInput())
    because = forms.ChoiceField(
        label=_("Hvorfor ikke denne gang?"), choices=Answer.Because, required=False, widget=forms.RadioSelect
    )
    price = OereField(label=_("Pris i alt uden moms"), required=False, help_text=_("Et cirka-tal er fint."))
    ready_date = DayField(label=_("Hvornår kan I være færdige?"), required=False)
    note = forms.CharField(
        label=_("Besked"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    photo = forms.FileField(
        label=_("Billede"), required=False, widget=forms.ClearableFileInput(attrs={"accept": "image/*"})
    )


class PhoneAnswerForm(AnswerForm):
    """The same, written down by staff for somebody who rang."""

    kind = forms.ChoiceField(label=_("Hvad svarede de?"), choices=Answer.Kind, widget=forms.RadioSelect)
    photo = None  # type: ignore[assignment]


class QuestionForm(Form):
    text = forms.CharField(
        label=_("Dit spørgsmål"),
        max_length=1000,
        help_text=_("Alle kan se spørgsmålet og svaret. Ingen kan se, at det var jer, der spurgte."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReplyForm(Form):
    answer = forms.CharField(
        label=_("Svar til alle"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class WhyForm(Form):
    """One reason, for an act that needs one."""

    why = forms.CharField(label=_("Kort begrundelse"), max_length=300)


class AddForm(Form):
    """Somebody the match list did not name."""

    organisation = forms.IntegerField(label=_("Virksomhed"), widget=forms.Select())
    why = forms.CharField(
        label=_("Hvorfor skal den med?"),
        max_length=300,
        help_text=_("Er opgaven sendt ud, læser virksomheden begrundelsen."),
    )


class BidForm(Form):
    price = OereField(
        label=_("Pris i alt uden moms"), help_text=_("For hele opgaven, i kroner. Øre må gerne med.")
    )
    delivery_date = DayField(label=_("I leverer senest"), required=False)
    text = forms.CharField(
        label=_("Jeres tilbud"),
        required=False,
        max_length=8000,
        help_text=_("Hvordan I vil løse opgaven. Et par linjer er nok."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    file = forms.FileField(
        label=_("Bilag"), required=False, help_text=_("Højst 10 MB. Bilaget bliver også forseglet.")
    )


class AwardForm(Form):
    """Who gets the task, and why; with one reason per bidder who does not."""

    bid = forms.IntegerField(widget=forms.HiddenInput())
    reason = forms.CharField(
        label=_("Hvorfor dem?"),
        help_text=_(
            "Vinder og tabere får begrundelsen at se. Hold dig til det, I skrev, I ville vælge efter."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BuyForm(Form):
    price = OereField(
        label=_("Aftalt pris uden moms"), required=False, help_text=_("Kun hvis I har aftalt en anden pris.")
    )
    reason = forms.CharField(
        label=_("Hvorfor dem?"),
        required=False,
        max_length=300,
        help_text=_("Tomt giver en automatisk linje."),
    )


class DeliveryForm(Form):
    delivered = forms.ChoiceField(
        label=_("Er det leveret?"), choices=Order.Delivered, widget=forms.RadioSelect
    )
    amount = OereField(
        label=_("Leveret for"), required=False, help_text=_("Kun ved delvis levering, uden moms.")
    )
    rating = forms.TypedChoiceField(
        label=_("Hvordan gik det?"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[(5, _("5 – rigtig godt")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 – dårligt"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Bemærkning"), required=False, max_length=500)


class AccessForm(Form):
    text = forms.CharField(
        label=_("Hvad vil I gerne se?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AccessDecisionForm(Form):
    outcome = forms.ChoiceField(label=_("Afgørelse"), choices=AccessRequest.Outcome, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Begrundelse"), widget=forms.Textarea(attrs={"rows": 3}))
    paper = forms.FileField(
        label=_("Kopi uden det fortrolige"),
        required=False,
        help_text=_(
            "Ved delvis indsigt. Ved fuld indsigt ser de hele tilbuddet på opgavens side. Højst 25 MB."
        ),
    )


class HearingForm(Form):
    text = forms.CharField(
        label=_("Hvad er fortroligt, og hvorfor?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
