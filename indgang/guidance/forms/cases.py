# SPDX-License-Identifier: MPL-2.0
"""Opening a case, answering one question, telling more: fields made from the core's vocabulary."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from indgang.core.law.fact import FactSpec
from indgang.core.law.question import Question
from indgang.guidance.basis import told
from indgang.kernel.ui.forms import DayField, Form, KronerField

UNKNOWN = "unknown"
NUMERIC = ("months", "count", "percent", "number")


class StartForm(Form):
    need = forms.CharField(
        label=_("Hvad skal I bruge?"),
        max_length=2_000,
        min_length=3,
        widget=forms.Textarea(
            attrs={"rows": 3, "placeholder": _("Fx: vinduespudsning på tre skoler i to år")}
        ),
        error_messages={"min_length": _("Skriv et par ord mere.")},
    )
    value_dkk = KronerField(
        label=_("Hvad koster det i alt uden moms?"), min_value=1, required=False,
        help_text=_("Over hele perioden, med alle forlængelser."),
    )  # fmt: skip


class NameForm(Form):
    title = forms.CharField(label=_("Hvad drejer det sig om?"), max_length=150, min_length=3)


class QuestionForm(Form):
    """One question. `facts` are what to store; 'I don't know' is an answer too."""

    def __init__(
        self, *args: Any, question: Question, codes: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["answer"] = _answer_field(question, codes)
        self.fields["answer"].error_messages["required"] = _(
            "Svar på spørgsmålet, eller vælg «Det ved jeg ikke»."
        )
        if question.fact == "cpv_main" and codes:
            self.fields["other"] = forms.CharField(
                label=_("Eller en anden kode"), max_length=10, required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        other = str(given.get("other") or "").strip()
        if self.unsure:
            given["answer"] = UNKNOWN
            self.errors.pop("answer", None)
        elif other:
            given["answer"] = other
            self.errors.pop("answer", None)
        return given

    @property
    def unsure(self) -> bool:
        return bool(self.data.get("unsure"))

    def facts(self) -> dict[str, Any]:
        answer = self.cleaned_data["answer"]
        for each in self.question.answers:
            if each.value == answer:
                return dict(each.facts)
        value = answer.isoformat() if hasattr(answer, "isoformat") else answer
        return {self.question.fact: value}


def _answer_field(question: Question, codes: Sequence[tuple[str, str]]) -> forms.Field:
    """The heading of the page asks; the field is only where the answer goes."""
    label = _("Jeres svar")
    if question.fact == "cpv_main":
        if codes:
            shown = [(code, f"{words} ({code})") for code, words in codes]
            return forms.ChoiceField(label=_("Hvilken af dem?"), choices=shown, widget=forms.RadioSelect)
        return forms.CharField(
            label=_("CPV-kode"), max_length=10,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        )  # fmt: skip
    if len(question.answers) > 1:
        choices = [(each.value, told(each.label)) for each in question.answers]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    field = _typed_field(question.type, label)
    field.required = True
    return field


def _typed_field(kind: str, label: Any) -> forms.Field:
    if kind == "amount":
        return KronerField(label=label, required=False)
    if kind == "date":
        return DayField(label=label, required=False)
    if kind in NUMERIC:
        return forms.CharField(
            label=label, required=False, max_length=12,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
        )  # fmt: skip
    return forms.CharField(label=label, required=False, max_length=500)


class TopicForm(Form):
    """Every fact of a topic at once; an empty field is not stated."""

    def __init__(
        self, *args: Any, specs: Sequence[FactSpec], facts: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.specs = {field_name(spec.name): spec for spec in specs}
        for name, spec in self.specs.items():
            field = _topic_field(spec)
            field.help_text = spec.why
            field.initial = _initial(spec, facts)
            self.fields[name] = field

    def changes(self) -> dict[str, Any]:
        """What to store per fact; None takes it back."""
        found: dict[str, Any] = {}
        for name, spec in self.specs.items():
            value = self.cleaned_data.get(name)
            if value in (None, ""):
                found[spec.name] = None
            elif spec.type == "object":
                found[spec.name] = None
                found |= next(
                    (dict(each.facts) for each in spec.choices if each.value == value), {spec.name: value}
                )
            elif spec.type in ("parts", "part"):
                parts = [_part(line) for line in str(value).splitlines() if line.strip()]
                found[spec.name] = parts if spec.type == "parts" else parts[0]
            else:
                found[spec.name] = value.isoformat() if hasattr(value, "isoformat") else value
        return found


def field_name(fact: str) -> str:
    return fact.replace(".", "--")


def _topic_field(spec: FactSpec) -> forms.Field:
    label = spec.question or told(spec.label)
    if spec.type in ("choice", "object") or spec.type == "flag":
        words = [("yes", _now("Ja")), ("no", _now("Nej"))]
        given = [(each.value, told(each.label)) for each in spec.choices] or words
        unknown = [] if spec.name == "kind" else [(UNKNOWN, _now("Det ved jeg ikke"))]
        choices = [("", _now("Ikke oplyst")), *given, *unknown]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    if spec.type in ("parts", "part"):
        help_text = {"rows": 4 if spec.type == "parts" else 1, "placeholder": _("Fx: 400.000 77340000")}
        return forms.CharField(
            label=label, required=False, max_length=2_000, widget=forms.Textarea(attrs=help_text)
        )
    if spec.type == "cpv":
        return forms.CharField(
            label=label, required=False, max_length=10,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        )  # fmt: skip
    return _typed_field(spec.type, label)


def _initial(spec: FactSpec, facts: Mapping[str, Any]) -> Any:
    if spec.type == "object":
        for each in spec.choices:
            if all(facts.get(name) == value for name, value in each.facts.items()):
                return each.value
    value = facts.get(spec.name)
    if isinstance(value, list | dict):
        return "\n".join(_written(part) for part in (value if isinstance(value, list) else [value]))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _written(part: Mapping[str, Any]) -> str:
    return " ".join(str(part[key]) for key in ("value_dkk", "cpv_main") if part.get(key))


def _part(line: str) -> dict[str, str]:
    """A part as it is written: an amount, and a code of eight digits when there is one."""
    words = line.split()
    code = words[-1] if len(words) > 1 and len(words[-1].partition("-")[0]) == 8 else ""
    amount = "".join(words[:-1] if code else words)
    return {"value_dkk": amount, **({"cpv_main": code} if code else {})}
