# SPDX-License-Identifier: MPL-2.0
from django.db import migrations

from indgang.kernel.database.policies import append_only, protect

PLAIN = (
    "guidance_agreementlist",
    "guidance_bindingagreement",
    "guidance_standingassessment",
    "guidance_lawcase",
    "guidance_savedanswer",
    "guidance_override",
    "guidance_recordversion",
    "guidance_policyversion",
)


class Migration(migrations.Migration):
    dependencies = [("guidance", "0001_initial"), ("kernel", "0002_row_security")]
    operations = [
        *(protect(table) for table in PLAIN),
        append_only("guidance_savedanswer"),
        append_only("guidance_policyversion"),
    ]
