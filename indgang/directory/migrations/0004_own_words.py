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


class Migration(migrations.Migration):
    """Words that a municipality adds to the vocabulary; the change log speaks of them as minus its number."""

    dependencies = [
        ("directory", "0003_uploaded_list"),
        ("kernel", "0002_row_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

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
                ("words", models.CharField(max_length=300, verbose_name="ord")),
                ("trade", models.CharField(blank=True, max_length=60, verbose_name="fag")),
                ("own_trade", models.CharField(blank=True, max_length=60, verbose_name="nyt fag")),
                ("added_at", models.DateTimeField(verbose_name="skrevet")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="taget ud")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="skrevet af",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.municipality",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taget ud af",
                    ),
                ),
            ],
            options={
                "verbose_name": "egne ord",
                "verbose_name_plural": "egne ord",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("own_trade", ""), ("trade", ""), _negated=True),
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
                ],
            },
        ),
        protect("directory_ownwords"),
        RunSQL(LOG_WORDS, FORGET_WORDS),
    ]
