"""Front-end packages: the handful of files we serve, copied out of `node_modules`, and the icons, compiled.

    python -m anju.ui.vendor                 copy into <data dir>/vendor, which is one of STATICFILES_DIRS
    python -m anju.ui.vendor --icons         also rebuild ui/icons.json from the list in icons.py

Whole packages are not collected: they hold thousands of files, and a missing source map stops the manifest storage.
"""

import argparse
import json
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from anju.ui import icons

FILES: dict[str, str] = {
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/dist/ext/hx-sse.min.js": "htmx/hx-sse.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
    "@tabler/icons/LICENSE": "tabler/LICENSE",
    "qr/index.js": "qr/index.js",
    "qr/decode.js": "qr/decode.js",
    "qr/LICENSE-MIT": "qr/LICENSE",
}
OUTLINE = "@tabler/icons/icons/outline"

_SOURCE_MAP = re.compile(r"^\s*(//|/\*)[#@]\s*sourceMappingURL=.*$", re.MULTILINE)
_SVG = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)
_BOUNDS = re.compile(r'<path\b[^>]*d="M0 0h24v24H0z"[^>]*/>')


def collect(node_modules: Path, target: Path) -> list[Path]:
    """Copy the listed files into `target`, which is emptied first. Returns what was written.

    Raises FileNotFoundError, before anything is removed, when `npm ci` has not been run.
    """
    missing = [source for source in FILES if not (node_modules / source).is_file()]
    if missing:
        raise FileNotFoundError(f"run `npm ci --ignore-scripts` first, missing in {node_modules}: {', '.join(missing)}")
    shutil.rmtree(target, ignore_errors=True)
    written = []
    for source, name in FILES.items():
        text = (node_modules / source).read_text(encoding="utf-8")
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_SOURCE_MAP.sub("", text) if name.endswith(".js") else text, encoding="utf-8")
        written.append(file)
    return written


def compile_icons(node_modules: Path, target: Path = icons.COMPILED) -> int:
    """Write the inner SVG of every icon of `icons.NAMES` into one JSON file, its licence beside it. Returns how many."""
    shapes = {name: _inner((node_modules / OUTLINE / f"{name}.svg").read_text("utf-8")) for name in icons.NAMES}
    target.write_text(json.dumps(shapes, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    shutil.copyfile(node_modules / "@tabler/icons/LICENSE", target.with_name("icons.LICENSE"))
    return len(shapes)


def _inner(svg: str) -> str:
    """What is drawn: without the svg element and without Tabler's invisible bounding box."""
    match = _SVG.search(svg)
    if match is None:
        raise ValueError("not an SVG")
    return " ".join(_BOUNDS.sub("", match[1]).split()).replace("> <", "><").replace(" />", "/>")


def main(argv: Sequence[str] | None = None) -> int:
    """The command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.settings")
    parser = argparse.ArgumentParser(prog="python -m anju.ui.vendor", description="Copy front-end files.")
    parser.add_argument("--from", dest="source", type=Path, default=Path("node_modules"), help="node_modules folder")
    parser.add_argument("--icons", action="store_true", help="rebuild ui/icons.json too")
    options = parser.parse_args(argv)
    target = Path(settings.ANJU_DATA_DIR) / "vendor"
    print(f"{len(collect(options.source, target))} files in {target}")
    if options.icons:
        print(f"{compile_icons(options.source)} icons in {icons.COMPILED}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
