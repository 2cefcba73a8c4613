# SPDX-License-Identifier: MPL-2.0
"""The `indgang` command: our own verbs first, Django's management commands behind them.

A verb is a module in `indgang.web.commands`; it is imported only when it is asked for, so that the
verbs of the pure core start without Django.
"""

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import NamedTuple

import indgang
from indgang.core.text import Refused
from indgang.web.danish_parser import DanishParser


class Verb(NamedTuple):
    module: str
    help: str


VERBS: dict[str, Verb] = {
    "match": Verb("indgang.web.commands.match", "Find ud af, hvem der kan løse en opgave"),
    "law": Verb("indgang.web.commands.law", "Hvad må vi? Svar med paragraf, grund og tvivl"),
    "fleksjob": Verb("indgang.web.commands.fleksjob", "Regn fleksløntilskud ud for en måned"),
    "value": Verb(
        "indgang.web.commands.value", "Hvad var det værd, og for hvem? Regnskab med betaler og modtager"
    ),
    "demo": Verb("indgang.web.commands.demo", "Vis Indgang frem med en opdigtet kommune"),
    "up": Verb("indgang.web.commands.up", "Kør Indgang: web og job sammen"),
    "replay": Verb(
        "indgang.web.commands.replay", "Afspil svaruret: hvor mange opgaver får svar, og hvad koster det"
    ),
    "import": Verb("indgang.web.commands.import_", "Hent data ind udefra: virksomheder og offentlige udbud"),
    "index": Verb("indgang.web.commands.index", "Læs virksomhederne forfra til søgningen"),
    "municipality": Verb("indgang.web.commands.municipality", "Opret en kommune og dens første koordinator"),
    "audit": Verb("indgang.web.commands.audit", "Efterprøv loggens kæde"),
    "forget": Verb("indgang.web.commands.forget", "Fjern det, der er gemt længe nok"),
}


def main(argv: Sequence[str] | None = None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in ("-h", "--help"):
        print(_overview())
        return 0
    if arguments[0] == "--version":
        print(f"indgang {indgang.__version__}")
        return 0
    name = arguments[0]
    if name not in VERBS:
        return _manage(arguments)
    module = import_module(VERBS[name].module)
    parser = DanishParser(prog=f"indgang {name}", description=VERBS[name].help)
    module.add_arguments(parser)
    try:
        return int(module.run(parser.parse_args(arguments[1:])) or 0)
    except Refused as refusal:
        print(f"indgang {name}: {refusal}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _overview() -> str:
    width = max((len(name) for name in VERBS), default=0)
    lines = ["Brug: indgang KOMMANDO [...]", ""]
    lines += [f"  {name:<{width}}  {verb.help}" for name, verb in VERBS.items()]
    lines += ["", "'indgang KOMMANDO --help' viser, hvad kommandoen tager imod."]
    return "\n".join(lines)


FROM_DJANGO = (
    "changepassword", "check", "clearsessions", "collectstatic", "createsuperuser", "dbshell", "help", "makemigrations",
    "migrate", "procrastinate", "shell", "showmigrations", "sqlmigrate",
)  # fmt: skip


def _manage(arguments: list[str]) -> int:
    if arguments[0] not in FROM_DJANGO:
        near = get_close_matches(arguments[0], [*VERBS, *FROM_DJANGO], n=1)
        hint = f" Mener du «{near[0]}»?" if near else ""
        print(
            f"indgang: Kender ikke kommandoen «{arguments[0]}».{hint}\nPrøv: indgang --help", file=sys.stderr
        )
        return 2
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.web.settings")
    execute_from_command_line(["indgang", *arguments])
    return 0


if __name__ == "__main__":
    sys.exit(main())
