# SPDX-License-Identifier: MPL-2.0
"""Write docs/reference/environment.md from the table in `indgang/web/environment.py`."""

from pathlib import Path

from indgang.web.environment import VARIABLES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "environment.md"
HEAD = """# Environment variables

Everything that differs between installations. `python tools/environment_page.py` writes this page, and a test compares it
with `indgang/web/environment.py`.

| Variable | Default | Meaning |
|---|---|---|
"""
FOOT = """
In the demo, and in a local installation without `DATABASE_URL`, the two keys are made once and kept in `INDGANG_FOLDER/keys`,
readable by their owner only. In production set both yourself, and keep them apart from the backup of the database.
"""


def main() -> None:
    rows = [
        f"| `{name}` | {f'`{variable.default}`' if variable.default else ''} | {variable.meaning} |"
        for name, variable in VARIABLES.items()
    ]
    PAGE.write_text(HEAD + "\n".join(rows) + "\n" + FOOT, "utf-8")


if __name__ == "__main__":
    main()
