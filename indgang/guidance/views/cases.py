# SPDX-License-Identifier: MPL-2.0
"""A case in the guide: one question at a time, then the answer; everything can be changed and taken up again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.core.law.pack import load
from indgang.core.law.question import STOP, Answered, Question, question_about
from indgang.core.law.sentence import NOTHING
from indgang.core.text import Refused
from indgang.directory.search import find
from indgang.guidance import topics
from indgang.guidance.actions import cases
from indgang.guidance.answer_page import answer_page, fact_lines
from indgang.guidance.asking import open_questions
from indgang.guidance.forms.cases import QuestionForm, TopicForm
from indgang.guidance.guide import Guided, guide
from indgang.guidance.models import LawCase
from indgang.guidance.queries import visible_to
from indgang.guidance.watch import signed_off
from indgang.kernel.http import Request, found, staff

MOST_CODES = 5


@staff()
@require_safe
def own_cases(request: Request) -> HttpResponse:
    """One's own cases, the latest first; those put away below."""
    rows = visible_to(request.principal).select_related("owner", "unit").order_by("-changed_at")
    mine = rows.filter(owner_id=request.principal.user_id)
    others = rows.exclude(owner_id=request.principal.user_id).filter(closed_at=None)
    context = {
        "open": mine.filter(closed_at=None)[:50],
        "away": mine.exclude(closed_at=None)[:20],
        "others": others[:30],
    }
    return render(request, "guidance/cases.html", context)


@staff()
@require_safe
def case(request: Request, case_id: int) -> HttpResponse:
    """The next question, or the answer when nothing is left to ask or the reader wants it now."""
    row = case_of(request, case_id)
    if not row.facts.get("kind"):
        return _ask(request, row, kind_question(), None)
    try:
        guided = guide(
            row.municipality_id, row.facts, cases.day_of(row.facts, timezone.now()), unit_id=row.unit_id
        )
    except Refused as refusal:
        return render(
            request,
            "guidance/case_trouble.html",
            {"case": row, "trouble": str(refusal), "topics": topics.TOPICS},
        )
    questions = open_questions(guided, row.passed)
    if questions and "svar" not in request.GET:
        return _ask(request, row, questions[0], guided, left=len(questions))
    overrides = list(row.overrides.filter(facts=dict(guided.facts)).select_related("asked_by", "second"))
    context = {
        "case": row,
        "guided": guided,
        "page": answer_page(guided, overrides),
        "signed_off": signed_off(row.municipality_id, guided.answer.court.pack),
        "facts": fact_lines(guided),
        "topics": topics.topics_for(row.facts),
        "questions": questions,
        "has_backed": any(each.backed for each in overrides),
        "records": row.records.select_related("signed_by").order_by("-number"),
    }
    return render(request, "guidance/answer.html", context)


@staff()
@require_http_methods(["GET", "POST"])
def question(request: Request, case_id: int, fact: str) -> HttpResponse:
    """Answer one question, or answer it anew."""
    row = case_of(request, case_id)
    if fact not in load().facts or not load().facts[fact].question:
        return found(None)  # type: ignore[no-any-return]
    asked, guided = _question_of(row, fact)
    if request.method == "GET":
        return _ask(request, row, asked, guided)
    if "pass" in request.POST:
        cases.pass_by(request.principal, row, fact, now=timezone.now())
        return redirect("guidance:case", case_id)
    form = QuestionForm(request.POST, question=asked, codes=_codes(row, asked))
    if form.is_valid():
        try:
            cases.tell(request.principal, row, form.facts(), now=timezone.now())
            return redirect("guidance:case", case_id)
        except Refused as refusal:
            form.refuse(refusal, "answer")
    return _ask(request, row, asked, guided, form=form)


@staff()
@require_http_methods(["GET", "POST"])
def topic(request: Request, case_id: int, key: str) -> HttpResponse:
    """Tell all that belongs to one topic at once."""
    row, chosen = case_of(request, case_id), found(topics.topic(key))
    specs = [load().facts[name] for name in chosen.facts]
    form = TopicForm(request.POST if request.method == "POST" else None, specs=specs, facts=row.facts)
    if request.method == "POST" and form.is_valid():
        try:
            cases.tell(request.principal, row, form.changes(), now=timezone.now())
            return redirect("guidance:case", case_id)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "guidance/topic.html", {"case": row, "topic": chosen, "form": form})


@require_POST
@staff()
def put_away(request: Request, case_id: int) -> HttpResponse:
    row = case_of(request, case_id)
    cases.put_away(request.principal, row, now=timezone.now())
    messages.success(request, _("Sagen er lagt væk.") if row.closed_at else _("Sagen er taget op igen."))
    return redirect("guidance:cases")


def case_of(request: Request, case_id: int) -> LawCase:
    rows = visible_to(request.principal).select_related("owner", "unit")
    row: LawCase = found(rows.filter(pk=case_id).first())
    return row


def kind_question() -> Question:
    """The first question of a case that does not yet say what it is about."""
    spec = load().facts["kind"]
    answers = tuple(Answered(each.value, each.label, each.facts) for each in spec.choices)
    return Question("kind", spec.type, STOP, spec.question, spec.why, answers, (), NOTHING)


def _question_of(row: LawCase, fact: str) -> tuple[Question, Guided | None]:
    if fact == "kind" or not row.facts.get("kind"):
        return kind_question(), None
    rest = cases.without(row.facts, [fact])
    guided = guide(row.municipality_id, rest, cases.day_of(rest, timezone.now()), unit_id=row.unit_id)
    found_now = (each for each in open_questions(guided, ()) if each.fact == fact)
    return next(found_now, question_about(guided.answer.court, fact)), guided


def _codes(row: LawCase, asked: Question) -> list[tuple[str, str]]:
    if asked.fact != "cpv_main":
        return []
    return [(code, label) for code, label, _score in find(row.title, top=1).cpv[:MOST_CODES]]


def _ask(
    request: Request,
    row: LawCase,
    asked: Question,
    guided: Guided | None,
    *,
    form: QuestionForm | None = None,
    left: int = 0,
) -> HttpResponse:
    initial: dict[str, Any] = {"answer": row.facts.get(asked.fact)}
    form = form or QuestionForm(question=asked, codes=_codes(row, asked), initial=initial)
    context = {
        "case": row,
        "question": asked,
        "form": form,
        "guided": guided,
        "left": left,
        "factors": asked.factors,
    }
    status = 422 if form.is_bound else 200
    return render(request, "guidance/question.html", context, status=status)
