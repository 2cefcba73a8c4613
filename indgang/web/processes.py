# SPDX-License-Identifier: MPL-2.0
"""Starting and stopping the processes of the house."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

Command = Sequence[str]


def web(host: str, port: int, workers: int) -> Command:
    """WSGI with one blocking thread per worker: threads only add waiting to a page that computes."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "1", "--no-access-log", "--log-level", "warning",
        "indgang.web.wsgi:application",
    ]  # fmt: skip


def worker() -> Command:
    return [sys.executable, "-c", "from indgang.web.worker import main; main()"]


def collect_static() -> None:
    """Put every asset, hashed and compressed, where the web server finds it."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def run_until_stopped(commands: Sequence[Command]) -> int:
    """Run all; when one ends or a signal comes, end the others in good order."""
    running = [subprocess.Popen(command, env=os.environ.copy()) for command in commands]  # noqa: S603
    stop = _StopSignal()
    try:
        while not stop.came and all(process.poll() is None for process in running):
            time.sleep(0.2)
    finally:
        for process in running:
            if process.poll() is None:
                process.terminate()
        for process in running:
            _wait(process)
    return 0 if stop.came else max(process.returncode or 0 for process in running)


class _StopSignal:
    def __init__(self) -> None:
        self.came = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.came = True


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
