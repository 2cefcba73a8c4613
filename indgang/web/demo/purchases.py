# SPDX-License-Identifier: MPL-2.0
"""Purchases in every stage: delivered, ordered, answered, out, just written; and a competition with sealed bids."""

from datetime import timedelta

from django.utils import timezone

from indgang.directory.models import Organisation
from indgang.directory.search import find, forget_all
from indgang.kernel.access import Kind, Principal
from indgang.kernel.database.tenancy import set_tenant
from indgang.procurement.actions import answer as answering
from indgang.procurement.actions import award, bids, deliver, describe, questions, send
from indgang.procurement.matching import all_matches
from indgang.procurement.models import Answer, Invitation, TaskNotice
from indgang.web.demo.people import Stage


def buy_and_sell(stage: Stage) -> None:
    """Play the purchases, oldest first."""
    forget_all()
    delivered(
        stage, "peter", "Vask af 40 viskestykker og 20 sengesæt om ugen i ti uger", 18_000, 16_400, 70, 5
    )
    delivered(
        stage, "carla", "Vinduespudsning ude og inde på biblioteket, cirka 60 ruder", 9_000, 7_900, 45, 4
    )
    delivered(stage, "carla", "Mødeforplejning til 35 personer: sandwich, kaffe og kage", 6_500, 6_125, 20, 5)
    _ordered(stage)
    _answered(stage)
    _competition(stage)
    describe.describe_task(
        stage.be("peter"),
        unit=stage.units["Børnehuset Solsikken"],
        buyer_id=stage.users["peter"].pk,
        need="Reparation af ti cykler og to ladcykler før sommerferien.",
        value_dkk=12_000,
        now=stage.now,
    )


def _asked(
    stage: Stage, who: str, need: str, value: int, days_ago: int, count: int, code: str = ""
) -> list[Invitation]:
    """A small purchase, written and sent out some days ago."""
    by, now = stage.be(who), stage.now - timedelta(days=days_ago)
    task = describe.describe_task(
        by,
        unit=next(unit for unit in stage.units.values() if unit.pk in by.units),
        buyer_id=stage.users[who].pk,
        need=need,
        value_dkk=value,
        cpv_code=code,
        now=now,
    )
    for match in [match for match in all_matches(task, now=now) if match.resting is None][:count]:
        describe.pick(
            by,
            task,
            match.organisation,
            score=match.score,
            reasons=[str(one) for one in match.reasons],
            now=now,
        )
    return send.ask_small(by, task, now=now)


def delivered(stage: Stage, who: str, need: str, value: int, price: int, days_ago: int, rating: int) -> None:
    """A small purchase that was asked about, bought, delivered and paid."""
    codes = find(need, top=1).cpv
    invitation = _asked(stage, who, need, value, days_ago, 1, codes[0][0] if codes else "")[0]
    bought = stage.now - timedelta(days=days_ago - 1)
    _says_yes(stage, invitation, price, bought)
    order = award.buy_small(stage.be(who), invitation, now=bought)
    came = stage.now - timedelta(days=max(1, days_ago - 12))
    deliver.report_delivery(stage.be(who), order, delivered="yes", rating=rating, now=came)
    order.refresh_from_db()
    deliver.mark_paid(stage.be(who), order, now=came + timedelta(days=1))


def _ordered(stage: Stage) -> None:
    invitation = _asked(
        stage, "peter", "Friske boller og rugbrød til 60 børn hver fredag i maj", 14_000, 6, 1
    )[0]
    _says_yes(stage, invitation, 12_800, stage.now - timedelta(days=5))
    award.buy_small(stage.be("peter"), invitation, now=stage.now - timedelta(days=4))


def _answered(stage: Stage) -> None:
    """Two of three have answered; Carla can buy."""
    need = "Flytning af 300 kasser bøger fra kælderen til det nye magasin"
    invitations = _asked(stage, "carla", need, 22_000, 2, 3)
    yesterday = stage.now - timedelta(days=1)
    _says_yes(stage, invitations[0], 19_500, yesterday, "Vi kan komme torsdag med fire mand og to vogne.")
    if len(invitations) > 1:
        answering.answer(
            stage.be("mette"), invitations[1], Answer.Kind.NOT_NOW, because=Answer.Because.BUSY, now=yesterday
        )


def _competition(stage: Stage) -> None:
    """Gift bags for new citizens: two sealed bids, one question answered."""
    by, now = stage.be("carla"), timezone.now()
    task = describe.describe_task(
        by,
        unit=stage.units["Åbjerg Bibliotek"],
        buyer_id=stage.users["carla"].pk,
        need="Pakning af 1.800 velkomstposer til nye borgere: bog, kort, folder og en lille gave i hver.",
        value_dkk=64_000,
        now=now,
    )
    describe.tell_the_law(
        by,
        task,
        kind="services",
        value_dkk=64_000,
        related_value_dkk=140_000,
        cross_border="no",
        binding_agreement="no",
        reasoning="Lille, lokal opgave over to måneder. Ingen aftale dækker pakning.",
        now=now,
    )
    task = TaskNotice.objects.select_related("law", "municipality", "unit", "buyer").get(pk=task.pk)
    for match in [match for match in all_matches(task, now=now) if match.resting is None][:3]:
        describe.pick(
            by,
            task,
            match.organisation,
            score=match.score,
            reasons=[str(one) for one in match.reasons],
            now=now,
        )
    until = timezone.localtime(now + timedelta(days=8)).replace(hour=12, minute=0, second=0)
    invited = send.publish_competition(
        by,
        task,
        bids_until=until,
        weighs="Laveste pris blandt dem, der kan levere til tiden.",
        ceiling_dkk=64_000,
        quantity="1.800 poser",
        now=now,
    )
    task = TaskNotice.objects.select_related("municipality", "competition", "buyer", "unit").get(pk=task.pk)
    for invitation, price in zip(invited[:2], (58_500, 61_200), strict=False):
        speaker = _speaker(stage, invitation.organisation)
        bids.place_bid(speaker, task, invitation.organisation_id, bids.Offer(price * 100), now=timezone.now())
        asked = questions.put_question(
            speaker, task, invitation.organisation_id, "Bliver poserne leveret foldet eller åbne?", now=timezone.now()
        ) if price == 58_500 else None  # fmt: skip
        set_tenant(stage.municipality.pk)
        if asked:
            questions.answer_question(by, asked, "De kommer foldet, 50 i hvert bundt.", now=timezone.now())


def _says_yes(stage: Stage, invitation: Invitation, kroner: int, now: object, note: str = "") -> None:
    answering.answer(
        stage.be("mette"),
        invitation,
        Answer.Kind.YES,
        price_oere=kroner * 100,
        note=note,
        now=now,  # type: ignore[arg-type]
    )


def _speaker(stage: Stage, organisation: Organisation) -> Principal:
    """Somebody logged in for an enterprise, with the database told so."""
    set_tenant(stage.municipality.pk, organisations=[organisation.pk])
    return Principal(
        Kind.USER,
        municipality_id=stage.municipality.pk,
        user_id=None,
        name=organisation.name,
        organisations=frozenset({organisation.pk}),
    )
