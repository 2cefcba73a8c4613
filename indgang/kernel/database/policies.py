# SPDX-License-Identifier: MPL-2.0
"""Migration operations for row-level security, so that each room protects its tables where it makes them.

`indgang_municipality()` and `indgang_organisations()` read the settings of the transaction (see
`tenancy`). A policy is FORCED, so that it binds the table's owner as well.
"""

from django.db.migrations.operations import RunSQL

FUNCTIONS = RunSQL(
    """
    CREATE FUNCTION indgang_municipality() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('indgang.municipality', true), '')::bigint $$;
    CREATE FUNCTION indgang_organisations() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT coalesce(nullif(current_setting('indgang.organisations', true), ''), '{}')::bigint[] $$;
    """,
    "DROP FUNCTION indgang_organisations(); DROP FUNCTION indgang_municipality();",
)

OWN_MUNICIPALITY = "municipality_id = (SELECT indgang_municipality())"


def protect(table: str, *, read: str = OWN_MUNICIPALITY, write: str = OWN_MUNICIPALITY) -> RunSQL:
    """Show only rows that satisfy `read`; accept only writes to rows that satisfy `write`.

    Both are SQL conditions over the row. The default is: one's own municipality's rows.
    """
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant_read ON {table} FOR SELECT USING ({read});
        CREATE POLICY tenant_add ON {table} FOR INSERT WITH CHECK ({write});
        CREATE POLICY tenant_change ON {table} FOR UPDATE USING ({write}) WITH CHECK ({write});
        CREATE POLICY tenant_remove ON {table} FOR DELETE USING ({write});
        """,
        f"""
        DROP POLICY tenant_remove ON {table}; DROP POLICY tenant_change ON {table};
        DROP POLICY tenant_add ON {table}; DROP POLICY tenant_read ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def append_only(table: str) -> RunSQL:
    """Take the right to change or remove rows from the application role."""
    return RunSQL(
        f"REVOKE UPDATE, DELETE ON {table} FROM indgang_app",
        f"GRANT UPDATE, DELETE ON {table} TO indgang_app",
    )


def only_for(table: str, role: str) -> RunSQL:
    """Take a table from the application role and give it to another, which must be taken on to reach it."""
    return RunSQL(
        f"REVOKE ALL ON {table} FROM indgang_app; GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role};",
        f"REVOKE ALL ON {table} FROM {role}; GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO indgang_app;",
    )
