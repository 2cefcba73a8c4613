# SPDX-License-Identifier: MPL-2.0
"""The right to a meeting, up to the decision: claim, criteria, hearing, and a reasoned answer by a person."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from indgang.cases import letters
from indgang.cases.claim_states import ClaimState, claim_state, form_trouble, holding_fact
from indgang.cases.lines import checked, event
from indgang.cases.models import Case, Claim, Criterion
from indgang.cases.permissions import check_can_decide_claim, check_can_work
from indgang.core.text import Refused, gettext_noop
from indgang.directory.actions import status
from indgang.directory.models import StatusFact
from indgang.directory.queries import caretaker
from indgang.kernel import audit, danish, duties
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.models import Duty, Membership, Municipality, Role, User

MEET_WITHIN = timedelta(days=30)
HEARING = timedelta(days=14)
CHECK, HEAR, MEET = "cases.claim_check", "cases.claim_hearing", "cases.claim_meet"


@transaction.atomic
def claim_meeting(by: Principal, case: Case, *, now: datetime) -> Claim:
    """Ask for the meeting. Refuses while nobody has confirmed whom the case is about, and a second open claim."""
    if by.works_here:
        check_can_work(by, case)
    if case.organisation is None:
        raise Refused(
            gettext_noop("Bekræft først, hvilken virksomhed det er. Retten hører til virksomheden.")
        )
    try:
        with transaction.atomic():
            claim = Claim.objects.create(
                municipality_id=case.municipality_id,
                case=case,
                organisation=case.organisation,
                claimed_at=now,
                meet_by=duties.at(timezone.localdate(now) + MEET_WITHIN),
            )
    except IntegrityError as trouble:
        raise Refused(
            gettext_noop("Virksomheden har bedt om mødet. Se, hvor langt det er, i sagen.")
        ) from trouble
    Criterion.objects.bulk_create(
        Criterion(municipality_id=case.municipality_id, claim=claim, key=key) for key in Criterion.Key.values
    )
    municipality = Municipality.objects.select_related("public_contact").get(pk=case.municipality_id)
    _new_duty(
        by, claim, CHECK, _("Afgør retten til et møde: %(name)s") % {"name": case.organisation.name},
        due_at=duties.due_in(10, now=now, calendar=municipality.calendar()), owner=_coordinator(case), now=now,
    )  # fmt: skip
    event(by, case, _("De har bedt om det møde, som kommunen lover socialøkonomiske virksomheder."), now=now)
    form = form_trouble(case.organisation)
    if form is not None:
        event(by, case, str(form), now=now)
    audit.record(by, "claim.make", f"claim:{claim.pk}", now=now, facts={"organisation": case.organisation_id})
    return claim


@transaction.atomic
def tell(by: Principal, claim: Claim, told: Mapping[str, str], *, now: datetime) -> None:
    """What the enterprise shows for each criterion; given again, it replaces what stood there until the decision."""
    _must_be_open(claim)
    for criterion in claim.criteria.all():
        text = told.get(criterion.key, criterion.told).strip()
        if text and text != criterion.told:
            criterion.told, criterion.told_at = checked(text), now
            criterion.save(update_fields=["told", "told_at"])
    event(by, claim.case, _("De har vist, hvordan de opfylder kriterierne."), now=now)
    audit.record(by, "claim.tell", f"claim:{claim.pk}", now=now)


@transaction.atomic
def judge(
    by: Principal, claim: Claim, found: Mapping[str, tuple[bool | None, str]], *, now: datetime
) -> None:
    """What the municipality finds, criterion by criterion, each with words."""
    check_can_decide_claim(by, claim)
    for criterion in claim.criteria.all():
        met, finding = found.get(criterion.key, (criterion.met, criterion.finding))
        if met is not None and not finding.strip():
            raise Refused(
                gettext_noop("Skriv, hvad I bygger det på: %(criterion)s."),
                criterion=criterion.get_key_display(),
            )
        criterion.met, criterion.finding = met, finding.strip()
        criterion.save(update_fields=["met", "finding"])
    audit.record(by, "claim.judge", f"claim:{claim.pk}", now=now)


@transaction.atomic
def send_hearing(by: Principal, claim: Claim, text: str, *, now: datetime) -> None:
    """Tell the enterprise why the answer looks like a no, and give it fourteen days before anything is decided."""
    check_can_decide_claim(by, claim)
    if claim.hearing_sent_at is not None:
        raise Refused(gettext_noop("Sagen er sendt i høring. Vent på svar eller på fristen."))
    claim.hearing_text, claim.hearing_sent_at = checked(text), now
    claim.hearing_until = duties.at(timezone.localdate(now) + HEARING)
    claim.save(update_fields=["hearing_text", "hearing_sent_at", "hearing_until"])
    title = _("Høring om ret til møde slutter: %(name)s") % {"name": claim.organisation.name}
    _new_duty(
        by,
        claim,
        HEAR,
        title,
        due_at=claim.hearing_until,
        owner=_coordinator(claim.case),
        now=now,
        awaits_others=True,
    )
    day = letters.day_of(claim.hearing_until)
    event(by, claim.case, _("Sendt i høring til %(day)s.") % {"day": day}, now=now)
    body = _(
        "Vi er på vej til at afgøre, om I har ret til mødet, og det ser ud til at blive et nej. Læs hvorfor, og svar"
        " senest %(day)s, før vi afgør det: {link}\n\nVenlig hilsen\n%(signature)s"
    ) % {"day": day, "signature": letters.signature(claim.case)}
    letters.write_to_all(by, claim.case, _("Før vi afgør jeres ret til et møde"), body, now=now)
    audit.record(by, "claim.hearing", f"claim:{claim.pk}", now=now)


@transaction.atomic
def answer_hearing(by: Principal, claim: Claim, text: str, *, now: datetime) -> None:
    """The enterprise's own words. An answer after the date is read as long as nothing has been decided."""
    _must_be_open(claim)
    if claim.hearing_sent_at is None:
        raise Refused(gettext_noop("Der er ikke noget at svare på endnu."))
    claim.hearing_answer, claim.hearing_answered_at = checked(text), now
    claim.save(update_fields=["hearing_answer", "hearing_answered_at"])
    is_late = claim.hearing_until is not None and now > claim.hearing_until
    event(
        by,
        claim.case,
        _("De har svaret på høringen efter fristen.") if is_late else _("De har svaret på høringen."),
        now=now,
    )
    title = _("Afgør retten til et møde, høringen er besvaret: %(name)s") % {"name": claim.organisation.name}
    municipality = Municipality.objects.get(pk=claim.municipality_id)
    due_at = duties.due_in(5, now=now, calendar=municipality.calendar())
    _new_duty(by, claim, CHECK, title, due_at=due_at, owner=_coordinator(claim.case), now=now)
    audit.record(by, "claim.hearing_answer", f"claim:{claim.pk}", now=now, facts={"late": is_late})


