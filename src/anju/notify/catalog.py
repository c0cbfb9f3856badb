"""The message templates of Appendix B, read from `templates.psv` beside this file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).with_name("templates.psv")
HOTLINE = "400-800-1234"
"""Stands in the bodies for the hotline of the office."""

CODE = "T901"
EMERGENCY = frozenset({"T121", "T122", "T215", "T301", "T303", "T304", "T308", "T309", "T902", "T903"})
"""N6 (b): SMS and WeChat at once, at any hour, not counted by the caps."""

REPEATABLE = frozenset({CODE, "T206", "T207", "T302", "T314"})
"""Not under "once per template and ticket in 10 minutes": codes, calls for help, and numbered bulletins (R3.3), of
which each says something new."""

_VARIABLE = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """One message: its text with `${x}`, and the channels it may take in order of preference."""

    code: str
    channels: tuple[str, ...]
    to: str
    trigger: str
    body: str

    @property
    def names(self) -> tuple[str, ...]:
        """The variables, in order of appearance."""
        return tuple(_VARIABLE.findall(self.body))

    @property
    def emergency(self) -> bool:
        return self.code in EMERGENCY

    def fill(self, values: Mapping[str, str], hotline: str) -> str:
        """The text with the values in place, in one pass: a value is never looked into again."""
        return _VARIABLE.sub(lambda found: values[found[1]], self.body.replace(HOTLINE, hotline))


@cache
def templates() -> Mapping[str, Template]:
    """All templates by code, in the order of the file."""
    lines = FILE.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("|", 4) for line in lines if line]
    return MappingProxyType(
        {
            code: Template(code, tuple(channels.split(",")), to, trigger, body)
            for code, channels, to, trigger, body in rows
        }
    )


def get(code: str) -> Template:
    """The template of a code. Raises KeyError."""
    return templates()[code]
