# SPDX-License-Identifier: MPL-2.0
import django.db.models.deletion
from django.db import migrations, models

from indgang.kernel.database.policies import protect


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_own_words"),
        ("kernel", "0006_access_token"),
        ("placements", "0002_row_security"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShownConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField(verbose_name="givet")),
                ("said_by", models.CharField(max_length=100, verbose_name="hvem sagde ja")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="trukket tilbage")),
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shown_consents",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "ja til at blive vist",
                "verbose_name_plural": "ja til at blive vist",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("municipality", "organisation"),
                        name="one_consent_in_force",
                    )
                ],
            },
        ),
        protect("placements_shownconsent"),
    ]
