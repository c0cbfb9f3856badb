"""The name a person gave a file, made fit for a download (it is never a path of ours)."""

import re

from anju.core import text
from anju.files.sniff import Sort

LONGEST = 80
_ENDINGS = {Sort.JPEG: ".jpg", Sort.PNG: ".png"}
_UNFIT = re.compile(r'["<>|*?:;%\\/]+')
_RESERVED = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d")
_UNNAMED = "photo"


def safe(name: str, mime: str) -> str:
    """One line without folders, reserved names or signs that headers and shells read; the ending tells the content."""
    ending = _ENDINGS[Sort(mime.removeprefix("image/").upper())]
    last = re.split(r"[\\/]", text.one_line(name[: LONGEST * 10]))[-1]
    stem = last.rsplit(".", 1)[0] if "." in last[1:] else last
    stem = _UNFIT.sub("_", stem).strip(" ._")[:LONGEST].rstrip(" .")
    if not stem or _RESERVED.fullmatch(stem.split(".")[0]):
        stem = _UNNAMED
    return stem + ending
