# SPDX-License-Identifier: MPL-2.0
"""Three roles: the owner changes the schema, the application reads and writes rows and nothing else, and what
reveals health lies with a role of its own.

The application role is neither owner nor superuser, so row-level security binds it. Whoever logs in
as another role takes it on at the start of every connection (`-c role=`). The role for placements is one that the
application may take on for a few statements and inherits nothing from (see `tenancy.acting_as`).
"""

from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg import sql

OWNER = "indgang_owner"
APPLICATION = "indgang_app"
PLACEMENTS = "indgang_placements"


def django_settings(url: str, *, role: str) -> dict[str, object]:
    """Django's connection parameters for a `postgresql://` address, acting as `role`.

    Raises ValueError when `url` is not a PostgreSQL address.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("DATABASE_URL must begin with postgresql://: Indgang runs on PostgreSQL only")
    query = dict(parse_qsl(parts.query))
    user = unquote(parts.username or "")
    options = {key: value for key, value in query.items() if key not in ("host", "port")}
    if user != role:
        options["options"] = f"{options.get('options', '')} -c role={role}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": user,
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or unquote(parts.hostname or ""),
        "PORT": query.get("port") or (parts.port or ""),
        "OPTIONS": options,
    }


def prepare_server(admin_url: str, *, can_log_in: bool = False) -> None:
    """Create the roles when they are missing. Safe to run again.

    `admin_url` must log in as a role that may create roles, unless they exist and it is a member.
    """
    with psycopg.connect(admin_url, autocommit=True) as connection:
        login = sql.SQL("LOGIN" if can_log_in else "NOLOGIN")
        superuser = _one(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        for role in (OWNER, APPLICATION):
            name = sql.Identifier(role)
            if not _one(connection, "SELECT count(*) FROM pg_roles WHERE rolname = %s", role):
                connection.execute(sql.SQL("CREATE ROLE {} {} NOSUPERUSER NOBYPASSRLS").format(name, login))
            if not superuser and not _one(connection, "SELECT pg_has_role(current_user, %s, 'member')", role):
                connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
        _prepare_placements(connection)


def _prepare_placements(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """The application may act as the role for placements, and does so only when it says so."""
    role, application = sql.Identifier(PLACEMENTS), sql.Identifier(APPLICATION)
    if not _one(connection, "SELECT count(*) FROM pg_roles WHERE rolname = %s", PLACEMENTS):
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN NOSUPERUSER NOBYPASSRLS").format(role))
    if _one(connection, "SELECT rolinherit FROM pg_roles WHERE rolname = %s", APPLICATION):
        connection.execute(sql.SQL("ALTER ROLE {} NOINHERIT").format(application))
    if not _one(connection, "SELECT pg_has_role(%s, %s, 'member')", APPLICATION, PLACEMENTS):
        connection.execute(sql.SQL("GRANT {} TO {}").format(role, application))


def prepare_database(admin_url: str, *, database: str, template: str | None = None) -> bool:
    """Create `database` owned by the owner role when it is missing; True when it was created."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        if _one(connection, "SELECT count(*) FROM pg_database WHERE datname = %s", database):
            return False
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8'").format(
                sql.Identifier(database), sql.Identifier(OWNER), sql.Identifier(template or "template0")
            )
        )
    return True


def prepare_schema(database_url: str) -> None:
    """Let the owner create in `public`, and give the application the rows of what the owner creates."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        owner, application = sql.Identifier(OWNER), sql.Identifier(APPLICATION)
        placements = sql.Identifier(PLACEMENTS)
        for statement in (
            "GRANT USAGE, CREATE ON SCHEMA public TO {owner}",
            "GRANT USAGE ON SCHEMA public TO {application}, {placements}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
            " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
            " GRANT USAGE, SELECT ON SEQUENCES TO {application}",
        ):
            granted = sql.SQL(statement).format(owner=owner, application=application, placements=placements)
            connection.execute(granted)


def drop_database(admin_url: str, *, database: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
        )


def with_database(url: str, database: str) -> str:
    """The same address with another database."""
    parts = urlsplit(url)
    return parts._replace(path=f"/{database}").geturl()


def _one(connection: psycopg.Connection[tuple[object, ...]], query: str, *values: object) -> object:
    row = connection.execute(query.encode(), values).fetchone()
    return row[0] if row else None
