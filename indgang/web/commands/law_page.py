# SPDX-License-Identifier: MPL-2.0
"""The pages that `indgang law` prints: plain Danish, for a buyer at a terminal."""

from collections import Counter
from collections.abc import Iterable, Mapping
from textwrap import wrap
from typing import Any

from indgang.core.law.answer import Answer
from indgang.core.law.plan import PlanLine
from indgang.core.law.record import sections
from indgang.core.law.sentence import Sentence, number

WIDTH = 100


def print_answer(answer: Answer, more_warnings: Iterable[Sentence] = ()) -> None:
    """The whole answer: what you may, may not and must, what to write down, what is open."""
    for section in sections(answer):
        print(section.title.da.upper())
        for line in section.lines:
            _print(f"- {line.text.da}", hang=2)
            for detail in line.details:
                _print(detail.da, indent=4)
            if line.basis:
                _print(f"[{line.basis.da}]", indent=4)
        print()
    for warning in more_warnings:
        _print(f"- {warning.da}", hang=2)
    pack = answer.court.pack
    _print(f"Pakke {pack.name} ({pack.sha256[:12]}). {pack.note.da}")
    if answer.policy:
        _print(f"Egen politik: {answer.policy.name} ({answer.policy.sha256[:12]}).")
    _print(pack.phrases["not_advice"].da)


def print_rule(told: Mapping[str, Any]) -> None:
    """One rule."""
    print(f"{told['id']}  {told['title_da']}")
    print(told["paragraph"])
    print()
    _print(told["text_da"])
    for head, name in (
        ("Hvornår", "when_da"),
        ("Usikkert", "uncertain_da"),
        ("Blokeret", "blocked_da"),
        ("Bemærk", "note_da"),
    ):
        if told[name]:
            _print(f"{head}: {told[name]}")
    for head, name in (("Se efter", "check_da"), ("Aldrig", "never_da")):
        for item in told[name]:
            _print(f"{head}: {item}")
    if told["alternative"]:
        _print(f"I stedet: {', '.join(told['alternative'])}")
    if told["docs"]:
        _print(f"Skriv ned: {'; '.join(told['docs'].values())}")
    print()
    _print(f"Betingelse: {told['condition']}")
    since, until = told["valid_from"] or "uden dato", told["valid_to"] or "uden slutdato"
    _print(
        f"Gælder: fra {since} til {until}. Sikkerhed: {told['confidence_words_da']} ({told['confidence']})."
    )
    for source in told["sources"]:
        _print(f"{source['title']}: {source['url']}", hang=4)
    _print(f"Kilder læst: {told['checked'] or 'ingen kilde læst'}")
    for point in told["unconfirmed"]:
        _print(f"Skal bekræftes af en jurist: {point}", hang=4)
    _print("Det her er ikke juridisk rådgivning.")


def print_unconfirmed(listed: Mapping[str, Any]) -> None:
    """What a lawyer has yet to confirm."""
    print("DET SKAL EN JURIST BEKRÆFTE")
    for point in listed["points"]:
        _print(f"{point['id']}  {point['da']}", hang=5)
        _print(
            f"Regler: {', '.join(point['rules'])} · {point['owner']} · senest {point['review_by']}", indent=5
        )
    print("\nREGLER PÅ SVAGT GRUNDLAG")
    for rule in listed["weak_rules"]:
        _print(f"{rule['id']:<6} {rule['confidence']:<5} {rule['title_da']}", hang=13)
    print("\nBEREGNEDE TÆRSKELVÆRDIER")
    for figure in listed["derived_figures"]:
        print(f"fra {figure['valid_from']}  {figure['column']:<16} {number(figure['amount_dkk'])} kr.")
    print(f"\nPakke {listed['pack']}")


def print_plan(lines: Iterable[PlanLine]) -> None:
    """Each line's regime, and how many fall where."""
    counts: Counter[str] = Counter()
    for line in lines:
        if line.answer is None:
            counts["kan ikke læses"] += 1
            print(f"{line.number:>6}  {line.id:<12} {line.refusal}")
            continue
        answer = line.answer
        regime = answer.regime or f"mangler {answer.stop}"
        counts[regime] += 1
        value = "" if answer.value_dkk is None else number(answer.value_dkk)
        doubt = "  få juridisk vurdering" if answer.regime in answer.uncertain else ""
        print(f"{line.number:>6}  {line.id:<12} {value:>14}  {regime}{doubt}")
    print()
    for name, count in sorted(counts.items()):
        print(f"{name}: {count}")


def _print(text: str, *, indent: int = 0, hang: int | None = None) -> None:
    following = " " * (indent if hang is None else indent + hang)
    lines = wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )
    print("\n".join(lines))
