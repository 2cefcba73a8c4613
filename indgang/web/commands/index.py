# SPDX-License-Identifier: MPL-2.0
"""Read the directory anew: here, to show that it can be done and what it takes, and then in every web process."""

import argparse
import time

from indgang.web import runtime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "Søgningen holder sig selv ved lige. Brug kommandoen, når en database er hentet ind fra en kopi."
    )


def run(arguments: argparse.Namespace) -> int:
    runtime.start()
    from django.db import transaction

    from indgang.directory import search
    from indgang.directory.search import log

    started = time.perf_counter()
    search.forget_all()
    with transaction.atomic():
        index = search.live_for().matching()
        removed = log.compact()
        log.ask_for_rebuild()
    seconds = f"{time.perf_counter() - started:.1f}".replace(".", ",")
    print(f"{len(index)} virksomheder læst på {seconds} sekunder.")
    print(f"Kørende webprocesser læser forfra ved næste søgning. {removed} gamle ændringer er ryddet op.")
    return 0
