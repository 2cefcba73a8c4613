# SPDX-License-Identifier: MPL-2.0
"""A pack as it might be published later: the newest one, copied and changed by hand."""

import shutil
from pathlib import Path

from indgang.core.law import pack as packs
from indgang.core.law.pack import fingerprint, load


def publish(root: Path, *changes: tuple[str, str, str], name: str = "2027-06-01") -> Path:
    """A folder of packs with one sealed pack in it; `changes` are (file, from, to). Every change must bite."""
    folder = root / name
    shutil.copytree(Path(packs.__file__).parent / "packs" / load().name, folder)
    for file, before, after in changes:
        path = folder / file
        text = path.read_text("utf-8")
        assert before in text, (file, before)
        path.write_text(text.replace(before, after, 1), "utf-8")
    (root / "index.toml").write_text(
        f'[[pack]]\nname = "{name}"\nsha256 = "{fingerprint(folder)}"\n', encoding="utf-8"
    )
    return root
