# SPDX-License-Identifier: MPL-2.0
from django.db import migrations

from indgang.kernel.database.policies import OWN_MUNICIPALITY, only_for, protect

IN_SIGHT = (
    "(current_setting('indgang.sight', true) = 'all' OR organisation_id = ANY"
    " (coalesce(nullif(nullif(current_setting('indgang.sight', true), ''), 'all'), '{}')::bigint[]))"
)
PLAIN = (
    "placements_dpia",
    "placements_issuedcode",
    "placements_quarterreport",
    "placements_quarterfigures",
)
FROZEN = """
CREATE FUNCTION placements_frozen_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.frozen_at IS NOT NULL THEN
        RAISE EXCEPTION 'a frozen quarter never changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen_stays BEFORE UPDATE ON placements_quarterfigures
    FOR EACH ROW EXECUTE FUNCTION placements_frozen_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0001_initial"), ("kernel", "0002_row_security")]
    operations = [
        *(protect(table) for table in PLAIN),
        protect("placements_placement", read=f"{OWN_MUNICIPALITY} AND {IN_SIGHT}"),
        only_for("placements_placement", "indgang_placements"),
        only_for("placements_issuedcode", "indgang_placements"),
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER frozen_stays ON placements_quarterfigures; DROP FUNCTION placements_frozen_stays();",
        ),
    ]
