# SPDX-License-Identifier: MPL-2.0
"""The desk: what to do next on top, what one waits for below, and what waits for an enterprise."""

from datetime import timedelta

from django.utils import timezone

from indgang.kernel import duties
from indgang.procurement.actions import answer as answering
from indgang.procurement.actions import describe, send
from indgang.procurement.models import Answer
from tests.cast import Cast
from tests.factories import a_bid, a_competition, a_task, an_enterprise, as_staff, invitation_of, speaker
from tests.pages import Browser, text_of


def log_in_for(cast: Cast, browse: Browser, name: str, enterprise: object) -> Browser:
    speaker(cast, enterprise)  # type: ignore[arg-type]
    as_staff(cast)
    cast.people[name] = enterprise.contacts.get().user  # type: ignore[attr-defined]
    return browse.log_in(name)


def test_what_one_does_stands_above_what_one_waits_for(cast: Cast, browse: Browser) -> None:
    task = a_task(cast, now=timezone.now() - timedelta(days=1))
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    for one in (papir, sy):
        describe.pick(cast.be("carla"), task, one, now=timezone.now())
    send.ask_small(cast.be("carla"), task, now=timezone.now())
    answering.answer(cast.be("mette"), invitation_of(task, papir), Answer.Kind.YES, now=timezone.now())
    page = text_of(browse.log_in("carla").get("/skrivebord/"))
    own, waited = page.split("Du venter på andre")
    assert "Vælg, hvem der får opgaven: Pak 2.400" in own
    assert "Svar fra Syværket" in waited
    assert "Svar fra Papir" not in page


def test_what_is_due_later_than_a_month_is_folded_up_unless_nothing_else_is_there(
    cast: Cast, browse: Browser
) -> None:
    now, carla = timezone.now(), cast.be("carla")

    def promised(title: str, days: int) -> None:
        duties.promise(
            carla, "test", title, path=f"/{days}/", due_at=now + timedelta(days=days), now=now,
            owner=cast.people["carla"], unit=cast.units["Biblioteket"],
        )  # fmt: skip

    promised("Forny aftalen", 200)
    assert "Senere end en måned" not in (page := text_of(browse.log_in("carla").get("/skrivebord/")))
    assert "Forny aftalen" in page
    promised("Svar Papir", 3)
    now_on, folded = text_of(browse.log_in("carla").get("/skrivebord/")).split("Senere end en måned: 1")
    assert "Svar Papir" in now_on
    assert "Forny aftalen" not in now_on
    assert "Forny aftalen" in folded


def test_an_enterprise_sees_what_waits_for_it_until_it_has_done_it(cast: Cast, browse: Browser) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir)
    rikke, path = log_in_for(cast, browse, "rikke", papir), "/skrivebord/"
    assert "Svar, om I kan løse den" in text_of(rikke.get(path))
    rikke.post(f"/opgaver/{task.pk}/svar/", {"kind": "yes"})
    assert "Skriv jeres tilbud" in text_of(rikke.get(path))
    a_bid(cast, task, papir, 32_400)
    assert "Intet venter på jer" in text_of(rikke.get(path))


def test_a_no_is_given_and_regretted_while_logged_in(cast: Cast, browse: Browser) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_task(cast, now=timezone.now())
    describe.pick(cast.be("carla"), task, papir, now=timezone.now())
    send.ask_small(cast.be("carla"), task, now=timezone.now())
    rikke, path = log_in_for(cast, browse, "rikke", papir), f"/opgaver/{task.pk}/"
    page = rikke.post(path + "svar/", {"kind": "not_now", "note": "Vi flytter"}, status=422)
    assert "Sæt kryds ved hvorfor" in text_of(page)
    assert "Vi flytter" in page.content.decode()
    rikke.post(path + "svar/", {"kind": "never"})
    assert "Jeres svar: Aldrig den slags" in text_of(rikke.get(path))
    assert "I bliver spurgt igen" in text_of(rikke.follow(path + "svar/fortryd/"))
    page = text_of(rikke.follow(path + "svar/", {"kind": "yes", "price": "12.000"}))
    assert "12.000,00" in page


def test_nobody_answers_an_invitation_of_somebody_else(cast: Cast, browse: Browser) -> None:
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    task = a_competition(cast, papir)
    log_in_for(cast, browse, "anja", sy).post(f"/opgaver/{task.pk}/svar/", {"kind": "yes"}, status=404)
    assert not Answer.objects.exists()


def test_the_desk_of_an_enterprise_costs_the_same_for_one_and_for_three(
    cast: Cast, browse: Browser, django_assert_num_queries: object
) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    rikke = log_in_for(cast, browse, "rikke", papir)
    rikke.get("/skrivebord/")
    for _ in range(3):
        a_competition(cast, papir)
        with django_assert_num_queries(10):  # type: ignore[operator]
            rikke.get("/skrivebord/")


def test_the_coordinator_finds_the_lists_to_keep_an_eye_on(cast: Cast, browse: Browser) -> None:
    assert "Overskredne frister" in text_of(browse.log_in("mette").get("/skrivebord/"))
    assert "Overskredne frister" not in text_of(browse.log_in("carla").get("/skrivebord/"))
