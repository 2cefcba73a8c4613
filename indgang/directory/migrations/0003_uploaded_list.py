# SPDX-License-Identifier: MPL-2.0
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Every uploaded list has the same shape now; only the way back from the file is gone."""

    dependencies = [("directory", "0002_row_security"), ("kernel", "0002_row_security")]

    operations = [
        migrations.AlterField(
            model_name="importrun",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="kernel.storedfile",
            ),
        ),
    ]
