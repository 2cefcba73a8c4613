# SPDX-License-Identifier: MPL-2.0
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("guidance", "0003_watch_limits_clauses"),
    ]

    operations = [
        migrations.AddField(
            model_name="purchaseentry",
            name="path",
            field=models.CharField(blank=True, max_length=200, verbose_name="side"),
        ),
    ]
