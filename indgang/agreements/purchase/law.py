# SPDX-License-Identifier: MPL-2.0
"""What the law said of a purchase agreement: inherited from the award, asked at a direct purchase, amber when it changes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from indgang.agreements.lifetime import locked, path_of
from indgang.agreements.models import Agreement, PurchaseTerms
from indgang.agreements.permissions import check_can_manage
from indgang.agreements.purchase.forms import AskLawForm
from indgang.core.law import cpv
from indgang.core.law.evaluate import evaluate
from indgang.core.law.pack import load
from indgang.core.law.reading import read_facts
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.actions.cases import facts_in, save_answer
from indgang.guidance.actions.law_changes import drop_notices, look_at_answers
from indgang.guidance.guide import Guided, guide
from indgang.guidance.models import LawNotice, SavedAnswer
from indgang.guidance.own_policy import policy_on
from indgang.guidance.watch import amber_abouts, notices_about
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.procurement.lawful import latest_answer
from indgang.procurement.models import Decision

PREFIX = "agreement:"
KNOWN = ("yes", "no")


def about(agreement_id: int) -> str:
    """The name by which the law guide knows an agreement."""
    return f"{PREFIX}{agreement_id}"


def answer_of(agreement: Agreement) -> SavedAnswer | None:
    """What the law said when it was last asked about the agreement."""
    rows = SavedAnswer.objects.filter(municipality_id=agreement.municipality_id, about=about(agreement.pk))
    return rows.order_by("-pk").first()


def amber_agreements(municipality_id: int) -> frozenset[int]:
    """Ids of the agreements whose law has changed, for lists. One query."""
    return frozenset(
        int(name.removeprefix(PREFIX)) for name in amber_abouts(municipality_id) if name.startswith(PREFIX)
    )


def code_for(cpv_code: str, text: str) -> str:
    """The code that was chosen, else the one that the text can hardly mean otherwise; '' when nobody can tell."""
    return cpv.read_code(cpv_code)[0] if cpv_code.strip() else facts_in(text).get("cpv_main", "")


def keep_law(
    by: Principal,
    agreement: Agreement,
    terms: PurchaseTerms,
    decision: Decision | None,
    cross_border: str,
    now: datetime,
) -> SavedAnswer | None:
    """The award's answer, or the guide's to a direct purchase. None when there is nothing to ask about yet."""
    if decision is not None:
        given = latest_answer(decision.task)
        return _inherit(by, agreement, given, now) if given is not None else None
    if not terms.cpv_code:
        return None
    on = timezone.localdate(now)
    facts = _facts(agreement, terms, on) | _interest(cross_border)
    guided = guide(agreement.municipality_id, facts, on, unit_id=agreement.unit_id)
    return save_answer(
        by, guided, agreement.title, about=about(agreement.pk), path=path_of(agreement), now=now
    )


def what_law_said(row: Agreement) -> dict[str, Any]:
    """For the agreement's page: the answer, what has changed since, and the form that asks anew."""
    answer = answer_of(row)
    regime = ""
    if answer is not None:
        details = {one["id"]: one["title_da"] for one in answer.answer["details"]}
        regime = details.get(answer.answer["regime"], "")
    interest = answer.facts.get("kgi", "") if answer else ""
    known = {"cpv_code": row.terms.cpv_code, "cross_border": interest if interest in KNOWN else ""}
    return {
        "answer": answer,
        "regime": regime,
        "amber": notices_about(row.municipality_id, about(row.pk)),
        "ask_form": AskLawForm(initial=known, auto_id="law_%s"),
    }


