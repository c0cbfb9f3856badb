"""Settings that come from the environment, read once and checked."""

import os
from pathlib import Path

from anju.core.ids import token


def text(name: str, default: str = "") -> str:
    """The value of a variable, or the default when it is unset or empty."""
    return os.environ.get(name, "") or default


def flag(name: str, *, default: bool = False) -> bool:
    """1, true, yes, on are true; 0, false, no, off are false. Raises ValueError otherwise."""
    value = text(name).strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ValueError(f"{name} must be 1 or 0, not {value!r}")


def number(name: str, default: int) -> int:
    """A whole number. Raises ValueError with the variable's name."""
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ValueError(f"{name} must be a whole number, not {value!r}") from error


def folder(name: str, default: str) -> Path:
    """A folder's absolute path."""
    return Path(text(name, default)).expanduser().resolve()


def secret(name: str, file: Path) -> str:
    """A secret from the environment, else from `file`, which is made (mode 0600) on first use."""
    value = text(name)
    if value:
        return value
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _write_once(file, token(48))
    return file.read_text(encoding="ascii").strip()


def _write_once(file: Path, value: str) -> None:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(value)
