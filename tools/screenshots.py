# SPDX-License-Identifier: MPL-2.0
"""The pictures of the documentation, taken from a fresh demo: `python tools/screenshots.py`.

Starts a demo of its own under .var/screenshots, walks from a need to a delivered order and through the rooms whose how-to
pages have pictures, and saves what it sees in docs/images/. Run it when the pages have changed.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import screenshots_rooms
from tools.find_browser import find

ROOT = Path(__file__).resolve().parent.parent
IMAGES, FOLDER, PORT = ROOT / "docs" / "images", ROOT / ".var" / "screenshots", 8147
BASE = f"http://127.0.0.1:{PORT}"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
NEED = "Pak 2.400 læsepakker til sommerbogen. De skal leveres på biblioteket den 10. maj, højst 36.000 kr."


def main() -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    IMAGES.mkdir(exist_ok=True)
    path = find()
    environment = os.environ | {"INDGANG_FOLDER": str(FOLDER)}
    command = [sys.executable, "-m", "indgang.web.command", "demo", "--port", str(PORT)]
    demo = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            _wait(browser)
            _walk(browser)
            screenshots_rooms.walk(
                BASE, lambda who: _log_in(browser, who), lambda who: _log_in(browser, who, PHONE), _save
            )
            browser.close()
    finally:
        demo.terminate()
        demo.wait()
    return 0


def _wait(browser: Browser) -> None:
    page = browser.new_page()
    for _ in range(900):
        try:
            page.goto(BASE + "/helbred/klar/")
            break
        except Exception:  # the demo is being loaded
            time.sleep(0.5)
    page.close()


def _walk(browser: Browser) -> None:
    stranger = _open(browser, WIDE)
    stranger.goto(BASE + "/")
    _save(stranger, "front")
    stranger.goto(BASE + "/virksomheder/?q=frokost til 90 børn")
    _save(stranger, "directory")
    carla = _log_in(browser, "carla@aabjerg.example")
    _save(carla, "desk")
    carla.goto(BASE + "/opgaver/ny/?tekst=" + NEED)
    _save(carla, "describe")
    carla.get_by_role("button", name="Find, hvem der kan").click()
    _save(carla, "matches")
    carla.get_by_label("Spørg Papir & Pluk").check(force=True)
    carla.get_by_role("button", name="Spørg dem om pris").click()
    _save(carla, "asked")
    phone = _open(browser, PHONE)
    phone.goto(BASE + _link_to("rikke@papirpluk.example"))
    _save(phone, "phone-question")
    phone.get_by_label("Pris i alt uden moms").fill("32.400")
    phone.get_by_role("button", name="Ja, vi er interesserede").click()
    _save(phone, "phone-answer")
    carla.reload()
    _save(carla, "answered")
    carla.get_by_role("button", name="Køb hos Papir & Pluk").click()
    _save(carla, "ordered")
    carla.get_by_label("Ja", exact=True).check(force=True)
    carla.get_by_label("5 – rigtig godt").check(force=True)
    carla.get_by_role("main").get_by_role("button", name="Gem").click()
    _save(carla, "delivered")


def _open(browser: Browser, size: dict[str, int]) -> Page:
    return browser.new_context(viewport=size, locale="da-DK").new_page()  # type: ignore[arg-type]


def _log_in(browser: Browser, email: str, size: dict[str, int] = WIDE) -> Page:
    page = _open(browser, size)
    page.goto(BASE + "/log-ind/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Adgangskode").fill("indgang-demo-2027")
    page.get_by_role("button", name="Log ind", exact=True).click()
    page.wait_for_load_state()
    return page


def _link_to(address: str) -> str:
    """The newest link to answer by, out of the demo's mail folder."""
    for _ in range(100):
        files = sorted(
            (FOLDER / "mail").glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True
        )
        for file in files:
            text = file.read_bytes().decode("utf-8", "replace")
            found = re.findall(r"http://[^/]+(/l/svar/\S+)", text)
            if address in text and found:
                return str(found[-1])
        time.sleep(0.2)
    raise SystemExit(f"no mail to {address}")


def _save(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=str(IMAGES / f"{name}.png"))
    print(name)


if __name__ == "__main__":
    sys.exit(main())
