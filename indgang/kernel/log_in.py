# SPDX-License-Identifier: MPL-2.0
"""A link in a mail that logs its recipient in, once, within half an hour."""

from datetime import datetime, timedelta
from urllib.parse import quote

from django.utils.translation import gettext as _

from indgang.kernel import mail
from indgang.kernel.access import Principal
from indgang.kernel.links import create_link
from indgang.kernel.models import User

PURPOSE = "log-in"
LIVES = timedelta(minutes=30)


def account_for(email: str, name: str) -> User:
    """The account of an address; made without a password when there is none."""
    found = User.objects.filter(email=email.lower()).first()
    return found or User.objects.create_user(email, name=name)


def write_log_in_link(by: Principal, user: User, *, now: datetime, path: str = "") -> None:
    """Send the link. `path` is where the person goes after logging in."""
    link = create_link(by, PURPOSE, user.pk, recipient=user.email, now=now, lives=LIVES)
    mail.write(
        by,
        user.email,
        _("Dit link til Indgang"),
        _("Hej %(name)s\n\nLog ind her inden for en halv time:\n{link}\n\nHar du ikke bedt om det, kan du se bort fra mailen.")
        % {"name": user.name},
        now=now,
        about="log-in",
        link=link,
        link_path="/l/log-ind/{token}/" + (f"?next={quote(path)}" if path else ""),
    )  # fmt: skip
