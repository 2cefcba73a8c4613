# SPDX-License-Identifier: MPL-2.0
"""What mentor and founder do by their own links: say yes or no, note that they met, end it, and say how it was."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indgang.cases.advice import letters, promises
from indgang.cases.advice.permissions import FOUNDER, MENTOR, check_is_party
from indgang.cases.lines import checked, event
from indgang.cases.models import MentorEvaluation, MentorMatch, MentorMeeting
from indgang.core.text import Refused, gettext_noop
from indgang.directory.actions.relations import end_interest, state_interest
from indgang.directory.models import Interest
from indgang.kernel import audit
from indgang.kernel.access import Principal, system


@transaction.atomic
def say_yes(by: Principal, match: MentorMatch, *, agrees: bool, now: datetime) -> None:
    """Say yes and promise confidentiality. The founder is asked when the mentor has said yes; then it runs.

    Refuses a founder whose mentor has withdrawn meanwhile, and a yes without the agreement. A second yes changes nothing.
    """
    check_is_party(by, match)
    match = _locked(match)
    _refuse_ended(match)
    if not agrees:
        raise Refused(gettext_noop("Sæt kryds ved aftalen. Uden den kan forløbet ikke begynde."))
    if by.may_by_link(MENTOR, match.pk):
        if match.mentor_yes_at is not None:
            return
        match.mentor_yes_at = now
        match.save(update_fields=["mentor_yes_at"])
        text = _(
            "%(mentor)s vil gerne være din mentor. Læs om %(mentor)s og aftalen, og svar ja eller nej her:\n{link}"
        ) % {"mentor": match.mentor.user.name}
        letters.to_founder(by, match, _("Vi har fundet en mentor"), text, now=now)
    else:
        if match.mentor_yes_at is None:
            raise Refused(gettext_noop("Mentoren har ikke svaret endnu. Du får en mail, når der er nyt."))
        if match.founder_yes_at is not None:
            return
        match.founder_yes_at = now
        match.save(update_fields=["founder_yes_at"])
        _begin(match, now)
    audit.record(
        by, "mentor.yes", match.idea.case.about, now=now, facts={"match": match.pk, "side": _side(by)}
    )


@transaction.atomic
def say_no(by: Principal, match: MentorMatch, *, now: datetime) -> None:
    """Say no, or take a yes back before both have said it. The other is told, and somebody finds another mentor."""
    check_is_party(by, match)
    match = _locked(match)
    _refuse_ended(match)
    if match.is_running:
        raise Refused(gettext_noop("Forløbet er i gang. Vælg «Afslut forløbet», hvis I vil stoppe."))
    match.ended_at, match.ending = now, MentorMatch.Ending.DECLINED
    match.save(update_fields=["ended_at", "ending"])
    if by.may_by_link(MENTOR, match.pk) and match.mentor_yes_at is not None:
        text = _("Din mentor kan desværre ikke alligevel. Vi finder en anden og skriver til dig.\n{link}")
        letters.to_founder(by, match, _("Din mentor kan ikke alligevel"), text, now=now)
    if by.may_by_link(FOUNDER, match.pk):
        text = _("Iværksætteren har valgt en anden vej. Tak, fordi du ville.\n{link}")
        letters.to_mentor(by, match, _("Forløbet bliver ikke til noget"), text, now=now)
    promises.settle(match, (promises.ANSWER,), now)
    promises.find_another(system(match.municipality_id), match, now)
    event(by, match.idea.case, _("Mentorforløbet blev ikke til noget."), now=now, is_internal=True)
    audit.record(
        by, "mentor.no", match.idea.case.about, now=now, facts={"match": match.pk, "side": _side(by)}
    )


@transaction.atomic
def note_meeting(by: Principal, match: MentorMatch, *, met_date: date, now: datetime) -> MentorMeeting:
    """The two have met. Only the day is kept; the same day again changes nothing."""
    check_is_party(by, match)
    match = _locked(match)
    if not match.is_running:
        raise Refused(gettext_noop("Forløbet er ikke i gang, så der er ingen møder at skrive."))
    if met_date > timezone.localdate(now):
        raise Refused(gettext_noop("Datoen ligger ude i fremtiden. Skriv mødet, når I har mødtes."))
    agreed = match.agreed_at
    if isinstance(agreed, datetime) and met_date < timezone.localdate(agreed):
        raise Refused(gettext_noop("Datoen ligger før aftalen. Ret datoen."))
    meeting, fresh = MentorMeeting.objects.get_or_create(
        match=match, met_date=met_date, defaults={"municipality_id": match.municipality_id, "noted_at": now}
    )
    if fresh:
        promises.settle(match, (promises.STALLED,), now)
        audit.record(by, "mentor.met", match.idea.case.about, now=now, facts={"match": match.pk})
    return meeting


@transaction.atomic
def end_match(by: Principal, match: MentorMatch, *, ending: str, now: datetime) -> None:
    """The match is over. The mentor's interest ends with it, and both are asked how it was."""
    check_is_party(by, match)
    match = _locked(match)
    _refuse_ended(match)
    if not match.is_running:
        raise Refused(gettext_noop("Forløbet er ikke begyndt. Sig nej i stedet."))
    if ending not in (MentorMatch.Ending.GOAL, MentorMatch.Ending.PARTLY, MentorMatch.Ending.STOPPED):
        raise Refused(gettext_noop("Vælg, hvordan det endte."))
    match.ended_at, match.ending = now, ending
    match.save(update_fields=["ended_at", "ending"])
    house = system(match.municipality_id)
    if match.interest is not None:
        end_interest(house, match.interest, last_date=timezone.localdate(now), now=now)
    promises.settle(match, (promises.STALLED,), now)
    text = _("Mentorforløbet er slut. Sig med et tal og et par ord, hvordan det gik:\n{link}")
    letters.to_mentor(house, match, _("Hvordan gik det?"), text, now=now)
    letters.to_founder(house, match, _("Hvordan gik det?"), text, now=now)
    event(house, match.idea.case, _("Mentorforløbet er afsluttet."), now=now)
    audit.record(
        by, "mentor.end_match", match.idea.case.about, now=now, facts={"match": match.pk, "ending": ending}
    )


