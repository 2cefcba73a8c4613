# SPDX-License-Identifier: MPL-2.0
"""Search that costs the same for a word that stands everywhere: the newest lines first, planned for the words it is given.

A plan that is made before the words are known takes the index of words, and for a common word that reads nearly every line. The
statement below is planned anew each time, so that PostgreSQL walks the newest lines of the municipality for a common word and
takes the index of words for a rare one. It gives cases and how many lines, and nothing that stands in them.
"""

from django.db import migrations, models

SEARCH = """
DROP FUNCTION cases_lines_with(tsquery);
CREATE FUNCTION cases_with(sought tsquery, units bigint[], reader bigint, most integer)
RETURNS TABLE (number bigint, lines bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    RETURN QUERY EXECUTE
        'SELECT coalesce(c.merged_into_id, c.id), count(*) FROM ('
        ' SELECT case_id FROM cases_entry WHERE municipality_id = $1 AND words @@ $2'
        ' AND (only_unit_id IS NULL OR only_unit_id = ANY ($3) OR user_id = $4)'
        ' ORDER BY at DESC LIMIT $5) AS found JOIN cases_case AS c ON c.id = found.case_id GROUP BY 1'
        USING public.indgang_municipality(), sought, units, reader, most;
END $$;
"""
BEFORE = """
DROP FUNCTION cases_with(tsquery, bigint[], bigint, integer);
CREATE FUNCTION cases_lines_with(sought tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT id FROM cases_entry
    WHERE words @@ sought AND municipality_id = (SELECT public.indgang_municipality())
    ORDER BY at DESC LIMIT 2000
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_advice_security")]
    operations = [
        migrations.AddIndex(
            model_name="entry", index=models.Index(fields=["municipality", "-at"], name="entry_newest")
        ),
        migrations.RunSQL(SEARCH, BEFORE),
    ]
