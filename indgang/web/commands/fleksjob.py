# SPDX-License-Identifier: MPL-2.0
"""`indgang fleksjob`: the subsidy of one month in a fleksjob, with the arithmetic."""

import json
from argparse import ArgumentParser, Namespace
from decimal import Decimal, InvalidOperation

from indgang.core.law.fleksjob import as_json, subsidy
from indgang.core.law.sentence import number
from indgang.core.text import Refused


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--year", required=True, metavar="ÅR", help="året, fx 2026")
    parser.add_argument("--pay", required=True, metavar="L", help="løn i fleksjobbet om måneden med pension")
    parser.add_argument("--other-pay", default="0", metavar="O", help="løn fra andet arbejde om måneden")
    parser.add_argument("--full-pay", required=True, metavar="F", help="fuld løn for stillingen om måneden")
    parser.add_argument("--json", action="store_true", help="vis tallene som JSON")


def run(arguments: Namespace) -> int:
    result = subsidy(
        year=_year(arguments.year),
        pay=_amount("--pay", arguments.pay),
        other_pay=_amount("--other-pay", arguments.other_pay),
        full_pay=_amount("--full-pay", arguments.full_pay),
    )
    if arguments.json:
        print(json.dumps(as_json(result), ensure_ascii=False, indent=2))
        return 0
    for step in result.steps:
        print(step)
    print()
    print(f"Fleksløntilskud om måneden: {number(float(result.subsidy))} kr. før skat")
    print(f"Løn og tilskud i alt:       {number(float(result.total_gross))} kr.")
    print(f"Tilskuddet er væk ved en løn på {number(result.zero_point)} kr.")
    if result.figures.derived:
        print(f"Tallene for {result.figures.year} er delvis beregnet. Se efter hos kommunen.")
    print("Kommunen regner det endelige tilskud ud. Det her er ikke juridisk rådgivning.")
    return 0


def _year(text: str) -> int:
    if not (text.isdecimal() and len(text) == 4):
        raise Refused("--year er %(text)s. Skriv et år med fire cifre, fx 2026.", text=text)
    return int(text)


def _amount(name: str, text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except InvalidOperation:
        raise Refused(
            "%(name)s er %(text)s. Skriv et beløb i kroner, fx 16000.", name=name, text=text
        ) from None
