# SPDX-License-Identifier: MPL-2.0
"""A version takes effect: the paper is drawn and filed, promises become duties, and the one before stops."""

from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from indgang.agreements.lifetime import case_key, path_of, warn_before_end
from indgang.agreements.models import Accession, Agreement, AgreementVersion, Fulfilment, Obligation
from indgang.agreements.partnership.wording import template
from indgang.agreements.term import months_after
from indgang.kernel import danish, files, filing, mail
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import at, promise, settle
from indgang.kernel.models import Duty, StoredFile
from indgang.kernel.pdf import typeset

PROMISE_DUTY = "agreements.promise"
DOCUMENT = Path(__file__).parent.parent / "documents" / "partnership.typ"


def take_effect(by: Principal, version: AgreementVersion, *, now: datetime) -> None:
    """Part of the last party's accession: everything that follows from it."""
    agreement = version.agreement
    version.accepted_at = now
    version.document = draw(by, version, now=now)
    version.save(update_fields=["accepted_at", "document"])
    title = _("%(title)s, udgave %(number)d") % {"title": agreement.title, "number": version.number}
    filing.journalise(by, case_key(agreement), title, version.document, now=now)
    if agreement.in_force_at is None:
        agreement.in_force_at = now
        agreement.save(update_fields=["in_force_at"])
    if version.last_date is not None:
        agreement.last_date = version.last_date
        agreement.save(update_fields=["last_date"])
    warn_before_end(by, agreement, now=now)
    _carry_over(by, version, now)
    for accession in version.accessions.select_related("party"):
        _tell(by, accession, agreement, _("Aftalen gælder nu: %(title)s"), now)


def welcome(by: Principal, accession: Accession, *, now: datetime) -> None:
    """A party that came later has acceded: the paper is drawn anew with all of them and filed again."""
    version = accession.version
    version.document = draw(by, version, now=now)
    version.save(update_fields=["document"])
    title = _("%(title)s: %(name)s er tiltrådt") % {
        "title": version.agreement.title,
        "name": accession.party.name,
    }
    filing.journalise(by, case_key(version.agreement), title, version.document, now=now)
    _tell(by, accession, version.agreement, _("I er med: %(title)s"), now)


def _carry_over(by: Principal, version: AgreementVersion, now: datetime) -> None:
    """Promises that go on keep their open duty; new ones get one, and so do those that come back when the agreement has
    been renewed; those that were taken out fall away."""
    open_ones = {
        row.key: row
        for row in Fulfilment.objects.select_related("duty").filter(
            agreement=version.agreement, done_at=None, dropped_at=None
        )
    }
    kept = Fulfilment.objects.filter(agreement=version.agreement, dropped_at=None).exclude(done_at=None)
    last = {row.key: row for row in kept.order_by("due_date")}
    for obligation in version.obligations.select_related("party", "owner"):
        standing = open_ones.pop(obligation.key, None)
        if standing is not None:
            standing.obligation = obligation
            standing.save(update_fields=["obligation"])
        elif obligation.key in last:
            row = last[obligation.key]
            row.obligation, row.agreement = obligation, version.agreement
            expect_again(by, row, now=now)
        else:
            expect(by, obligation, version.agreement, obligation.due_date, now=now)
    for gone in open_ones.values():
        drop(gone, now)


def expect(
    by: Principal, obligation: Obligation, agreement: Agreement, due: date, *, now: datetime
) -> Fulfilment:
    """Write down that a promise must be kept by a day; a partner's is awaited, the municipality's is somebody's own."""
    duty = promise(
        by,
        PROMISE_DUTY,
        f"{obligation.party.name}: {obligation.text}",
        path=f"{path_of(agreement)}#loefter",
        due_at=at(due),
        owner=obligation.owner or agreement.manager,
        unit=agreement.unit,
        awaits_others=not obligation.party.is_public_side,
        calendar=agreement.municipality.calendar(),
        now=now,
    )
    return Fulfilment.objects.create(
        municipality_id=agreement.municipality_id,
        agreement=agreement,
        obligation=obligation,
        key=obligation.key,
        party=obligation.party,
        due_date=due,
        duty=duty,
    )


def expect_again(by: Principal, kept: Fulfilment, *, now: datetime) -> Fulfilment | None:
    """The next time of a promise that comes back, while the agreement still holds then."""
    obligation, agreement = kept.obligation, kept.agreement
    if not obligation.repeats_months:
        return None
    due = months_after(kept.due_date, obligation.repeats_months)
    while due <= timezone.localdate(now):
        due = months_after(due, obligation.repeats_months)
    if due > agreement.last_date or agreement.ended_at is not None:
        return None
    return expect(by, obligation, agreement, due, now=now)


def drop(fulfilment: Fulfilment, now: datetime) -> None:
    fulfilment.dropped_at = now
    fulfilment.save(update_fields=["dropped_at"])
    settle(fulfilment.duty, now=now, outcome=Duty.Outcome.DROPPED)


def draw(by: Principal, version: AgreementVersion, *, now: datetime) -> StoredFile:
    """The frozen text with everyone's accession, as PDF/UA-1."""
    agreement = version.agreement
    facts = {
        "title": agreement.title,
        "municipality": agreement.municipality.name,
        "variant": danish.label(Agreement.Variant(agreement.variant).label),
        "number": str(version.number),
        "headings": _headings(version),
        "lines": version.text.split("\n")[2:],
        "hash": version.text_hash,
        "accessions": [
            {
                "party": row.party.name,
                "name": row.name,
                "role": row.role,
                "at": danish.long_moment(row.acceded_at or now),
            }
            for row in version.accessions.select_related("party")
            .exclude(acceded_at=None)
            .order_by("acceded_at")
        ],
    }
    return files.store(
        f"aftale-{agreement.pk}-udgave-{version.number}.pdf", typeset(DOCUMENT, facts), by=by, now=now
    )


def _headings(version: AgreementVersion) -> list[str]:
    own = ["Parterne", "Hvad vi lover hinanden", "Mål", "Hvad aftalen ikke giver"]
    known = [title for _key, title, _text in template(version.agreement.variant).sections]
    return own + known + list(version.sections.values_list("title", flat=True))


def _tell(by: Principal, accession: Accession, agreement: Agreement, subject: str, now: datetime) -> None:
    facts = {"name": accession.party.signer_name, "title": agreement.title, "manager": agreement.manager.name}
    body = _(
        "Hej %(name)s\n\nAlle parter har tiltrådt »%(title)s«. Løfterne har fået datoer, og der kommer besked i god tid."
        " %(manager)s er jeres aftaleansvarlige i kommunen."
    )
    about = f"agreement:{agreement.pk}"
    mail.write(by, accession.party.email, subject % facts, body % facts, now=now, about=about)
