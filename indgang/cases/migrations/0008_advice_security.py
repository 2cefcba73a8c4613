# SPDX-License-Identifier: MPL-2.0
"""Own municipality's rows only."""

from django.db import migrations

from indgang.kernel.database.policies import protect

TABLES = ("idea", "mentor", "mentormatch", "mentormeeting", "mentorevaluation")


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_advice")]
    operations = [protect(f"cases_{table}") for table in TABLES]
