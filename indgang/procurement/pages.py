# SPDX-License-Identifier: MPL-2.0
"""What the task page holds, for staff and for enterprises: the same facts, read from where each stands."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from indgang.core.text import gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal, may
from indgang.placements.permissions import REGISTRARS
from indgang.procurement.bundle import files, mails, notices, openings, questions, saved_answer
from indgang.procurement.forms import (
    AccessForm,
    AnswerForm,
    AwardForm,
    BuyForm,
    DeliveryForm,
    QuestionForm,
    ReplyForm,
)
from indgang.procurement.lawful import counted_dkk, gate
from indgang.procurement.matching import matches_in, whole_result
from indgang.procurement.models import AccessRequest, Answer, Bid, Order, TaskNotice
from indgang.procurement.permissions import (
    check_can_ask_more,
    check_can_award,
    check_can_bid,
    check_can_change_draft,
    check_can_open,
    check_can_withdraw,
)
from indgang.procurement.queries import answers_of, latest_answers, open_access_requests, timeline
from indgang.procurement.states import State, state_of

CHOOSING = gettext_noop("Vælge, hvem der får opgaven")
ACCESS = gettext_noop("Aktindsigt, som kommunen har givet")
FOLLOWING_UP = gettext_noop("Følge op på en afgjort opgave")
ORDER_OF_STEPS = (State.DRAFT, State.ASKING, State.TO_AWARD, State.ORDERED, State.DELIVERED)


def steps(task: TaskNotice, state: State) -> list[dict[str, object]]:
    """The road from need to delivery, with where we are."""
    labels = [
        (State.DRAFT, _("Skrevet")),
        (State.ASKING, _("Spurgt")),
        (State.TO_AWARD, _("Valgt")),
        (State.ORDERED, _("Bestilt")),
        (State.DELIVERED, _("Leveret")),
    ]
    place = {
        State.DRAFT: 0, State.ASKING: 1, State.TO_OPEN: 2, State.TO_AWARD: 2, State.AWARDED: 3, State.ORDERED: 4,
        State.DELIVERED: 5, State.WITHDRAWN: -1,
    }[state]  # fmt: skip
    return [
        {
            "label": label,
            "state": "done" if number < place else "now" if number == place else "ahead",
            "note": "",
        }
        for number, (_state, label) in enumerate(labels)
    ]


def staff_page(by: Principal, task: TaskNotice, now: datetime) -> dict[str, Any]:
    """Everything on the buyer's page of a task."""
    state = state_of(task, now)
    asked = list(task.invitations.select_related("organisation", "contact").order_by("-score", "pk"))
    given = list(answers_of(task)) if task.published_at else []
    answers = latest_answers(given)
    listed = [row for row in asked if row.removed_at is None]
    page: dict[str, Any] = {
        "task": task,
        "state": state,
        "steps": steps(task, state),
        "gate": gate(task.law, on=timezone.localtime(now).date()),
        "amber": notices(task),
        "listed": [(row, answers.get(row.pk)) for row in listed],
        "taken_off": [row for row in asked if row.removed_at is not None],
        "files": files(task),
        "mails": mails(task),
        "questions": questions(task),
        "reply_form": ReplyForm(),
        "buy_form": BuyForm(),
        "events": timeline(task, by, asked, given),
        "may_withdraw": may(check_can_withdraw, by, task, now),
        "may_ask_more": may(check_can_ask_more, by, task, now),
        "saved_answer": saved_answer(task) if task.published_at else None,
        "now": now,
    }
    if state is State.DRAFT:
        page["may_change"] = may(check_can_change_draft, by, task, now)
        on_list = {row.organisation_id for row in listed}
        page["is_small"] = counted_dkk(task) < task.municipality.small_purchase_limit_dkk
        result = whole_result(task, now=now)
        page["parts"] = result.parts
        matches = matches_in(task, result.matches, now=now)
        page["matches"] = [(match, match.organisation.pk in on_list) for match in matches]
    if state is State.TO_OPEN:
        page["may_open"] = may(check_can_open, by, task, now)
        page["turned"] = openings(task)
    if state in (State.TO_AWARD, State.AWARDED, State.ORDERED, State.DELIVERED):
        page["bids"] = read_bids(by, task, state, now)
        page["may_award"] = may(check_can_award, by, task, now)
        page["award_form"] = AwardForm()
        page["access_requests"] = open_access_requests(task)
    if state is State.ORDERED or (
        state is State.DELIVERED and task.order.delivered == Order.Delivered.PARTLY
    ):
        page["delivery_form"] = DeliveryForm()
    if state in (State.ORDERED, State.DELIVERED) and not task.company:
        page["registers"] = by.holds(*REGISTRARS)
    return page


