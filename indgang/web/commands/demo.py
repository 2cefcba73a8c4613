# SPDX-License-Identifier: MPL-2.0
"""The invented municipality: loaded through the house's own actions, then web and worker together."""

import argparse
import os
import shutil

from indgang.web import processes, runtime
from indgang.web.environment import folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="port at lytte på")
    parser.add_argument("--fresh", action="store_true", help="begynd forfra med en tom database")
    parser.add_argument("--load-only", action="store_true", help="indlæs demoen uden at starte noget")


def run(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("INDGANG_PUBLIC_ORIGIN", f"http://{{host}}:{arguments.port}")
    if arguments.fresh and not os.environ.get("DATABASE_URL"):
        shutil.rmtree(folder() / "postgres", ignore_errors=True)
        shutil.rmtree(folder() / "mail", ignore_errors=True)
    runtime.start(mode="demo")
    from indgang.web.demo import load
    from indgang.web.demo.people import PASSWORD

    loaded = load.load()
    if arguments.load_only:
        print("Demoen er indlæst." if loaded else "Demoen var indlæst i forvejen.")
        return 0
    processes.collect_static()
    _welcome(arguments.port, load.log_ins(), PASSWORD)
    return processes.run_until_stopped([processes.web("127.0.0.1", arguments.port, 2), processes.worker()])


def _welcome(port: int, log_ins: list[tuple[str, str, str]], password: str) -> None:
    print(f"\nIndgang viser Åbjerg Kommune på  http://127.0.0.1:{port}/\n", flush=True)
    print(f"Log ind på http://127.0.0.1:{port}/log-ind/ med adgangskoden  {password}\n")
    for role, email, does in log_ins:
        print(f"  {role:<16} {email:<26} {does}")
    print(f"\nDemoens mails ligger på http://127.0.0.1:{port}/demo/post/   (Ctrl-C standser)\n", flush=True)
