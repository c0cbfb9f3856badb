"""The classification tree: 115 leaves with department, priority, minutes and hints (Appendix A.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from anju.understanding import tables

UNKNOWN: Final = "ZZ99"
"""The leaf of a text that nothing speaks for: a person decides."""

_SHORT: Final = 12  # B.2, variable `item`
_PAID: Final = frozenset(f"IN{number:02}" for number in range(1, 13)) | {"OR14"}  # A.1, last line


@dataclass(frozen=True, slots=True)
class Leaf:
    """One line of the tree. Minutes count from the report; `arrival_min` None means that nobody visits.

    `type`: RP 报修, CP 投诉, IQ 咨询, RQ 申请/求助, PR 表扬, SG 建议. `prio`: P0 紧急, P1 急修, P2 一般, P3 计划.
    `short` fits an SMS variable. `paid`: at the resident's cost unless warranty or a public riser.
    `order` is the line number in the tree, the last tie-breaker of A.2 step 4.
    """

    code: str
    type: str
    group: str
    name: str
    short: str
    dept: str
    co: tuple[str, ...]
    prio: str
    response_min: int
    arrival_min: int | None
    resolve_min: int
    emergency: bool
    hints: tuple[str, ...]
    paid: bool
    order: int

    @property
    def office(self) -> bool:
        """True when the matter is settled at a desk and nobody comes."""
        return self.arrival_min is None


@cache
def leaves() -> Mapping[str, Leaf]:
    """All leaves by code, in the order of the tree."""
    rows = tables.read("classification")
    return MappingProxyType({row["code"]: _leaf(row, order) for order, row in enumerate(rows)})


def leaf(code: str) -> Leaf:
    """The leaf with this code. KeyError when there is none."""
    return leaves()[code]


@cache
def emergencies() -> frozenset[str]:
    """Codes of the leaves that start the emergency chain."""
    return frozenset(code for code, leaf in leaves().items() if leaf.emergency)


def short(name: str) -> str:
    """`name` in at most 12 characters: without parentheses, and if need be cut at a `/` and closed with 等."""
    bare = name.split("(", 1)[0]
    if len(bare) <= _SHORT:
        return bare
    kept = bare[:_SHORT].rpartition("/")[0] or bare[: _SHORT - 1]
    return f"{kept}等"


def _leaf(row: dict[str, str], order: int) -> Leaf:
    return Leaf(
        code=row["code"],
        type=row["type"],
        group=row["group"],
        name=row["leaf"],
        short=short(row["leaf"]),
        dept=row["dept"],
        co=_split(row["co"]),
        prio=row["priority"],
        response_min=int(row["response_min"]),
        arrival_min=None if row["arrival_min"] == "-" else int(row["arrival_min"]),
        resolve_min=int(row["resolve_min"]),
        emergency=row["emergency"] == "Y",
        hints=_split(row["hints"]),
        paid=row["code"] in _PAID,
        order=order,
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(",")) if cell else ()
