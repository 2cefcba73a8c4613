# SPDX-License-Identifier: MPL-2.0
"""Replay the answer clock: how many needs get their answers in time, and what it costs in contacts."""

import argparse
import json
from collections import Counter

from indgang.core import replay as market
from indgang.core.text import Refused, gettext_noop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--needs", type=int, default=10_000, help="antal opgaver at spille (10000)")
    parser.add_argument(
        "--probability", type=float, default=0.17, help="chance for svar pr. kontakt, 0 til 1 (0.17)"
    )
    parser.add_argument(
        "--pools", default="12,16,20,30", help="antal virksomheder, der passer, fx 12,16,20 (12,16,20,30)"
    )
    parser.add_argument("--seed", type=int, default=1, help="frø til tilfældighederne (1)")
    parser.add_argument("--json", action="store_true", help="skriv tallene som JSON")


def run(arguments: argparse.Namespace) -> int:
    played = market.replay(
        _pools(arguments.pools),
        needs=_positive(arguments.needs),
        probability=_probability(arguments.probability),
        seed=arguments.seed,
    )
    large, small = played.sufficient(), played.too_small()
    figures = {
        "needs": len(played.outcomes),
        "probability": arguments.probability,
        "seed": arguments.seed,
        "sufficient_pool": len(large),
        "two_answers_in_five_days": round(market.share_answered(large), 4),
        "contacts_a_need": round(market.mean_contacts(large), 2),
        "floor_contacts": round(2 / arguments.probability, 1) if arguments.probability else None,
        "too_small_pool": len(small),
        "too_small_two_answers": round(market.share_answered(small), 4),
        "too_small_contacts_a_need": round(market.mean_contacts(small), 2),
        "exhausted": sum(one.exhausted for one in played.outcomes),
    }
    if arguments.json:
        print(json.dumps(figures))
        return 0
    _print_page(figures, Counter(one.pool for one in played.outcomes))
    return 0


def _print_page(figures: dict[str, float | int | None], pools: Counter[int]) -> None:
    percent = f"{float(figures['probability'] or 0):.0%}".replace("%", " %")
    print(f"Spillet {figures['needs']} opgaver, hvor hver kontakt besvares med {percent} chance.")
    print(
        "Virksomheder, der passer: " + ", ".join(f"{size} ({count} opgaver)" for size, count in pools.items())
    )
    print()
    if figures["sufficient_pool"]:
        print(f"Nok at spørge ({figures['sufficient_pool']} opgaver):")
        print(f"  to svar inden fem arbejdsdage  {_share(figures['two_answers_in_five_days'])}")
        print(f"  kontakter pr. opgave           {_decimal(figures['contacts_a_need'])}"
              f"  (kan ikke blive under {_decimal(figures['floor_contacts'])})")  # fmt: skip
    if figures["too_small_pool"]:
        print(f"For få at spørge ({figures['too_small_pool']} opgaver):")
        print(f"  to svar inden fem arbejdsdage  {_share(figures['too_small_two_answers'])}")
        print(f"  kontakter pr. opgave           {_decimal(figures['too_small_contacts_a_need'])}")
    print(f"Opgaver, hvor alle var spurgt op, og koordinatoren tager over: {figures['exhausted']}")
    print("En påmindelse tæller som en kontakt. Hvor længe svar er undervejs, er en antagelse.")


def _share(value: float | int | None) -> str:
    return f"{float(value or 0):.1%}".replace(".", ",").replace("%", " %")


def _decimal(value: float | int | None) -> str:
    return "–" if value is None else f"{value:.1f}".replace(".", ",")


def _pools(text: str) -> list[int]:
    try:
        sizes = [int(part) for part in text.split(",") if part.strip()]
    except ValueError:
        sizes = []
    if not sizes or min(sizes) < 0 or max(sizes) > 10_000:
        raise Refused(gettext_noop("--pools skal være hele tal med komma imellem, fx 12,16,20."))
    return sizes


def _probability(value: float) -> float:
    if not 0 <= value <= 1:
        raise Refused(gettext_noop("--probability skal ligge mellem 0 og 1, fx 0.17."))
    return value


def _positive(count: int) -> int:
    if not 1 <= count <= 1_000_000:
        raise Refused(gettext_noop("--needs skal ligge mellem 1 og 1000000."))
    return count
