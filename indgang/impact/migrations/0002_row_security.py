# SPDX-License-Identifier: MPL-2.0
from django.db import migrations

from indgang.kernel.database.policies import append_only, protect

OWNED = (
    "impact_target",
    "impact_committeereport",
    "impact_story",
    "impact_valuecase",
    "impact_valuerun",
    "impact_transferopening",
)


class Migration(migrations.Migration):
    dependencies = [("impact", "0001_initial"), ("kernel", "0002_row_security")]
    operations = [*(protect(table) for table in OWNED), append_only("impact_valuerun")]
