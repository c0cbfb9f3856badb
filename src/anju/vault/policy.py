"""Who sees what: table 16.2 as data. Enforced where values leave the server, not on the screen only.

F full, M masked, R masked here and full after a reveal with reason, S surname and title, B not shown but callable by
button, - nothing. `while_open` cells hold only for the ticket the worker has in hand.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from anju.vault import masks, names

FIELDS = ("name", "phone", "room", "id_no", "plate")
PLATE_LEAVES = frozenset({"OR05", "OR06", "AC02"})
_RANK = "FRMSB-"

_TABLE = """
role  name phone room id_no plate
CS    R    R     R    -     R
OUT   M    M     M    -     M
WK    S    B     M    -     -
CSS   R    R     R    -     R
SUP   R    R     R    -     R
DM    R    R     R    -     R
FIN   R    R     F    R     R
PM    R    R     R    -     R
QLT   M    M     M    -     M
COMP  R    R     R    R     R
OC    -    -     -    -     -
ADM   -    -     -    -     -
HR    -    -     -    -     -
"""
_WHILE_OPEN = {("WK", "room"): "F", ("WK", "plate"): "F"}


def _read(table: str) -> dict[tuple[str, str], str]:
    head, *rows = (line.split() for line in table.strip().splitlines())
    return {(row[0], field): letter for row in rows for field, letter in zip(head[1:], row[1:], strict=True)}


CELLS = _read(_TABLE)
_MASKS: dict[str, Callable[[str], str]] = {
    "name": masks.name,
    "phone": masks.phone,
    "room": masks.room,
    "id_no": masks.id_no,
    "plate": masks.plate,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as somebody may see it. `can_reveal`: the full value is given for a reason; `can_call`: by button."""

    text: str
    can_reveal: bool = False
    can_call: bool = False


def letter(roles: Iterable[str], field: str, *, mine: bool = False, assigned_open: bool = False, leaf: str = "") -> str:
    """The cell that holds: the most permissive of all roles. An unknown role sees nothing; `mine` is the data subject.

    `leaf` is needed for plates only: a worker sees them for OR05, OR06 and AC02.
    """
    if field not in FIELDS:
        raise KeyError(f"no policy for field {field!r}")
    if mine:
        return "F"
    cells = {_cell(role, field, assigned_open, leaf) for role in roles}
    return min(cells, key=_RANK.index, default="-")


def show(
    roles: Iterable[str], field: str, value: str, *, mine: bool = False, assigned_open: bool = False, leaf: str = ""
) -> str:
    """The value as these roles may see it without a reveal: full, masked, surname and title, or "" (16.2)."""
    return look(roles, field, value, mine=mine, assigned_open=assigned_open, leaf=leaf).text


def look(
    roles: Iterable[str], field: str, value: str, *, mine: bool = False, assigned_open: bool = False, leaf: str = ""
) -> Shown:
    """`show`, and what more the asker may do."""
    cell = letter(roles, field, mine=mine, assigned_open=assigned_open, leaf=leaf)
    callable_ = field == "phone" and cell in "FRMB" and bool(value)
    return Shown(_text(cell, field, value), can_reveal=cell == "R" and bool(value), can_call=callable_)


def _cell(role: str, field: str, assigned_open: bool, leaf: str) -> str:
    opened = _WHILE_OPEN.get((role, field)) if assigned_open else None
    if opened and (field != "plate" or leaf in PLATE_LEAVES):
        return opened
    return CELLS.get((role, field), "-")


def _text(cell: str, field: str, value: str) -> str:
    if cell == "F":
        return value
    if cell == "S":
        return names.salutation(value)
    return _MASKS[field](value) if cell in "RM" else ""
