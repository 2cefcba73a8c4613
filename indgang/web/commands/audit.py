# SPDX-License-Identifier: MPL-2.0
"""Check that no line of any municipality's log is missing or altered."""

import argparse

from indgang.web import runtime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    runtime.start()
    from indgang.kernel.audit import faults
    from indgang.kernel.database.tenancy import tenant
    from indgang.kernel.models import AuditLine, Municipality

    broken = 0
    for municipality in Municipality.objects.order_by("pk"):
        with tenant(municipality.pk):
            found = list(faults(municipality.pk))
            count = AuditLine.objects.count()
        print(f"{municipality.name}: {count} linjer, {'kæden er hel' if not found else 'kæden er brudt'}")
        for fault in found:
            print(f"  {fault}")
        broken += bool(found)
    return 1 if broken else 0
