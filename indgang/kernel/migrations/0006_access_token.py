# SPDX-License-Identifier: MPL-2.0
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from indgang.kernel.database.policies import protect


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0005_mail_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="hvad bruger nøglen")),
                (
                    "reads",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("orders", "Ordrer"), ("visits", "Besøg hos virksomheder")],
                            max_length=40,
                        ),
                        size=None,
                        verbose_name="hvad den henter",
                    ),
                ),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="lavet")),
                ("expires_at", models.DateTimeField(verbose_name="udløber")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="lukket")),
                ("last_used_date", models.DateField(blank=True, null=True, verbose_name="sidst brugt")),
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="lavet af",
                    ),
                ),
            ],
            options={
                "verbose_name": "adgangsnøgle",
                "verbose_name_plural": "adgangsnøgler",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reads", []), _negated=True), name="token_reads_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="token_ends_after_it_begins",
                    ),
                ],
            },
        ),
        protect("kernel_accesstoken"),
    ]
