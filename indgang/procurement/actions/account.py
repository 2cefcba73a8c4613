# SPDX-License-Identifier: MPL-2.0
"""A log-in for the person an invitation was written to, so that the enterprise can bid."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.log_in import account_for, write_log_in_link
from indgang.procurement.models import Invitation


@transaction.atomic
def join_account(by: Principal, invitation: Invitation, *, now: datetime) -> None:
    """Give the contact an account and send the link to its own address, never to whoever holds this one."""
    contact = invitation.contact
    if contact is None or not contact.email:
        raise Refused(
            gettext_noop("Vi har ingen mailadresse til jer. Ring til kommunen, så får I et log ind.")
        )
    if contact.user is None:
        contact.user, contact.speaks_for = account_for(contact.email, contact.name), True
        contact.save(update_fields=["user", "speaks_for"])
    write_log_in_link(by, contact.user, now=now, path=reverse("bid", args=[invitation.task_id]))
    audit.record(by, "contact.account", f"contact:{contact.pk}", now=now)
