# SPDX-License-Identifier: MPL-2.0
from django.db import migrations

from indgang.kernel.database.policies import protect

TABLES = ("meeting", "proposal", "signupterms", "participant", "vote", "agendaitem", "minutes", "resolution")


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("kernel", "0002_row_security")]
    operations = [protect(f"meetings_{table}") for table in TABLES]
