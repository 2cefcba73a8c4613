# SPDX-License-Identifier: MPL-2.0
"""A party leaves while the others go on: its promises fall, theirs stand, and everybody is told."""

from datetime import datetime

from django.db import transaction

from indgang.agreements.lifetime import locked
from indgang.agreements.models import Accession, Agreement, Fulfilment, Party
from indgang.agreements.partnership.accede import ACCEDE
from indgang.agreements.partnership.draft import draft_of
from indgang.agreements.partnership.force import drop
from indgang.agreements.permissions import check_can_change
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit, mail
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.links import revoke_links


@transaction.atomic
def leave(by: Principal, party: Party, *, why: str, now: datetime) -> None:
    """Take a party off the agreement from now on. Refuses while a version is on offer, and when nobody is left to agree."""
    agreement = locked(party.agreement)
    check_can_change(by, agreement)
    _check(agreement, party, why)
    party.left_at, party.left_because = now, why.strip()[:300]
    party.save(update_fields=["left_at", "left_because"])
    open_ones = Fulfilment.objects.filter(agreement=agreement, party=party, done_at=None, dropped_at=None)
    for fulfilment in open_ones.select_related("duty"):
        drop(fulfilment, now)
    draft = draft_of(agreement)
    if draft is not None:
        draft.obligations.filter(party=party).delete()
        draft.approvals.update(user=None, approved_at=None, note="")
    for number in Accession.objects.filter(party=party, acceded_at=None).values_list("pk", flat=True):
        revoke_links(ACCEDE, number, now=now)
    if agreement.in_force_at is not None:
        _tell(by, agreement, party, now)
    audit.record(by, "agreement.leave", f"agreement:{agreement.pk}", now=now, facts={"party": party.pk})


def _check(agreement: Agreement, party: Party, why: str) -> None:
    if party.left_at is not None:
        raise Refused(gettext_noop("%(name)s er gået ud i forvejen."), name=party.name)
    if agreement.versions.filter(offered_at__isnull=False, accepted_at=None, withdrawn_at=None).exists():
        raise Refused(
            gettext_noop("Aftalen er sendt til tiltrædelse. Træk den tilbage, før du ændrer parterne.")
        )
    if not why.strip():
        raise Refused(gettext_noop("Skriv, hvorfor parten går ud. De andre får det at vide."))
    others = list(agreement.parties.filter(left_at=None).exclude(pk=party.pk))
    enterprises = sum(one.organisation_id is not None for one in others)
    needed = {Agreement.Variant.INTERNAL: 0, Agreement.Variant.COMPANIES: 2}.get(
        Agreement.Variant(agreement.variant), 1
    )
    if len(others) < 2 or enterprises < needed:
        raise Refused(gettext_noop("Så er der ingen at have aftalen med. Opsig den i stedet."))


def _tell(by: Principal, agreement: Agreement, gone: Party, now: datetime) -> None:
    """The one who leaves and those who stay, at addresses that were confirmed."""
    subject = _("%(party)s er gået ud af »%(title)s«") % {"party": gone.name, "title": agreement.title}
    body = _(
        "Hej %(name)s\n\n%(party)s er ikke længere part i »%(title)s«. %(why)s\n\nDet, de andre har lovet, står ved magt."
        " Spørg %(manager)s, hvis det ændrer noget for jer."
    )
    told = [gone, *agreement.parties.filter(left_at=None)]
    for party in told:
        if party.email_confirmed_at is not None:
            facts = {
                "name": party.signer_name,
                "party": gone.name,
                "title": agreement.title,
                "why": gone.left_because,
                "manager": agreement.manager.name,
            }
            mail.write(by, party.email, subject, body % facts, now=now, about=f"agreement:{agreement.pk}")
