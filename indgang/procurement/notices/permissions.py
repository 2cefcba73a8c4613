# SPDX-License-Identifier: MPL-2.0
"""Who may point a notice out to an enterprise, and the sentence when they may not."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.kernel.access import Principal
from indgang.procurement.models import Invitation, Notice, NoticeForward
from indgang.procurement.notices.queries import open_calls, plans


def check_can_forward(by: Principal, notice: Notice, now: datetime) -> None:
    """Staff, while the call is open or planned."""
    if by.user_id is None or not by.works_here:
        raise Refused(gettext_noop("Kun kommunens egne folk kan sende et udbud videre."))
    if not open_calls(now).filter(pk=notice.pk).exists() and not plans(now).filter(pk=notice.pk).exists():
        raise Refused(gettext_noop("Udbuddet er lukket, ændret eller afgjort. Find det, der gælder nu."))


def check_can_forward_to(by: Principal, notice: Notice, organisation: Organisation, now: datetime) -> None:
    """Once for each enterprise, when it is in the directory, awake, and has not had its fill this month."""
    check_can_forward(by, notice, now)
    today = timezone.localtime(now).date()
    if organisation.is_draft or organisation.closed_at is not None:
        raise Refused(gettext_noop("Virksomheden har ikke sagt ja til at stå i kataloget endnu."))
    if organisation.is_paused(today) or organisation.on_holiday(today):
        raise Refused(gettext_noop("Virksomheden er på pause eller holder ferie og får ikke mails nu."))
    earlier = NoticeForward.objects.filter(
        notice=notice, organisation=organisation, municipality_id=by.municipality_id
    ).first()
    if earlier is not None:
        raise Refused(
            gettext_noop("Virksomheden fik det sendt %(date)s."),
            date=date_format(timezone.localtime(earlier.at), "MONTH_DAY_FORMAT"),
        )
    if contacts_this_month(organisation, now) >= organisation.availability.invitations_a_month:
        raise Refused(
            gettext_noop("Virksomheden har fået de henvendelser, den vil have, denne måned. Ring i stedet.")
        )


def contacts_this_month(organisation: Organisation, now: datetime) -> int:
    """Invitations and notices that the municipality has sent in the last thirty days."""
    since = now - timedelta(days=30)
    invited = Invitation.objects.filter(organisation=organisation, invited_at__gte=since).count()
    return invited + NoticeForward.objects.filter(organisation=organisation, at__gte=since).count()