@transaction.atomic
def ask_again(
    by: Principal, agreement: Agreement, *, cpv_code: str = "", cross_border: str = "", now: datetime
) -> SavedAnswer:
    """Ask the newest rules about the same agreement, for the day its answer is about. What was amber is settled by name."""
    agreement = locked(agreement)
    check_can_manage(by, agreement)
    terms, last = agreement.terms, answer_of(agreement)
    text = f"{agreement.title}. {terms.what}"
    code = code_for(cpv_code or terms.cpv_code, text)
    if not code and last is None:
        raise Refused(
            gettext_noop("Skriv CPV-koden for det, aftalen dækker. Så ved vi, hvilke regler der gælder.")
        )
    if code and code != terms.cpv_code:
        terms.cpv_code = code
        terms.save(update_fields=["cpv_code"])
    if last is None:
        on = timezone.localdate(agreement.created_at)
        guided = guide(
            agreement.municipality_id,
            _facts(agreement, terms, on) | _interest(cross_border),
            on,
            unit_id=agreement.unit_id,
        )
    else:
        changed = {"cpv_main": code, "kind": cpv.kind_of(code)} if cpv_code.strip() else {}
        guided = _answered(agreement, {**last.facts, **changed, **_interest(cross_border)}, last.on)
    row = save_answer(
        by, guided, agreement.title, about=about(agreement.pk), path=path_of(agreement), now=now
    )
    standing = LawNotice.objects.filter(
        municipality_id=agreement.municipality_id, handled_at=None, about=about(agreement.pk)
    )
    drop_notices(
        standing.select_related("duty"), how="Loven er spurgt igen om aftalen", now=now, user_id=by.user_id
    )
    facts = {"answer": row.pk, "regime": row.answer.get("regime")}
    audit.record(by, "agreement.law", f"agreement:{agreement.pk}", now=now, facts=facts)
    return row


def look_at_agreements(by: Principal, *, now: datetime) -> list[LawNotice]:
    """One municipality's round: agreements that run or wait are held against the newest rules.

    For a draft the passing of time counts too; once signed, the day it was made decides.
    """
    today = timezone.localdate(now)
    rows = Agreement.objects.filter(
        municipality_id=by.municipality_id, kind=Agreement.Kind.PURCHASE, ended_at=None, last_date__gte=today
    ).select_related("manager")
    open_ones = {about(row.pk): row for row in rows}
    newest = (
        SavedAnswer.objects.filter(municipality_id=by.municipality_id, about__startswith=PREFIX)
        .values("about")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    answers = [row for row in SavedAnswer.objects.filter(pk__in=newest) if row.about in open_ones]
    owners = {name: row.manager for name, row in open_ones.items()}
    found: list[LawNotice] = []
    for is_draft, day in ((True, today), (False, None)):
        some = [row for row in answers if (open_ones[row.about].in_force_at is None) is is_draft]
        found += look_at_answers(by, some, today=day, now=now, owners=owners)
    standing = LawNotice.objects.filter(
        municipality_id=by.municipality_id, handled_at=None, about__startswith=PREFIX
    ).select_related("duty")
    drop_notices([row for row in standing if row.about not in open_ones], how="Aftalen er slut", now=now)
    return found


def _inherit(by: Principal, agreement: Agreement, given: SavedAnswer, now: datetime) -> SavedAnswer:
    row = SavedAnswer(
        municipality_id=agreement.municipality_id,
        about=about(agreement.pk),
        path=path_of(agreement),
        title=agreement.title,
        on=given.on,
        facts=given.facts,
        answer=given.answer,
        rules=given.rules,
        pack=given.pack,
        policy=given.policy,
        saved_at=now,
        saved_by=str(by),
    )
    row.save(force_insert=True)
    return row


def _facts(agreement: Agreement, terms: PurchaseTerms, on: date) -> dict[str, Any]:
    first, last = agreement.first_date, agreement.last_date
    months = (last.year - first.year) * 12 + last.month - first.month + (1 if last.day >= first.day else 0)
    return {
        "authority_type": "kommune",
        "kind": cpv.kind_of(terms.cpv_code),
        "cpv_main": terms.cpv_code,
        "value_dkk": -(-terms.limit_oere // 100),
        "duration_months": max(months, 1),
        "performed_in_dk": True,
        "publication_date": on.isoformat(),
    }


def _interest(cross_border: str) -> dict[str, str]:
    return {"kgi": cross_border} if cross_border in KNOWN else {}


def _answered(agreement: Agreement, facts: Mapping[str, Any], on: date) -> Guided:
    """The same facts again: what the contract list says today is none of an agreement that was made before."""
    pack = load()
    policy = policy_on(agreement.municipality_id, pack, on, agreement.unit_id)
    return Guided(facts, facts, on, evaluate(pack, read_facts(pack, dict(facts)), on, policy))
