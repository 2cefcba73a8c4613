# SPDX-License-Identifier: MPL-2.0
"""The environment of the tests; loaded as a plugin (`-p tests.environment`) before Django's settings are."""

import base64
import os
import tempfile

GIVEN_URL = os.environ.get("DATABASE_URL", "")

os.environ["INDGANG_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "indgang.web.settings"
os.environ["INDGANG_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["INDGANG_MASTER_KEY"] = base64.b64encode(b"test" * 8).decode()
os.environ["INDGANG_EMAIL_URL"] = "file:" + tempfile.mkdtemp(prefix="indgang-mail-")
os.environ["INDGANG_PUBLIC_ORIGIN"] = "http://{host}"
for unwanted in ("DATABASE_OWNER_URL", "INDGANG_FOLDER", "INDGANG_FILING_FOLDER", "INDGANG_CVR_URL"):
    os.environ.pop(unwanted, None)