@transaction.atomic
def grant(
    by: Principal, claim: Claim, *, reason: str, now: datetime, valid_until: date | None = None
) -> None:
    """Yes: on a registration that holds, or because all five criteria are met, which becomes a status until a day."""
    check_can_decide_claim(by, claim)
    today = timezone.localdate(now)
    fact = holding_fact(claim.organisation, claim.municipality_id, on=today)
    if fact is None:
        fact = _equivalent(by, claim, reason, today, valid_until, now)
    basis = Claim.Basis.REGISTERED if fact.kind == StatusFact.Kind.REGISTERED else Claim.Basis.EQUIVALENT
    _decide(by, claim, True, reason.strip() or fact.evidence, "", basis, now)
    owner = _purchasing(claim)
    title = _("Hold møde om indkøb med %(name)s") % {"name": claim.organisation.name}
    _new_duty(by, claim, MEET, title, due_at=claim.meet_by, owner=owner, now=now)
    body = _(
        "I har ret til et møde med indkøb senest %(day)s, og I står nu i kommunens udstilling. Læs afgørelsen her: {link}"
        "\n\nMødet giver ingen fordel, når der købes ind: alle kan se opgaver, spørge og byde.\n\nVenlig hilsen\n%(signature)s"
    ) % {"day": letters.day_of(claim.meet_by), "signature": letters.signature(claim.case)}
    letters.write_to_all(by, claim.case, _("I har ret til et møde med indkøb"), body, now=now)


@transaction.atomic
def refuse(by: Principal, claim: Claim, *, reason: str, paragraph: str = "", now: datetime) -> None:
    """No, with reasons, after the hearing. The answer says how to get an ordinary talk and that all tasks stay open."""
    check_can_decide_claim(by, claim)
    if holding_fact(claim.organisation, claim.municipality_id, on=timezone.localdate(now)) is not None:
        raise Refused(
            gettext_noop("Virksomheden er registreret eller ligestillet i dag og har ret til mødet.")
        )
    if not reason.strip():
        raise Refused(gettext_noop("Skriv begrundelsen. Et nej uden begrundelse kan ikke sendes."))
    state = claim_state(claim, now)
    if state is ClaimState.CHECKING:
        raise Refused(
            gettext_noop("Send det i høring først. Virksomheden har 14 dage til at svare, før I siger nej.")
        )
    if state is ClaimState.HEARING:
        raise Refused(
            gettext_noop("Høringen løber til %(day)s. Vent på svaret eller på fristen."),
            day=letters.day_of(claim.hearing_until or now),
        )
    _decide(by, claim, False, checked(reason), paragraph.strip(), "", now)
    body = _(
        "I har ikke ret til det særlige møde. Læs begrundelsen her: {link}\n\nI kan altid få en almindelig snak om, hvordan"
        " man sælger til kommunen: svar på denne mail. Og I kan stadig se alle opgaver, spørge og byde; det afhænger ikke af"
        " status.\n\nVenlig hilsen\n%(signature)s"
    ) % {"signature": letters.signature(claim.case)}
    letters.write_to_all(by, claim.case, _("Svar om jeres ret til et møde"), body, now=now)


