# SPDX-License-Identifier: MPL-2.0
"""Row-level security, and a trigger: what has been offered is never reworded, and a yes is never taken back."""

from django.db import migrations

from indgang.kernel.database.policies import protect

TABLES = (
    "party", "agreementversion", "section", "obligation", "goal", "approval", "accession", "fulfilment",
    "goalreading", "supportrequest", "steeringmember",
)  # fmt: skip

FROZEN = """
CREATE FUNCTION agreements_text_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.offered_at IS NOT NULL AND (NEW.text, NEW.text_hash, NEW.offered_at, NEW.number)
        IS DISTINCT FROM (OLD.text, OLD.text_hash, OLD.offered_at, OLD.number) THEN
        RAISE EXCEPTION 'the text of a version that was offered is frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER text_is_frozen BEFORE UPDATE ON agreements_agreementversion
    FOR EACH ROW EXECUTE FUNCTION agreements_text_is_frozen();
CREATE FUNCTION agreements_accession_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.acceded_at IS NOT NULL AND (NEW.acceded_at, NEW.text_hash, NEW.version_id, NEW.party_id)
        IS DISTINCT FROM (OLD.acceded_at, OLD.text_hash, OLD.version_id, OLD.party_id) THEN
        RAISE EXCEPTION 'an accession stands';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accession_stands BEFORE UPDATE ON agreements_accession
    FOR EACH ROW EXECUTE FUNCTION agreements_accession_stands();
"""
THAWED = """
DROP TRIGGER text_is_frozen ON agreements_agreementversion; DROP FUNCTION agreements_text_is_frozen();
DROP TRIGGER accession_stands ON agreements_accession; DROP FUNCTION agreements_accession_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_partnership"), ("kernel", "0002_row_security")]
    operations = [
        *(protect(f"agreements_{table}") for table in TABLES),
        migrations.RunSQL(FROZEN, THAWED),
    ]
