# SPDX-License-Identifier: MPL-2.0
"""How fast matching is, how big, and how that compares with the bare query in tantivy.

    python benchmarks/matching.py            4,000 and 100,000 invented enterprises
    python benchmarks/matching.py 4000       one size

Enterprises are invented from the trade vocabulary (seeded): one to four trades each, in a sentence of their
own words, some with areas. Needs are those of the judged sets, read anew each time. Prints; asserts nothing.
"""

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from indgang.core.matching import Changes, Index, Language, Listing, Need, Offer, own_language
from indgang.core.matching.facts import wanted
from indgang.core.matching.lines import read_needs, written_lines
from indgang.core.matching.vocabulary import read_tables

ROOT = Path(__file__).resolve().parent.parent
SIZES = (4_000, 100_000)
OPENINGS = (
    "Vi tilbyder",
    "Hos os får du",
    "Vi er et hold, der klarer",
    "Værkstedet laver",
    "Sælger",
    "Opgaver:",
)
ENDINGS = ("", " for kommuner og firmaer", ", udført af mennesker med plads til", ". Ring og hør mere")


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure how fast matching is, and print it.")
    parser.add_argument(
        "sizes",
        nargs="*",
        type=positive,
        metavar="SIZE",
        help="how many invented enterprises (default: 4000 and 100000)",
    )
    sizes = parser.parse_args().sizes or SIZES
    language = own_language()
    needs = list(all_needs())
    print(f"{len(needs)} needs; Python {sys.version.split()[0]}; milliseconds unless said otherwise\n")
    for size in sizes:
        measure(size, needs, language)
    return 0


def positive(written: str) -> int:
    """A whole number of at least 1, for argparse."""
    number = int(written)
    if number < 1:
        raise ValueError
    return number


def measure(size: int, needs: list[Need], language: Language) -> None:
    offers = list(invented(size, random.Random(1), list(language.places.municipalities)))
    before = memory()
    started = time.perf_counter()
    index = Index(offers)
    built = time.perf_counter() - started
    index.search(needs[0])  # what is made at the first question is not a question's time
    ours = timed(lambda need: index.search(need), needs)
    prepared = [index.query(language.profile(need), wanted(need, language.places)) for need in needs]
    searcher = index.searcher
    bare = timed(lambda query: searcher.search(query, limit=10), prepared)
    change = timed(lambda number: index.apply(Changes(put=(offers[number],))), range(20))
    print(
        f"{size:,} enterprises: built in {built:.1f} s ({built / size * 1e6:.0f} µs each), {memory() - before:.0f} MB more"
    )
    print(f"  search     {described(ours)}")
    print(f"  bare query {described(bare)}")
    print(f"  ratio of the medians {statistics.median(ours) / statistics.median(bare):.1f}")
    print(f"  one change {described(change)}\n")


def timed(act: Callable, values: object) -> list[float]:  # type: ignore[type-arg]
    times = []
    for value in values:  # type: ignore[attr-defined]
        started = time.process_time()
        act(value)
        times.append((time.process_time() - started) * 1000)
    return times


def described(times: list[float]) -> str:
    ordered = sorted(times)
    return f"median {statistics.median(ordered):6.2f}   p95 {ordered[int(len(ordered) * 0.95)]:6.2f}   worst {ordered[-1]:6.2f}"


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def all_needs() -> Iterator[Need]:
    for path in sorted((ROOT / "tests/core/matching/data").glob("*/needs.jsonl")):
        yield from read_needs(written_lines(path.read_text("utf-8"))).values


def invented(size: int, chance: random.Random, municipalities: list[str]) -> Iterator[Offer]:
    words = {
        name: [
            phrase.strip() for phrase in table["words"].split(",") if "@" not in phrase and "§" not in phrase
        ]
        for name, table in read_tables().items()
    }
    names = list(words)
    for number in range(size):
        trades = chance.sample(names, chance.choice((1, 1, 2, 2, 3, 4)))
        said = [
            phrase for trade in trades for phrase in chance.sample(words[trade], min(3, len(words[trade])))
        ]
        text = f"{chance.choice(OPENINGS)} {', '.join(said[:-1])} og {said[-1]}{chance.choice(ENDINGS)}"
        areas = tuple(chance.sample(municipalities, 3)) if chance.random() < 0.5 else ()
        yield Offer(
            str(number), f"Firma {number}", chance.choice(municipalities), (Listing(text, areas=areas),)
        )


if __name__ == "__main__":
    sys.exit(main())
