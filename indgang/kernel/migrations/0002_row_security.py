# SPDX-License-Identifier: MPL-2.0
from django.db import migrations

from indgang.kernel.database.policies import FUNCTIONS, append_only, protect

OWNED = (
    "kernel_unit",
    "kernel_membership",
    "kernel_duty",
    "kernel_auditline",
    "kernel_auditpersonal",
    "kernel_outgoingmail",
    "kernel_incomingmail",
    "kernel_filingitem",
    "kernel_signedlink",
    "kernel_signedlinktoken",
    "kernel_storedfile",
    "kernel_filecontent",
    "kernel_municipalitykey",
)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [FUNCTIONS, *(protect(table) for table in OWNED), append_only("kernel_auditline")]
