# SPDX-License-Identifier: MPL-2.0
"""`indgang value`: what it was worth, and to whom.

indgang value CASE.(json|yaml) [--pack P] [--overlay FILE] [--draws N] [--seed S] [--json] [--save FILE]
indgang value staircase --benefit-month 13060 --weeks 52 --from-week 0
indgang value reset "benefit:30,self:52,benefit:1"
indgang value packs [show PACK | diff OLD NEW | bridge OLD NEW --case CASE]
indgang value check RESULT.json

What only a case needs (numpy, scipy) is loaded when there is a case.
"""

import json
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from datetime import date

from indgang.core.law.refund import Staircase, staircase
from indgang.core.text import Refused
from indgang.core.value.case_file import read_file
from indgang.core.value.history import WORDS, read_history
from indgang.core.value.staircase import spell, standing
from indgang.web.commands import value_words
from indgang.web.commands.value_lines import typed_number

HELP = """Skriv en fil med en sag (JSON eller YAML), eller et af ordene:
  staircase           hvem betaler en periode på ydelse
  reset HISTORIE      hvor på refusionstrappen står personen
  packs               pakkerne; packs show P, packs diff A B, packs bridge A B --case SAG
  check RESULTAT.json giver et gemt resultat sig stadig af sin sag og sin pakke?

Sagens felter står i docs/reference/value-case.md, eksempler i docs/examples/value/."""
OPTIONS: dict[str, tuple[str, ...]] = {
    "case": ("pack", "overlay", "draws", "seed", "save", "ledger", "public", "people", "consent"),
    "staircase": ("benefit_month", "benefit_week", "weeks", "from_week", "date"),
    "reset": ("date",),
    "packs": ("pack", "overlay", "case", "new_case", "seed"),
    "check": ("overlay",),
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = HELP
    parser.add_argument(
        "words", nargs="*", metavar="SAG", help="fil med en sag, eller et ord fra listen nedenfor"
    )
    parser.add_argument("--json", action="store_true", help="vis resultatet som JSON")
    case = parser.add_argument_group("en sag")
    case.add_argument("--pack", metavar="PAKKE", help="pakkens navn, fingeraftryk eller fil")
    case.add_argument(
        "--overlay", action="append", metavar="FIL", help="jeres egne rækker (TOML); kan gentages"
    )
    case.add_argument("--draws", metavar="N", help="antal tilfældige gennemregninger (10000; 0 for ingen)")
    case.add_argument("--seed", metavar="S", help="frø til tilfældige tal")
    case.add_argument("--save", metavar="FIL", help="gem resultatet; en gemt fil overskrives aldrig")
    case.add_argument("--ledger", metavar="FIL", help="skriv alle posteringer til .csv eller .jsonl")
    case.add_argument("--public", action="store_true", default=None, help="kun det, alle må se, afrundet")
    case.add_argument("--people", metavar="K", help="mindste antal personer bag et offentligt tal (5)")
    case.add_argument("--consent", action="append", metavar="NAVN", help="virksomhed, der må vises")
    stairs = parser.add_argument_group("staircase og reset")
    stairs.add_argument("--benefit-month", metavar="KR", help="ydelsen om måneden")
    stairs.add_argument("--benefit-week", metavar="KR", help="ydelsen om ugen")
    stairs.add_argument("--weeks", metavar="N", help="uger på ydelse")
    stairs.add_argument("--from-week", metavar="N", help="uger, der allerede tæller på trappen (0)")
    stairs.add_argument("--date", metavar="ÅÅÅÅ-MM-DD", help="reglerne på den dag")
    packs = parser.add_argument_group("packs bridge")
    packs.add_argument("--case", metavar="SAG", help="sagen, der regnes med begge pakker")
    packs.add_argument("--new-case", metavar="SAG", help="sagen bagefter, hvis den også er ændret")


def run(arguments: Namespace) -> int:
    if not arguments.words:
        raise Refused(
            "Skriv en fil med en sag, fx docs/examples/value/fleksjob.yaml. Se indgang value --help."
        )
    word, rest = arguments.words[0], arguments.words[1:]
    act = _acts().get(word)
    _check_options(arguments, word if act else "case")
    if act is None:
        if rest:
            raise Refused("Skriv én sag ad gangen. Se indgang value --help.")
        return _case(arguments, word)
    return act(arguments, rest)


def _acts() -> dict[str, Callable[[Namespace, list[str]], int]]:
    return {"staircase": _staircase, "reset": _reset, "packs": _packs, "check": _stored}


def _case(arguments: Namespace, name: str) -> int:
    from indgang.web.commands import value_case

    return value_case.run(arguments, name)


def _packs(arguments: Namespace, rest: list[str]) -> int:
    from indgang.web.commands import value_packs

    return value_packs.run(arguments, rest)


def _stored(arguments: Namespace, rest: list[str]) -> int:
    from indgang.web.commands import value_stored

    return value_stored.check(arguments, rest)


def _check_options(arguments: Namespace, word: str) -> None:
    for name in {name for names in OPTIONS.values() for name in names} - set(OPTIONS[word]):
        if getattr(arguments, name) is not None:
            raise Refused("--%(name)s bruges ikke her. Se indgang value --help.", name=name.replace("_", "-"))


def _staircase(arguments: Namespace, rest: list[str]) -> int:
    if rest:
        raise Refused("indgang value staircase tager kun tilvalg, fx --benefit-month 13060 --weeks 52.")
    if (arguments.benefit_month is None) == (arguments.benefit_week is None):
        raise Refused("Skriv enten --benefit-month eller --benefit-week.")
    if arguments.benefit_month is not None:
        week = typed_number(arguments.benefit_month, "--benefit-month") * 12 / 52
    else:
        week = typed_number(arguments.benefit_week, "--benefit-week")
    weeks = _whole(arguments.weeks, "--weeks", None)
    found = spell(week, weeks, _whole(arguments.from_week, "--from-week", 0), _rule(arguments))
    if arguments.json:
        print(json.dumps(value_words.spell_json(found, _rule(arguments)), ensure_ascii=False, indent=2))
    else:
        value_words.print_spell(found, week, _rule(arguments))
    return 0


def _reset(arguments: Namespace, rest: list[str]) -> int:
    if len(rest) != 1 or not rest[0].strip():
        raise Refused(
            'Skriv én historie, fx indgang value reset "benefit:30,self:52,benefit:1", eller en fil.'
        )
    told = rest[0]
    word = told.partition(":")[0].partition(",")[0].strip().casefold()
    raw = told if word in WORDS or ":" in told or "," in told else read_file(told)
    found = standing(read_history(raw, "historien"), _rule(arguments))
    if arguments.json:
        print(json.dumps(value_words.standing_json(found, _rule(arguments)), ensure_ascii=False, indent=2))
    else:
        value_words.print_standing(found)
    return 0


def _rule(arguments: Namespace) -> Staircase:
    if arguments.date is None:
        return staircase(date(2026, 1, 1))
    try:
        return staircase(date.fromisoformat(arguments.date))
    except ValueError as error:
        raise Refused("--date er %(text)s. Skriv en dato som 2026-09-01.", text=arguments.date) from error


def _whole(text: str | None, name: str, default: int | None) -> int:
    found = typed_number(text, name, default, 0, 5_200)
    if found != int(found):
        raise Refused("%(name)s er %(text)s. Skriv et helt tal.", name=name, text=text)
    return int(found)
