# SPDX-License-Identifier: MPL-2.0
"""What the pages of a meeting hold, read once per page."""

from datetime import datetime
from typing import Any

from indgang.kernel.access import Principal, may
from indgang.meetings.forms import (
    ChooseForm,
    InviteForm,
    ItemForm,
    MinutesForm,
    ResolutionForm,
    SignUpForm,
    VoteForm,
)
from indgang.meetings.models import Meeting, Minutes, Participant, Proposal, Vote
from indgang.meetings.permissions import check_can_plan, check_can_run, check_can_write_up
from indgang.meetings.queries import present_names
from indgang.meetings.states import State, state_of


def run_page(by: Principal, meeting: Meeting, now: datetime) -> dict[str, Any]:
    """Everything for the one who runs the meeting."""
    people = list(
        meeting.participants.filter(withdrawn_at=None)
        .select_related("organisation")
        .order_by("added_at", "pk")
    )
    minutes = Minutes.objects.filter(meeting=meeting).select_related("written_by").first()
    came = sum(one.attended is True for one in people)
    return shared(meeting, now) | {
        "people": people,
        "invited": [one for one in people if one.part != Participant.Part.SIGNED_UP],
        "signed_up": [one for one in people if one.part == Participant.Part.SIGNED_UP and one.seat_at],
        "waiting": [one for one in people if one.waits],
        "answered": sum(one.reply_round == meeting.round for one in people),
        "noted": any(one.attended is not None for one in people),
        "came": came,
        "options": options(meeting, people),
        "minutes": minutes,
        "minutes_form": MinutesForm(initial={"text": minutes.text if minutes else ""}),
        "item_form": ItemForm(),
        "invite_form": InviteForm(),
        "choose_form": ChooseForm(initial={"round": meeting.round}),
        "resolution_form": ResolutionForm(meeting=meeting),
        "may_plan": may(check_can_plan, by, meeting),
        "may_write": may(check_can_write_up, by, meeting),
        "runs": True,
    }


def shared(meeting: Meeting, now: datetime) -> dict[str, Any]:
    """What everyone sees who may open the meeting at all."""
    return {
        "meeting": meeting,
        "state": state_of(meeting, now),
        "State": State,
        "agenda": list(meeting.agenda.order_by("position")),
        "resolutions": list(meeting.resolutions.select_related("duty__owner").order_by("pk")),
        "now": now,
    }


def options(meeting: Meeting, people: list[Participant]) -> list[dict[str, Any]]:
    """The proposed times with who can, best first: most who can, then fewest who cannot."""
    if meeting.starts_at is not None:
        return []
    rows = Proposal.objects.filter(meeting=meeting, round=meeting.round).prefetch_related("votes")
    names = {one.pk: one.name for one in people}
    found: list[dict[str, Any]] = []
    for row in rows:
        said = [(vote.fits, names.get(vote.participant_id, "")) for vote in row.votes.all()]
        by_fit = {fit: [name for given, name in said if given == fit and name] for fit in Vote.Fits.values}
        one: dict[str, Any] = {"proposal": row, **by_fit}
        found.append(one)
    found.sort(key=lambda one: (len(one["no"]) - len(one["yes"]), len(one["no"]), one["proposal"].starts_at))
    return found


def public_page(by: Principal, meeting: Meeting, now: datetime) -> dict[str, Any]:
    """For strangers and for those who take part without running it."""
    terms = getattr(meeting, "sign_up", None)
    page = shared(meeting, now) | {"terms": terms, "sign_up_form": SignUpForm(), "runs": False}
    if terms is not None:
        seated = meeting.participants.filter(
            part=Participant.Part.SIGNED_UP, withdrawn_at=None, seat_at__isnull=False
        ).count()
        page |= {
            "left": None if terms.seats is None else max(0, terms.seats - seated),
            "seated": seated,
            "names": present_names(meeting),
            "is_open": page["state"] is State.PLANNED and (terms.until is None or now <= terms.until),
        }
    mine = meeting.participants.filter(user_id=by.user_id, withdrawn_at=None).first() if by.user_id else None
    page["is_inside"] = mine is not None or bool(by.user_id and by.user_id == meeting.organiser_id)
    if not page["is_inside"]:
        page["agenda"] = page["agenda"] if terms is not None else []
        page["resolutions"] = []
    page["minutes"] = _sent(meeting) if page["is_inside"] else None
    return page


def link_page(participant: Participant, now: datetime) -> dict[str, Any]:
    """For somebody who came by their own link."""
    meeting = participant.meeting
    page = shared(meeting, now) | {"participant": participant, "minutes": _sent(meeting)}
    if page["state"] is State.FINDING:
        proposals = list(meeting.proposals.filter(round=meeting.round).order_by("starts_at"))
        standing = dict(participant.votes.filter(proposal__in=proposals).values_list("proposal_id", "fits"))
        page |= {
            "proposals": proposals,
            "has_voted": bool(standing),
            "vote_form": VoteForm(proposals=proposals, standing=standing, round_now=meeting.round),
        }
    page["replied"] = participant.coming is not None and participant.reply_round == meeting.round
    page["old_reply"] = participant.coming is not None and participant.reply_round != meeting.round
    return page


def may_run(by: Principal, meeting: Meeting) -> bool:
    return bool(may(check_can_run, by, meeting))


def _sent(meeting: Meeting) -> Minutes | None:
    return Minutes.objects.filter(meeting=meeting, sent_at__isnull=False).first()
