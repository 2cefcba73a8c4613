# SPDX-License-Identifier: MPL-2.0
"""A real browser against the demo: web and worker as processes, a database of its own, mail in a folder."""

import email
import email.policy
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from indgang.kernel.database import roles

ROOT = Path(__file__).resolve().parent.parent.parent
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PASSWORD = "indgang-demo-2027"

expect.set_options(timeout=10_000)


@dataclass
class Site:
    """The demo at work."""

    url: str
    mail_folder: Path
    database: str

    def mails_to(self, address: str) -> list[str]:
        """Bodies of the mails that were sent to somebody, oldest first."""
        found = []
        for file in sorted(self.mail_folder.glob("*"), key=lambda file: file.stat().st_mtime_ns):
            for text in file.read_text("utf-8").split("-" * 79):
                message = email.message_from_string(text.strip(), policy=email.policy.default)
                if message["To"] == address:
                    found.append(message.get_content())
        return found

    def links_to(self, address: str, purpose: str) -> list[str]:
        """Paths of the links of a kind in somebody's mails, oldest first."""
        found = (re.findall(rf"http://[^/]+(/l/{purpose}/\S+)", body) for body in self.mails_to(address))
        return [link for links in found for link in links]

    def link_to(self, address: str, purpose: str, *, number: int = 1) -> str:
        """The path of the newest link of a kind in somebody's mail, once so many have come."""
        for _ in range(100):
            links = self.links_to(address, purpose)
            if len(links) >= number:
                return self.url + links[-1].lstrip("/")
            time.sleep(0.2)
        raise AssertionError(f"no link to {purpose} in the mail to {address}")

    def let_the_deadline_pass(self, task_id: int) -> None:
        """Put a competition's deadline a minute back, as the passing of time would; only the server's owner can."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(
                "UPDATE procurement_competition SET bids_until = date_trunc('second', now()) - interval '1 minute'"
                " WHERE task_id = %s",
                [task_id],
            )


@dataclass
class Loaded:
    """The demo as it is before anybody comes: a database to copy, and the folder with its keys."""

    database: str
    folder: Path


@pytest.fixture(scope="session")
def loaded(
    server: object, worker_id: str, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Loaded]:
    """Loaded once a run, by whichever test process comes first."""
    base = tmp_path_factory.getbasetemp()
    run = base.parent if worker_id.startswith("gw") else base
    given = Loaded(f"test_demo_{run.name.replace('-', '_')}", run / "loaded")
    ready = given.folder / "ready"
    with psycopg.connect(server.admin, autocommit=True) as lock:  # type: ignore[attr-defined]
        lock.execute("SELECT pg_advisory_lock(7302)")
        known = lock.execute("SELECT 1 FROM pg_database WHERE datname = %s", [given.database]).fetchone()
        if not (known and ready.exists()):
            given.folder.mkdir(exist_ok=True)
            with django_db_blocker.unblock():  # type: ignore[attr-defined]
                application = server.copy(server.template(), given.database)  # type: ignore[attr-defined]
            owner = server.owner_of(given.database)  # type: ignore[attr-defined]
            command = [sys.executable, "-m", "indgang.web.command", "demo", "--load-only"]
            environment = _environment(application, owner, given.folder)
            done = subprocess.run(
                command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
            ready.touch()
    yield given
    roles.drop_database(server.admin, database=given.database)  # type: ignore[attr-defined]


def _environment(application: str, owner: str, folder: Path) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": application,
        "DATABASE_OWNER_URL": owner,
        "INDGANG_FOLDER": str(folder),
        "INDGANG_EMAIL_URL": f"file:{folder / 'mail'}",
        "INDGANG_MODE": "demo",
    }


@pytest.fixture(scope="session")
def site(
    server: object, worker_id: str, loaded: Loaded, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    name = f"test_site_{worker_id}"
    application = server.copy(loaded.database, name)  # type: ignore[attr-defined]
    owner = server.owner_of(name)  # type: ignore[attr-defined]
    if not _is_superuser(owner):
        pytest.skip("the journeys move time by hand, which takes a superuser in DATABASE_URL")
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(loaded.folder, folder, dirs_exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = _environment(application, owner, folder)
    environment["INDGANG_PUBLIC_ORIGIN"] = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "indgang.web.command", "demo", "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        _wait_for(port, process, folder / "log")
        _let_everyone_be_asked_often(owner)
        yield Site(f"http://127.0.0.1:{port}/", folder / "mail", owner)
    finally:
        process.terminate()
        process.wait(20)
        roles.drop_database(server.admin, database=name)  # type: ignore[attr-defined]


def _is_superuser(database: str) -> bool:
    with psycopg.connect(database) as connection:
        row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])


def _let_everyone_be_asked_often(database: str) -> None:
    """The journeys ask the same few enterprises more often in a minute than anyone would in a month."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("UPDATE directory_availability SET invitations_a_month = 100")


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 300  # a busy machine needs longer than an idle one
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.2)
    raise AssertionError(f"the demo did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM_PATH") or find_without_playwright() or playwright.chromium.executable_path
    if not path or not Path(path).is_file():
        missing = "no Chromium: set CHROMIUM_PATH, or install Debian's chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    launched = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
    yield launched
    launched.close()


