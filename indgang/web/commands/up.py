# SPDX-License-Identifier: MPL-2.0
"""Web and worker together, until somebody says stop."""

import argparse

from indgang.web import processes, runtime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="adresse at lytte på")
    parser.add_argument("--port", type=int, default=8000, help="port at lytte på")
    parser.add_argument("--workers", type=int, default=2, help="antal webprocesser")
    parser.add_argument("--only", choices=["web", "worker"], help="kør kun den ene")


def run(arguments: argparse.Namespace) -> int:
    runtime.start()
    processes.collect_static()
    commands = []
    if arguments.only != "worker":
        commands.append(processes.web(arguments.host, arguments.port, arguments.workers))
    if arguments.only != "web":
        commands.append(processes.worker())
    return processes.run_until_stopped(commands)