def enterprise_page(by: Principal, task: TaskNotice, now: datetime) -> dict[str, Any]:
    """What an enterprise, or anyone who comes by, sees of a competition. `task` comes from `bundled`."""
    state = state_of(task, now)
    page: dict[str, Any] = {
        "task": task,
        "state": state,
        "questions": [row for row in questions(task) if row.answered_at],
        "question_form": QuestionForm(),
        "answer_form": AnswerForm(),
        "access_form": AccessForm(),
        "now": now,
    }
    if not by.organisations:
        return page | {"may_bid": may(check_can_bid, by, task, 0, now), "events": []}
    return page | _own_part(by, task, state, now)


def _own_part(by: Principal, task: TaskNotice, state: State, now: datetime) -> dict[str, Any]:
    """What is the enterprise's own on a task: invitation, answers, bid, outcome, order, hearings."""
    mine = Q(organisation_id__in=by.organisations)
    ours = task.invitations.filter(mine).select_related("organisation").first()
    organisation_id = ours.organisation_id if ours else min(by.organisations)
    given = list(answers_of(task).filter(invitation__organisation_id__in=by.organisations))
    decision, order = getattr(task, "decision", None), getattr(task, "order", None)
    standing = Bid.objects.filter(mine, task=task, withdrawn_at=None, replaced_at=None).first()
    page: dict[str, Any] = {
        "invitation": ours if ours and ours.invited_at else None,
        "asked_to_join": bool(ours and not ours.invited_at),
        "organisation_id": organisation_id,
        "standing": last if ours and (last := latest_answers(given).get(ours.pk)) else None,
        "is_open": state is State.ASKING,
        "kinds": Answer.Kind,
        "bid": standing,
        "may_bid": may(check_can_bid, by, task, organisation_id, now),
        "files": files(task) if ours or task.open_to_all else [],
        "order": order if order and order.organisation_id in by.organisations else None,
        "events": timeline(task, by, [], given),
    }
    if decision is not None:
        page["line"] = decision.lines.filter(mine).first()
        page["hearings"] = task.access_requests.filter(about_id__in=by.organisations, heard_at__isnull=False)
        page["access_requests"] = [
            (asked, _papers(by, asked, now))
            for asked in task.access_requests.filter(mine).select_related("paper")
        ]
    return page


def _papers(by: Principal, asked: AccessRequest, now: datetime) -> Bid | None:
    """The whole bid that somebody was given access to; None when nothing or only a part was given."""
    if asked.outcome != AccessRequest.Outcome.GIVEN:
        return None
    bid = bid_behind(asked)
    if bid is not None:
        subject, read = f"task:{asked.task_id}", {"bids": [bid.pk], "request": asked.pk}
        audit.record_reading(by, "bid", subject, purpose=ACCESS, now=now, facts=read)
    return bid


def bid_behind(asked: AccessRequest) -> Bid | None:
    """The standing, opened bid of the one whose papers a request is about."""
    if asked.about_id is None:
        return None
    rows = Bid.objects.filter(task_id=asked.task_id, organisation_id=asked.about_id, price_oere__isnull=False)
    return rows.filter(withdrawn_at=None, replaced_at=None).select_related("organisation", "file").first()


def read_bids(by: Principal, task: TaskNotice, state: State, now: datetime) -> list[Bid]:
    """The opened bids, cheapest first. Reading them leaves a line in the log."""
    rows = Bid.objects.filter(task=task, withdrawn_at=None, replaced_at=None, price_oere__isnull=False)
    bids = list(rows.select_related("organisation", "file").order_by("price_oere", "received_at"))
    if bids:
        purpose = CHOOSING if state is State.TO_AWARD else FOLLOWING_UP
        read = {"bids": [bid.pk for bid in bids]}
        audit.record_reading(by, "bid", f"task:{task.pk}", purpose=purpose, now=now, facts=read)
    return bids
