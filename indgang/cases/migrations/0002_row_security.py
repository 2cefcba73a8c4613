# SPDX-License-Identifier: MPL-2.0
"""Own municipality's rows only; a timeline that only grows; and the one door to its words.

Searching words is not leakproof, so a policy keeps PostgreSQL from using their index. The function below reads
them as the table's owner, whose policy lets it, and asks for the municipality itself. It gives numbers of lines
and nothing else; the lines are then read under the usual policy.
"""

from django.db import migrations

from indgang.kernel.database.policies import protect

PLAIN = ("case", "participant", "entry", "entryfile", "handover", "need", "routingrule")

ONLY_FORGOTTEN = """
REVOKE UPDATE, DELETE ON cases_entry FROM indgang_app;
GRANT UPDATE (text, author) ON cases_entry TO indgang_app;
CREATE FUNCTION cases_entry_only_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.text NOT IN ('', OLD.text) OR NEW.author NOT IN ('', OLD.author) THEN
        RAISE EXCEPTION 'a line of a case can be emptied, never rewritten';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_forgotten BEFORE UPDATE ON cases_entry
    FOR EACH ROW EXECUTE FUNCTION cases_entry_only_forgotten();
"""

SEARCH = """
CREATE POLICY owner_reads ON cases_entry FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION cases_lines_with(sought tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT id FROM cases_entry
    WHERE words @@ sought AND municipality_id = (SELECT public.indgang_municipality())
    ORDER BY at DESC LIMIT 2000
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("kernel", "0002_row_security")]
    operations = [
        *(protect(f"cases_{table}") for table in PLAIN),
        migrations.RunSQL(
            ONLY_FORGOTTEN,
            "DROP TRIGGER only_forgotten ON cases_entry; DROP FUNCTION cases_entry_only_forgotten();"
            "GRANT UPDATE, DELETE ON cases_entry TO indgang_app;",
        ),
        migrations.RunSQL(
            SEARCH,
            "DROP FUNCTION cases_lines_with(tsquery); DROP POLICY owner_reads ON cases_entry;",
        ),
    ]