@transaction.atomic
def evaluate(by: Principal, match: MentorMatch, *, score: int, text: str, now: datetime) -> MentorEvaluation:
    """How it was, 1 to 5, once for each side, when it is over."""
    check_is_party(by, match)
    match = _locked(match)
    if match.ended_at is None or match.ending == MentorMatch.Ending.DECLINED:
        raise Refused(gettext_noop("Vent med at bedømme, til forløbet er slut."))
    if not 1 <= score <= 5:
        raise Refused(gettext_noop("Vælg et tal fra 1 til 5."))
    side = _side(by)
    if match.evaluations.filter(side=side).exists():
        raise Refused(gettext_noop("Du har sagt din mening. Tak for det."))
    row = MentorEvaluation.objects.create(
        municipality_id=match.municipality_id, match=match, side=side, score=score,
        text=checked(text) if text.strip() else "", at=now,
    )  # fmt: skip
    audit.record(
        by, "mentor.evaluate", match.idea.case.about, now=now, facts={"match": match.pk, "side": side}
    )
    return row


def _begin(match: MentorMatch, now: datetime) -> None:
    """Both have said yes: the tie is written down, and each gets the other's address."""
    house, idea = system(match.municipality_id), match.idea
    if idea.organisation is not None:
        match.interest = state_interest(
            house, idea.organisation, user=match.mentor.user, kind=Interest.Kind.MENTOR,
            first_date=timezone.localdate(now), source=_("Mentoraftale"), now=now,
        )  # fmt: skip
        match.save(update_fields=["interest"])
    promises.settle(match, (promises.ANSWER,), now)
    person, user = letters.founder_of(idea.case), match.mentor.user
    if person is not None:
        reach = ", ".join(part for part in (person.name, person.phone, person.email) if part)
        text = _("I har begge sagt ja. Kontakt iværksætteren og aftal det første møde: %(reach)s\n\nSkriv datoen her, når I har mødtes: {link}")  # fmt: skip
        letters.to_mentor(house, match, _("I er i gang"), text % {"reach": reach}, now=now)
    reach = ", ".join(part for part in (user.name, user.phone, user.email) if part)
    text = _("I har begge sagt ja. Din mentor er %(reach)s.\n\nSkriv datoen her, når I har mødtes: {link}")
    letters.to_founder(house, match, _("I er i gang"), text % {"reach": reach}, now=now)
    event(house, idea.case, _("%(name)s er mentor.") % {"name": user.name}, now=now)


def _locked(match: MentorMatch) -> MentorMatch:
    """The match as it is now, so that two clicks at once are two clicks one after the other."""
    return (
        MentorMatch.objects.select_for_update(of=("self",))
        .select_related("mentor__user", "idea__case__municipality", "idea__case__handler", "idea__case__unit",
                        "idea__organisation", "interest")
        .get(pk=match.pk)
    )  # fmt: skip


def _refuse_ended(match: MentorMatch) -> None:
    if match.ending == MentorMatch.Ending.DECLINED:
        raise Refused(
            gettext_noop("Den anden har trukket sig i mellemtiden. Vi finder en anden og skriver til dig.")
        )
    if match.ended_at is not None:
        raise Refused(gettext_noop("Forløbet er afsluttet."))


def _side(by: Principal) -> str:
    return MentorEvaluation.Side.MENTOR if by.purpose == MENTOR else MentorEvaluation.Side.FOUNDER
