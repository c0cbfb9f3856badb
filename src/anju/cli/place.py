"""Before settings are read: where an office that was never set up finds its static files, and where the lab lives."""

import os
from pathlib import Path

SITE = Path(__file__).resolve().parents[3] / "var"
"""The data folder that bin/setup fills in a checkout."""
MADE = ("static", "vendor")


def prepare(words: list[str]) -> None:
    """Let a data folder without static files use those that bin/setup made."""
    folder = Path(os.environ.get("ANJU_DATA_DIR") or "var").expanduser().resolve()
    if folder == SITE:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in MADE:
        if not (folder / name).exists() and (SITE / name).is_dir():
            (folder / name).unlink(missing_ok=True)
            (folder / name).symlink_to(SITE / name)
