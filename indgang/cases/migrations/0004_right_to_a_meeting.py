# SPDX-License-Identifier: MPL-2.0
import django.db.models.deletion
from django.db import migrations, models

from indgang.kernel.database.policies import protect


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_entrance"),
        ("directory", "0003_uploaded_list"),
        ("kernel", "0004_one_time_code"),
        ("meetings", "0002_row_security"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("claimed_at", models.DateTimeField(verbose_name="bedt om")),
                ("meet_by", models.DateTimeField(verbose_name="møde senest")),
                ("hearing_text", models.TextField(blank=True, verbose_name="hvad vi mener, indtil nu")),
                (
                    "hearing_sent_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="sendt i høring"),
                ),
                ("hearing_until", models.DateTimeField(blank=True, null=True, verbose_name="høringsfrist")),
                ("hearing_answer", models.TextField(blank=True, verbose_name="svar på høringen")),
                (
                    "hearing_answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="høring besvaret"),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("registered", "Registreret socialøkonomisk virksomhed (RSV)"),
                            ("equivalent", "Opfylder betingelserne uden at være registreret"),
                        ],
                        max_length=10,
                        verbose_name="grundlag",
                    ),
                ),
                ("granted", models.BooleanField(blank=True, null=True, verbose_name="fik ret til mødet")),
                ("reason", models.TextField(blank=True, verbose_name="begrundelse")),
                ("paragraph", models.CharField(blank=True, max_length=150, verbose_name="paragraf")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="afgjort")),
                ("decided_by", models.CharField(blank=True, max_length=100, verbose_name="afgjort af")),
                ("held_at", models.DateTimeField(blank=True, null=True, verbose_name="møde holdt")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="trukket tilbage")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="cases.case"
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.duty",
                        verbose_name="opgave med frist",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.meeting",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "ret til møde",
                "verbose_name_plural": "ret til møde",
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("purpose", "Socialt formål"),
                            ("trade", "Væsentlig erhvervsdrivende virksomhed"),
                            ("independent", "Uafhængighed af det offentlige"),
                            ("involving", "Inddragende og ansvarlig i sit virke"),
                            ("surplus", "Social håndtering af overskud"),
                        ],
                        max_length=11,
                        verbose_name="kriterium",
                    ),
                ),
                ("told", models.TextField(blank=True, verbose_name="det viser virksomheden")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="vist")),
                ("met", models.BooleanField(blank=True, null=True, verbose_name="opfyldt")),
                ("finding", models.TextField(blank=True, verbose_name="det finder kommunen")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="cases.claim"
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
                "verbose_name": "kriterium",
                "verbose_name_plural": "kriterier",
            },
        ),
        migrations.CreateModel(
            name="ToldPurchase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="hvad blev fortalt")),
                ("at", models.DateTimeField(verbose_name="offentlig fra")),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="told",
                        to="cases.claim",
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
                "verbose_name": "fortalt om kommende køb",
                "verbose_name_plural": "fortalt om kommende køb",
            },
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at", None), ("withdrawn_at", None)),
                fields=("municipality", "organisation"),
                name="one_open_claim_per_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("granted__isnull", True)),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("granted__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                        models.Q(("decided_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claim_is_decided_by_somebody_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted", True), models.Q(("held_at", None), ("meeting", None)), _connector="OR"
                ),
                name="meeting_follows_the_right",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(fields=("claim", "key"), name="criterion_once_for_a_claim"),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("met__isnull", True), models.Q(("finding", ""), _negated=True), _connector="OR"
                ),
                name="criterion_is_found_with_words",
            ),
        ),
        migrations.AddIndex(
            model_name="toldpurchase",
            index=models.Index(fields=["municipality", "-at"], name="told_newest"),
        ),
        protect("cases_claim"),
        protect("cases_criterion"),
        protect("cases_toldpurchase"),
    ]
