# SPDX-License-Identifier: MPL-2.0
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from indgang.kernel.database.policies import append_only, protect


class Migration(migrations.Migration):
    dependencies = [
        ("impact", "0002_row_security"),
        ("kernel", "0006_access_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DepartmentNames",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="udgave")),
                ("names", models.JSONField(verbose_name="navne")),
                ("at", models.DateTimeField(verbose_name="gemt")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gemt af",
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
                "verbose_name": "forvaltningernes navne",
                "verbose_name_plural": "forvaltningernes navne",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "version"), name="department_names_numbered_once"
                    )
                ],
            },
        ),
        protect("impact_departmentnames"),
        append_only("impact_departmentnames"),
    ]
