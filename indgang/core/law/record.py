# SPDX-License-Identifier: MPL-2.0
"""The answer in sections, in both languages: the page a buyer reads and the draft of a decision record.

A decision record (beslutningsnotat) is these sections with the facts in front; who checked what, and when,
is added by a human.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indgang.core.law.answer import Answer
from indgang.core.law.finding import BLOCKED, CONDITION, DUTY, OPEN, UNCERTAIN, Finding
from indgang.core.law.parse import Part
from indgang.core.law.question import ASSUMED
from indgang.core.law.rule import Rule
from indgang.core.law.sentence import NOTHING, Sentence, danish_date, number
from indgang.core.law.truth import Unknown

CONFIDENCE = {
    "H": Sentence("godt belagt", "well founded"),
    "M": Sentence("delvis belagt", "partly founded"),
    "L": Sentence("svagt belagt", "weakly founded"),
}
BACKGROUND = Sentence("baggrundsviden, ingen kilde læst", "background knowledge, no source read")


@dataclass(frozen=True)
class Line:
    """One line: what it says, the details under it, and what it rests on."""

    text: Sentence
    details: tuple[Sentence, ...] = ()
    basis: Sentence = NOTHING


@dataclass(frozen=True)
class Section:
    key: str
    title: Sentence
    lines: tuple[Line, ...]


def sections(answer: Answer, *, with_facts: bool = False) -> list[Section]:
    """The sections that have something to say, in reading order."""
    return [section for section in _all_sections(answer, with_facts) if section.lines]


def _all_sections(answer: Answer, with_facts: bool) -> Iterable[Section]:
    if with_facts:
        yield Section("facts", Sentence("Oplysninger", "Facts"), tuple(_facts(answer)))
    yield Section("result", Sentence("Kort sagt", "In short"), tuple(_result(answer)))
    yield Section(
        "routes",
        Sentence("Det må I (det letteste først)", "What you may do (lightest first)"),
        _rules(answer, OPEN),
    )
    uncertain = Sentence("Usikkert: få juridisk vurdering", "Uncertain: check with a lawyer")
    yield Section("uncertain", uncertain, _rules(answer, UNCERTAIN))
    yield Section("blocked", Sentence("Det må I ikke", "What you may not do"), _rules(answer, BLOCKED))
    yield Section("duties", Sentence("Det skal I", "What you must do"), _rules(answer, DUTY))
    yield Section("conditions", Sentence("Det skal I vide", "What applies"), _rules(answer, CONDITION))
    yield Section("documents", Sentence("Skriv ned og gem", "Write down and keep"), tuple(_documents(answer)))
    open_now = [question for question in answer.questions if question.weight != ASSUMED]
    yield Section(
        "questions",
        Sentence("Vi mangler svar på", "Still to be answered"),
        tuple(
            Line(
                Sentence(f"{each.text} {each.why}", answer.court.pack.facts[each.fact].label.en), each.factors
            )
            for each in open_now
        ),
    )
    assumed = [question.assumption for question in answer.questions if question.assumption]
    yield Section(
        "assumed",
        Sentence("Det har vi regnet med", "What was assumed"),
        tuple(Line(each) for each in assumed),
    )
    yield Section(
        "warnings", Sentence("Læg mærke til", "Mind"), tuple(Line(each) for each in answer.warnings)
    )


def _result(answer: Answer) -> Iterable[Line]:
    court = answer.court
    if answer.stop is not None:
        labels = [court.pack.facts[cause].label for cause in court.regime.causes if cause in court.pack.facts]
        facts, facts_en = (
            ", ".join(words) for words in ([each.da for each in labels], [each.en for each in labels])
        )
        yield Line(court.phrase("stopped", facts=facts, facts_en=facts_en))
    elif answer.regime == "X":
        yield Line(
            Sentence(
                "Det er ikke en offentlig kontrakt. Kommunalretten afgør.",
                "It is not a public contract. Municipal law decides.",
            )
        )
    elif answer.regime is not None:
        rule = court.pack.rule(answer.regime)
        title = rule.title.filled(court.values)
        yield Line(
            Sentence(f"{title.da} ({rule.id})", f"{title.en} ({rule.id})"),
            (),
            basis(answer, rule, rule.confidence),
        )
    value = court.at.exact["V"]
    if not isinstance(value, Unknown):
        yield Line(
            Sentence(
                f"Værdi, der tæller: {number(value)} kr. uden moms",
                f"Value that counts: DKK {number(value, True)} ex VAT",
            )
        )
    yield Line(Sentence(f"Regler på dagen {danish_date(court.at.on)}", f"Rules of {court.at.on.isoformat()}"))


def _rules(answer: Answer, status: str) -> tuple[Line, ...]:
    return tuple(_rule_line(answer, finding) for finding in answer.having(status))


def _rule_line(answer: Answer, finding: Finding) -> Line:
    rule = finding.rule
    title = rule.title.filled(answer.court.values)
    details = [finding.reason]
    if finding.status in (OPEN, DUTY):
        details += [_listed(rule.check, Sentence("Se efter:", "Check:"), answer)]
        details += [_listed(rule.never, Sentence("Aldrig:", "Never:"), answer)]
    if finding.status == UNCERTAIN:
        details.append(answer.court.pack.phrases["legal_review"])
    details += _instead(answer, finding)
    if rule.note and finding.status != BLOCKED:
        details.append(Sentence(f"Bemærk: {rule.note.da}", f"Note: {rule.note.en}"))
    text = Sentence(f"{rule.id}  {title.da}", f"{rule.id}  {title.en}")
    kept = tuple(detail.filled(answer.court.values) for detail in details if detail)
    return Line(text, kept, basis(answer, rule, finding.confidence or rule.confidence))


def _instead(answer: Answer, finding: Finding) -> Iterable[Sentence]:
    """What can be done instead: first what is open in this case, then what needs other terms."""
    offered = answer.instead(finding)
    now = [name for name in offered if name in answer.routes or name in answer.uncertain]
    heads = (
        (now, Sentence("I stedet", "Instead")),
        ([name for name in offered if name not in now], Sentence("På andre vilkår", "On other terms")),
    )
    for names, head in heads:
        titles = [(answer.court.pack.rule(name).title.filled(answer.court.values), name) for name in names]
        if titles:
            yield Sentence(
                f"{head.da}: {', '.join(f'{title.da} ({name})' for title, name in titles)}",
                f"{head.en}: {', '.join(f'{title.en} ({name})' for title, name in titles)}",
            )


def _listed(sentences: Sequence[Sentence], head: Sentence, answer: Answer) -> Sentence:
    if not sentences:
        return NOTHING
    filled = [sentence.filled(answer.court.values) for sentence in sentences]
    return Sentence(
        " ".join([head.da, *(each.da for each in filled)]), " ".join([head.en, *(each.en for each in filled)])
    )


def basis(answer: Answer, rule: Rule, confidence: str) -> Sentence:
    """Paragraph, how well founded, validity, and when the sources were last read."""
    words = confidence_words(confidence)
    checked = answer.court.pack.checked(rule)
    since, until = rule.valid_from, rule.valid_to
    da = [rule.statute, f"{words.da} ({confidence})"]
    en = [rule.statute, f"{words.en} ({confidence})"]
    if since:
        da.append(f"gælder fra {danish_date(since)}")
        en.append(f"valid from {since.isoformat()}")
    if until:
        da.append(f"til {danish_date(until)}")
        en.append(f"to {until.isoformat()}")
    da.append(f"kilder læst {danish_date(checked)}" if checked else "ingen kilde læst")
    en.append(f"sources read {checked.isoformat()}" if checked else "no source read")
    return Sentence(" · ".join(da), " · ".join(en))


def confidence_words(confidence: str) -> Sentence:
    """What a confidence mark means."""
    words = CONFIDENCE[confidence[0]]
    if not confidence.endswith("BK"):
        return words
    return Sentence(f"{words.da}; {BACKGROUND.da}", f"{words.en}; {BACKGROUND.en}")


def _documents(answer: Answer) -> Iterable[Line]:
    for key in answer.docs:
        yield Line(answer.court.pack.documents[key])


def _facts(answer: Answer) -> Iterable[Line]:
    specs = answer.court.pack.facts
    for name, value in answer.court.at.facts.values.items():
        if specs[name].type == "object" and value is True:
            continue
        label, words = specs[name].label, _words(value)
        if specs[name].type == "choice" and isinstance(value, str):
            words = specs[name].label_of(value)
        yield Line(Sentence(f"{label.da}: {words.da}", f"{label.en}: {words.en}"))


def _words(value: object) -> Sentence:
    if value is None:
        return Sentence("ingen", "none")
    if isinstance(value, Unknown):
        return Sentence("vides ikke", "not known")
    if isinstance(value, tuple):
        amounts = [_words(each) for each in value]
        return Sentence("; ".join(each.da for each in amounts), "; ".join(each.en for each in amounts))
    if isinstance(value, Part):
        return _words(value.value_dkk)
    return Sentence("{value}", "{value}").filled({"value": value})
