# SPDX-License-Identifier: MPL-2.0
"""Reminding people of their promises: one mail a person and morning, never what a case is about.

The owner (or who stands in) hears the working day before and on the day. From the working day after, the
coordinator hears too, and after a working week a director. What has nobody to answer for it goes to the
coordinator at once.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indgang.kernel import audit, mail
from indgang.kernel.access import Principal
from indgang.kernel.duties import climb, due_steps
from indgang.kernel.models import Duty, Membership, Municipality, Role, User

OVERSEEN_AFTER = 1
DIRECTED_AFTER = 5


def remind(by: Principal, *, now: datetime) -> int:
    """Climb every ladder whose step has come and write the mails; returns how many mails."""
    municipality = Municipality.objects.get(pk=by.municipality_id)
    today = timezone.localdate(now)
    people = _People(today)
    climbed = [(duty, climb(duty, now=now, calendar=municipality.calendar())) for duty in due_steps(now)]
    steps = [(duty, step) for duty, step in climbed if step is not None]
    if not steps:
        return 0
    own = Counter(user for duty, _step in steps for user in people.answering_for(duty))
    others = Counter(
        user
        for duty, step in steps
        for user in people.overseeing(step)
        if user not in people.answering_for(duty)
    )
    late = Counter(user for duty, _step in steps if duty.due_at < now for user in people.answering_for(duty))
    for user in sorted(set(own) | set(others), key=lambda user: user.pk):
        subject, body = _letter(user, municipality, own[user], late[user], others[user])
        mail.write(by, user.email, subject, body, now=now, about="duties")
    facts = {"duties": [duty.pk for duty, _step in steps], "people": len(set(own) | set(others))}
    audit.record(by, "duties.reminded", "duties", now=now, facts=facts)
    return len(set(own) | set(others))


class _People:
    """Who hears of what on a day, read once."""

    def __init__(self, today: date) -> None:
        rows = Membership.objects.filter(first_date__lte=today).select_related("user", "stand_in")
        self._stand_ins: dict[int, User] = {}
        self._holders: dict[str, list[User]] = {}
        for row in rows.order_by("pk"):
            here = row.last_date is None or row.last_date >= today
            away = not here or (row.absent_until is not None and row.absent_until >= today)
            if away and row.stand_in is not None:
                self._stand_ins[row.user_id] = row.stand_in
            if here:
                self._holders.setdefault(row.role, []).append(row.user)

    def answering_for(self, duty: Duty) -> list[User]:
        if duty.owner is None:
            return self._holding(Role.COORDINATOR)
        return [self._present(duty.owner)]

    def overseeing(self, step: int) -> list[User]:
        told = self._holding(Role.COORDINATOR) if step >= OVERSEEN_AFTER else []
        return told + (self._holding(Role.DIRECTOR) if step >= DIRECTED_AFTER else [])

    def _holding(self, role: Role) -> list[User]:
        return list(dict.fromkeys(self._present(user) for user in self._holders.get(role, [])))

    def _present(self, user: User) -> User:
        return self._stand_ins.get(user.pk, user)


def _letter(user: User, municipality: Municipality, own: int, late: int, others: int) -> tuple[str, str]:
    lines = [_("Hej %(name)s") % {"name": user.name}, "", *_sentences(municipality, own, late, others), ""]
    lines.append(
        _("Du får højst én af disse mails om dagen. Er du væk, så vælg en stedfortræder, så går de dertil.")
    )
    subject = (
        ngettext("%(count)s frist venter på dig", "%(count)s frister venter på dig", own) % {"count": own}
        if own
        else ngettext("%(count)s frist er overskredet", "%(count)s frister er overskredet", others)
        % {"count": others}
    )
    return subject, "\n".join(lines)


def _sentences(municipality: Municipality, own: int, late: int, others: int) -> Iterator[str]:
    origin = mail.origin(municipality)
    if own:
        yield (
            ngettext("Du har %(count)s ting med frist nu.", "Du har %(count)s ting med frist nu.", own)
            % {"count": own}
        )
        if late:
            yield (
                ngettext("%(count)s af dem er over tiden.", "%(count)s af dem er over tiden.", late)
                % {"count": late}
            )
        yield _("Se dem på dit skrivebord: %(address)s") % {"address": origin + reverse("desk")}
    if others:
        yield (
            ngettext(
                "Hos andre er %(count)s frist overskredet.",
                "Hos andre er %(count)s frister overskredet.",
                others,
            )
            % {"count": others}
        )
        yield _("Se dem alle: %(address)s") % {"address": origin + reverse("late_duties")}
