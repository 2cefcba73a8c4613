# SPDX-License-Identifier: MPL-2.0
"""Own municipality's rows only; published criteria and handed-in drafts are never rewritten."""

from django.db import migrations

from indgang.kernel.database.policies import append_only, protect

TABLES = (
    "visitcriteria",
    "objection",
    "visit",
    "visitsync",
    "taskcandidate",
    "jobprofile",
    "outsourcing",
    "followup",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_visits")]
    operations = [
        *(protect(f"cases_{table}") for table in TABLES),
        append_only("cases_visitcriteria"),
        append_only("cases_visitsync"),
    ]
