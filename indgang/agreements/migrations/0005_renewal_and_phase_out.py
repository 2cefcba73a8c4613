# SPDX-License-Identifier: MPL-2.0
from django.conf import settings
from django.db import migrations, models

FROZEN = """
CREATE OR REPLACE FUNCTION agreements_text_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.offered_at IS NOT NULL AND (NEW.text, NEW.text_hash, NEW.offered_at, NEW.number, NEW.last_date)
        IS DISTINCT FROM (OLD.text, OLD.text_hash, OLD.offered_at, OLD.number, OLD.last_date) THEN
        RAISE EXCEPTION 'the text of a version that was offered is frozen';
    END IF;
    RETURN NEW;
END $$;
"""
THAWED = """
CREATE OR REPLACE FUNCTION agreements_text_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.offered_at IS NOT NULL AND (NEW.text, NEW.text_hash, NEW.offered_at, NEW.number)
        IS DISTINCT FROM (OLD.text, OLD.text_hash, OLD.offered_at, OLD.number) THEN
        RAISE EXCEPTION 'the text of a version that was offered is frozen';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0004_partnership_security"),
        ("kernel", "0005_mail_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name="accession",
            name="code_digest",
        ),
        migrations.RemoveField(
            model_name="accession",
            name="code_sent_at",
        ),
        migrations.RemoveField(
            model_name="accession",
            name="code_tries",
        ),
        migrations.AddField(
            model_name="agreement",
            name="phased_out_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="afviklet"),
        ),
        migrations.AddField(
            model_name="agreement",
            name="phased_out_how",
            field=models.CharField(blank=True, max_length=300, verbose_name="sådan er det afviklet"),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="last_date",
            field=models.DateField(blank=True, null=True, verbose_name="forlænger til og med"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("phased_out_at__isnull", True),
                    models.Q(("phased_out_how", ""), _negated=True),
                    _connector="OR",
                ),
                name="agreement_phased_out_says_how",
            ),
        ),
        migrations.RunSQL(FROZEN, THAWED),
    ]
