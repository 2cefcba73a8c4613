# SPDX-License-Identifier: MPL-2.0
"""`indgang law`: what a municipality may lawfully do with these facts, and what the rules say.

indgang law FACTS.(json|yaml) [--date D] [--pack P] [--policy FILE [--unit U]] [--json]
indgang law explain R54        one rule in plain words
indgang law plan PLAN.csv      a purchasing plan, line by line
indgang law check ANSWER.json  does a saved answer still come out of its pack?
indgang law unconfirmed        what a lawyer has yet to confirm
indgang law packs              the packs and their hashes
"""

import json
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from indgang.core.law import pack as packs
from indgang.core.law.as_json import as_json
from indgang.core.law.evaluate import evaluate
from indgang.core.law.explain import explain, unconfirmed
from indgang.core.law.pack import Pack
from indgang.core.law.parse import parse_date
from indgang.core.law.plan import answer_plan, read_plan
from indgang.core.law.policy import Policy, read_policy
from indgang.core.law.reading import Facts, read_facts
from indgang.core.law.sentence import Sentence
from indgang.core.text import Refused
from indgang.web.commands.law_page import print_answer, print_plan, print_rule, print_unconfirmed

HELP = """Skriv en fil med oplysninger (JSON eller YAML), eller et af ordene:
  explain ID        forklar én regel, fx explain R54
  plan FIL.csv      svar på en indkøbsplan linje for linje
  check SVAR.json   giver det gemte svar sig stadig af sin pakke?
  unconfirmed       det, en jurist endnu skal bekræfte
  packs             pakkerne og deres fingeraftryk"""
Document = dict[str, Any]


def add_arguments(parser: ArgumentParser) -> None:
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = HELP
    parser.add_argument(
        "words", nargs="*", metavar="FIL", help="fil med oplysninger, eller et ord fra listen nedenfor"
    )
    parser.add_argument("--date", metavar="ÅÅÅÅ-MM-DD", help="loven på den dag (offentliggørelsen afgør)")
    parser.add_argument("--pack", metavar="PAKKE", help="det, vi vidste: pakkens navn eller fingeraftryk")
    parser.add_argument("--policy", metavar="FIL", help="jeres egen, strengere politik (TOML)")
    parser.add_argument(
        "--unit", metavar="ENHED", help="den, der køber; politikken kan gælde enkelte enheder"
    )
    parser.add_argument("--json", action="store_true", help="vis svaret som JSON")


def run(arguments: Namespace) -> int:
    if not arguments.words:
        raise Refused("Skriv en fil med oplysninger. Se indgang law --help.")
    word, rest = arguments.words[0], arguments.words[1:]
    act = _ACTS.get(word)
    if act is None:
        act, rest = _answer, arguments.words
    wanted = 0 if word in ("unconfirmed", "packs") else 1
    if len(rest) != wanted:
        raise Refused(
            "Skriv %(what)s. Se indgang law --help.",
            what="én fil eller én regel" if wanted else f"kun {word}",
        )
    return act(arguments, rest)


def _answer(arguments: Namespace, rest: list[str]) -> int:
    pack = packs.load(arguments.pack)
    facts = read_facts(pack, _document(rest[0]))
    on = _date(arguments, facts)
    answer = evaluate(pack, facts, on, _policy(pack, arguments.policy, arguments.unit))
    if answer.stop == "value_dkk":
        raise Refused(
            "value_dkk mangler. Skriv, hvad det koster i alt i kroner uden moms, fx value_dkk: 480000."
        )
    if arguments.json:
        document = as_json(answer)
        if clash := _date_clash(pack, facts, on):
            document["warnings"].append(clash.da)
        _print_json(document)
    else:
        print_answer(answer, [clash] if (clash := _date_clash(pack, facts, on)) else [])
    return 0


def _explain(arguments: Namespace, rest: list[str]) -> int:
    pack = packs.load(arguments.pack)
    told = explain(pack, pack.rule(rest[0]), _day(arguments) or _today())
    _print_json(told) if arguments.json else print_rule(told)
    return 0


