# SPDX-License-Identifier: MPL-2.0
"""The suite's database: a PostgreSQL of its own, or the server behind DATABASE_URL.

One template is migrated per state of the code and copied for each test process, so that every run
starts from an untouched database. Tests act as the application role, which is neither owner nor
superuser: row-level security binds them as it binds production.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from indgang.kernel.database import embedded, roles
from tests.environment import GIVEN_URL

ROOT = Path(__file__).resolve().parent


class Server:
    """The PostgreSQL server that the tests use, and the addresses of its roles."""

    def __init__(self) -> None:
        if GIVEN_URL:
            self.admin = GIVEN_URL
            roles.prepare_server(self.admin)
        else:
            self.embedded = embedded.start(
                ROOT / ".var" / "test-postgres",
                settings=embedded.FAST_AND_FORGETFUL | {"max_connections": "60"},
            )
            self.admin = self.embedded.url("postgres", "postgres")
            roles.prepare_server(self.admin, can_log_in=True)

    def url(self, role: str, database: str) -> str:
        if GIVEN_URL:
            return roles.with_database(GIVEN_URL, database)
        return self.embedded.url(role, database)

    def owner_of(self, database: str) -> str:
        return roles.with_database(self.admin, database)

    def template(self) -> str:
        """A migrated database for this state of the migrations; made once, whoever comes first."""
        name = f"indgang_template_{_fingerprint()}"
        with psycopg.connect(self.admin, autocommit=True) as lock:
            lock.execute("SELECT pg_advisory_lock(7301)")
            row = lock.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name]).fetchone()
            if row and not row[0]:
                self._migrate(name)
        return name

    def _migrate(self, name: str) -> None:
        from django.core.management import call_command

        from indgang.kernel.database.merged import merged_migrations
        from indgang.web.runtime import acting_as_owner

        draft = f"{name}_draft"
        roles.drop_database(self.admin, database=draft)
        roles.prepare_database(self.admin, database=draft)
        roles.prepare_schema(roles.with_database(self.admin, draft))
        with acting_as_owner(self.url(roles.OWNER, draft)), merged_migrations():
            call_command("migrate", verbosity=0, interactive=False)
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"'.encode())

    def copy(self, template: str, name: str) -> str:
        """A fresh copy of a template under `name`; returns the application's address of it."""
        roles.drop_database(self.admin, database=name)
        roles.prepare_database(self.admin, database=name, template=template)
        return self.url(roles.APPLICATION, name)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for file in sorted((ROOT / "indgang").glob("*/migrations/*.py")):
        digest.update(file.read_bytes())
    digest.update((ROOT / "requirements" / "runtime.txt").read_bytes())
    return digest.hexdigest()[:12]


@pytest.fixture(scope="session")
def server() -> Server:
    return Server()


@pytest.fixture(scope="session")
def django_db_setup(
    server: Server, worker_id: str, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    from django.db import connections

    with django_db_blocker.unblock():
        name = f"test_indgang_{worker_id}"
        url = server.copy(server.template(), name)
        connections["default"].settings_dict.update(roles.django_settings(url, role=roles.APPLICATION))
        connections["default"].settings_dict["CONN_HEALTH_CHECKS"] = False
        yield
        connections["default"].close()
        roles.drop_database(server.admin, database=name)


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """Which test process this is: 'main' when there is only one."""
    given = getattr(request.config, "workerinput", None)
    return given["workerid"] if given else f"main{os.getpid()}"
