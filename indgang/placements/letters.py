# SPDX-License-Identifier: MPL-2.0
"""What an enterprise is written about its totals."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone, translation

from indgang.directory.queries import main_contact
from indgang.kernel import mail
from indgang.kernel.access import Principal
from indgang.kernel.danish import LANGUAGE
from indgang.kernel.danish import written as _
from indgang.kernel.links import create_link
from indgang.kernel.models import Municipality
from indgang.placements.models import TYPES, QuarterReport
from indgang.placements.permissions import TOTALS

LINK_LIVES = timedelta(days=60)


def write_mail(
    by: Principal, report: QuarterReport, municipality: Municipality, *, due_at: datetime, now: datetime
) -> None:
    """The question with its link; a reply to the mail comes back to the report's page as well."""
    contact = main_contact(report.organisation_id)
    if contact is None or not contact.email:
        return
    person = municipality.public_contact
    link = create_link(by, TOTALS, report.pk, recipient=contact.email, now=now, lives=LINK_LIVES)
    body = _(
        "Hej %(contact)s\n\nHvor mange pladser har I lige nu, og hvor mange af dem er nye? To minutter er nok:\n{link}\n\n"
        "I kan også bare svare på mailen, fx: «8 fleksjob, heraf 2 nye, 3 i praktik», eller ringe%(phone)s."
        " Skriv kun antal: ingen navne og ingen CPR-numre.\n\n"
        "Svar senest %(due)s. Tallene lægges sammen med de andre virksomheders, og ingen kan se jeres alene.\n\n"
        "Venlig hilsen\n%(sender)s\n%(municipality)s"
    ) % {
        "contact": contact.name,
        "phone": _(" på %(phone)s") % {"phone": person.phone} if person and person.phone else "",
        "due": timezone.localtime(due_at).strftime("%-d.%-m.%Y"),
        "sender": person.name if person else "",
        "municipality": municipality.name,
    }
    mail.write(
        by,
        contact.email,
        _("Jeres pladser i %(quarter)s") % {"quarter": report.when},
        body,
        now=now,
        about=f"report:{report.pk}",
        link=link,
        link_path="/l/tal/{token}/",
        reply_path=path_of(report),
        reply_owner=report.duty.owner if report.duty else None,
    )


def write_receipt(by: Principal, report: QuarterReport, now: datetime) -> None:
    """What staff wrote down goes to the enterprise, so that a misheard number is caught."""
    contact = main_contact(report.organisation_id)
    if contact is None or not contact.email:
        return
    with translation.override(LANGUAGE):
        labels = {str(kind): str(kind.label) for kind in TYPES}
    lines = "\n".join(
        _("%(kind)s: %(count)d, heraf %(new)d nye")
        % {"kind": labels[kind], "count": count, "new": report.new.get(kind, 0)}
        for kind, count in report.present.items()
    )
    link = create_link(by, TOTALS, report.pk, recipient=contact.email, now=now, lives=LINK_LIVES)
    mail.write(
        by,
        contact.email,
        _("Kvittering: jeres pladser i %(quarter)s") % {"quarter": report.when},
        _(
            "Hej %(contact)s\n\nVi har skrevet dette op:\n%(lines)s\n\nEr noget forkert, så ret det her:\n{link}"
        )
        % {"contact": contact.name, "lines": lines or _("Ingen pladser.")},
        now=now,
        about=f"report:{report.pk}",
        link=link,
        link_path="/l/tal/{token}/",
    )


def path_of(report: QuarterReport) -> str:
    return reverse("placements:report", args=[report.pk])


def title_of(report: QuarterReport) -> str:
    return _("%(name)s: pladser i %(quarter)s") % {"name": report.organisation.name, "quarter": report.when}


def call_title_of(report: QuarterReport) -> str:
    return _("Ring til %(name)s om pladser i %(quarter)s") % {
        "name": report.organisation.name,
        "quarter": report.when,
    }