def _plan(arguments: Namespace, rest: list[str]) -> int:
    pack = packs.load(arguments.pack)
    rows = read_plan(pack, _text(rest[0]).splitlines())
    lines = answer_plan(
        pack, rows, _day(arguments) or _today(), _policy(pack, arguments.policy, arguments.unit)
    )
    if not arguments.json:
        print_plan(lines)
        return 0
    _print_json(
        [
            {"line": line.number, "id": line.id, "error": str(line.refusal)}
            if line.answer is None
            else {
                "line": line.number,
                "id": line.id,
                "regime": line.answer.regime,
                "value_dkk": line.answer.value_dkk,
                "routes": line.answer.routes,
                "uncertain": line.answer.uncertain,
                "blocked": list(line.answer.blocked),
                "stop": line.answer.stop,
                "pack": pack.label,
            }
            for line in lines
        ]
    )
    return 0


def _check(arguments: Namespace, rest: list[str]) -> int:
    saved = _document(rest[0])
    if not {"facts", "date", "pack"} <= set(saved):
        raise Refused("Filen er ikke et gemt svar: den mangler facts, date eller pack.")
    pack = packs.load(str(saved["pack"]))
    facts = read_facts(pack, saved["facts"])
    fresh = as_json(
        evaluate(
            pack, facts, parse_date(saved["date"], "date"), _policy(pack, arguments.policy, arguments.unit)
        )
    )
    keys = [
        key
        for key in fresh
        if key not in ("facts", "warnings") and saved.get(key) != json.loads(json.dumps(fresh[key]))
    ]
    if keys:
        raise Refused(
            "Svaret er ikke det, pakken giver. Det er anderledes i: %(keys)s.", keys=", ".join(keys)
        )
    print(f"Svaret er uændret. Det kommer af pakken {pack.label}.")
    return 0


def _unconfirmed(arguments: Namespace, rest: list[str]) -> int:
    listed = unconfirmed(packs.load(arguments.pack))
    _print_json(listed) if arguments.json else print_unconfirmed(listed)
    return 0


def _packs(arguments: Namespace, rest: list[str]) -> int:
    known = packs.names()
    if arguments.json:
        _print_json([{"name": name, "sha256": seal} for name, seal in known])
        return 0
    for name, seal in known:
        print(f"{name}  sha256:{seal}")
    return 0


_ACTS: dict[str, Callable[[Namespace, list[str]], int]] = {
    "explain": _explain,
    "plan": _plan,
    "check": _check,
    "unconfirmed": _unconfirmed,
    "packs": _packs,
}


def _day(arguments: Namespace) -> date | None:
    return parse_date(arguments.date, "--date") if arguments.date else None


def _today() -> date:
    return datetime.now().astimezone().date()


def _date(arguments: Namespace, facts: Facts) -> date:
    return _day(arguments) or facts.date_stated() or _today()


def _date_clash(pack: Pack, facts: Facts, on: date) -> Sentence | None:
    stated = facts.date_stated()
    if stated is None or stated == on:
        return None
    return pack.phrases["date_replaced"].filled({"given": on, "stated": stated})


def _policy(pack: Pack, path: str | None, unit: str | None) -> Policy | None:
    policy = read_policy(pack, _text(path)) if path else None
    return policy.for_units({unit}) if policy and unit else policy


def _print_json(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=2))


def _text(path: str) -> str:
    try:
        return sys.stdin.read() if path == "-" else Path(path).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("Filen %(path)s er ikke tekst i UTF-8. Gem den igen som UTF-8.", path=path) from None
    except FileNotFoundError:
        raise Refused("Filen %(path)s findes ikke.", path=path) from None
    except OSError:
        raise Refused(
            "Filen %(path)s kan ikke læses. Er det en mappe, eller mangler du adgang?", path=path
        ) from None


def _document(path: str) -> Document:
    text = _text(path)
    try:
        document = json.loads(text) if path.endswith(".json") else _yaml(text)
    except json.JSONDecodeError as error:
        raise Refused(
            "Filen %(path)s er ikke JSON: fejl i linje %(line)d.", path=path, line=error.lineno
        ) from None
    if not isinstance(document, dict):
        raise Refused("Filen %(path)s skal have navne med værdier, fx kind: services.", path=path)
    return document


def _yaml(text: str) -> object:
    import yaml

    class Loader(yaml.SafeLoader):
        """Reads a number with a leading zero (a CPV code) as text, not as an octal number."""

    def whole_number(loader: Loader, node: yaml.ScalarNode) -> object:
        written = str(node.value)
        return written if written[:1] == "0" and len(written) > 1 else loader.construct_yaml_int(node)

    Loader.add_constructor("tag:yaml.org,2002:int", whole_number)
    try:
        return yaml.load(text, Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" i linje {mark.line + 1}" if mark else ""
        raise Refused("Filen er ikke YAML: fejl%(where)s.", where=where) from None
