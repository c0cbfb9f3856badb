"""Before `anju lab`: its settings, and its own data folder unless one was given."""

import os
from pathlib import Path

from anju.cli import place


def prepare(words: list[str]) -> None:
    """Set the environment that settings read."""
    os.environ["ANJU_LAB"] = "1"
    if not os.environ.get("ANJU_DATA_DIR") and not os.environ.get("ANJU_DATABASE_URL"):
        os.environ["ANJU_DATA_DIR"] = str(Path("var").resolve() / "lab")
    place.prepare(words)
