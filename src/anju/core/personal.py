"""What is personal in each room: declared there in `personal.py`, gathered here, asked by the privacy room.

A room says which data it keeps of a person, why and for how long; gives him a copy; names what still needs it; makes it
nameless; and removes what its term is over for. The register of processing is these declarations, read aloud.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

CONTRACT, LAW, CONSENT, OFFICE = "合同必需", "法定义务", "本人同意", "内部管理"
"""Why it may be kept (个人信息保护法 §13)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of data. `where` names its columns (app.Model.field); `whom` is 住户 or 员工."""

    what: str
    where: tuple[str, ...]
    purpose: str
    basis: str
    kept: str
    whom: str = "住户"


def nothing_copied(person_id: int) -> Mapping[str, Any]:
    """Nothing of residents is kept here."""
    return {}


def no_holds(person_id: int) -> Sequence[str]:
    """Nothing here needs a person's data any longer."""
    return ()


def nothing_erased(person_id: int) -> None:
    """Nothing of residents is kept here."""


def nothing_purged(now: datetime) -> Mapping[str, int]:
    """Nothing here has a term."""
    return {}


def nobody_known(person_ids: Sequence[int]) -> Collection[int]:
    """Nothing here names a person but by a foreign key."""
    return ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one room declares. `purge` gives counts by retention class; it is safe to run twice. `knows`: which of these
    people its rows name without a foreign key, so that nobody is removed under them."""

    room: str
    items: tuple[Item, ...]
    copy: Callable[[int], Mapping[str, Any]] = nothing_copied
    holds: Callable[[int], Sequence[str]] = no_holds
    erase: Callable[[int], None] = nothing_erased
    purge: Callable[[datetime], Mapping[str, int]] = nothing_purged
    knows: Callable[[Sequence[int]], Collection[int]] = nobody_known


_declared: dict[str, Declaration] = {}


def declare(declaration: Declaration) -> None:
    """Called once by each room's `personal.py`."""
    _declared[declaration.room] = declaration


def everything() -> list[Declaration]:
    """The declarations of all rooms, by name."""
    return [one for _room, one in sorted(_declared.items())]
