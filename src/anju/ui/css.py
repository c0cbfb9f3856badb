"""One stylesheet per door, joined from its parts for production.

In development `css/<door>.css` is served as it is and its @imports are fetched one by one. For production the parts are
joined and the `@layer` wrappers taken off: kernels older than Chrome 99 ignore layers and would show a bare page, and
the order of import equals the order of layers.
"""

import re
from pathlib import Path

DOORS = ("desk", "portal", "field", "wall")

_IMPORT = re.compile(r'@import url\("([^"]+)"\);')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LAYER_ORDER = re.compile(r"@layer [\w, -]+;")
_LAYER = re.compile(r"@layer [\w-]+\s*\{")


def join(folder: Path, door: str) -> str:
    """The door's stylesheet without imports, layers, comments and indentation. Raises FileNotFoundError."""
    listing = (folder / f"{door}.css").read_text(encoding="utf-8")
    parts = [unwrap((folder / name).read_text(encoding="utf-8")) for name in _IMPORT.findall(listing)]
    return "\n".join(parts) + "\n"


def unwrap(css: str) -> str:
    """The rules inside the `@layer x { … }` blocks of one file, and those outside them."""
    css = _LAYER_ORDER.sub("", _COMMENT.sub("", css))
    kept: list[str] = []
    rest = css
    while match := _LAYER.search(rest):
        end = _closing(rest, match.end())
        kept += [rest[: match.start()], rest[match.end() : end]]
        rest = rest[end + 1 :]
    kept.append(rest)
    lines = (line.strip() for line in "".join(kept).splitlines())
    return "\n".join(line for line in lines if line)


def _closing(css: str, start: int) -> int:
    """Where the block that is open at `start` ends. Raises ValueError when it does not."""
    depth = 1
    for index in range(start, len(css)):
        depth += {"{": 1, "}": -1}.get(css[index], 0)
        if depth == 0:
            return index
    raise ValueError("a block of a stylesheet is not closed")
