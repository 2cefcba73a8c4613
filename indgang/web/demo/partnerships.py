# SPDX-License-Identifier: MPL-2.0
"""Partnership agreements in the demo: one that holds with a red figure and a request that is stopped, one on its way."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from indgang.agreements.models import Accession, Agreement, AgreementVersion, Fulfilment
from indgang.agreements.partnership import accede, draft, keep, support
from indgang.agreements.partnership.draft import CONFIRM, Who
from indgang.agreements.term import months_after
from indgang.directory.models import Organisation
from indgang.directory.queries import main_contact
from indgang.kernel.access import Kind, Principal
from indgang.kernel.codes import digits
from indgang.kernel.models import OutgoingMail
from indgang.web.demo.people import Stage

OURS = (
    ("Møde mellem kroen og indkøb, to gange om året.", "Referat", 1, 6, "soeren"),
    ("Kommende opgaver meldes ud otte uger før.", "Liste på opgavesiden", 2, 3, "soeren"),
    ("Én kontaktperson, og navnet på en stedfortræder.", "Står på kroens profil", 1, None, "mette"),
)
THEIRS = (
    ("Seks pladser: to fleksjob, to i praktik, to i beskyttet arbejde.", "Liste over pladser", 3, 6),
    ("Opfølgning på pladserne hvert kvartal.", "Mail til kontaktpersonen", 8, 3),
)


def bind(stage: Stage) -> None:
    """Engholm Kro's agreement in its eighth month, and a draft with Grøn Hånd."""
    kro = Organisation.objects.filter(name="Engholm Kro S.M.B.A.").first()
    hand = Organisation.objects.filter(name="Grøn Hånd Fonden").first()
    if kro is not None:
        _eighth_month(stage, kro)
    if hand is not None:
        then = stage.now - timedelta(days=6)
        agreement = _start(
            stage, hand, "Grønne pladser i Teknik og Miljø", timezone.localdate(stage.now), then
        )
        _promises(stage, agreement, then)


def _start(stage: Stage, organisation: Organisation, title: str, first: date, now: datetime) -> Agreement:
    contact = main_contact(organisation.pk)
    assert contact is not None
    lise = stage.users["lise"]
    agreement = draft.start(
        stage.be("mette"),
        variant=Agreement.Variant.MUNICIPALITY,
        title=title,
        unit=stage.units["Beskæftigelse og Erhverv"],
        manager=stage.users["mette"],
        first_date=first,
        last_date=months_after(first, 24),
        parties=[
            Who(lise.name, lise.email, unit=stage.units["Beskæftigelse og Erhverv"]),
            Who(contact.name, contact.email, organisation=organisation),
        ],
        now=now,
    )
    party = agreement.parties.get(organisation=organisation)
    draft.confirm_address(_guest(stage, CONFIRM, party.pk), party, now=now + timedelta(hours=4))
    return agreement


def _promises(stage: Stage, agreement: Agreement, now: datetime) -> AgreementVersion:
    mette = stage.be("mette")
    version = draft.draft_of(agreement)
    assert version is not None
    version.agreement = agreement
    ours, theirs = agreement.parties.order_by("pk")
    for text, measure, month, again, who in OURS:
        due = months_after(agreement.first_date, month)
        draft.add_obligation(
            mette, version, party=ours, text=text, measure=measure, due_date=due, repeats_months=again,
            owner=stage.users[who], now=now,
        )  # fmt: skip
    for text, measure, month, again in THEIRS:
        due = months_after(agreement.first_date, month)
        draft.add_obligation(
            mette,
            version,
            party=theirs,
            text=text,
            measure=measure,
            due_date=due,
            repeats_months=again,
            now=now,
        )
    goals = (("Egen indtjening", "%", 40, 44), ("Pladser i brug", "pladser", 3, 6))
    for title, measured_in, before, target in goals:
        draft.add_goal(
            mette,
            version,
            title=title,
            measured_in=measured_in,
            baseline=Decimal(before),
            target=Decimal(target),
            now=now,
        )
    return version


