# SPDX-License-Identifier: MPL-2.0
"""The English catalogue: gather every Danish sentence, keep its translation, compile it.

    python tools/catalogue.py update     add new sentences to django.po, drop those no longer said
    python tools/catalogue.py compile    write django.mo (set-up does this)
    python tools/catalogue.py check      fail when a sentence is missing, untranslated or no longer said

Works with Babel alone, so that no machine needs GNU gettext.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "indgang" / "web" / "locale" / "en" / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
HEADER = "# English sentences of Indgang.\n# SPDX-License-Identifier: MPL-2.0\n#"
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "ngettext_lazy": (1, 2),
    "Refused": (1,),
    "Reason": (1,),
}


def sentences() -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    """(file, line, sentence or plural pair, context) of everything that is said."""
    _set_up_django()
    from django.utils.translation.template import templatize

    for file in sorted((ROOT / "indgang").rglob("*")):
        if "vendor" in file.parts or not file.is_file():
            continue
        if file.suffix == ".py":
            source = file.read_bytes()
        elif file.suffix in (".html", ".txt") and "templates" in file.parts:
            source = templatize(file.read_text("utf-8"), origin=str(file)).encode()
        else:
            continue
        for line, said, _comments, context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
            yield str(file.relative_to(ROOT)), line, said, context


def _set_up_django() -> None:
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)


def gathered() -> Catalog:
    catalogue = Catalog(
        locale="en",
        project="Indgang",
        header_comment=HEADER,
        fuzzy=False,
        creation_date=None,
        revision_date=None,
    )
    for _file, _line, said, context in sentences():
        singular = said if isinstance(said, str) else said[0]
        if singular:
            catalogue.add(said, context=context)
    return catalogue


def read() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def update() -> int:
    fresh, known = gathered(), read()
    for message in fresh:
        old = known.get(message.id, context=message.context) if message.id else None
        if old is not None:
            message.string = old.string
    FOLDER.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, fresh, width=0, omit_header=False, sort_output=True, no_location=True)
    text = re.sub(
        r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|Project-Id-Version|Report-Msgid-Bugs-To):[^\n]*\n',
        "",
        buffer.getvalue().decode(),
    )
    PO.write_text(text, "utf-8")
    missing = [message for message in fresh if message.id and not _translated(message)]
    print(f"{len(fresh)} sentences, {len(missing)} without English")
    return 0


def compile_catalogue() -> int:
    with MO.open("wb") as file:
        write_mo(file, read())
    return 0


def check() -> int:
    fresh, known = gathered(), read()
    wanted = {(message.id, message.context) for message in fresh if message.id}
    had = {(message.id, message.context) for message in known if message.id}
    faults = [f"not in the catalogue: {said[0]!r}" for said in sorted(wanted - had, key=str)]
    faults += [f"no longer said: {said[0]!r}" for said in sorted(had - wanted, key=str)]
    faults += [f"no English: {message.id!r}" for message in known if message.id and not _translated(message)]
    faults += [
        f"placeholders differ: {m.id!r}"
        for m in known
        if m.id and _translated(m) and not _same_placeholders(m)
    ]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def _translated(message: object) -> bool:
    said = message.string  # type: ignore[attr-defined]
    return all(said) if isinstance(said, tuple) else bool(said)


def _same_placeholders(message: object) -> bool:
    def names(text: object) -> set[str]:
        joined = " ".join(text) if isinstance(text, list | tuple) else str(text)
        return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", joined))

    return names(message.id) == names(message.string)  # type: ignore[attr-defined]


if __name__ == "__main__":
    verbs = {"update": update, "compile": compile_catalogue, "check": check}
    sys.exit(verbs[sys.argv[1]]())
