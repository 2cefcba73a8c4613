# SPDX-License-Identifier: MPL-2.0
"""Apply the rules of retention now; the worker does the same every night."""

import argparse

from indgang.web import runtime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rules", action="store_true", help="vis kun reglerne")


def run(arguments: argparse.Namespace) -> int:
    runtime.start()
    from django.utils import timezone

    from indgang.kernel.database.tenancy import tenant
    from indgang.kernel.models import Municipality
    from indgang.kernel.orphans import sweep
    from indgang.kernel.retention import forget, rules

    if arguments.rules:
        for model, rule in rules():
            fields = ", ".join(rule.fields)
            print(f"{model._meta.verbose_name}: {fields} · {rule.days} dage efter {rule.after} · {rule.then}")
        return 0
    for municipality in Municipality.objects.order_by("pk"):
        with tenant(municipality.pk):
            now = timezone.now()
            print(f"{municipality.name}: {forget(now)} poster, {sweep(now)} filer")
    return 0
