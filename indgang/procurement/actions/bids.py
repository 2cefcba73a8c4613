# SPDX-License-Identifier: MPL-2.0
"""Sealed bids: received, replaced, withdrawn until the last second, and opened by two people together."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, models, transaction
from django.urls import reverse

from indgang.core.text import Refused, gettext_noop
from indgang.directory.queries import main_contact
from indgang.kernel import audit, files, keys, mail
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import settle
from indgang.kernel.models import Duty, StoredFile
from indgang.procurement.actions.answer import answer, standing_answer
from indgang.procurement.actions.send import OPEN_DUTY
from indgang.procurement.actions.steps import CHOOSE_DUTY, promise_step
from indgang.procurement.models import Answer, Bid, Competition, Opening, TaskKey, TaskNotice
from indgang.procurement.permissions import check_can_bid, check_can_open

MOST_FILE_BYTES = 10_000_000
TOO_LATE = gettext_noop(
    "Fristen er gået, og tilbuddet er ikke modtaget. Ring til indkøberen, hvis noget gik galt hos os."
)


@dataclass(frozen=True)
class Offer:
    """What a bidder offers. The price is for everything, in øre without VAT."""

    price_oere: int
    delivery_date: date | None = None
    text: str = ""
    file_name: str = ""
    file_content: bytes = b""


@transaction.atomic
def place_bid(by: Principal, task: TaskNotice, organisation_id: int, offer: Offer, *, now: datetime) -> Bid:
    """Seal an offer and keep it; an earlier one is replaced. The database's clock decides whether it is in time."""
    check_can_bid(by, task, organisation_id, now)
    competition = Competition.objects.select_for_update(of=("self",)).get(task=task)
    if competition.ceiling_dkk is not None and offer.price_oere > competition.ceiling_dkk * 100:
        raise Refused(
            gettext_noop(
                "Prisen er over det højeste beløb på %(ceiling)s kr. Sæt den ned, eller spørg indkøberen."
            ),
            ceiling=f"{competition.ceiling_dkk:,}".replace(",", "."),
        )
    if len(offer.file_content) > MOST_FILE_BYTES:
        raise Refused(gettext_noop("Bilaget er over 10 MB. Gør det mindre, og prøv igen."))
    if offer.file_content:
        files.content_type(offer.file_name, offer.file_content)
    received_at = _in_time(competition)
    _standing(task, organisation_id).update(replaced_at=received_at)
    content = _written(offer)
    bid = Bid.objects.create(
        municipality_id=by.municipality_id,
        task=task,
        organisation_id=organisation_id,
        sealed=keys.seal(content, bytes(competition.public_key)),
        receipt=hashlib.sha256(content + received_at.isoformat().encode()).hexdigest(),
        received_at=received_at,
        given_by=str(by),
    )
    _say_yes(by, task, organisation_id, now)
    _write_receipt(by, bid, now)
    audit.record(by, "bid.place", f"task:{task.pk}", now=now, facts={"bid": bid.pk, "receipt": bid.receipt})
    return bid


@transaction.atomic
def withdraw_bid(by: Principal, task: TaskNotice, organisation_id: int, *, now: datetime) -> None:
    """Take a bid back before the deadline; a new one may be placed."""
    check_can_bid(by, task, organisation_id, now)
    at = _in_time(Competition.objects.select_for_update(of=("self",)).get(task=task))
    if not _standing(task, organisation_id).update(withdrawn_at=at):
        raise Refused(gettext_noop("I har ikke noget tilbud at trække tilbage."))
    audit.record(by, "bid.withdraw", f"task:{task.pk}", now=now, facts={"organisation": organisation_id})


