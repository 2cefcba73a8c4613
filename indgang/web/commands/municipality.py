# SPDX-License-Identifier: MPL-2.0
"""Open a municipality and give it its first coordinator, who then invites the others."""

import argparse

from indgang.web import runtime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAVN", help='fx "Åbjerg Kommune"')
    parser.add_argument("--code", type=int, required=True, help="kommunekode, tre cifre")
    parser.add_argument("--cvr", required=True, help="kommunens CVR-nummer")
    parser.add_argument("--host", required=True, action="append", help="værtsnavn, fx indgang.aabjerg.dk")
    parser.add_argument("--email", required=True, help="koordinatorens e-mail")
    parser.add_argument("--coordinator", required=True, help="koordinatorens navn")
    parser.add_argument("--unit", default="Rådhuset", help="koordinatorens enhed")


def run(arguments: argparse.Namespace) -> int:
    runtime.start()
    from django.db import transaction
    from django.utils import timezone

    from indgang.kernel import actions
    from indgang.kernel.access import system
    from indgang.kernel.models import Role

    now = timezone.now()
    with transaction.atomic():
        municipality = actions.open_municipality(
            arguments.name, arguments.code, arguments.cvr, hosts=arguments.host, now=now
        )
        house = system(municipality.pk)
        unit = actions.add_unit(house, arguments.unit, now=now)
        actions.add_member(
            house,
            arguments.email,
            arguments.coordinator,
            unit=unit,
            role=Role.COORDINATOR,
            first_date=timezone.localdate(),
            now=now,
        )
    print(f"{municipality.name} er oprettet på https://{arguments.host[0]}/")
    print(f"{arguments.coordinator} logger ind med «Send mig et link» og sin e-mail.")
    return 0
