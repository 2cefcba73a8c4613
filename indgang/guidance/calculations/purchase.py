# SPDX-License-Identifier: MPL-2.0
"""Sums about a purchase: value, running purchases, changes, small lots, splitting and § 190's three years."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.law.calculators.contract_value import Price, contract_value
from indgang.core.law.calculators.running import against_limit, change_margin
from indgang.core.law.calculators.small_lots import SmallLot, small_lots_ledger
from indgang.core.law.calculators.splitting import UnitPurchase, possible_splits
from indgang.core.law.calculators.step import step
from indgang.core.law.calculators.three_years import ReservedAward, reserved_again
from indgang.core.law.figures import Figures
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.calculations.calculation import Calculation, DayForm, Said, Worked
from indgang.guidance.calculations.lines import LinesField, a_day, a_text, an_amount
from indgang.kernel.ui.forms import KronerField


class ValueForm(DayForm):
    total = KronerField(label=_("Samlet pris"), required=False, help_text=_("Kroner uden moms."))
    monthly = KronerField(label=_("Pris pr. måned"), required=False)
    months = forms.IntegerField(
        label=_("Måneder med forlængelser"),
        required=False,
        min_value=1,
        max_value=600,
        help_text=_("Tomt betyder, at der ikke er en slutdato."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    last_12_months = KronerField(label=_("Købt de seneste 12 måneder"), required=False)
    next_12_months = KronerField(label=_("Ventet de næste 12 måneder"), required=False)
    options = LinesField(
        label=_("Optioner"), parts=(a_text, an_amount), help_text=_("En pr. linje: navn; beløb")
    )
    premiums = LinesField(
        label=_("Præmier og betaling til tilbudsgivere"),
        parts=(a_text, an_amount),
        help_text=_("En pr. linje: navn; beløb"),
    )


def _value(figures: Figures, on: date, said: Said) -> Worked:
    price = Price(
        total=said["total"],
        monthly=said["monthly"],
        months=said["months"],
        last_12_months=said["last_12_months"],
        next_12_months=said["next_12_months"],
        options=dict(said["options"]),
        premiums=dict(said["premiums"]),
    )
    found = contract_value(figures, on, price)
    words = gettext_noop("Kontrakten er %(value)s kr. værd, når loven tæller.")
    return Worked(step(words, value=found.value), found.steps)


class RunningForm(DayForm):
    limit = KronerField(label=_("Grænse"), min_value=1, help_text=_("Det samlede køb skal blive under den."))
    bought = LinesField(
        label=_("Købt og aftalt, med optioner"),
        parts=(a_text, an_amount),
        help_text=_("En pr. linje: hvad; beløb"),
        required=True,
    )
    change = KronerField(label=_("Ændringen, I overvejer"), required=False)

    @classmethod
    def start(cls) -> dict[str, object]:
        return super().start() | {"limit": 500_000}


def _running(figures: Figures, on: date, said: Said) -> Worked:
    found = against_limit(said["limit"], [amount for _name, amount in said["bought"]], said["change"] or 0)
    if found.passes:
        return Worked(
            step(gettext_noop("Grænsen bliver nået: %(sum)s kr."), sum=found.after), found.steps, "stop"
        )
    words = gettext_noop("Der er %(left)s kr. tilbage. %(percent)s %% er brugt.")
    return Worked(
        step(words, left=found.left_after, percent=round(found.percent_after, 1)), found.steps, "good"
    )


class ChangeForm(DayForm):
    original = KronerField(label=_("Kontraktens oprindelige værdi"), min_value=1)
    changes = LinesField(
        label=_("Alle ændringer indtil nu og den nye"),
        parts=(a_text, an_amount),
        help_text=_("En pr. linje: hvad; beløb. Både mere og mindre tæller."),
        required=True,
    )
    works = forms.BooleanField(label=_("Det er bygge og anlæg"), required=False)


def _change(figures: Figures, on: date, said: Said) -> Worked:
    found = change_margin(
        figures,
        on,
        works=said["works"],
        state=False,
        original=said["original"],
        changes=[amount for _name, amount in said["changes"]],
    )
    if found.free:
        words = gettext_noop("Ændringen kan laves uden nyt udbud. Der er %(left)s kr. tilbage.")
        return Worked(step(words, left=found.left), found.steps, "good")
    words = gettext_noop("Ændringen er for stor til den frie margen: %(percent)s %%.")
    return Worked(step(words, percent=round(found.percent, 1)), found.steps, "stop")


class LotsForm(DayForm):
    whole = KronerField(label=_("Værdien af alle dele"), min_value=1)
    lots = LinesField(
        label=_("Delydelser"),
        parts=(a_day, a_text, an_amount),
        help_text=_("En pr. linje: dato; hvad; beløb"),
        required=True,
    )
    works = forms.BooleanField(label=_("Det er bygge og anlæg"), required=False)


def _lots(figures: Figures, on: date, said: Said) -> Worked:
    found = small_lots_ledger(
        figures,
        on,
        works=said["works"],
        value_of_all_parts=said["whole"],
        lots=[SmallLot(*line) for line in said["lots"]],
    )
    note = None
    if found.part_limit_is_derived:
        note = step(
            gettext_noop("Grænsen for en del er regnet ud og ikke læst på tryk. Spørg en jurist tæt på den.")
        )
    if found.lawful:
        words = gettext_noop("Delydelserne holder. Der er plads til en mere på %(room)s kr.")
        return Worked(step(words, room=found.room), found.steps, "good", note)
    words = gettext_noop("Delydelserne holder ikke: %(percent)s %% af det hele.")
    return Worked(step(words, percent=round(found.percent, 1)), found.steps, "stop", note)


class SplittingForm(DayForm):
    limit = KronerField(label=_("Grænse"), min_value=1)
    months = forms.IntegerField(
        label=_("Inden for hvor mange måneder"),
        min_value=1,
        max_value=120,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    purchases = LinesField(
        label=_("Køb af det samme"),
        parts=(a_text, a_day, an_amount),
        help_text=_("En pr. linje: enhed; dato; beløb"),
        required=True,
    )

    @classmethod
    def start(cls) -> dict[str, object]:
        return super().start() | {"limit": 500_000, "months": 12}


def _splitting(figures: Figures, on: date, said: Said) -> Worked:
    rows = [UnitPurchase(unit, "-", day, amount) for unit, day, amount in said["purchases"]]
    found = possible_splits(rows, limit=said["limit"], months=said["months"])
    if not found:
        total = step(gettext_noop("Købene lagt sammen: %(total)s kr."), total=sum(row.value for row in rows))
        return Worked(step(gettext_noop("Købene når ikke grænsen tilsammen.")), (total,), "good")
    words = gettext_noop("Købene når tilsammen %(total)s kr. Hører de sammen, skal de lægges sammen.")
    return Worked(step(words, total=found[0].total), found[0].steps, "doubt")


class ThreeYearsForm(DayForm):
    awards = LinesField(
        label=_("Kontrakter efter § 190 om samme ydelse til samme virksomhed"),
        parts=(a_day,),
        help_text=_("En dato for tildeling pr. linje. Tomt, når der ingen er."),
    )


def _three_years(figures: Figures, on: date, said: Said) -> Worked:
    awards = [ReservedAward("-", "-", day) for (day,) in said["awards"]]
    if any(award.awarded_date > on for award in awards):
        raise Refused("En tildeling ligger efter den dag, I regner på. Ret en af datoerne.")
    found = reserved_again(figures, awards, organisation="-", service="-", on=on)
    if found.possible:
        return Worked(step(gettext_noop("Virksomheden kan få kontrakten.")), found.steps, "good")
    words = gettext_noop("For tidligt. Virksomheden kan få en ny kontrakt fra %(day)s.")
    return Worked(step(words, day=found.earliest), found.steps, "stop")


PURCHASE = (
    Calculation(
        "kontraktvaerdi", _("Hvad er kontrakten værd?"), _("Hele løbetiden med optioner, uden moms. Det beløb afgør, hvilke regler der gælder."),
        "payments", ValueForm, _value, ("V-30", "V-35", "V-38"),
        {"monthly": "12.000", "months": "36", "options": "Et år mere; 144.000"},
    ),
    Calculation(
        "loebende-koeb", _("Hvor langt er vi fra grænsen?"), _("Køb af samme slags lagt sammen, og hvad en ændring gør."),
        "analytics", RunningForm, _running, ("A", "V-30", "V-08"),
        {"limit": "500.000", "bought": "Aftale 2026; 240.000\nOption 2028; 120.000", "change": "90.000"},
    ),
    Calculation(
        "aendring", _("Må vi ændre kontrakten?"), _("For kontrakter fra et EU-udbud: alle ændringer lagt sammen mod begge grænser i § 180."),
        "edit", ChangeForm, _change, ("P178",),
        {"original": "4.000.000", "changes": "Flere børn; 150.000\nLøftet standard; 120.000"},
    ),
    Calculation(
        "delydelser", _("Er der plads til en delydelse?"), _("Hver del under sin grænse, og alle tilsammen højst en femtedel."),
        "view-in-list", LotsForm, _lots, ("R08",),
        {"whole": "4.000.000", "lots": "2026-03-01; Grønt ved skolerne; 300.000\n2026-09-01; Vask af klude; 180.000"},
    ),
    Calculation(
        "opsplitning", _("Er købet delt op?"), _("Det samme købt i flere enheder. Enkeltvis små, tilsammen måske for store."),
        "view-split", SplittingForm, _splitting, ("N04", "V-08", "V-31"),
        {"limit": "500.000", "months": "12", "purchases": "Skole A; 2026-02-01; 180.000\nSkole B; 2026-05-10; 190.000\nSkole C; 2026-09-01; 160.000"},
    ),
    Calculation(
        "tre-aar", _("Kan samme virksomhed få en ny § 190-kontrakt?"), _("Der skal gå tre år mellem to kontrakter om samme ydelse hos samme kommune."),
        "calendar-month", ThreeYearsForm, _three_years, ("R190",),
        {"awards": "2025-02-01"},
    ),
)  # fmt: skip
