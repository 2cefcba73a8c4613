# SPDX-License-Identifier: MPL-2.0
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations import RunSQL

from indgang.kernel.database.policies import protect

LOG_WORDS = """
CREATE FUNCTION directory_note_own_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO directory_indexchange (organisation_id, transaction_id)
    VALUES (-coalesce(NEW.municipality_id, OLD.municipality_id), pg_current_xact_id()::text::bigint);
    RETURN NULL;
END $$;
CREATE TRIGGER note_own_words AFTER INSERT OR UPDATE OR DELETE ON directory_ownwords
    FOR EACH ROW EXECUTE FUNCTION directory_note_own_words();
"""
FORGET_WORDS = "DROP TRIGGER note_own_words ON directory_ownwords; DROP FUNCTION directory_note_own_words();"
USER = settings.AUTH_USER_MODEL
PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """Words that a municipality adds to the vocabulary; the change log speaks of them as minus its number."""

    dependencies = [("directory", "0003_uploaded_list"), ("kernel", "0002_row_security")]

    operations = [
        migrations.CreateModel(
            name="OwnWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                ("trade", models.CharField(blank=True, max_length=60)),
                ("own_trade", models.CharField(blank=True, max_length=60)),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("added_by", models.ForeignKey(on_delete=PROTECT, related_name="+", to=USER)),
                (
                    "municipality",
                    models.ForeignKey(
                        editable=False, on_delete=PROTECT, related_name="+", to="kernel.municipality"
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="+", to=USER),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("trade", ""), ("own_trade", ""), _negated=True),
                        name="own_words_mean_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at", None), ("removed_by", None)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="own_words_removed_by_somebody",
                    ),
                ]
            },
        ),
        protect("directory_ownwords"),
        RunSQL(LOG_WORDS, FORGET_WORDS),
    ]
