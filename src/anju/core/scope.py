"""Who is asking. Every query and action takes a scope; there is no ambient user, tenant or request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of askers. A screen hangs on a wall: it sees what is open and how late, and nobody's personal data."""

    SYSTEM = "system"
    STAFF = "staff"
    RESIDENT = "resident"
    GUEST = "guest"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Scope:
    """Who is asking, and in which communities with which roles.

    `roles` maps a community id to role codes (0.3). `signed`: a confidentiality agreement is in force today; without one
    staff see masks only (R16.6). A guest is a reporter without login, who holds the tokens of the
    tickets in `tickets`. `reach` keeps an API token to parts of the API (empty: no limit of its own). The system scope sees everything and is never made from a
    request.
    """

    kind: Kind
    staff_id: int | None = None
    person_id: int | None = None
    communities: frozenset[int] = frozenset()
    roles: Mapping[int, frozenset[str]] = field(default_factory=dict)
    depts: Mapping[int, str] = field(default_factory=dict)
    tickets: frozenset[int] = frozenset()
    name: str = ""
    signed: bool = False
    reach: frozenset[str] = frozenset()

    @property
    def actor_id(self) -> int | None:
        return self.staff_id if self.kind is Kind.STAFF else self.person_id

    @property
    def is_staff(self) -> bool:
        return self.kind is Kind.STAFF

    @property
    def is_system(self) -> bool:
        return self.kind is Kind.SYSTEM

    @property
    def is_owner_side(self) -> bool:
        """Residents and guests: they see the OWNER subset (domain file 01, screens)."""
        return self.kind in (Kind.RESIDENT, Kind.GUEST)

    def roles_in(self, community_id: int) -> frozenset[str]:
        """The role codes this asker holds in a community."""
        return self.roles.get(community_id, frozenset())

    def has(self, community_id: int, *wanted: str) -> bool:
        """True when the asker holds any of the wanted roles there; the system holds all."""
        return self.is_system or not self.roles_in(community_id).isdisjoint(wanted)


SYSTEM = Scope(Kind.SYSTEM, name="系统")


def screen(community_id: int) -> Scope:
    """What hangs on a wall of this community. Anybody may stand before it, so it sees masks only (OUT, unsigned)."""
    return Scope(Kind.SCREEN, communities=frozenset({community_id}), roles={community_id: frozenset({"OUT"})})


def guest(*ticket_ids: int, communities: frozenset[int] = frozenset()) -> Scope:
    """Somebody without login, holding the tokens of these tickets."""
    return Scope(Kind.GUEST, tickets=frozenset(ticket_ids), communities=communities)
