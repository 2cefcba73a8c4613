# SPDX-License-Identifier: MPL-2.0
"""`indgang match`: who can do this?"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from indgang.core.matching.lines import (
    BrokenLine,
    Lines,
    answer_fields,
    check_need_text,
    read_needs,
    read_offers,
    written_lines,
)
from indgang.core.matching.values import Answer, Match, Need, Offer
from indgang.core.text import Refused

_EXAMPLES = """eksempler:
  indgang match "Vask af arbejdstøj for 12 børnehaver" --offers virksomheder.jsonl
  indgang match behov.jsonl --offers virksomheder.jsonl --top 5 --json
  indgang match evaluate MAPPE      måler på needs.jsonl, enterprises.jsonl og judgements.jsonl i mappen
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EXAMPLES
    parser.add_argument(
        "need",
        nargs="+",
        metavar="BEHOV",
        help="en tekst, en fil med ét behov pr. linje (JSON), - for standard ind, eller: evaluate MAPPE",
    )
    parser.add_argument(
        "--offers", metavar="FIL", help="virksomheder, én pr. linje (JSON); ellers dem i databasen"
    )
    parser.add_argument("--top", type=_positive, default=10, metavar="N", help="højst så mange forslag (10)")
    parser.add_argument(
        "--json", action="store_true", help="ét JSON-objekt pr. linje i stedet for en side at læse"
    )
    parser.add_argument(
        "--ablation", action="store_true", help="kun med evaluate: mål også uden hver del for sig"
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.need[0] == "evaluate":
        from indgang.web.commands import match_evaluate

        if len(arguments.need) != 2:
            raise Refused("Skriv mappen efter evaluate, fx: indgang match evaluate data/matching")
        return match_evaluate.run(Path(arguments.need[1]), ablation=arguments.ablation)
    needs = _needs(" ".join(arguments.need))
    offers = _offers(arguments.offers)
    if not needs.values:
        return 2

    from indgang.core.matching.index import Index

    index = Index(offers)
    names = {offer.id: offer for offer in offers}
    for number, need in enumerate(needs.values):
        answer = index.search(need, arguments.top)
        if arguments.json:
            print(json.dumps(answer_fields(answer), ensure_ascii=False))
        else:
            print("\n".join([*([""] if number else []), *page(answer, names)]))
    return 0


def offers_from_database() -> tuple[Offer, ...]:
    """What the directory has published and may propose today."""
    from indgang.web import runtime

    runtime.start()
    from indgang.directory import search

    offers = tuple(search.offers_from_database())
    if not offers:
        raise Refused(
            "Der er ingen virksomheder i databasen endnu. Peg på en fil med --offers, fx --offers virksomheder.jsonl"
        )
    return offers


def _positive(text: str) -> int:
    number = int(text) if text.isdigit() else 0
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError("skriv et helt tal fra 1 til 1000")
    return number


def _needs(written: str) -> Lines[Need]:
    if written == "-":
        return _needs_of(sys.stdin.buffer.read().decode("utf-8", "replace"), "standard ind")
    path = Path(written)
    if len(written) < 250 and "\n" not in written and path.is_file():
        return _needs_of(_read_file(path), path.name)
    if written.lower().endswith((".jsonl", ".json")) and " " not in written.strip():
        raise Refused("Filen »%(path)s« findes ikke.", path=written)
    check_need_text(written)
    return Lines((Need("1", written),), ())


def _needs_of(text: str, source: str) -> Lines[Need]:
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        check_need_text(text)
        return Lines((Need("1", text),), ())
    needs = read_needs(written_lines(text))
    _report(needs.broken, source)
    return needs


def _offers(path: str | None) -> tuple[Offer, ...]:
    if path is None:
        return offers_from_database()
    if not Path(path).is_file():
        raise Refused("Filen med virksomheder, »%(path)s«, findes ikke.", path=path)
    offers = read_offers(written_lines(_read_file(Path(path))))
    _report(offers.broken, Path(path).name)
    if not offers.values:
        raise Refused(
            "Der er ingen brugbare virksomheder i »%(path)s«: én pr. linje med id, name og offers.", path=path
        )
    return offers.values


def _read_file(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Refused(
            "Filen »%(path)s« kan ikke læses: %(why)s.", path=str(path), why=error.strerror
        ) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            "Filen »%(path)s« er ikke i UTF-8. Gem den som UTF-8, og prøv igen.", path=str(path)
        ) from None


def _report(broken: Sequence[BrokenLine], source: str) -> None:
    for line in broken:
        print(f"{source}, linje {line.number}: {line.reason}", file=sys.stderr)


def page(answer: Answer, offers: dict[str, Offer]) -> list[str]:
    """An answer as a stranger reads it."""
    need = answer.need
    lines = [f"Opgaven:   {_one_line(need.text)}"]
    if need.place:
        lines.append(f"Stedet:    {need.place}")
    if answer.trades:
        lines.append(f"Læst som:  {' · '.join(answer.trades)}")
    if answer.shortened:
        lines.append("           (teksten er meget lang: kun begyndelsen er læst)")
    lines.append("")
    if not answer.matches:
        lines += [
            f"Ingen af de {len(offers)} virksomheder ser ud til at sælge det.",
            "Prøv med andre ord, eller spørg kontaktpersonen.",
        ]
    else:
        lines += [f"{_count(len(answer.matches))} af {len(offers)} virksomheder, bedste først:", ""]
        lines += [
            line for place, match in enumerate(answer.matches, 1) for line in _entry(place, match, offers)
        ]
        lines.append("Procenten siger, hvor ofte et forslag som dette kan løse hovedopgaven.")
    if answer.parts:
        lines += ["", "Flere opgaver i én. Hver for sig:"]
        for part in answer.parts:
            names = ", ".join(offers[match.id].name for match in part.matches) or "ingen fundet"
            lines.append(f"  {part.trade}: {names}")
    if answer.cpv:
        lines += [
            "",
            "CPV-koder der passer: " + " · ".join(f"{code.code} {code.label}" for code in answer.cpv[:3]),
        ]
    return lines


def _entry(place: int, match: Match, offers: dict[str, Offer]) -> Iterable[str]:
    offer = offers[match.id]
    where = f", {offer.municipality}" if offer.municipality else ""
    yield f"{place:>2}. {offer.name}{where}  ({match.score:.0%})".replace("%)", " %)")
    for reason in match.reasons:
        yield f"      {reason}"
    if match.missing is not None:
        yield f"      Mangler: {match.missing}"
    yield ""


def _count(number: int) -> str:
    return "1" if number == 1 else str(number)


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 200 else f"{words[:197].rstrip()}…"
