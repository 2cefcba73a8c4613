# SPDX-License-Identifier: MPL-2.0
"""All scenes of the demo, in order."""

from django.db import transaction
from django.utils import timezone

from indgang.kernel.models import Municipality
from indgang.web.demo import (
    advice,
    agreements,
    cases,
    directory,
    guidance,
    impact,
    law_kept,
    meetings,
    notices,
    partnerships,
    people,
    purchases,
    visits,
)


def load() -> bool:
    """Play the demo into an empty database; False when somebody has been here before."""
    if Municipality.objects.exists():
        return False
    with transaction.atomic():
        stage = people.open_aabjerg(timezone.now())
        directory.fill_directory(stage)
        guidance.guide(stage)
        purchases.buy_and_sell(stage)
        notices.bring_in_notices(stage)
        meetings.meet(stage)
        cases.take_enquiries(stage)
        visits.visit_companies(stage)
        advice.advise(stage)
        impact.count_and_value(stage)
        agreements.agree(stage)
        partnerships.bind(stage)
        law_kept.keep_the_law(stage)
    return True


def log_ins() -> list[tuple[str, str, str]]:
    """Role, e-mail and what that person does, for the terminal."""
    return [
        ("Koordinator", "mette@aabjerg.example", "ser alt, holder styr på fristerne"),
        ("Indkøber", "carla@aabjerg.example", "køber ind til biblioteket"),
        ("Udbudskonsulent", "karen@aabjerg.example", "åbner tilbud sammen med indkøbschefen"),
        ("Indkøbschef", "soeren@aabjerg.example", "skriver under på vurderinger"),
        ("Jobkonsulent", "jonas@aabjerg.example", "besøger virksomheder"),
        ("Virksomhed", "rikke@papirpluk.example", "taler for Papir & Pluk: retter profilen, svarer og byder"),
        (
            "Økonomi",
            "finn@aabjerg.example",
            "ser værdiregnskabet og, når det åbnes, hvem der skal betale hvem",
        ),
        ("Nabokommune", "dan@norrelund.example", "ser intet af Åbjergs (http://norrelund.localhost:8000/)"),
    ]
