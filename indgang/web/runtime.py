# SPDX-License-Identifier: MPL-2.0
"""Getting ready: an address for the database, the schema up to date, Django set up.

Every command that touches the database begins here. Nothing in this module imports Django before
`set_up_django` has been called.
"""

import base64
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from indgang.core.text import Refused, gettext_noop
from indgang.kernel.database import embedded, roles
from indgang.web.environment import folder, read

DATABASE = "indgang"


@dataclass(frozen=True)
class Addresses:
    """Where the application reads and writes, and where the owner changes the schema."""

    application: str
    owner: str


def start(*, mode: str | None = None) -> Addresses:
    """Find or start the database, bring its schema up to date and set Django up."""
    if mode:
        os.environ["INDGANG_MODE"] = mode
    addresses = find_database()
    os.environ["INDGANG_EMBEDDED_URL"] = addresses.application
    if read("INDGANG_MODE") != "production" or not read("DATABASE_URL"):
        _keep_local_keys()
    set_up_django()
    bring_schema_up_to_date(addresses.owner)
    return addresses


def find_database() -> Addresses:
    """The configured database, prepared; the embedded server when none is configured."""
    given = read("DATABASE_URL")
    if not given:
        server = embedded.start(folder() / "postgres")
        admin = server.url("postgres", "postgres")
        roles.prepare_server(admin, can_log_in=True)
        roles.prepare_database(admin, database=DATABASE)
        roles.prepare_schema(server.url("postgres", DATABASE))
        return Addresses(server.url(roles.APPLICATION, DATABASE), server.url(roles.OWNER, DATABASE))
    owner = read("DATABASE_OWNER_URL") or given
    try:
        roles.prepare_server(owner)
        roles.prepare_schema(owner)
    except psycopg.OperationalError as trouble:
        raise Refused(
            gettext_noop("Databasen på DATABASE_URL svarer ikke: %(trouble)s"), trouble=str(trouble).strip()
        ) from trouble
    except psycopg.errors.InsufficientPrivilege as trouble:
        raise Refused(
            gettext_noop(
                "Databasebrugeren må ikke oprette rollerne %(owner)s, %(application)s og %(placements)s."
                " Bed jeres databaseadministrator om dem: se docs/how-to/install.md."
            ),
            owner=roles.OWNER,
            application=roles.APPLICATION,
            placements=roles.PLACEMENTS,
        ) from trouble
    return Addresses(given, owner)


def set_up_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.web.settings")
    django.setup()


def bring_schema_up_to_date(owner_url: str) -> None:
    """Run the migrations that are missing, as the owner."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from indgang.kernel.database.merged import merged_migrations

    with acting_as_owner(owner_url), merged_migrations():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def acting_as_owner(owner_url: str) -> Iterator[None]:
    """Let Django's connection act as the owner of the schema for a while."""
    from django.db import connection

    usual = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(roles.django_settings(owner_url, role=roles.OWNER))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(usual)


def _keep_local_keys() -> None:
    """Keys for a local installation, made once and kept in its own folder."""
    place = folder() / "keys"
    place.mkdir(parents=True, exist_ok=True)
    fresh = {
        "INDGANG_SECRET_KEY": secrets.token_urlsafe(48),
        "INDGANG_MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    for name, value in fresh.items():
        if not os.environ.get(name):
            file = place / name.lower()
            if not file.exists():
                file.touch(mode=0o600)
                file.write_text(value, "utf-8")
            os.environ[name] = file.read_text("utf-8").strip()
