# SPDX-License-Identifier: MPL-2.0
"""Every field that can hold something about a person says how long it is kept, or this list says why it need not."""

import re

from django.apps import apps
from django.db import models

PERSONAL = re.compile(
    r"^(name|full_name|email|phone|sender|recipient|street|address|contact|note|remark|text|body|why|reason|message"
    r"|said_by|noted_by|verified_by|asked_by|saved_by|confirmed_by|created_by|given_by|signer|author|who|values)$"
)
SURELY = re.compile(r"^(name|full_name|email|phone|sender|recipient|street|address|contact|signer|author)$")
WORDS_TOO = {"kernel", "directory", "procurement", "placements", "meetings"}
"""Rooms in which free text is looked at field by field; in the others a field must surely be about a person."""
INTERNAL = "an internal number such as user:7; the name goes with the account"
PURCHASE = "a purchase's own words, kept with the purchase; forms refuse personal numbers"
PUBLIC_OFFICE = "the municipality's own, not a person's"
DECISION = "why an authority decided so; filed, and kept as long as what was decided"
NO_RULE = {
    "kernel.Municipality.name": PUBLIC_OFFICE,
    "kernel.Municipality.email": PUBLIC_OFFICE,
    "kernel.Municipality.phone": PUBLIC_OFFICE,
    "kernel.Unit.name": PUBLIC_OFFICE,
    "kernel.StoredFile.name": "a file's name goes with its file",
    "kernel.StoredFile.created_by": INTERNAL,
    "directory.ImportRun.name": "the row goes after ninety days",
    "directory.Listing.text": "what an enterprise sells, removed by the enterprise",
    "directory.OpenPlace.text": "a vacant place, not who takes it",
    "directory.StatusFact.reason": DECISION,
    "procurement.Answer.note": PURCHASE,
    "procurement.Answer.given_by": INTERNAL,
    "procurement.Bid.text": PURCHASE,
    "procurement.Bid.given_by": INTERNAL,
    "procurement.Decision.reason": DECISION,
    "procurement.DecisionLine.reason": DECISION,
    "procurement.AccessRequest.reason": DECISION,
    "procurement.Order.text": PURCHASE,
    "meetings.Meeting.text": "the invitation to a meeting, no participant's",
    "meetings.AgendaItem.text": "a point on an agenda",
    "meetings.AgendaItem.asked_by": "whose point it is; kept with the minutes",
    "meetings.Minutes.text": "minutes of a meeting, filed; kept as long as the meeting",
    "meetings.Resolution.text": "a resolution, filed; kept as long as the meeting",
    "meetings.Resolution.who": "who is to act on a resolution; kept with it",
    "guidance.AgreementList.name": "a file's name",
    "agreements.Party.name": "an enterprise's or a unit's, as it stands in the agreement",
    "guidance.PolicyVersion.name": PUBLIC_OFFICE,
    "placements.Placement.created_by": "the row goes when it must be forgotten",
}


def personal_fields() -> dict[str, bool]:
    """Each text field that looks personal, as `room.Model.field`, and whether a rule says how long it is kept."""
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("indgang."):
            continue
        ruled = {name for rule in getattr(model, "retention", ()) for name in rule.fields}
        for field in model._meta.get_fields():
            if (
                isinstance(field, models.CharField | models.TextField | models.JSONField)
                and not field.choices
            ) and (
                isinstance(field, models.EmailField)
                or (PERSONAL if model._meta.app_label in WORDS_TOO else SURELY).match(field.name)
            ):
                found[f"{model._meta.label}.{field.name}"] = field.name in ruled
    return found


def test_every_field_about_people_says_how_long_it_is_kept() -> None:
    """Declare it in the model's `retention`, or say in NO_RULE why it holds nobody."""
    assert [name for name, ruled in personal_fields().items() if not ruled and name not in NO_RULE] == []


def test_no_exception_outlives_its_field() -> None:
    assert set(NO_RULE) - set(personal_fields()) == set()
    assert {config.label for config in apps.get_app_configs()} >= WORDS_TOO