@transaction.atomic
def withdraw(by: Principal, claim: Claim, *, now: datetime) -> None:
    """The enterprise does not want the meeting after all."""
    _must_be_open(claim)
    claim.withdrawn_at = now
    claim.save(update_fields=["withdrawn_at"])
    if claim.duty is not None:
        duties.settle(claim.duty, now=now, outcome=Duty.Outcome.DROPPED)
    event(by, claim.case, _("Ønsket om mødet er trukket tilbage."), now=now)
    audit.record(by, "claim.withdraw", f"claim:{claim.pk}", now=now)


def _equivalent(
    by: Principal, claim: Claim, reason: str, today: date, valid_until: date | None, now: datetime
) -> StatusFact:
    criteria = list(claim.criteria.order_by("pk"))
    missing = [row.get_key_display() for row in criteria if row.met is not True]
    if missing:
        raise Refused(
            gettext_noop("Virksomheden er ikke registreret, og der mangler et ja til: %(missing)s."),
            missing=", ".join(missing).lower(),
        )
    if valid_until is None:
        raise Refused(gettext_noop("Skriv, hvilken dag I vil se på det igen."))
    said = "\n".join(f"{danish.label(Criterion.Key(row.key).label)}: {row.finding}" for row in criteria)
    return status.decide_equivalence(
        by, claim.organisation, reason=f"{reason.strip()}\n{said}".strip(),
        evidence=_("Fem kriterier, vist i sag %(number)s") % {"number": claim.case_id},
        since=today, valid_until=valid_until, now=now,
    )  # fmt: skip


def _decide(
    by: Principal, claim: Claim, granted: bool, reason: str, paragraph: str, basis: str, now: datetime
) -> None:
    claim.granted, claim.reason, claim.paragraph, claim.basis = granted, reason, paragraph[:150], basis
    claim.decided_at, claim.decided_by = now, by.name or "Indgang"
    claim.save(update_fields=["granted", "reason", "paragraph", "basis", "decided_at", "decided_by"])
    if claim.duty is not None:
        duties.settle(claim.duty, now=now)
    answer = _("Ja til mødet: %(reason)s") if granted else _("Nej til mødet: %(reason)s")
    said = f"{reason} ({paragraph})" if paragraph else reason
    event(by, claim.case, answer % {"reason": said}, now=now)
    audit.record(by, "claim.decide", f"claim:{claim.pk}", now=now, facts={"granted": granted, "basis": basis})


def _new_duty(
    by: Principal, claim: Claim, kind: str, title: str, *, due_at: datetime, owner: User | None, now: datetime,
    awaits_others: bool = False,
) -> None:  # fmt: skip
    if claim.duty is not None:
        duties.settle(claim.duty, now=now)
    municipality = Municipality.objects.get(pk=claim.municipality_id)
    claim.duty = duties.promise(
        by, kind, title, path=claim.path, due_at=due_at, now=now, owner=owner, awaits_others=awaits_others,
        calendar=municipality.calendar(),
    )  # fmt: skip
    claim.save(update_fields=["duty"])


def _coordinator(case: Case) -> User | None:
    """Who decides: the contact person when they coordinate, else a coordinator in post."""
    posts = Membership.objects.filter(
        municipality_id=case.municipality_id, role=Role.COORDINATOR, last_date=None, user__is_active=True
    )
    rows = [post.user for post in posts.select_related("user").order_by("first_date", "pk")]
    return next((user for user in rows if user.pk == case.handler_id), rows[0] if rows else case.handler)


def _purchasing(claim: Claim) -> User | None:
    post = (
        Membership.objects.filter(
            municipality_id=claim.municipality_id,
            role=Role.PURCHASING_HEAD,
            last_date=None,
            user__is_active=True,
        )
        .select_related("user")
        .order_by("first_date", "pk")
        .first()
    )
    if post is not None:
        return post.user
    return caretaker(claim.organisation_id, claim.case.municipality)


def _must_be_open(claim: Claim) -> None:
    if claim.decided_at is not None or claim.withdrawn_at is not None:
        raise Refused(gettext_noop("Det er afgjort. Bed om mødet igen, hvis noget er anderledes nu."))
