"""What a file says, row by row."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be taken, or that deserves a look, and why. `row` counts as the office sees it, from 1."""

    row: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody of a room; phones are canonical, the first is called first."""

    name: str
    role: str
    phones: tuple[str, ...] = ()
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One room with its people. `area_c` in 0.01 ㎡; None and "" are what the file does not say."""

    row: int
    full_code: str
    building_no: str
    unit_no: str
    room_no: str
    usage: str | None = None
    floor_label: str = ""
    floor_ordinal: int | None = None
    area_c: int | None = None
    people: tuple[Who, ...] = ()
