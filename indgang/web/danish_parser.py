# SPDX-License-Identifier: MPL-2.0
"""The command line's own words in Danish: argparse speaks English only."""

import argparse
import re
from typing import Any, NoReturn

SAID = (
    (r"the following arguments are required: (.+)", r"Der mangler: \1."),
    (r"unrecognized arguments: (.+)", r"Kender ikke: \1."),
    (r"argument (.+): expected one argument", r"\1 mangler en værdi."),
    (r"argument (.+): expected at least one argument", r"\1 mangler mindst én værdi."),
    (r"argument (.+): invalid (?:int|float) value: '(.*)'", r"\1 skal være et tal, ikke «\2»."),
    (
        r"argument (.+): invalid choice: '(.*)' \(choose from (.+)\)",
        r"\1 kan ikke være «\2». Vælg mellem \3.",
    ),
    (r"argument (.+): not allowed with argument (.+)", r"\1 kan ikke bruges sammen med \2."),
    (r"argument (.+): ignored explicit argument '(.*)'", r"\1 tager ingen værdi."),
    (r"one of the arguments (.+) is required", r"Vælg en af: \1."),
    (r"ambiguous option: (.+) could match (.+)", r"\1 kan betyde \2. Skriv den helt ud."),
    (r"argument (.+): (.+)", r"\1: \2"),
)


class DanishParser(argparse.ArgumentParser):
    """Refuses with one sentence and exit code 2, never with a stack trace."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False, formatter_class=DanishHelp)
        self._positionals.title, self._optionals.title = "det, kommandoen tager imod", "valg"
        self.add_argument("-h", "--help", action="help", help="vis denne hjælp")

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {in_danish(message)}\nPrøv: {self.prog} --help\n")


class DanishHelp(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Brug: " if prefix is None else prefix)


def in_danish(message: str) -> str:
    """argparse's sentence in Danish; a sentence that is not known is returned as it stands."""
    for english, danish in SAID:
        found = re.fullmatch(english, message, re.DOTALL)
        if found:
            return found.expand(danish)
    return message
