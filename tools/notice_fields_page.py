# SPDX-License-Identifier: MPL-2.0
"""Write docs/reference/notices.md from the table in `indgang/core/notices/fields.py`."""

from pathlib import Path

from indgang.core.notices.fields import ALL
from indgang.core.notices.notice import Notice
from indgang.core.notices.paths import Field, Part

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "notices.md"
HEAD = """# What is read from a notice

These fields of the EU's eForms (SDK 1.x; `ContractNotice`, `PriorInformationNotice`, `ContractAwardNotice` and the national
subtypes E1 to E6, CEI, T01, T02). `python tools/notice_fields_page.py` writes this page, and a test compares it with
`indgang/core/notices/fields.py`. Paths are those of the SDK's `fields.json`, from the part's own element down; `{list}` means:
only right after a code of that list. Numbers and paths: Publications Office of the European Union,
[eForms SDK](https://github.com/OP-TED/eForms-SDK) 1.15, CC BY 4.0.

Nothing else is read: no contact persons, e-mail addresses or telephone numbers, no owners behind a company, no organisations
that neither buy, tender nor deliver. A person's registration number is forgotten.

Where a text stands in several languages, the Danish one is kept, else the first. A value that cannot be read is left empty and
named in `remarks`; the rest of the notice is kept. A code that we have no words for is kept as it stands.
"""
FOOT = """
## In the database

| Table | What |
|---|---|
| `Notice` | The newest version of each notice. `content` holds the values above as JSON; the other columns serve lists and filters. |
| `NoticeVersion` | What a notice said before a newer version replaced it. |
| `NoticeImport` | Each reading: counts, and the first 200 files that could not be read, with reasons. |
| `NoticeMatch` | Published organisations that could deliver a lot or a part of it; written by a job. |
| `NoticeForward` | What a municipality has sent on, to whom; the municipality's own. |

The first four are shared by all municipalities and written only without a tenant; see [Published notices](../explanation/notices.md).
"""


def page() -> str:
    """The whole page as Markdown."""
    return HEAD + "".join(_part(name, kind, table) for name, kind, table in ALL) + FOOT


def _part(name: str, kind: type, table: tuple[Field | Part, ...]) -> str:
    title = f"`{kind.__name__}`" + ("" if kind is Notice else f" ({name})")
    rows = [f"| {_number(field)} | `{field.name}` | {_path(field)} |" for field in table]
    return f"\n## {title}\n\n| Field | Attribute | Path |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def _number(field: Field | Part) -> str:
    return field.number if isinstance(field, Field) else ""


def _path(field: Field | Part) -> str:
    path = field.path.replace(
        "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension/", "…ext/"
    )
    codes = f" · codes: {field.codelist}" if isinstance(field, Field) and field.codelist else ""
    kind = f" · several `{getattr(field.make, '__name__', '')}`" if isinstance(field, Part) else ""
    many = " · several" if isinstance(field, Field) and field.many else ""
    return f"`{path}`{many}{codes}{kind}"


def main() -> None:
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
