# SPDX-License-Identifier: MPL-2.0
from django.db import migrations
from django.db.migrations.operations import RunSQL

from indgang.kernel.database.policies import protect

MINE = "kept_by_id = (SELECT indgang_municipality())"
OURS = "id = ANY ((SELECT indgang_organisations())::bigint[])"
PARENT_IN_SIGHT = "EXISTS (SELECT 1 FROM directory_organisation o WHERE o.id = organisation_id)"
PARENT_OURS = (
    "EXISTS (SELECT 1 FROM directory_organisation o WHERE o.id = organisation_id AND"
    " (o.kept_by_id = (SELECT indgang_municipality()) OR o.id = ANY ((SELECT indgang_organisations())::bigint[])))"
)
STATUS = (
    f"{PARENT_IN_SIGHT} AND (kind <> 'equivalent' OR municipality_id = (SELECT indgang_municipality())"
    " OR organisation_id = ANY ((SELECT indgang_organisations())::bigint[]))"
)
STATUS_WRITE = (
    f"{PARENT_IN_SIGHT} AND (municipality_id IS NULL OR municipality_id = (SELECT indgang_municipality()))"
)

LOG_CHANGES = """
CREATE FUNCTION directory_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed bigint;
BEGIN
    IF TG_TABLE_NAME = 'directory_organisation' THEN changed := coalesce(NEW.id, OLD.id);
    ELSE changed := coalesce(NEW.organisation_id, OLD.organisation_id); END IF;
    INSERT INTO directory_indexchange (organisation_id, transaction_id)
    VALUES (changed, pg_current_xact_id()::text::bigint);
    RETURN NULL;
END $$;
"""
TABLES = ("organisation", "availability", "place", "listing", "openplace", "statusfact")
TRIGGERS = "".join(
    f"CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON directory_{table}"
    " FOR EACH ROW EXECUTE FUNCTION directory_note_change();"
    for table in TABLES
)
NO_TRIGGERS = "".join(f"DROP TRIGGER note_change ON directory_{table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial"), ("kernel", "0002_row_security")]
    operations = [
        protect(
            "directory_organisation",
            read=f"published_at IS NOT NULL OR {MINE} OR {OURS}",
            write=f"{MINE} OR {OURS}",
        ),
        *(
            protect(f"directory_{table}", read=PARENT_IN_SIGHT, write=PARENT_OURS)
            for table in ("availability", "place", "contact", "confirmation", "listing", "openplace")
        ),
        protect("directory_statusfact", read=STATUS, write=STATUS_WRITE),
        *(
            protect(f"directory_{table}")
            for table in ("contactassignment", "interest", "purchasebar", "importrun")
        ),
        RunSQL(
            "REVOKE DELETE ON directory_removal FROM indgang_app",
            "GRANT DELETE ON directory_removal TO indgang_app",
        ),
        RunSQL(LOG_CHANGES + TRIGGERS, NO_TRIGGERS + "DROP FUNCTION directory_note_change();"),
    ]
