# SPDX-License-Identifier: MPL-2.0
from django.db import migrations

from indgang.kernel.database.policies import protect

TABLES = ("agreement", "purchaseterms", "priceline", "calloff", "calloffline")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_purchase"), ("kernel", "0002_row_security")]
    operations = [protect(f"agreements_{table}") for table in TABLES]
