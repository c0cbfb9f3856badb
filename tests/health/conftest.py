"""An office of its own folder, looked at anew by each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from anju.health import state


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(settings, "ANJU_DATA_DIR", tmp_path)
    state.forget()
    yield tmp_path
    state.forget()
