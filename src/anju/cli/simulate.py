"""Before `anju simulate`: a throw-away office with keys of its own, whatever office is set here."""

import atexit
import base64
import os
import shutil
import tempfile

from anju.cli import place

KEY = base64.b64encode(b"the simulation's own master key!").decode()


def prepare(words: list[str]) -> None:
    """Set the environment that settings read."""
    for name in [name for name in os.environ if name.startswith("ANJU_")]:
        del os.environ[name]
    folder = tempfile.mkdtemp(prefix="anju-simulation-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"ANJU_DATA_DIR": folder, "ANJU_MASTER_KEY": KEY, "ANJU_SECRET_KEY": KEY}
    place.prepare(words)
