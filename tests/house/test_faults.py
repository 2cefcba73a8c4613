# SPDX-License-Identifier: MPL-2.0
"""What happens when something under the house gives way."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ASK = """
import django
django.setup()
from django.test import Client
answer = Client(raise_request_exception=False).get({path!r}, headers={{"host": "localhost"}})
print(answer.status_code, answer.headers.get("Retry-After", "-"))
print(answer.content.decode())
"""


def ask(path: str) -> str:
    """The answer of a web process whose database does not answer."""
    environment = {
        **os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "INDGANG_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "indgang.web.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK.format(path=path)],
        capture_output=True, text=True, cwd=ROOT, env=environment, check=True,
    )  # fmt: skip
    return done.stdout


def test_a_database_that_is_gone_gets_a_sentence_and_no_trace() -> None:
    answer = ask("/opgaver/")
    assert answer.startswith("503 30")
    assert "Vi kan ikke nå vores data" in answer
    assert "Intet er gemt halvt" in answer
    assert "Traceback" not in answer


def test_the_process_says_it_is_alive_and_not_ready() -> None:
    assert ask("/helbred/").startswith("200")
    assert ask("/helbred/klar/").startswith("503")
