"""Who sees what: table 16.2 as versioned data, and the one boundary by which personal values leave the server.

`policies/N.psv` is version N of the table, field by context by role. F full, M masked, R masked here and full after a
reveal with reason, S surname and title, B not shown but callable by button, P a part of it that the owner of the data
computes (yes or no, totals, the building), - nothing. A context row takes the place of the plain one: `open` while the
ticket is open and in the asker's hands, `open-parking` when it is about parking as well.

A door never touches a value itself: it asks a `Sight`, made by `sight`, which knows who is asking. Staff without a
confidentiality agreement in force see masks only, whatever their roles (R16.6, AT16.4).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from anju.core.scope import Scope
from anju.vault import masks, names
from anju.vault.prose import Kind

VERSION = 1
"""The version in force; every line of the reveal log names the one it was made under."""

PARKING = frozenset({"OR05", "OR06", "AC02"})
_FOLDER = Path(__file__).with_name("policies")
_RANK = "FRMSBP-"
_UNSIGNED: Mapping[str, str] = {"F": "M", "R": "M", "S": "M"}


@cache
def table(version: int = VERSION) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """(field, context) -> role -> letter."""
    lines = (_FOLDER / f"{version}.psv").read_text(encoding="ascii").splitlines()
    head, *rows = (line.split("|") for line in lines)
    return {(row[0], row[1]): dict(zip(head[2:], row[2:], strict=True)) for row in rows}


@cache
def fields() -> tuple[str, ...]:
    """The fields of the table, in its order."""
    return tuple(dict.fromkeys(field for field, _context in table()))


_MASKS: Mapping[str, Callable[[str], str]] = {
    "name": masks.name,
    "phone": masks.phone,
    "room": masks.room,
    "id_no": masks.id_no,
    "plate": masks.plate,
}
SHOWABLE = tuple(_MASKS)
_IN_TEXT = {Kind.PHONE: "phone", Kind.ID_NO: "id_no", Kind.PLATE: "plate", Kind.ROOM: "room"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as somebody may see it. `can_reveal`: the full value is given for a reason; `can_call`: by button."""

    text: str
    can_reveal: bool = False
    can_call: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """How much one asker sees of one person here and now. `mine`: his own; `in_hand`: of the open ticket he works on."""

    roles: frozenset[str] = frozenset()
    mine: bool = False
    in_hand: bool = False
    leaf: str = ""
    signed: bool = True

    def letter(self, field: str) -> str:
        """The cell that holds: the most permissive of all roles. Raises KeyError for a field without policy."""
        if (field, "") not in table():
            raise KeyError(f"no policy for field {field!r}")
        if self.mine:
            return "F"
        cells = _row(field, self._context(field))
        found = min((cells.get(role, "-") for role in self.roles), key=_RANK.index, default="-")
        return found if self.signed else _UNSIGNED.get(found, "M" if found == "M" else "-")

    def _context(self, field: str) -> str:
        if not self.in_hand:
            return ""
        parking = field == "plate" and self.leaf in PARKING
        return "open-parking" if parking else "open"

    def look(self, field: str, value: str) -> Shown:
        """The value as it may be seen, and what more may be done with it."""
        cell = self.letter(field)
        callable_ = field == "phone" and cell in "FRMB" and bool(value) and self.signed
        return Shown(_text(cell, field, value), can_reveal=cell == "R" and bool(value), can_call=callable_)

    def show(self, field: str, value: str) -> str:
        """The value as it may be seen without a reveal: full, masked, surname and title, or ""."""
        return _text(self.letter(field), field, value)

    def text(self, value: str, hotline: str = "") -> str:
        """Free text with what may not be seen in full masked in place (16.1), e-mail addresses always; but for the
        hotline, which is everybody's."""
        if self.mine:
            return value
        if hotline and hotline in value:
            return hotline.join(self.text(part) for part in value.split(hotline))
        return masks.mask_text(value, _kept(self))


OUTSIDE = Sight(frozenset({"OUT"}))
"""What is written for nobody in particular, a terminal or a whole crew: masks only."""


def sight(scope: Scope, community_id: int, *, mine: bool = False, in_hand: bool = False, leaf: str = "") -> Sight:
    """How much this asker sees of the people of a community. The system reads texts in full and the rest as a PM."""
    if scope.is_system:
        return _OF_SYSTEM
    roles = scope.roles_in(community_id)
    return Sight(roles | {"WK"} if in_hand else roles, mine, in_hand, leaf, scope.signed)


_OF_SYSTEM = Sight(frozenset({"PM"}))


def may_reveal(roles: Iterable[str], field: str) -> bool:
    """Whether table 16.2 lets one of these roles look at the field for a reason."""
    return field in SHOWABLE and Sight(frozenset(roles)).letter(field) == "R"


@cache
def _kept(seen: Sight) -> frozenset[Kind]:
    """What may stand in a text as it was written. Few different sights exist, so they are worked out once."""
    return frozenset(kind for kind, field in _IN_TEXT.items() if seen.letter(field) == "F")


@cache
def _row(field: str, context: str) -> Mapping[str, str]:
    known = table()
    return known.get((field, context)) or known[field, ""]


def _text(cell: str, field: str, value: str) -> str:
    if cell == "F":
        return value
    if cell == "S":
        return names.salutation(value)
    return _MASKS[field](value) if cell in "RM" else ""
