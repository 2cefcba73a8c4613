# SPDX-License-Identifier: MPL-2.0
"""Facts about status: declared by the enterprise, seen by a verifier, or decided by one municipality."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from indgang.core.text import Refused, gettext_noop
from indgang.directory import permissions
from indgang.directory.models import Organisation, StatusFact
from indgang.directory.queries import caretaker
from indgang.kernel import audit, duties
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.models import Duty, Municipality, StoredFile

LOOK_AGAIN = "directory.look_again"
"""The kind of duty: look at the evidence anew before a fact runs out."""
VERIFIED = (StatusFact.Kind.REGISTERED, StatusFact.Kind.SHARE_30)


@transaction.atomic
def declare(by: Principal, organisation: Organisation, *, now: datetime) -> StatusFact:
    """The enterprise says itself that it is a social enterprise. Nobody has verified it, and the page says so."""
    permissions.check_can_declare(by, organisation)
    current = organisation.status_facts.filter(kind=StatusFact.Kind.SELF_DECLARED, ended_at=None).first()
    if current is not None:
        return current
    fact = StatusFact.objects.create(
        organisation=organisation,
        kind=StatusFact.Kind.SELF_DECLARED,
        since=timezone.localdate(now),
        created_at=now,
    )
    _note(by, "status.declare", fact, now)
    return fact


@transaction.atomic
def register(
    by: Principal,
    organisation: Organisation,
    *,
    kind: str,
    evidence: str,
    since: date,
    valid_until: date | None,
    now: datetime,
    document: StoredFile | None = None,
) -> StatusFact:
    """A verifier has seen the evidence: of the registration (RSV), or of at least 30 per cent from target groups.

    A newer fact of the same kind takes over. Evidence of the share is a signed statement, never lists of people.
    """
    permissions.check_can_verify(by, organisation)
    if kind not in VERIFIED:
        raise Refused(gettext_noop("Vælg, hvad dokumentationen viser."))
    if kind == StatusFact.Kind.REGISTERED and organisation.cvr_number is None:
        raise Refused(gettext_noop("Registreringen følger CVR-nummeret. Skriv det på virksomheden først."))
    _check(evidence, since, valid_until)
    organisation.status_facts.filter(kind=kind, ended_at=None).update(ended_at=now)
    fact = StatusFact.objects.create(
        organisation=organisation,
        kind=kind,
        evidence=evidence.strip(),
        document=document,
        verified_by=by.name or "Indgang",
        since=since,
        valid_until=valid_until,
        created_at=now,
    )
    _note(by, "status.register", fact, now)
    return fact


@transaction.atomic
def decide_equivalence(
    by: Principal,
    organisation: Organisation,
    *,
    reason: str,
    evidence: str,
    since: date,
    valid_until: date,
    now: datetime,
    document: StoredFile | None = None,
) -> StatusFact:
    """The municipality's own reasoned decision that an unregistered enterprise meets the conditions.

    It binds nobody else, is never copied to another municipality, and is never a condition for bidding.
    """
    permissions.check_can_decide_equivalence(by, organisation)
    if not reason.strip():
        raise Refused(gettext_noop("Skriv begrundelsen: hvilke betingelser er opfyldt, og hvordan ses det?"))
    _check(evidence, since, valid_until)
    mine = organisation.status_facts.filter(
        kind=StatusFact.Kind.EQUIVALENT, municipality_id=by.municipality_id, ended_at=None
    )
    mine.update(ended_at=now)
    fact = StatusFact.objects.create(
        organisation=organisation,
        kind=StatusFact.Kind.EQUIVALENT,
        municipality_id=by.municipality_id,
        evidence=evidence.strip(),
        document=document,
        reason=reason.strip(),
        verified_by=by.name or "Indgang",
        since=since,
        valid_until=valid_until,
        created_at=now,
    )
    _note(by, "status.decide", fact, now)
    return fact


@transaction.atomic
def end_status(by: Principal, fact: StatusFact, *, now: datetime) -> None:
    """The fact no longer holds. It stays readable with its end, so that old decisions can be understood."""
    if fact.kind == StatusFact.Kind.SELF_DECLARED:
        permissions.check_can_declare(by, fact.organisation)
    elif fact.kind == StatusFact.Kind.EQUIVALENT:
        permissions.check_can_decide_equivalence(by, fact.organisation)
    else:
        permissions.check_can_verify(by, fact.organisation)
    if fact.ended_at is not None:
        return
    fact.ended_at = now
    fact.save(update_fields=["ended_at"])
    _note(by, "status.end", fact, now)


@transaction.atomic
def remind_of_end(by: Principal, fact: StatusFact, *, now: datetime) -> Duty | None:
    """Somebody must look again before the fact runs out; None when that is promised already."""
    path = _renewed_at(fact)
    if fact.valid_until is None or Duty.objects.filter(kind=LOOK_AGAIN, path=path, done_at=None).exists():
        return None
    municipality = Municipality.objects.select_related("public_contact").get(pk=by.municipality_id)
    return duties.promise(
        by,
        LOOK_AGAIN,
        _("Se efter igen, om %(name)s stadig er: %(kind)s")
        % {"name": fact.organisation.name, "kind": fact.get_kind_display()},
        path=path,
        due_at=duties.at(fact.valid_until),
        now=now,
        owner=caretaker(fact.organisation_id, municipality),
        calendar=municipality.calendar(),
    )


def _renewed_at(fact: StatusFact) -> str:
    """Where a newer fact of the same kind is written."""
    page = "betingelser/" if fact.kind == StatusFact.Kind.EQUIVALENT else f"dokumentation/?slags={fact.kind}"
    return f"/virksomheder/{fact.organisation_id}/{page}"


def _check(evidence: str, since: date, valid_until: date | None) -> None:
    if not evidence.strip():
        raise Refused(gettext_noop("Skriv, hvilken dokumentation du har set."))
    if valid_until is not None and valid_until < since:
        raise Refused(gettext_noop("Datoen for udløb ligger før begyndelsen. Ret den ene af dem."))


def _note(by: Principal, act: str, fact: StatusFact, now: datetime) -> None:
    """The line in the log; whoever should look again has looked."""
    for duty in Duty.objects.filter(kind=LOOK_AGAIN, path=_renewed_at(fact), done_at=None):
        duties.settle(duty, now=now)
    audit.record(
        by,
        act,
        f"organisation:{fact.organisation_id}",
        now=now,
        facts={"kind": str(fact.kind), "fact": fact.pk},
    )
