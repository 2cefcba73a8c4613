# SPDX-License-Identifier: MPL-2.0
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from indgang.kernel.database.policies import append_only, protect

TABLES = (
    "hoursclause",
    "hoursreport",
    "lawnotice",
    "limitdecision",
    "pointconfirmation",
    "purchaseentry",
    "runningpurchase",
    "signoff",
    "smalllotentry",
    "smalllotsledger",
    "sourcereview",
    "sourcewatch",
    "splitfinding",
)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_row_security"),
        ("guidance", "0002_row_security"),
        ("kernel", "0003_duty_ladder"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HoursClause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("social", "Timer til mennesker på vej i job"),
                            ("trainees", "Personer under oplæring"),
                        ],
                        max_length=8,
                        verbose_name="slags",
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="kontrakten")),
                ("supplier", models.CharField(max_length=150, verbose_name="leverandør")),
                (
                    "reporter_name",
                    models.CharField(blank=True, max_length=100, verbose_name="hvem melder timerne"),
                ),
                (
                    "reporter_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="deres e-mail"),
                ),
                ("promised_hours", models.PositiveIntegerField(verbose_name="lovede timer i alt")),
                ("first_date", models.DateField(verbose_name="fra")),
                ("last_date", models.DateField(verbose_name="til og med")),
                (
                    "every_months",
                    models.PositiveSmallIntegerField(default=3, verbose_name="meldes hver, måneder"),
                ),
                ("next_report_date", models.DateField(blank=True, null=True, verbose_name="næste melding")),
                ("about", models.CharField(blank=True, max_length=80, verbose_name="om")),
                ("created_at", models.DateTimeField(verbose_name="oprettet")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="afsluttet")),
                ("ended_because", models.CharField(blank=True, max_length=300, verbose_name="hvorfor")),
                (
                    "alert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.duty",
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
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kontraktstyrer",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="kernel.unit", verbose_name="enhed"
                    ),
                ),
            ],
            options={
                "verbose_name": "klausul med timer",
                "verbose_name_plural": "klausuler med timer",
            },
        ),
        migrations.CreateModel(
            name="HoursReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until_date", models.DateField(verbose_name="til og med")),
                ("hours", models.IntegerField(verbose_name="timer")),
                ("people", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="personer")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="bemærkning")),
                ("reported_at", models.DateTimeField(verbose_name="meldt")),
                ("reported_by", models.CharField(max_length=60, verbose_name="meldt af")),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="guidance.hoursclause",
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
                "verbose_name": "meldte timer",
                "verbose_name_plural": "meldte timer",
            },
        ),
        migrations.CreateModel(
            name="LawNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=80, verbose_name="om")),
                ("path", models.CharField(blank=True, max_length=200)),
                ("title", models.CharField(max_length=150, verbose_name="hvad")),
                ("pack", models.CharField(max_length=120, verbose_name="regelpakke")),
                ("changes", models.JSONField(default=list, verbose_name="hvad er ændret")),
                ("differs", models.BooleanField(default=False, verbose_name="svaret bliver et andet")),
                ("found_at", models.DateTimeField(verbose_name="opdaget")),
                ("handled_at", models.DateTimeField(blank=True, null=True, verbose_name="set på")),
                (
                    "handled_how",
                    models.CharField(blank=True, max_length=300, verbose_name="hvad blev der gjort"),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="guidance.savedanswer",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="guidance.standingassessment",
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.duty",
                    ),
                ),
                (
                    "handled_by",
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
            ],
            options={
                "verbose_name": "loven er ændret",
                "verbose_name_plural": "loven er ændret",
            },
        ),
        migrations.CreateModel(
            name="PointConfirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("point", models.CharField(max_length=12, verbose_name="punkt")),
                ("wording", models.TextField(verbose_name="ordlyd")),
                ("lawyer", models.CharField(max_length=100, verbose_name="jurist")),
                ("title", models.CharField(max_length=100, verbose_name="titel")),
                ("note", models.TextField(verbose_name="svaret")),
                ("confirmed_at", models.DateTimeField(verbose_name="bekræftet")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="trukket tilbage")),
                ("withdrawn_because", models.CharField(blank=True, max_length=300, verbose_name="hvorfor")),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="skrevet ind af",
                    ),
                ),
            ],
            options={
                "verbose_name": "bekræftet punkt",
                "verbose_name_plural": "bekræftede punkter",
            },
        ),
        migrations.CreateModel(
            name="RunningPurchase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="hvad købes")),
                ("cpv_code", models.CharField(max_length=8, verbose_name="CPV-kode")),
                ("first_date", models.DateField(verbose_name="fra")),
                ("last_date", models.DateField(verbose_name="til og med")),
                ("limit_dkk", models.PositiveIntegerField(verbose_name="grænse, kroner")),
                (
                    "original_dkk",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="værdi i EU-udbuddet, kroner"
                    ),
                ),
                ("works", models.BooleanField(default=False, verbose_name="bygge og anlæg")),
                (
                    "notice_months",
                    models.PositiveSmallIntegerField(default=3, verbose_name="varsel før udløb, måneder"),
                ),
                ("created_at", models.DateTimeField(verbose_name="oprettet")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="afsluttet")),
                (
                    "duty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.duty",
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
                        blank=True,
                        help_text="Tomt: hos hvem som helst",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="hos",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarlig",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="kernel.unit",
                        verbose_name="enhed",
                    ),
                ),
            ],
            options={
                "verbose_name": "løbende køb",
                "verbose_name_plural": "løbende køb",
            },
        ),
        migrations.CreateModel(
            name="PurchaseEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("order", "Ordre"),
                            ("contract", "Aftalt"),
                            ("option", "Option"),
                            ("change", "Ændring"),
                        ],
                        max_length=8,
                        verbose_name="slags",
                    ),
                ),
                ("cpv_code", models.CharField(blank=True, max_length=8, verbose_name="CPV-kode")),
                ("text", models.CharField(max_length=200, verbose_name="hvad")),
                ("amount_dkk", models.IntegerField(verbose_name="beløb, kroner")),
                ("bought_date", models.DateField(verbose_name="dato")),
                ("source", models.CharField(blank=True, max_length=80, verbose_name="hvorfra")),
                ("entered_at", models.DateTimeField(verbose_name="skrevet ind")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="taget ud")),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="hos",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="kernel.unit",
                        verbose_name="enhed",
                    ),
                ),
                (
                    "running",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="guidance.runningpurchase",
                    ),
                ),
            ],
            options={
                "verbose_name": "køb, der tæller",
                "verbose_name_plural": "køb, der tæller",
            },
        ),
        migrations.CreateModel(
            name="LimitDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="ændringen")),
                ("amount_dkk", models.IntegerField(verbose_name="beløb, kroner")),
                ("sum_dkk", models.PositiveIntegerField(verbose_name="i alt med ændringen, kroner")),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("reject", "Afvis ændringen"),
                            ("tender", "Send købet i udbud"),
                            ("legal", "Få en juridisk vurdering"),
                        ],
                        max_length=6,
                        verbose_name="valg",
                    ),
                ),
                ("because", models.CharField(max_length=500, verbose_name="begrundelse")),
                ("chosen_at", models.DateTimeField(verbose_name="valgt")),
                ("allowed", models.BooleanField(blank=True, null=True, verbose_name="må laves")),
                ("assessment", models.TextField(blank=True, verbose_name="vurderingen")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="afgjort")),
                (
                    "duty",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.duty",
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
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="valgt af",
                    ),
                ),
                (
                    "running",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="guidance.runningpurchase",
                    ),
                ),
            ],
            options={
                "verbose_name": "valg ved en grænse",
                "verbose_name_plural": "valg ved grænser",
            },
        ),
        migrations.CreateModel(
            name="SignOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pack", models.CharField(max_length=40, verbose_name="regelpakke")),
                ("sha256", models.CharField(max_length=64, verbose_name="fingeraftryk")),
                ("lawyer", models.CharField(max_length=100, verbose_name="jurist")),
                ("title", models.CharField(max_length=100, verbose_name="titel")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="forbehold")),
                ("signed_at", models.DateTimeField(verbose_name="godkendt")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="trukket tilbage")),
                ("withdrawn_because", models.CharField(blank=True, max_length=300, verbose_name="hvorfor")),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="skrevet ind af",
                    ),
                ),
            ],
            options={
                "verbose_name": "godkendelse af en regelpakke",
                "verbose_name_plural": "godkendelser af regelpakker",
            },
        ),
        migrations.CreateModel(
            name="SmallLotsLedger",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="det samlede køb")),
                ("whole_dkk", models.PositiveBigIntegerField(verbose_name="værdien af alle dele, kroner")),
                ("works", models.BooleanField(default=False, verbose_name="bygge og anlæg")),
                ("published_date", models.DateField(verbose_name="udbudt")),
                ("created_at", models.DateTimeField(verbose_name="oprettet")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="afsluttet")),
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
                    "responsible",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarlig",
                    ),
                ),
            ],
            options={
                "verbose_name": "regnskab over delydelser",
                "verbose_name_plural": "regnskaber over delydelser",
            },
        ),
        migrations.CreateModel(
            name="SmallLotEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=150, verbose_name="delen")),
                ("value_dkk", models.PositiveIntegerField(verbose_name="værdi, kroner")),
                ("bought_date", models.DateField(verbose_name="købt")),
                ("entered_at", models.DateTimeField(verbose_name="skrevet ind")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="taget ud")),
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
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="guidance.smalllotsledger",
                    ),
                ),
            ],
            options={
                "verbose_name": "delydelse",
                "verbose_name_plural": "delydelser",
            },
        ),
        migrations.CreateModel(
            name="SourceWatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=20, verbose_name="kilde")),
                ("review_by", models.DateField(verbose_name="gennemgås senest")),
                (
                    "duty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.duty",
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
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarlig",
                    ),
                ),
            ],
            options={
                "verbose_name": "kilde at holde øje med",
                "verbose_name_plural": "kilder at holde øje med",
            },
        ),
        migrations.CreateModel(
            name="SourceReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("unchanged", "Gennemgået, uændret"), ("changed", "Gennemgået, ændret")],
                        max_length=9,
                        verbose_name="udfald",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="hvad er ændret")),
                ("reviewed_at", models.DateTimeField(verbose_name="læst")),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="læst af",
                    ),
                ),
                (
                    "watch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="guidance.sourcewatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "gennemgang af en kilde",
                "verbose_name_plural": "gennemgange af kilder",
            },
        ),
        migrations.CreateModel(
            name="SplitFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=8, verbose_name="CPV-kode")),
                ("entries", models.JSONField(default=list, verbose_name="køb")),
                ("total_dkk", models.PositiveBigIntegerField(verbose_name="i alt, kroner")),
                ("limit_dkk", models.PositiveIntegerField(verbose_name="grænse, kroner")),
                ("found_at", models.DateTimeField(verbose_name="fundet")),
                ("because", models.CharField(blank=True, max_length=500, verbose_name="forklaret, fordi")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="afsluttet")),
                (
                    "duty",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.duty",
                    ),
                ),
                (
                    "ended_by",
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
            ],
            options={
                "verbose_name": "mulig opsplitning",
                "verbose_name_plural": "mulige opsplitninger",
            },
        ),
        migrations.AddConstraint(
            model_name="hoursclause",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_date__gt", models.F("first_date"))),
                name="clause_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursclause",
            constraint=models.CheckConstraint(
                condition=models.Q(("promised_hours__gt", 0)), name="clause_promises_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursclause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    models.Q(("ended_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="clause_ends_with_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="lawnotice",
            index=models.Index(fields=["municipality", "about"], name="law_notice_about"),
        ),
        migrations.AddConstraint(
            model_name="lawnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__isnull", False), ("assessment__isnull", False), _connector="OR"),
                name="law_notice_is_about_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="lawnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("handled_at__isnull", True),
                    models.Q(("handled_how", ""), _negated=True),
                    _connector="OR",
                ),
                name="law_notice_handled_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="lawnotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("handled_at", None)),
                fields=("answer",),
                name="one_open_notice_per_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="lawnotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("handled_at", None)),
                fields=("assessment",),
                name="one_open_notice_per_assessment",
            ),
        ),
        migrations.AddConstraint(
            model_name="pointconfirmation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("municipality", "point"),
                name="point_confirmed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pointconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(("withdrawn_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="confirmation_withdrawn_with_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="runningpurchase",
            index=models.Index(fields=["municipality", "cpv_code"], name="running_purchase_code"),
        ),
        migrations.AddConstraint(
            model_name="runningpurchase",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_date__gte", models.F("first_date"))),
                name="running_purchase_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="runningpurchase",
            constraint=models.CheckConstraint(
                condition=models.Q(("limit_dkk__gt", 0)), name="running_purchase_has_a_limit"
            ),
        ),
        migrations.AddIndex(
            model_name="purchaseentry",
            index=models.Index(fields=["municipality", "bought_date"], name="purchase_entry_day"),
        ),
        migrations.AddConstraint(
            model_name="purchaseentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source", ""), _negated=True),
                fields=("municipality", "source"),
                name="purchase_counted_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "change"), ("amount_dkk__gte", 0), _connector="OR"),
                name="only_a_change_may_be_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="limitdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("because", ""), _negated=True), name="limit_choice_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="limitdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("allowed__isnull", True),
                    models.Q(
                        ("choice", "legal"),
                        ("settled_at__isnull", False),
                        models.Q(("assessment", ""), _negated=True),
                        models.Q(("settled_by", models.F("user")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="limit_settled_in_writing_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("municipality", "sha256"),
                name="pack_signed_off_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(("withdrawn_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="sign_off_withdrawn_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="smalllotsledger",
            constraint=models.CheckConstraint(
                condition=models.Q(("whole_dkk__gt", 0)), name="ledger_has_a_whole"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcewatch",
            constraint=models.UniqueConstraint(fields=("municipality", "key"), name="source_watched_once"),
        ),
        migrations.AddConstraint(
            model_name="sourcereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "changed"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="changed_source_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="splitfinding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("municipality", "subject"),
                name="one_open_finding",
            ),
        ),
        migrations.AddConstraint(
            model_name="splitfinding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True), models.Q(("because", ""), _negated=True), _connector="OR"
                ),
                name="finding_ends_with_a_reason",
            ),
        ),
        *(protect(f"guidance_{table}") for table in TABLES),
        append_only("guidance_sourcereview"),
    ]
