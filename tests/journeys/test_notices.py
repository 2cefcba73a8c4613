# SPDX-License-Identifier: MPL-2.0
"""A reserved call finds its way to an enterprise: filtered, read, sent on with one click, opened from the mail."""

import re
import time

from tests.journeys.conftest import NARROW, Site, Visitor


def mails_about(site: Site, path: str) -> list[str]:
    """Addresses in mails that lead to a page."""
    bodies = [file.read_text("utf-8") for file in site.mail_folder.glob("*")]
    return [link for body in bodies for link in re.findall(rf"http://\S+{path}(?=\s)", body)]


def test_mette_sends_a_reserved_call_on_and_the_enterprise_opens_it(
    visit: object, site: Site, size: dict[str, int]
) -> None:
    mette: Visitor = visit(size)  # type: ignore[operator]
    mette.log_in("mette@aabjerg.example").go("/opgaver/udbud/").sees("Vask og leje af arbejdstøj")
    mette.page.get_by_label("Forbeholdt").select_option(label="Kun forbeholdte")
    mette.press("Vis").sees("Pakning og forsendelse af prøvesæt")
    assert mette.page.get_by_text("Vask og leje af arbejdstøj").count() == 0
    mette.press("Pakning og forsendelse af prøvesæt til borgere").sees("Kun beskyttede værksteder")
    path = mette.page.url.removeprefix(site.url.rstrip("/"))
    before = len(mails_about(site, path))
    mette.press("Send videre").sees("får en mail med et link hertil")
    for _ in range(100):
        if len(mails_about(site, path)) > before:
            break
        time.sleep(0.2)
    assert len(mails_about(site, path)) == before + 1
    reader: Visitor = visit(NARROW)  # type: ignore[operator]
    reader.go(path).sees("Hvad der skal laves").sees("udbudslovens § 54").sees("Læs den på udbud.dk")
