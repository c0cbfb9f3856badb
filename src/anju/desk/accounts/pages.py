"""What the administrator reads: people, rights, the record. Work names and roles only; nothing of residents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anju.accounts import queries as accounts
from anju.accounts.access import PERMISSIONS
from anju.accounts.choices import ADMINISTERED, Role
from anju.core.scope import SYSTEM, Kind, Scope
from anju.desk.accounts.titles import TITLES

NEWEST = 200


@dataclass(frozen=True, slots=True)
class Right:
    """One line of the matrix: a permission and, role by role, whether it holds."""

    name: str
    title: str
    held: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Part:
    """The permissions of one room of the house."""

    name: str
    rights: Sequence[Right]


def matrix() -> list[Part]:
    """Role by permission, from the table that `allowed` asks."""
    rooms = dict.fromkeys(name.partition(".")[0] for name in PERMISSIONS)
    return [
        Part(
            room,
            [
                Right(name, str(TITLES.get(name, "")), [role in roles for role in Role.values])
                for name, roles in PERMISSIONS.items()
                if name.startswith(f"{room}.")
            ],
        )
        for room in rooms
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One act of administration."""

    at: datetime
    who: str
    what: str
    whom: str
    details: str


def record(scope: Scope, community_id: int) -> list[Line]:
    """The newest acts."""
    rows = list(accounts.administered(scope, community_id)[:NEWEST])
    people = {row.subject_id for row in rows if row.subject_type == "staff"}
    names = accounts.names(people | {row.actor_id for row in rows if row.actor_id and row.actor_kind == Kind.STAFF})
    return [
        Line(
            at=row.at,
            who=names.get(row.actor_id or 0, SYSTEM.name),
            what=str(ADMINISTERED[row.verb]),
            whom=names.get(row.subject_id, "") if row.subject_type == "staff" else "",
            details=_details(row.data),
        )
        for row in rows
    ]


def _details(data: dict[str, Any]) -> str:
    """What it was before and is now, where that is known; the setting, the name of a token, how many."""
    if "changed" in data:
        return "；".join(f"{key} {old} → {new}" for key, (old, new) in data["changed"].items())
    if "after" in data:
        return " → ".join(" ".join(data[name]) or "–" for name in ("before", "after") if name in data)
    return str(data.get("label") or data.get("count") or data.get("left") or "")
