# SPDX-License-Identifier: MPL-2.0
import django.db.models.deletion
from django.db import migrations, models

from indgang.kernel.database.policies import protect


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0004_one_time_code"),
    ]

    operations = [
        migrations.CreateModel(
            name="IncomingFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="filnavn")),
                (
                    "trouble",
                    models.CharField(blank=True, max_length=400, verbose_name="hvorfor den ikke er gemt"),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="kernel.storedfile",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="kernel.incomingmail",
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
            ],
            options={
                "verbose_name": "fil i en mail",
                "verbose_name_plural": "filer i mails",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file", None), models.Q(("trouble", ""), _negated=True)),
                            models.Q(("file__isnull", False), ("trouble", "")),
                            _connector="OR",
                        ),
                        name="mailed_file_is_kept_or_says_why_not",
                    )
                ],
            },
        ),
        protect("kernel_incomingfile"),
    ]
