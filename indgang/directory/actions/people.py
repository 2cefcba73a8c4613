# SPDX-License-Identifier: MPL-2.0
"""People in an enterprise: contacts, who is shown, who may answer, and who may log in."""

from datetime import datetime, timedelta

from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.directory import numbers, permissions
from indgang.directory.models import Contact, Organisation
from indgang.kernel import audit, log_in, mail
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.links import create_link
from indgang.kernel.models import User

LOG_IN_LIVES = timedelta(days=7)


@transaction.atomic
def save_contact(
    by: Principal,
    organisation: Organisation,
    contact: Contact | None = None,
    *,
    name: str,
    now: datetime,
    email: str = "",
    phone: str = "",
    role: str = "",
    is_shown: bool = False,
    speaks_for: bool = False,
    is_main: bool = False,
) -> Contact:
    """Add a person, or change `contact`. A new main contact takes over from the old one.

    Somebody is shown to the public only when `is_shown` says so.
    """
    permissions.check_can_edit(by, organisation)
    if not name.strip():
        raise Refused(gettext_noop("Skriv personens navn."))
    if not email.strip() and not phone.strip():
        raise Refused(gettext_noop("Skriv en telefon eller en e-mail, så vi kan få fat i personen."))
    contact = contact or Contact(organisation=organisation)
    others = organisation.contacts.filter(left_at=None).exclude(pk=contact.pk)
    contact.name, contact.role = name.strip(), role.strip()
    contact.email, contact.phone = email.strip().lower(), numbers.phone_number(phone)
    contact.is_shown, contact.speaks_for = is_shown, speaks_for
    contact.is_main = is_main or contact.is_main or not others.filter(is_main=True).exists()
    if contact.is_main:
        contact.speaks_for = True
        others.filter(is_main=True).update(is_main=False)
    contact.save()
    audit.record(
        by,
        "contact.save",
        f"organisation:{organisation.pk}",
        now=now,
        facts={"contact": contact.pk, "is_shown": is_shown},
        personal={"name": contact.name},
    )
    return contact


@transaction.atomic
def let_contact_go(by: Principal, contact: Contact, *, now: datetime) -> None:
    """The person no longer works there: shown to nobody, answers for nobody, forgotten after a year."""
    permissions.check_can_edit(by, contact.organisation)
    others = contact.organisation.contacts.filter(left_at=None).exclude(pk=contact.pk).order_by("pk")
    heir = others.first()
    if heir is None:
        raise Refused(gettext_noop("Skriv en anden kontakt først: en virksomhed skal have mindst én."))
    was_main = contact.is_main
    contact.left_at, contact.is_shown, contact.is_main = now, False, False
    contact.speaks_for, contact.user = False, None
    contact.save()
    if was_main:
        heir.is_main = heir.speaks_for = True
        heir.save(update_fields=["is_main", "speaks_for"])
    audit.record(
        by, "contact.leave", f"organisation:{contact.organisation_id}", now=now, facts={"contact": contact.pk}
    )


@transaction.atomic
def give_log_in(by: Principal, contact: Contact, *, now: datetime) -> User:
    """Let a contact log in and answer for the enterprise; sends a link for the first time.

    An account with the same address is used when there is one.
    """
    permissions.check_can_edit(by, contact.organisation)
    if not contact.email:
        raise Refused(gettext_noop("Skriv personens e-mail først. Den er navnet, man logger ind med."))
    if not contact.speaks_for:
        raise Refused(gettext_noop("Sæt først kryds ved, at personen må svare for virksomheden."))
    user = log_in.account_for(contact.email, contact.name)
    if not user.is_active:
        raise Refused(gettext_noop("Kontoen til den e-mail er lukket. Brug en anden e-mail."))
    contact.user = user
    contact.save(update_fields=["user"])
    _write_first_log_in(by, contact, user, now)
    audit.record(
        by,
        "contact.log_in",
        f"organisation:{contact.organisation_id}",
        now=now,
        facts={"contact": contact.pk},
    )
    return user


def _write_first_log_in(by: Principal, contact: Contact, user: User, now: datetime) -> None:
    """The first link lives a week, because nobody waits for it; later ones are asked for and live half an hour."""
    link = create_link(by, log_in.PURPOSE, user.pk, recipient=user.email, now=now, lives=LOG_IN_LIVES)
    told = {"person": user.name, "name": contact.organisation.name}
    mail.write(
        by,
        user.email,
        _("Du kan nu logge ind for %(name)s") % told,
        _(
            "Hej %(person)s\n\nDu kan nu rette profilen for %(name)s og svare på opgaver, når det passer dig.\n\n"
            "Log ind her inden for en uge:\n{link}\n\n"
            "Senere logger du ind med din e-mail: vælg «Send mig et link» på log ind-siden.\n"
        )
        % told,
        now=now,
        about=f"organisation:{contact.organisation_id}",
        link=link,
        link_path="/l/log-ind/{token}/?next=/virksomheder/min/",
    )
