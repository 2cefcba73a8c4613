# SPDX-License-Identifier: MPL-2.0
"""Print the path of a Chromium for the browser tests: CHROMIUM_PATH, else Debian's, else Playwright's.

As root on Debian it installs the missing one. Prints nothing when there is none: then the browser tests
skip by name, and fail where CI=true.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def find() -> str:
    given = os.environ.get("CHROMIUM_PATH", "")
    if given and Path(given).is_file():
        return given
    return shutil.which("chromium") or shutil.which("chromium-browser") or _playwrights()


def _playwrights() -> str:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return ""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else ""


def install() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=sys.stderr, check=False)


if __name__ == "__main__":
    if not find() and "--install" in sys.argv:
        install()
    print(find())
