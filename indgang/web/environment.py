# SPDX-License-Identifier: MPL-2.0
"""Every environment variable that Indgang reads, with its meaning and its default.

`docs/reference/environment.md` is compared with this table by a test.
"""

import os
from pathlib import Path
from typing import NamedTuple


class Variable(NamedTuple):
    default: str
    meaning: str


VARIABLES = {
    "DATABASE_URL": Variable("", "PostgreSQL address the application uses; empty starts the embedded server"),
    "DATABASE_OWNER_URL": Variable("", "address used for migrations; empty uses DATABASE_URL"),
    "INDGANG_FOLDER": Variable(".var", "where the embedded server, demo mail and keys lie"),
    "INDGANG_MODE": Variable("production", "production, demo or test"),
    "INDGANG_SECRET_KEY": Variable("", "signs sessions; must be set in production"),
    "INDGANG_MASTER_KEY": Variable("", "base64 of 32 bytes; wraps each municipality's file key"),
    "INDGANG_HOSTS": Variable("", "host names served, separated by commas"),
    "INDGANG_PUBLIC_ORIGIN": Variable("https://{host}", "how addresses in mails begin"),
    "INDGANG_EMAIL_URL": Variable("", "smtp+tls://user:password@host:587, or file:FOLDER"),
    "INDGANG_EMAIL_FROM": Variable("indgang@localhost", "sender of every mail"),
    "INDGANG_IMAP_URL": Variable("", "shared mailbox: imaps://user:password@host/INBOX; empty reads none"),
    "INDGANG_FILING_FOLDER": Variable(
        "", "watched folder for the records system; empty keeps documents waiting"
    ),
    "INDGANG_LAW_PACKS": Variable("", "folder with further rule packs and their index.toml; empty has none"),
    "INDGANG_WAS_URL": Variable("", "address of the accessibility statement (was.digst.dk/...)"),
    "INDGANG_PROXIES": Variable("0", "trusted proxies in front that set X-Forwarded-For"),
    "INDGANG_CVR_URL": Variable("", "CVR look-up: elastic+https://... or datafordeler+https://..."),
    "INDGANG_CVR_CREDENTIALS": Variable("", "user:password or API key for the CVR look-up"),
}


def read(name: str) -> str:
    """The value of a variable of the table. Raises KeyError for a variable that is not in it."""
    return os.environ.get(name) or VARIABLES[name].default


def folder() -> Path:
    """Absolute path of INDGANG_FOLDER; a relative one lies in the working directory."""
    return Path(read("INDGANG_FOLDER")).resolve()
