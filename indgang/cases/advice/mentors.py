# SPDX-License-Identifier: MPL-2.0
"""Mentors: who they are, how many they have room for, and a match that both must say yes to."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indgang.cases.advice import letters, promises
from indgang.cases.advice.permissions import check_can_advise, check_can_keep_mentors
from indgang.cases.advice.queries import candidates_for, wish_of
from indgang.cases.lines import event
from indgang.cases.models import Case, Idea, Mentor, MentorMatch, Skill
from indgang.core.advice.mentors import short_list
from indgang.core.text import Refused, gettext_noop
from indgang.directory.actions.drafts import NewOrganisation, add_draft
from indgang.directory.models import Organisation
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.models import User


@transaction.atomic
def add_mentor(
    by: Principal,
    *,
    name: str,
    email: str,
    skills: Sequence[str],
    trades: str,
    town: str,
    capacity: int,
    is_discreet: bool,
    now: datetime,
) -> Mentor:
    """Write a mentor down. They get an account without a password: what ties them to founders must be kept on somebody.

    Refuses one who has not promised confidentiality, and one who is a mentor here already.
    """
    check_can_keep_mentors(by)
    if not is_discreet:
        raise Refused(gettext_noop("Få løftet om tavshed, før mentoren kommer på listen."))
    _check(skills, capacity)
    if not name.strip() or not email.strip():
        raise Refused(gettext_noop("Skriv mentorens navn og e-mail."))
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(email.strip(), name=name.strip()[:100])
    try:
        with transaction.atomic():
            mentor = Mentor.objects.create(
                municipality_id=by.municipality_id, user=user, skills=_known(skills), trades=trades.strip()[:200],
                town=town.strip()[:60], capacity=capacity, discreet_at=now, added_at=now,
            )  # fmt: skip
    except IntegrityError as trouble:
        raise Refused(gettext_noop("%(name)s er mentor her i forvejen."), name=user.name) from trouble
    audit.record(by, "mentor.add", f"mentor:{mentor.pk}", now=now, personal={"name": user.name})
    return mentor


@transaction.atomic
def change_mentor(
    by: Principal,
    mentor: Mentor,
    *,
    skills: Sequence[str],
    trades: str,
    town: str,
    capacity: int,
    now: datetime,
) -> None:
    """Other skills or another capacity. Less room than is in use stops new matches; those that run go on."""
    check_can_keep_mentors(by)
    _check(skills, capacity)
    mentor.skills, mentor.trades = _known(skills), trades.strip()[:200]
    mentor.town, mentor.capacity = town.strip()[:60], capacity
    mentor.save(update_fields=["skills", "trades", "town", "capacity"])
    audit.record(by, "mentor.change", f"mentor:{mentor.pk}", now=now, facts={"capacity": capacity})


@transaction.atomic
def end_mentor(by: Principal, mentor: Mentor, *, now: datetime) -> None:
    """The mentor stops. Refuses while a match is open: somebody would be left alone."""
    check_can_keep_mentors(by)
    if mentor.matches.filter(ended_at=None).exists():
        raise Refused(gettext_noop("Mentoren har et åbent forløb. Afslut det, eller find en anden først."))
    if mentor.left_at is None:
        mentor.left_at = now
        mentor.save(update_fields=["left_at"])
        audit.record(by, "mentor.end", f"mentor:{mentor.pk}", now=now)


@transaction.atomic
def propose(by: Principal, case: Case, mentor: Mentor, *, now: datetime) -> MentorMatch:
    """Ask a mentor about an idea. The founder hears of it when the mentor has said yes.

    Refuses before it is said why local help is given, and every hard limit of the short list. The mentor's row is
    locked, so that two colleagues cannot fill the last place at once.
    """
    check_can_advise(by, case)
    if not case.idea.local_reason:
        raise Refused(
            gettext_noop("Skriv først, hvorfor hjælpen gives her og ikke kun hos dem, der findes i forvejen.")
        )
    Mentor.objects.select_for_update().get(pk=mentor.pk)
    today = timezone.localdate(now)
    labels = {value: str(label) for value, label in Skill.choices}
    wanted = [one for one in candidates_for(case.idea, on=today) if one.key == mentor.pk]
    listed, left_out = short_list(wish_of(case.idea), wanted, labels)
    if not wanted:
        raise Refused(gettext_noop("%(name)s er ikke mentor mere. Vælg en anden."), name=mentor.user.name)
    if left_out:
        raise Refused(
            gettext_noop("%(name)s kan ikke spørges nu. %(why)s"),
            name=mentor.user.name,
            why=str(left_out[0].reason),
        )
    idea = _with_founder(by, case, now)
    reasons = [str(reason) for reason in listed[0].reasons] if listed else []
    try:
        with transaction.atomic():
            match = MentorMatch.objects.create(
                municipality_id=case.municipality_id, idea=idea, mentor=mentor, reasons=reasons, proposed_at=now,
                proposed_by_id=by.user_id or case.handler_id,
            )  # fmt: skip
    except IntegrityError as trouble:
        raise Refused(gettext_noop("Der er et åbent forløb med en mentor i forvejen.")) from trouble
    text = _(
        "Vil du være mentor for en iværksætter? Se, hvad det handler om, og svar ja eller nej her:\n{link}\n\n"
        "Iværksætteren får først dit navn, når du har sagt ja."
    )
    letters.to_mentor(by, match, _("Vil du være mentor?"), text, now=now)
    promises.wait_for_mentor(by, match, now)
    event(
        by, case, _("%(name)s er spurgt som mentor.") % {"name": mentor.user.name}, now=now, is_internal=True
    )
    audit.record(by, "mentor.propose", case.about, now=now, facts={"match": match.pk})
    return match


def _with_founder(by: Principal, case: Case, now: datetime) -> Idea:
    """The idea with the founder in the directory, as a draft for staff alone: interests are kept against it."""
    idea: Idea = case.idea
    if idea.organisation is not None:
        return idea
    if case.organisation is None:
        person = letters.founder_of(case)
        case.organisation = add_draft(
            by,
            NewOrganisation(
                name=case.claimed_name,
                text=case.title,
                town=case.town or case.municipality.name,
                municipality_code=case.municipality.code,
                contact_name=person.name if person else case.claimed_name,
                contact_email=person.email if person else "",
                contact_phone=person.phone if person else "",
                kind=Organisation.Kind.FOUNDER,
            ),
            source=Organisation.Source.PHONE,
            source_note=_("Rådgivning"),
            now=now,
        )
        case.save(update_fields=["organisation"])
    idea.organisation = case.organisation
    idea.save(update_fields=["organisation"])
    return idea


def _check(skills: Sequence[str], capacity: int) -> None:
    if not _known(skills):
        raise Refused(gettext_noop("Vælg mindst én ting, mentoren kan hjælpe med."))
    if not 1 <= capacity <= 10:
        raise Refused(gettext_noop("Skriv, hvor mange forløb mentoren kan have ad gangen, fra 1 til 10."))


def _known(skills: Sequence[str]) -> list[str]:
    return [value for value in Skill.values if value in skills]
