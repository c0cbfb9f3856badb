"""What a file says, row by row."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be taken, and why. `row` counts as the office sees it, from 1."""

    row: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody of a room; phones are canonical, the first is called first; the share is a fraction."""

    name: str
    role: str
    phones: tuple[str, ...] = ()
    share: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One room with its people. `area_c` in 0.01 ㎡."""

    row: int
    full_code: str
    building_no: str
    unit_no: str
    room_no: str
    usage: str = "HOME"
    floor_label: str = ""
    floor_ordinal: int | None = None
    area_c: int | None = None
    people: tuple[Who, ...] = field(default=())