def _eighth_month(stage: Stage, kro: Organisation) -> None:
    mette, then = stage.be("mette"), stage.now - timedelta(days=245)
    agreement = _start(stage, kro, "Flere pladser på Engholm Kro", timezone.localdate(then), then)
    version = _promises(stage, agreement, then)
    accede.approve(stage.be("soeren"), version, "legal", note="Ingen støtte i aftalen.", now=then)
    accede.approve(stage.be("lise"), version, "management", note="Behandlet i udvalget.", now=then)
    version = accede.offer(mette, version, now=then)
    for one in Accession.objects.filter(version=version).select_related("version__agreement", "party"):
        _accede(stage, one, then + timedelta(days=2))
    agreement = Agreement.objects.select_related("municipality", "manager", "unit").get(pk=agreement.pk)
    for name, email, part in (
        ("Peter Fog, borgmester", "borgmester@aabjerg.example", "chair"),
        ("Mette Lind", stage.users["mette"].email, "secretary"),
        (
            agreement.parties.get(organisation=kro).signer_name,
            agreement.parties.get(organisation=kro).email,
            "member",
        ),
    ):
        draft.seat(mette, agreement, name=name, email=email, part=part, now=then)
    _keep(stage, agreement)
    _figures(stage, agreement, version)
    support.ask(
        mette,
        agreement,
        agreement.parties.get(organisation=kro),
        text="Tilskud til at bygge kroens køkken om",
        amount_dkk=1_000_000,
        now=stage.now - timedelta(days=3),
    )
    soon = timezone.localtime(stage.now + timedelta(days=16)).replace(
        hour=14, minute=0, second=0, microsecond=0
    )
    keep.call_steering_group(
        mette, agreement, times=[soon], place="Kroens sal", now=stage.now - timedelta(days=2)
    )


def _keep(stage: Stage, agreement: Agreement) -> None:
    """What was due has been kept, but for the last notice of coming tasks; one was late."""
    while True:
        rows = Fulfilment.objects.filter(agreement=agreement, done_at=None, dropped_at=None).select_related(
            "duty", "party"
        )
        due = (
            rows.filter(due_date__lt=timezone.localdate(stage.now) - timedelta(days=45))
            .order_by("due_date")
            .first()
        )
        if due is None:
            return
        late = timedelta(days=9 if due.obligation.text.startswith("Kommende") else -3)
        day = due.due_date + late
        keep.fulfil(
            stage.be("mette"),
            due,
            evidence=f"{due.obligation.measure}, {day.strftime('%d.%m.%Y')}",
            done_date=day,
            now=timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=11))),
        )


def _figures(stage: Stage, agreement: Agreement, version: AgreementVersion) -> None:
    earnings, places = version.goals.order_by("pk")
    mette = stage.be("mette")
    for goal, days, value in ((earnings, 120, "43.1"), (places, 60, "6"), (earnings, 20, "41")):
        when = stage.now - timedelta(days=days)
        keep.read_goal(
            mette, agreement, goal, value=Decimal(value), on_date=timezone.localdate(when), source="Kroens kvartalsregnskab", now=when
        )  # fmt: skip


def _accede(stage: Stage, accession: Accession, now: datetime) -> None:
    """As the party would: ask for a code, read it in the mail, say yes."""
    by = _guest(stage, accede.ACCEDE, accession.pk)
    accede.send_code(by, accession, now=now)
    sent = OutgoingMail.objects.filter(recipient=accession.party.email, code__isnull=False).latest("pk")
    shown = accede.show_code(by, accession, digits(sent.code), now=now) if sent.code else None
    assert shown is not None
    accede.accede(
        by,
        accession,
        shown=shown,
        name=accession.party.signer_name,
        role="Direktør" if accession.party.unit_id else "Leder",
        has_authority=True,
        seen_hash=accession.version.text_hash,
        now=now + timedelta(minutes=3),
    )


def _guest(stage: Stage, purpose: str, subject_id: int) -> Principal:
    """Somebody who came by the link in the mail."""
    return Principal(Kind.LINK, municipality_id=stage.municipality.pk, purpose=purpose, subject_id=subject_id)
