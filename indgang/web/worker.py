# SPDX-License-Identifier: MPL-2.0
"""The process that carries out jobs."""

import os


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.web.settings")
    import django

    django.setup()
    from procrastinate.contrib.django import app

    # A second app over the same tasks: the worker fetches jobs through its own connections, while what a
    # task defers goes through Django's, in the task's own transaction.
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    app.with_connector(connector).run_worker(concurrency=2, name="indgang")
