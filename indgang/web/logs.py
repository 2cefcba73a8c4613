# SPDX-License-Identifier: MPL-2.0
"""Log lines as JSON, without what must never be logged: CPR numbers and the secrets of links."""

import json
import logging
import re

_CPR = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[ -]?\d{4}(?!\d)")
_SECRET = re.compile(r"(/l/[a-z-]+/)[A-Za-z0-9_-]{20,}")


def cleaned(text: str) -> str:
    """`text` without CPR-like numbers and without the secret of a link."""
    return _SECRET.sub(r"\1[skjult]", _CPR.sub("[skjult]", text))


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": cleaned(record.getMessage()),
        }
        if record.exc_info:
            line["trace"] = cleaned(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
