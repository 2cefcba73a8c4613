# SPDX-License-Identifier: MPL-2.0
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0005_order_page"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="cpv_code",
            field=models.CharField(blank=True, max_length=8, verbose_name="CPV-kode"),
        ),
    ]
