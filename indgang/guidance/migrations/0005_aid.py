# SPDX-License-Identifier: MPL-2.0
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from indgang.kernel.database.policies import protect


class Migration(migrations.Migration):
    dependencies = [
        ("guidance", "0004_entry_page"),
        ("kernel", "0006_access_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AidEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cvr_number", models.CharField(max_length=8, verbose_name="CVR-nummer")),
                ("name", models.CharField(max_length=150, verbose_name="virksomhed")),
                (
                    "known",
                    models.CharField(
                        choices=[
                            ("given", "Givet af os"),
                            ("declared", "Oplyst af virksomheden eller fundet i det centrale register"),
                        ],
                        max_length=8,
                        verbose_name="hvorfra",
                    ),
                ),
                ("amount_dkk", models.PositiveIntegerField(verbose_name="støtte, kroner")),
                (
                    "rate",
                    models.DecimalField(decimal_places=4, max_digits=7, verbose_name="kroner for en euro"),
                ),
                (
                    "amount_euro",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="støtte, euro"),
                ),
                ("given_date", models.DateField(verbose_name="givet")),
                ("giver", models.CharField(max_length=150, verbose_name="givet af")),
                ("legal_basis", models.CharField(max_length=300, verbose_name="hjemmel")),
                ("entrusted", models.BooleanField(default=False, verbose_name="pålagt almen opgave")),
                ("entered_at", models.DateTimeField(verbose_name="skrevet ind")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="taget ud")),
                ("removed_because", models.CharField(blank=True, max_length=300, verbose_name="hvorfor")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                        verbose_name="bevilling eller erklæring",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    ),
                ),
            ],
            options={
                "verbose_name": "de minimis-støtte",
                "verbose_name_plural": "de minimis-støtte",
                "indexes": [
                    models.Index(fields=["municipality", "cvr_number", "given_date"], name="aid_undertaking")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_euro__gt", 0)), name="aid_is_above_nought"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("legal_basis", ""), _negated=True),
                        name="aid_names_its_legal_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_at__isnull", True),
                            models.Q(("removed_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="aid_taken_out_with_a_reason",
                    ),
                ],
            },
        ),
        protect("guidance_aidentry"),
    ]
