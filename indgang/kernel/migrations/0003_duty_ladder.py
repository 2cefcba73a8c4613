# SPDX-License-Identifier: MPL-2.0
import django.contrib.postgres.fields
from django.db import migrations, models

import indgang.kernel.models.duty


class Migration(migrations.Migration):
    """Every duty carries its own ladder; those made before are on the staff's one."""

    dependencies = [("kernel", "0002_row_security")]

    operations = [
        migrations.AddField(
            model_name="duty",
            name="ladder",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(),
                blank=True,
                default=indgang.kernel.models.duty.staff_steps,
                size=None,
                verbose_name="stige",
            ),
        ),
    ]
