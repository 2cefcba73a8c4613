# SPDX-License-Identifier: MPL-2.0
"""Bring in data from outside: `indgang import SOURCE PATH`."""

import argparse
from importlib import import_module

SOURCES: dict[str, str] = {
    "notices": "Offentlige udbud i eForms (fil, mappe eller zip)",
    "organisations": "En liste over virksomheder (Excel eller CSV)",
}
"""Source → what it is; its module in `imports` has the source's name."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    sources = parser.add_subparsers(dest="source", metavar="KILDE", required=True)
    for name, help_text in SOURCES.items():
        source = import_module(f"indgang.web.commands.imports.{name}")
        source.add_arguments(sources.add_parser(name, help=help_text, description=help_text))


def run(arguments: argparse.Namespace) -> int:
    source = import_module(f"indgang.web.commands.imports.{arguments.source}")
    return int(source.run(arguments))
