# SPDX-License-Identifier: MPL-2.0
"""Published notices are shared: everyone reads them. Only an import writes them, and it runs without a tenant,
so no page and no municipality's job can change them. What a municipality forwards is its own."""

from django.db import migrations

from indgang.kernel.database.policies import protect

SHARED = ("notice", "noticeversion", "noticeimport", "noticematch")
NO_TENANT = "(SELECT indgang_municipality()) IS NULL"


class Migration(migrations.Migration):
    dependencies = [("procurement", "0002_row_security")]
    operations = [
        *(protect(f"procurement_{table}", read="true", write=NO_TENANT) for table in SHARED),
        protect("procurement_noticeforward"),
    ]
