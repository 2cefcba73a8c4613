# SPDX-License-Identifier: MPL-2.0
"""The impact assessment is recorded, looked through once a year, and withdrawn."""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit, files
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import promise, settle
from indgang.kernel.models import Duty, Municipality, StoredFile, User
from indgang.placements import vault
from indgang.placements.models import Dpia, Placement
from indgang.placements.permissions import check_can_guard, dpia_in_force

REVIEW = "placements.dpia_review"
REVIEW_AFTER = timedelta(days=365)
ERASED_AFTER = timedelta(days=30)
"""A withdrawn assessment takes the placements with it so long afterwards; recording a new one in time keeps them."""


@transaction.atomic
def record_dpia(
    by: Principal,
    *,
    document: "UploadedFile[bytes] | StoredFile",
    signed_on: date,
    signer: str,
    least_people: int = 5,
    now: datetime,
) -> Dpia:
    """Open the room: from now on placements may be kept. A duty asks for a new look in a year."""
    check_can_guard(by)
    if dpia_in_force(by.municipality_id) is not None:
        raise Refused(
            gettext_noop("Der ligger en konsekvensanalyse. Træk den tilbage, før I lægger en ny ind.")
        )
    if signed_on > timezone.localdate(now):
        raise Refused(gettext_noop("Analysen kan ikke være underskrevet efter i dag. Ret datoen."))
    if not 5 <= least_people <= 10:
        raise Refused(gettext_noop("Mindst 5 og højst 10 personer bag et tal."))
    kept = document if isinstance(document, StoredFile) else files.receive(document, by=by, now=now)
    owner = User.objects.get(pk=by.user_id or 0)
    dpia = Dpia.objects.create(
        municipality_id=by.municipality_id,
        document=kept,
        signed_on=signed_on,
        signer=signer,
        least_people=least_people,
        recorded_by=owner,
        recorded_at=now,
        duty=_next_review(by, now),
    )
    with vault.reach(by):
        Placement.objects.filter(forget_at__gt=now).update(forget_at=None)
    audit.record(
        by,
        "dpia.record",
        f"dpia:{dpia.pk}",
        now=now,
        facts={"signed_on": str(signed_on), "sha256": kept.sha256},
        personal={"signer": signer},
    )
    return dpia


@transaction.atomic
def review_dpia(by: Principal, dpia: Dpia, *, note: str, now: datetime) -> None:
    """Somebody has looked the assessment through and it still holds; the next look is due in a year."""
    check_can_guard(by)
    if dpia.withdrawn_at is not None:
        raise Refused(gettext_noop("Konsekvensanalysen er allerede trukket tilbage."))
    if not note.strip():
        raise Refused(gettext_noop("Skriv kort, hvad I har set efter."))
    if dpia.duty is not None:
        settle(dpia.duty, now=now)
    dpia.duty = _next_review(by, now)
    dpia.save(update_fields=["duty"])
    audit.record(
        by,
        "dpia.review",
        f"dpia:{dpia.pk}",
        now=now,
        facts={"next": str(timezone.localdate(dpia.duty.due_at))},
        personal={"note": note.strip()},
    )


@transaction.atomic
def withdraw_dpia(by: Principal, dpia: Dpia, *, reason: str, now: datetime) -> None:
    """Close the room at once; what was kept is erased a month later."""
    check_can_guard(by)
    if dpia.withdrawn_at is not None:
        raise Refused(gettext_noop("Konsekvensanalysen er allerede trukket tilbage."))
    dpia.withdrawn_at, dpia.withdrawn_reason = now, reason
    dpia.withdrawn_by_id = by.user_id
    dpia.save(update_fields=["withdrawn_at", "withdrawn_reason", "withdrawn_by"])
    if dpia.duty is not None:
        settle(dpia.duty, now=now)
    with vault.reach(by):
        count = Placement.objects.filter(forget_at=None).update(forget_at=now + ERASED_AFTER)
    audit.record(by, "dpia.withdraw", f"dpia:{dpia.pk}", now=now, facts={"placements": count})


def _next_review(by: Principal, now: datetime) -> Duty:
    return promise(
        by,
        REVIEW,
        _("Se konsekvensanalysen for job og forløb efter"),
        path=reverse("placements:dpia"),
        due_at=now + REVIEW_AFTER,
        owner=User.objects.get(pk=by.user_id or 0),
        calendar=Municipality.objects.get(pk=by.municipality_id).calendar(),
        now=now,
    )
