# SPDX-License-Identifier: MPL-2.0
"""From an award or a direct purchase to an agreement that anybody in the municipality can buy on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from indgang.agreements.lifetime import case_key, locked, path_of, warn_before_end
from indgang.agreements.models import Agreement, CallOff, CallOffLine, PriceLine, PurchaseTerms
from indgang.agreements.permissions import (
    check_can_call_off,
    check_can_change,
    check_can_make_purchase,
    check_can_manage,
)
from indgang.agreements.purchase import law
from indgang.agreements.queries import spent_oere
from indgang.agreements.term import share_used
from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.directory.queries import main_contact
from indgang.guidance.limits import check_room
from indgang.kernel import audit, danish, filing, mail
from indgang.kernel.access import Kind, Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise, settle
from indgang.kernel.links import create_link
from indgang.kernel.models import Duty, Role, StoredFile, Unit, User
from indgang.kernel.templatetags.ui import oere
from indgang.procurement.actions.direct import Wanted, order_directly
from indgang.procurement.models import Decision, Order, TaskNotice

LIMIT_DUTY = "agreements.limit"
WARN_AT = 80
"""Per cent of the limit at which the manager hears that the agreement is running out."""
ORDER_LINK = "ordre"
LINK_LIVES = timedelta(days=180)


@dataclass(frozen=True)
class Terms:
    """What an agreement says. `limit_oere` is without VAT over the whole term."""

    title: str
    what: str
    first_date: date
    last_date: date
    limit_oere: int
    legal_basis: str = ""
    cpv_code: str = ""
    how_to_order: str = ""
    cross_border: str = ""
    """`yes`, `no` or '' for not weighed: whether firms in other countries may clearly be interested."""


@transaction.atomic
def open_purchase(
    by: Principal,
    terms: Terms,
    *,
    unit: Unit,
    organisation: Organisation,
    manager: User,
    decision: Decision | None = None,
    now: datetime,
) -> Agreement:
    """A draft. After an award the limit is what was awarded; a direct one says why it is lawful."""
    check_can_make_purchase(by, unit.pk)
    if not terms.title.strip() or not terms.what.strip():
        raise Refused(gettext_noop("Skriv, hvad aftalen hedder, og hvad der kan købes på den."))
    if terms.last_date < terms.first_date:
        raise Refused(gettext_noop("Slutdatoen ligger før begyndelsen. Ret den ene af dem."))
    basis = _basis_of_award(terms, decision, organisation) if decision else _basis_of_direct(by, terms, unit)
    agreement = Agreement.objects.create(
        municipality_id=by.municipality_id,
        kind=Agreement.Kind.PURCHASE,
        title=terms.title.strip()[:150],
        unit=unit,
        manager=manager,
        first_date=terms.first_date,
        last_date=terms.last_date,
        created_at=now,
    )
    saved = PurchaseTerms.objects.create(
        municipality_id=by.municipality_id,
        agreement=agreement,
        organisation=organisation,
        decision=decision,
        what=terms.what.strip(),
        legal_basis=basis[:500],
        cpv_code=law.code_for(terms.cpv_code, f"{terms.title}. {terms.what}"),
        limit_oere=terms.limit_oere,
        how_to_order=terms.how_to_order.strip()[:500],
    )
    law.keep_law(by, agreement, saved, decision, terms.cross_border, now)
    facts = {"organisation": organisation.pk, "decision": decision.pk if decision else None}
    audit.record(by, "agreement.open", f"agreement:{agreement.pk}", now=now, facts=facts)
    return agreement


def _basis_of_award(terms: Terms, decision: Decision, organisation: Organisation) -> str:
    if decision.organisation_id != organisation.pk:
        raise Refused(gettext_noop("Opgaven gik til en anden virksomhed. Lav aftalen med den, der fik den."))
    if PurchaseTerms.objects.filter(decision=decision).exists():
        raise Refused(gettext_noop("Tildelingen er allerede blevet til en aftale. Find den i kataloget."))
    most = max(decision.price_oere, decision.task.law.value_dkk * 100)
    if terms.limit_oere > most:
        raise Refused(
            gettext_noop(
                "Aftalen må højst være på %(most)s, som opgaven blev sendt ud med. Mere skal ud på ny."
            ),
            most=oere(most),
        )
    return _("Tildelt efter opgave %(number)s: %(title)s. %(reason)s") % {
        "number": decision.task_id,
        "title": decision.task.title,
        "reason": decision.reason,
    }


def _basis_of_direct(by: Principal, terms: Terms, unit: Unit) -> str:
    if len(terms.legal_basis.strip()) < 20:
        raise Refused(
            gettext_noop(
                "Skriv, hvorfor I må købe direkte: værdien i hele perioden, og hvad I har undersøgt."
            )
        )
    small = unit.municipality.small_purchase_limit_dkk * 100
    if terms.limit_oere >= small and not by.holds(Role.PURCHASING_HEAD) and by.kind is not Kind.SYSTEM:
        raise Refused(
            gettext_noop(
                "Direkte aftaler på %(limit)s og derover laves af indkøbschefen, eller send opgaven ud."
            ),
            limit=oere(small),
        )
    return terms.legal_basis.strip()


@transaction.atomic
def add_price(
    by: Principal, agreement: Agreement, *, text: str, per: str, price_oere: int, now: datetime
) -> PriceLine:
    """One more thing with a price."""
    agreement = locked(agreement)
    check_can_change(by, agreement)
    if price_oere <= 0:
        raise Refused(gettext_noop("Skriv en pris over nul."))
    line = PriceLine.objects.create(
        municipality_id=agreement.municipality_id,
        agreement=agreement,
        text=text.strip()[:150],
        per=per.strip()[:30],
        price_oere=price_oere,
    )
    facts = {"line": line.pk, "price_oere": price_oere}
    audit.record(by, "agreement.price", f"agreement:{agreement.pk}", now=now, facts=facts)
    return line


@transaction.atomic
def end_price(by: Principal, line: PriceLine, *, now: datetime) -> None:
    """Nobody can order it from now on; what has been ordered keeps its price."""
    agreement = locked(line.agreement)
    check_can_change(by, agreement)
    if line.ended_at is None:
        line.ended_at = now
        line.save(update_fields=["ended_at"])
        audit.record(by, "agreement.price_end", f"agreement:{agreement.pk}", now=now, facts={"line": line.pk})


@transaction.atomic
def put_in_force(by: Principal, agreement: Agreement, document: StoredFile, *, now: datetime) -> None:
    """The signed paper is here: the agreement is filed, stands in the catalogue, and warns before it runs out."""
    agreement = locked(agreement)
    check_can_change(by, agreement)
    if agreement.in_force_at is not None:
        raise Refused(gettext_noop("Aftalen er underskrevet i forvejen."))
    if document.content_type != "application/pdf":
        raise Refused(gettext_noop("Læg den underskrevne aftale ind som PDF."))
    if not agreement.prices.filter(ended_at=None).exists():
        raise Refused(gettext_noop("Skriv mindst én pris, så nogen kan bestille."))
    agreement.in_force_at, agreement.signed_document = now, document
    agreement.save(update_fields=["in_force_at", "signed_document"])
    warn_before_end(by, agreement, now=now)
    filing.journalise(by, case_key(agreement), agreement.title, document, now=now)
    audit.record(by, "agreement.in_force", f"agreement:{agreement.pk}", now=now, facts={"file": document.pk})


@transaction.atomic
def call_off(
    by: Principal,
    agreement: Agreement,
    quantities: Mapping[int, int],
    *,
    unit: Unit,
    place: str = "",
    delivery_date: date | None = None,
    note: str = "",
    now: datetime,
) -> Order:
    """Order on the agreement: `quantities` by price line. Refuses what would pass the limit, however two press at once."""
    agreement = locked(agreement)
    check_can_call_off(by, agreement, timezone.localdate(now))
    terms, spent = agreement.terms, spent_oere(agreement)
    lines = _lines(agreement, quantities)
    amount = sum(line.price_oere * count for line, count in lines)
    _check_limit(agreement, spent, amount)
    code = "" if was_tendered(terms) else terms.cpv_code
    on, kroner = timezone.localdate(now), round(amount / 100)
    check_room(agreement.municipality_id, code, terms.organisation_id, kroner, on=on, unit_id=unit.pk)
    with translation.override(danish.LANGUAGE):
        said = [f"{count} × {line.text} à {oere(line.price_oere)}" for line, count in lines]
    order = order_directly(
        by,
        unit=unit,
        organisation=terms.organisation,
        wanted=Wanted(
            text=said[0] if len(said) == 1 else agreement.title,
            amount_oere=amount,
            need="\n".join([*said, note.strip()]).strip(),
            place=place,
            delivery_date=delivery_date,
            cpv_code=code,
        ),
        page_of=lambda number: reverse("agreements:order", args=[number]),
        now=now,
    )
    called = CallOff.objects.create(
        municipality_id=agreement.municipality_id, agreement=agreement, order=order
    )
    CallOffLine.objects.bulk_create(
        CallOffLine(municipality_id=agreement.municipality_id, call_off=called, price=line, quantity=count)
        for line, count in lines
    )
    _tell_supplier(by, agreement, order, now)
    _warn_of_limit(by, agreement, spent + amount, now)
    facts = {"order": order.pk, "amount_oere": amount}
    audit.record(by, "agreement.call_off", f"agreement:{agreement.pk}", now=now, facts=facts)
    return order


def was_tendered(terms: PurchaseTerms) -> bool:
    """Whether the agreement came out of a competition: what is called off on it was advertised as a whole."""
    return terms.decision is not None and terms.decision.task.lane == TaskNotice.Lane.COMPETITION


def _lines(agreement: Agreement, quantities: Mapping[int, int]) -> list[tuple[PriceLine, int]]:
    wanted = [number for number, count in quantities.items() if count > 0]
    lines = [
        (line, quantities[line.pk])
        for line in agreement.prices.filter(ended_at=None, pk__in=wanted).order_by("pk")
    ]
    if not lines:
        raise Refused(gettext_noop("Skriv, hvor mange du vil have af mindst én ting."))
    return lines


def _check_limit(agreement: Agreement, spent: int, amount: int) -> None:
    limit = agreement.terms.limit_oere
    if spent + amount > limit:
        raise Refused(
            gettext_noop(
                "Der er %(left)s tilbage på aftalen, og bestillingen er på %(amount)s. Skriv til %(manager)s."
            ),
            left=oere(max(0, limit - spent)),
            amount=oere(amount),
            manager=agreement.manager.name,
        )


def _warn_of_limit(by: Principal, agreement: Agreement, spent: int, now: datetime) -> None:
    """Once, when four fifths are used, while there is still time to send the need out anew."""
    terms = agreement.terms
    if terms.limit_warning_id is not None or share_used(spent, terms.limit_oere) < WARN_AT:
        return
    calendar = agreement.municipality.calendar()
    terms.limit_warning = promise(
        by,
        LIMIT_DUTY,
        _("%(title)s er %(share)d %% brugt. Hvad kommer bagefter?")
        % {"title": agreement.title, "share": share_used(spent, terms.limit_oere)},
        path=path_of(agreement),
        due_at=due_in(10, now=now, calendar=calendar),
        owner=agreement.manager,
        unit=agreement.unit,
        calendar=calendar,
        now=now,
    )
    terms.save(update_fields=["limit_warning"])


def _tell_supplier(by: Principal, agreement: Agreement, order: Order, now: datetime) -> None:
    contact = main_contact(agreement.terms.organisation_id)
    if contact is None or not contact.email:
        return
    link = create_link(by, ORDER_LINK, order.pk, recipient=contact.email, now=now, lives=LINK_LIVES)
    body = _(
        "Hej %(name)s\n\n%(unit)s har bestilt hos jer på aftalen »%(title)s«. Ordren med EAN-nummer ligger her:\n{link}"
    )
    mail.write(
        by,
        contact.email,
        _("En ordre til jer: %(number)s") % {"number": order.number},
        body % {"name": contact.name, "unit": order.unit.name, "title": agreement.title},
        now=now,
        about=f"order:{order.pk}",
        link=link,
        link_path="/l/ordre/{token}/",
        reply_path=order.page,
        reply_owner=order.ordered_by,
    )


@transaction.atomic
def see_to_limit(by: Principal, agreement: Agreement, *, now: datetime) -> None:
    """The manager has decided what comes after; the warning is settled."""
    agreement = locked(agreement)
    check_can_manage(by, agreement)
    warning = agreement.terms.limit_warning
    if warning is not None:
        settle(warning, now=now, outcome=Duty.Outcome.DONE)
        audit.record(by, "agreement.limit_seen", f"agreement:{agreement.pk}", now=now)
