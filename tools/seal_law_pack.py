# SPDX-License-Identifier: MPL-2.0
"""Seal a law pack: write its name and content hash into `packs/index.toml`.

    .venv/bin/python tools/seal_law_pack.py 2026-11-24

A pack is sealed when it is published. After that it is never edited; a correction is a new folder.
"""

import sys
import tomllib
from pathlib import Path

from indgang.core.law.pack import fingerprint, read_pack

PACKS = Path(__file__).resolve().parent.parent / "indgang" / "core" / "law" / "packs"
INDEX = PACKS / "index.toml"
HEAD = """# SPDX-License-Identifier: MPL-2.0
# Sealed packs, oldest first. The last one answers when no other is asked for.
"""


def main(name: str) -> int:
    folder = PACKS / name
    read_pack(folder)
    rows = tomllib.loads(INDEX.read_text("utf-8"))["pack"] if INDEX.exists() else []
    seals = {row["name"]: row["sha256"] for row in rows} | {name: fingerprint(folder)}
    body = "".join(f'\n[[pack]]\nname = "{key}"\nsha256 = "{seal}"\n' for key, seal in sorted(seals.items()))
    INDEX.write_text(HEAD + body, "utf-8")
    print(f"{name}@sha256:{seals[name]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
