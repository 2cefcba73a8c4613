# SPDX-License-Identifier: MPL-2.0
import django.db.models.deletion
from django.db import migrations, models

from indgang.kernel.database.policies import protect


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0003_duty_ladder"),
    ]

    operations = [
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.CharField(max_length=40, verbose_name="formål")),
                ("subject_id", models.BigIntegerField(verbose_name="genstand")),
                ("recipient", models.EmailField(max_length=254, verbose_name="modtager")),
                ("created_at", models.DateTimeField(verbose_name="oprettet")),
                ("expires_at", models.DateTimeField(verbose_name="udløber")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="forsøg")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="brugt")),
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
                "verbose_name": "engangskode",
                "verbose_name_plural": "engangskoder",
            },
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="code",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="kernel.onetimecode",
            ),
        ),
        migrations.AddIndex(
            model_name="onetimecode",
            index=models.Index(fields=["purpose", "subject_id"], name="code_subject"),
        ),
        protect("kernel_onetimecode"),
    ]
