# SPDX-License-Identifier: MPL-2.0
"""`indgang match evaluate`: how good the answers are on a judged set, beside simpler ways in the same run."""

import json
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from indgang.core.matching.baselines import FullText, Letters, SectorAndArea
from indgang.core.matching.index import Index
from indgang.core.matching.language import own_language
from indgang.core.matching.lines import read_needs, read_offers, written_lines
from indgang.core.matching.quality import Judgements, Quality, Ranker, measure
from indgang.core.matching.values import Need, Offer
from indgang.core.text import Refused

FILES = ("needs.jsonl", "enterprises.jsonl", "judgements.jsonl")
_ASKED_FOR = 100


class JudgedSet(NamedTuple):
    """Needs, enterprises, and how well each pair fits."""

    needs: tuple[Need, ...]
    offers: tuple[Offer, ...]
    judgements: Judgements


def run(folder: Path, *, ablation: bool) -> int:
    judged = read_set(folder)
    index = Index(judged.offers)
    ways: list[tuple[str, Ranker]] = [
        ("Indgang", lambda need: index.search(need, _ASKED_FOR).matches),
        ("fritekst (BM25)", FullText(judged.offers)),
        ("bogstavfølger (TF-IDF)", Letters(judged.offers)),
        ("branche og område", SectorAndArea(judged.offers, own_language())),
    ]
    measured = {name: measure(judged.needs, judged.judgements, rank) for name, rank in ways}
    ours = measured["Indgang"]
    print(
        f"{folder}: {len(judged.needs)} behov ({ours.with_nobody} uden nogen), {len(judged.offers)} virksomheder\n"
    )
    print_table(measured)
    best = max(quality.ndcg for name, quality in measured.items() if name != "Indgang")
    print(f"\nnDCG@10 over den bedste af de andre: {_decimal(ours.ndcg - best, signed=True)}")
    print(f"Forslag med mindst én grund: {ours.reasoned:.0%}".replace("%", " %"))
    _print_bins(ours)
    if ablation:
        from indgang.web.commands.match_ablation import variants

        print("\nUden en del ad gangen:")
        print_table(
            {name: measure(judged.needs, judged.judgements, rank) for name, rank in variants(judged.offers)}
        )
    return 0


def read_set(folder: Path) -> JudgedSet:
    """Read a folder with needs, enterprises and judgements; raises Refused in Danish."""
    for name in FILES:
        if not (folder / name).is_file():
            raise Refused("Mappen »%(folder)s« mangler filen %(name)s.", folder=str(folder), name=name)
    needs, offers = (
        read(written_lines((folder / name).read_text("utf-8")))
        for read, name in ((read_needs, FILES[0]), (read_offers, FILES[1]))
    )
    judgements: dict[str, dict[str, int]] = defaultdict(dict)
    for number, line in enumerate(written_lines((folder / FILES[2]).read_text("utf-8")), 1):
        if line.strip():
            try:
                entry = json.loads(line)
                judgements[str(entry["query"])][str(entry["enterprise"])] = int(entry["grade"])
            except (ValueError, KeyError, TypeError):
                raise Refused(
                    "judgements.jsonl, linje %(number)s: skriv query, enterprise og grade.", number=number
                ) from None
    broken = [*needs.broken, *offers.broken]
    if broken:
        raise Refused("Linje %(number)s: %(reason)s", number=broken[0].number, reason=str(broken[0].reason))
    return JudgedSet(needs.values, offers.values, judgements)  # type: ignore[arg-type]


def print_table(measured: dict[str, Quality]) -> None:
    print(f"{'':<26}{'nDCG@10':>9}{'recall@5':>10}{'tomt, forkert':>15}{'tomt, rigtigt':>15}")
    for name, quality in measured.items():
        print(
            f"{name:<26}{_decimal(quality.ndcg):>9}{_decimal(quality.recall):>10}"
            f"{_share(quality.nobody_wrong, quality.with_somebody):>15}{_share(quality.nobody_right, quality.with_nobody):>15}"
        )


def _print_bins(quality: Quality) -> None:
    print("\nHvad procenten betyder (andel der kunne løse hovedopgaven, karakter 2 eller 3):")
    for one in quality.bins:
        print(
            f"  {one.low:.1f}-{one.low + 0.1:.1f}   {_decimal(one.good)}   n = {one.count}".replace(
                ".", ",", 2
            )
        )


def _decimal(value: float, *, signed: bool = False) -> str:
    return f"{value:{'+' if signed else ''}.3f}".replace(".", ",")


def _share(share: float, count: int) -> str:
    return f"{round(share * count)} af {count}"
