"""Tables of this package: text files with `|` between the columns and the column names in the first line."""

from pathlib import Path

_FOLDER = Path(__file__).with_name("data")


def read(name: str) -> list[dict[str, str]]:
    """Rows of `data/<name>.psv` in file order. ValueError when a line has too few or too many columns."""
    return parse((_FOLDER / f"{name}.psv").read_text(encoding="utf-8"))


def parse(text: str) -> list[dict[str, str]]:
    """Rows of a table given as text."""
    head, *lines = text.splitlines()
    names = head.split("|")
    return [dict(zip(names, line.split("|"), strict=True)) for line in lines if line]