def find_without_playwright() -> str:
    """Playwright is running here already, so its own path is asked of it, not of a second one."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


class Visitor:
    """One person in one browser window. Fails when a page logs an error or asks another host for anything."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.site = site
        self.page: Page = context.new_page()
        self.trouble: list[str] = []
        self.page.on("console", self._console)
        self.page.on("request", self._request)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def _console(self, message: object) -> None:
        if message.type == "error" and "status of 4" not in message.text:  # type: ignore[attr-defined]
            self.trouble.append(message.text)  # type: ignore[attr-defined]

    def _request(self, request: object) -> None:
        url = request.url  # type: ignore[attr-defined]
        if not url.startswith((self.site.url, "data:", "blob:")):
            self.trouble.append(f"foreign request: {url}")

    def go(self, path: str) -> "Visitor":
        self.page.goto(path if path.startswith("http") else self.site.url + path.lstrip("/"))
        return self

    def log_in(self, email: str) -> "Visitor":
        self.go("/log-ind/")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Adgangskode").fill(PASSWORD)
        self.page.get_by_role("button", name="Log ind", exact=True).click()
        expect(self.page.get_by_role("button", name="Log ud")).to_be_visible()
        return self

    def press(self, name: str) -> "Visitor":
        """Press a button or follow a link of the page's own part by what it says."""
        main = self.page.get_by_role("main")
        target = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
        target.first.click()
        return self

    def sees(self, text: str) -> "Visitor":
        expect(self.page.get_by_role("main")).to_contain_text(text)
        return self

    @property
    def number(self) -> int:
        """The number in the address of the task one stands on."""
        found = re.search(r"/opgaver/(\d+)/", self.page.url)
        assert found, self.page.url
        return int(found.group(1))


@pytest.fixture(params=["wide", "phone"])
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    """Each journey is walked on a desk and on a phone."""
    return WIDE if request.param == "wide" else NARROW


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[object]:
    """Open a window for a new person: `visit()` or `visit(viewport)`. What earlier journeys tried is not held against it."""
    with psycopg.connect(site.database, autocommit=True) as connection:
        connection.execute("DELETE FROM kernel_ratecount")
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def open_window(viewport: dict[str, int] = WIDE, *, javascript: bool = True) -> Visitor:
        contexts.append(
            browser.new_context(viewport=viewport, locale="da-DK", java_script_enabled=javascript)
        )  # type: ignore[arg-type]
        visitors.append(Visitor(contexts[-1], site))
        return visitors[-1]

    yield open_window
    trouble = [line for visitor in visitors for line in visitor.trouble]
    for context in contexts:
        context.close()
    assert trouble == []
