"""The key by which equal names are found."""

from anju.core import text
from anju.vault.blind import blind, blinds


def name_key(name: str) -> str:
    """The blind index of a name: blanks, case and full-width make no difference."""
    return blind(text.fold(name), "name")


def name_keys(name: str) -> tuple[str, ...]:
    """Every key under which a row with this name may be stored now."""
    return blinds(text.fold(name), "name")
