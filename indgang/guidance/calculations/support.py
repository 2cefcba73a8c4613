# SPDX-License-Identifier: MPL-2.0
"""Sums about people and support: 30 per cent, ratio, net extra jobs, fleksløntilskud, refusion, de minimis, rent."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indgang.core.law import fleksjob
from indgang.core.law.calculators.de_minimis import AidGiven, de_minimis_room
from indgang.core.law.calculators.market_rent import RentAssessment, RentEvidence, rent_check
from indgang.core.law.calculators.share import ShareEvidence, ShareVerdict, share_on
from indgang.core.law.calculators.staffing import FleksjobCounts, net_extra, ratio_room
from indgang.core.law.calculators.step import add_months, step
from indgang.core.law.figures import Figures
from indgang.core.law.refund import split, staircase
from indgang.core.text import Reason, Refused, gettext_noop
from indgang.guidance.calculations.calculation import Calculation, DayForm, Said, Worked
from indgang.guidance.calculations.lines import LinesField, a_day, an_amount
from indgang.kernel.ui.forms import DayField, KronerField, OereField


def _count(label: object, *, required: bool = True, help_text: object = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]
        required=required,
        min_value=0,
        max_value=100_000,
        help_text=help_text,  # type: ignore[arg-type]
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )


def _full_time(label: object) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,  # type: ignore[arg-type]
        required=False,
        min_value=0,
        max_value=100_000,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )


class ShareForm(DayForm):
    counted = DayField(label=_("Talt den"))
    heads = _count(_("Ansatte i alt"))
    target_heads = _count(_("Heraf fra målgruppen"))
    full_time = _full_time(_("Ansatte i alt, regnet i fuldtid"))
    target_full_time = _full_time(_("Heraf fra målgruppen, regnet i fuldtid"))

    @classmethod
    def start(cls) -> dict[str, object]:
        return super().start() | {"counted": timezone.localdate()}


def _share(figures: Figures, on: date, said: Said) -> Worked:
    full, target = said["full_time"], said["target_full_time"]
    evidence = ShareEvidence(
        counted_date=said["counted"],
        valid_to=add_months(said["counted"], 12),
        heads=said["heads"],
        target_heads=said["target_heads"],
        full_time=float(full) if full is not None else None,
        target_full_time=float(target) if target is not None else None,
    )
    found = share_on(figures, [evidence], on)
    words = {
        ShareVerdict.MET: (gettext_noop("Kravet er opfyldt."), "good"),
        ShareVerdict.NOT_MET: (gettext_noop("Kravet er ikke opfyldt."), "stop"),
        ShareVerdict.DISPUTED: (
            gettext_noop("De to måder at tælle på siger hver sit. Få en juridisk vurdering."), "doubt",
        ),
        ShareVerdict.UNKNOWN: (gettext_noop("Tallet er for gammelt eller fra efter dagen. Tæl igen."), "doubt"),
    }[found.verdict]  # fmt: skip
    return Worked(Reason(words[0]), found.steps, words[1])


class RatioForm(DayForm):
    ordinary = _count(
        _("Ordinært ansatte"), help_text=_("Uden løntilskud, og ikke ansatte, der kun er der en kort tid.")
    )
    in_places = _count(_("I praktik og løntilskud nu"))
    fleksjobs = _count(_("I fleksjob"), required=False)
    counts = forms.ChoiceField(
        label=_("Hvordan tæller fleksjob?"),
        help_text=_("Kilderne er uenige. Brug jeres eget jobcenters praksis."),
        choices=[
            (FleksjobCounts.NOT_AT_ALL.value, _("Slet ikke")),
            (FleksjobCounts.AS_ORDINARY.value, _("Som ordinært ansatte")),
            (FleksjobCounts.AS_PLACES.value, _("Som pladser")),
        ],
        widget=forms.RadioSelect,
    )

    @classmethod
    def start(cls) -> dict[str, object]:
        return super().start() | {"counts": FleksjobCounts.NOT_AT_ALL.value}


def _ratio(figures: Figures, on: date, said: Said) -> Worked:
    found = ratio_room(
        figures,
        on,
        ordinary=said["ordinary"],
        in_places=said["in_places"],
        fleksjobs=said["fleksjobs"] or 0,
        fleksjob_counts=FleksjobCounts(said["counts"]),
    )
    if found.kept:
        words = gettext_noop("Der er plads til %(free)s mere.")
        return Worked(step(words, free=found.free), found.steps, "good")
    return Worked(step(gettext_noop("Der er for mange i praktik og løntilskud.")), found.steps, "stop")


class NetForm(DayForm):
    months = forms.CharField(
        label=_("Ansatte i hver af de seneste 12 måneder"),
        help_text=_("Tolv tal med mellemrum, det ældste først."),
        max_length=200,
    )
    now = _count(_("Ansatte nu"))
    new = _count(_("Nye i løntilskud"))

    def clean_months(self) -> list[int]:
        cells = self.cleaned_data["months"].replace(",", " ").replace(";", " ").split()
        if not all(cell.isdigit() for cell in cells):
            raise forms.ValidationError(_("Skriv hele tal med mellemrum, fx 8 8 9 9 9 8 8 8 9 9 9 9."))
        return [int(cell) for cell in cells]


def _net(figures: Figures, on: date, said: Said) -> Worked:
    found = net_extra(figures, on, monthly_employees=said["months"], now=said["now"], new=said["new"])
    if found.met:
        return Worked(step(gettext_noop("De nye er merbeskæftigelse.")), found.steps, "good")
    return Worked(step(gettext_noop("De nye er ikke merbeskæftigelse.")), found.steps, "stop")


class FleksjobForm(DayForm):
    pay = OereField(
        label=_("Løn i fleksjobbet pr. måned"), help_text=_("Før skat, med begge siders pension.")
    )
    other_pay = OereField(label=_("Løn fra andet arbejde"), required=False)
    full_pay = OereField(label=_("Fuld løn i stillingen"), help_text=_("Hvad en på fuld tid ville få."))


def _fleksjob(figures: Figures, on: date, said: Said) -> Worked:
    found = fleksjob.subsidy(
        year=on.year,
        pay=Decimal(said["pay"]) / 100,
        other_pay=Decimal(said["other_pay"] or 0) / 100,
        full_pay=Decimal(said["full_pay"]) / 100,
    )
    words = gettext_noop("Tilskuddet er %(subsidy)s kr. om måneden. I alt %(total)s kr. før skat.")
    note = None
    if found.figures.derived:
        note = step(
            gettext_noop("Et af årets tal er regnet ud og ikke læst på tryk. Kommunen regner det rigtige ud.")
        )
    return Worked(
        step(words, subsidy=found.subsidy, total=found.total_gross),
        found.steps,
        "good" if found.subsidy else "",
        note,
    )


class RefundForm(DayForm):
    benefit = KronerField(label=_("Ydelse pr. uge"), min_value=1)
    week = _count(_("Hvor mange uger på ydelse i alt"), help_text=_("Ugen selv med."))


def _refund(figures: Figures, on: date, said: Said) -> Worked:
    if not said["week"]:
        raise Refused("Skriv mindst én uge.")
    rule = staircase(on)
    shares = split(said["benefit"] * 100, said["week"], rule)
    words = gettext_noop("Staten betaler %(percent)s %% i uge %(week)s.")
    steps = [step(words, percent=rule.state_percent(said["week"]), week=said["week"])]
    words = gettext_noop("Staten: %(state)s kr. Kommunen: %(own)s kr. af %(benefit)s kr.")
    steps.append(
        step(words, state=shares.state / 100, own=shares.municipality / 100, benefit=said["benefit"])
    )
    first = 0
    for last, percent in rule.steps:
        words = gettext_noop("Uge %(first)s til %(last)s: %(percent)s %%.")
        steps.append(step(words, first=first + 1, last=last, percent=percent))
        first = last
    words = gettext_noop("Fra uge %(first)s: %(percent)s %%.")
    steps.append(step(words, first=first + 1, percent=rule.percent_after))
    words = gettext_noop(
        "Tællingen begynder forfra efter %(weeks)s uger uden ydelse inden for %(window)s uger."
    )
    steps.append(step(words, weeks=rule.reset_weeks, window=rule.window_weeks))
    words = gettext_noop("Kommunen betaler %(own)s kr. om ugen.")
    return Worked(step(words, own=shares.municipality / 100), tuple(steps))


class AidForm(DayForm):
    earlier = LinesField(
        label=_("Støtte før"), parts=(a_day, an_amount), help_text=_("En pr. linje: dato; beløb i euro")
    )
    new_euro = KronerField(label=_("Ny støtte, i euro"), required=False)
    entrusted = forms.BooleanField(label=_("Støtte til en pålagt almen opgave"), required=False)
    road_freight = forms.BooleanField(label=_("Virksomheden kører gods for andre"), required=False)


def _aid(figures: Figures, on: date, said: Said) -> Worked:
    found = de_minimis_room(
        figures,
        [AidGiven(day, euro, said["entrusted"]) for day, euro in said["earlier"]],
        on=on,
        new_euro=said["new_euro"] or 0,
        entrusted=said["entrusted"],
        road_freight=said["road_freight"],
    )
    note = step(gettext_noop("Loftet er ikke en hjemmel: støtten skal også være lovlig efter dansk ret."))
    if found.fits:
        left = max(0.0, found.left - (said["new_euro"] or 0))
        words = gettext_noop("Støtten er under loftet. Der er %(left)s euro tilbage.")
        return Worked(step(words, left=left), found.steps, "good", note)
    return Worked(step(gettext_noop("Støtten går over loftet.")), found.steps, "stop", note)


class RentForm(DayForm):
    on = DayField(label=_("Lejen underskrives den"))
    square_metres = _count(_("Kvadratmeter"))
    asked = KronerField(label=_("Leje om året"))
    assessed = DayField(label=_("Markedslejen vurderet den"))
    per_metre = KronerField(label=_("Markedsleje pr. m² om året"), min_value=0)
    evidence = forms.ChoiceField(
        label=_("Hvordan ved I det?"),
        choices=[
            (RentEvidence.PUBLIC_OFFERING.value, _("Lejemålet har været udbudt for alle")),
            (RentEvidence.VALUATION.value, _("En sagkyndig har vurderet det")),
            (RentEvidence.NO_TAKERS.value, _("Det har stået åbent, og ingen ville give mere")),
        ],
        widget=forms.RadioSelect,
    )


def _rent(figures: Figures, on: date, said: Said) -> Worked:
    assessment = RentAssessment(said["assessed"], "-", said["per_metre"], RentEvidence(said["evidence"]))
    found = rent_check(
        [assessment],
        part="-",
        square_metres=said["square_metres"],
        asked_a_year=said["asked"],
        signed_date=on,
    )
    if found.lawful:
        return Worked(step(gettext_noop("Lejen er mindst markedslejen.")), found.steps, "good")
    if found.market is None:
        return Worked(step(gettext_noop("Vurderingen kom efter underskriften og tæller ikke.")), (), "stop")
    words = gettext_noop("Lejen er %(missing)s kr. for lav om året.")
    return Worked(step(words, missing=found.missing), found.steps, "stop")


SUPPORT = (
    Calculation(
        "30-procent", _("Er mindst 30 % fra målgruppen?"), _("Talt i personer og i fuldtid. Loven siger ikke, hvilket der tæller."),
        "groups", ShareForm, _share, ("R54",),
        {"counted": "{on}", "heads": "24", "target_heads": "9", "full_time": "15,5", "target_full_time": "4,2"},
    ),
    Calculation(
        "rimelighed", _("Hvor mange må være i praktik?"), _("Rimelighedskravet: pladser efter antal ordinært ansatte."),
        "trainee", RatioForm, _ratio, ("J08",),
        {"ordinary": "18", "in_places": "2", "fleksjobs": "4", "counts": "not_at_all"},
    ),
    Calculation(
        "merbeskaeftigelse", _("Er de nye merbeskæftigelse?"), _("Nye i løntilskud skal komme oven i gennemsnittet for det seneste år."),
        "person-add", NetForm, _net, ("J09",),
        {"months": "8 8 9 9 9 8 8 8 9 9 9 9", "now": "9", "new": "1"},
    ),
    Calculation(
        "fleksloentilskud", _("Hvad får en i fleksjob?"), _("Fleksløntilskud måned for måned, vist som regnestykke."),
        "calculator", FleksjobForm, _fleksjob, ("J07",),
        {"pay": "9.000", "full_pay": "31.000"},
    ),
    Calculation(
        "refusion", _("Hvad betaler staten?"), _("Refusionstrappen: jo længere på ydelse, jo mere betaler kommunen."),
        "sort-descending", RefundForm, _refund, ("J15",),
        {"benefit": "3.400", "week": "60"},
    ),
    Calculation(
        "de-minimis", _("Er der plads til mere støtte?"), _("De minimis over tre år til én virksomhed, i euro."),
        "credit-card", AidForm, _aid, ("M04", "M04a", "M04b"),
        {"earlier": "2025-03-01; 40.000\n2026-02-01; 15.000", "new_euro": "20.000"},
    ),
    Calculation(
        "markedsleje", _("Er lejen markedslejen?"), _("Lejen holdt op mod en vurdering fra før underskriften."),
        "business", RentForm, _rent, ("M02", "N07"),
        {"square_metres": "120", "asked": "93.600", "assessed": "2026-06-01", "per_metre": "780", "evidence": "valuation"},
    ),
)  # fmt: skip