@transaction.atomic
def turn_key(by: Principal, task: TaskNotice, *, now: datetime) -> bool:
    """One of the two who open. True when this was the second turn and all bids are open."""
    check_can_open(by, task, now)
    competition = Competition.objects.select_for_update(of=("self",)).get(task=task)
    if competition.opened_at is not None:
        raise Refused(gettext_noop("Tilbuddene er åbnet."))
    Opening.objects.create(municipality_id=by.municipality_id, task=task, user_id=by.user_id or 0, at=now)
    if Opening.objects.filter(task=task).values("user").distinct().count() < 2:
        audit.record(by, "bid.turn_key", f"task:{task.pk}", now=now)
        return False
    opened = _open_all(by, task, now)
    competition.opened_at = now
    competition.save(update_fields=["opened_at"])
    for duty in Duty.objects.filter(kind=OPEN_DUTY, path=reverse("task", args=[task.pk]), done_at=None):
        settle(duty, now=now)
    promise_step(by, task, CHOOSE_DUTY, now=now)
    audit.record(by, "bid.open", f"task:{task.pk}", now=now, facts={"bids": opened})
    return True


def _open_all(by: Principal, task: TaskNotice, now: datetime) -> list[int]:
    standing = Bid.objects.filter(task=task, withdrawn_at=None, replaced_at=None).order_by("pk")
    locked = bytes(TaskKey.objects.get(task=task).locked)
    opened = []
    for bid in standing:
        offer = _read(keys.unseal(bytes(bid.sealed), locked, by.municipality_id))
        bid.price_oere, bid.delivery_date, bid.text = offer.price_oere, offer.delivery_date, offer.text
        bid.file = _keep_file(by, offer, now)
        bid.save(update_fields=["price_oere", "delivery_date", "text", "file"])
        opened.append(bid.pk)
    return opened


def _keep_file(by: Principal, offer: Offer, now: datetime) -> StoredFile | None:
    if not offer.file_content:
        return None
    return files.store(offer.file_name, offer.file_content, by=by, now=now)


def _in_time(competition: Competition) -> datetime:
    """The database's clock, when its whole second is within the deadline. Refuses otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT clock_timestamp(), date_trunc('second', clock_timestamp()) <= %s",
            [competition.bids_until],
        )
        at, in_time = cursor.fetchone()
    if not in_time:
        raise Refused(TOO_LATE)
    return at  # type: ignore[no-any-return]


def _say_yes(by: Principal, task: TaskNotice, organisation_id: int, now: datetime) -> None:
    """Who bids is interested, and must not be reminded to answer. That there is a bid stays hidden."""
    rows = task.invitations.filter(organisation_id=organisation_id, invited_at__isnull=False)
    invitation = rows.select_related("duty").first()
    if invitation is not None:
        invitation.task = task
        given = standing_answer(invitation)
        if given is None or given.kind != Answer.Kind.YES:
            answer(by, invitation, Answer.Kind.YES, now=now)


def _standing(task: TaskNotice, organisation_id: int) -> "models.QuerySet[Bid]":
    return Bid.objects.filter(task=task, organisation_id=organisation_id, withdrawn_at=None, replaced_at=None)


def _written(offer: Offer) -> bytes:
    said = {
        "price_oere": offer.price_oere,
        "delivery_date": offer.delivery_date.isoformat() if offer.delivery_date else None,
        "text": offer.text,
        "file_name": offer.file_name,
        "file_content": base64.b64encode(offer.file_content).decode(),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


def _read(content: bytes) -> Offer:
    said = json.loads(content)
    day = said["delivery_date"]
    return Offer(
        said["price_oere"],
        date.fromisoformat(day) if day else None,
        said["text"],
        said["file_name"],
        base64.b64decode(said["file_content"]),
    )


def _write_receipt(by: Principal, bid: Bid, now: datetime) -> None:
    contact = main_contact(bid.organisation_id)
    if contact is None or not contact.email:
        return
    mail.write(
        by,
        contact.email,
        _("Vi har modtaget jeres tilbud"),
        _("Hej %(contact)s\n\nJeres tilbud er modtaget og forseglet. Kvittering:\n%(receipt)s\n\n"
          "I kan rette det eller trække det tilbage indtil fristen. Ingen kan læse det før.")
        % {"contact": contact.name, "receipt": bid.receipt},
        now=now,
        about=f"task:{bid.task_id}",
    )  # fmt: skip
