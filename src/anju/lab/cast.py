"""The people of the lab by name, and the printed codes of its places."""

from dataclasses import dataclass
from functools import cache

from anju.accounts import queries as accounts
from anju.core import phones
from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from anju.estate import queries as register
from anju.notify.actions import phone_id


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody: how deliveries name him, his phone, his roles."""

    kind: str
    address: str
    phone: str
    roles: tuple[str, ...] = ()


@cache
def people() -> dict[str, Member]:
    """Everybody by name."""
    found: dict[str, Member] = {}
    for community in register.communities(SYSTEM):
        for row in accounts.crew(community.id):
            found[row.staff.login] = Member("staff", f"staff:{row.staff_id}", row.staff.phone, tuple(row.roles))
        for person in register.residents(SYSTEM, community.id):
            found[person.name] = Member("resident", f"person:{person.id}", register.phone_of(person.id) or "")
    return found


def forget() -> None:
    """After a reset everybody is somebody else."""
    people.cache_clear()


def addresses(name: str) -> list[str]:
    """How deliveries name somebody of the cast, himself and by his phone, or a bare phone number. Raises Refused."""
    member = people().get(name)
    found = [member.address, _bare(member.phone)] if member else [_bare(name)]
    if not any(found):
        raise Refused("PERSON_UNKNOWN", "没有这个人", status=404)
    return [one for one in found if one]


def names() -> dict[str, str]:
    """Everybody's name by the names deliveries use."""
    return {address: name for name in people() for address in addresses(name)}


def _bare(text: str) -> str:
    """The recipient name of a bare phone number, "" when it is none."""
    found = phones.parse(text)
    return f"phone:{phone_id(found.number)}" if found else ""


def labels() -> dict[str, str]:
    """Printed codes by the code of their place or asset."""
    return {
        (label.asset.code if label.asset else label.place.code if label.place else label.code): label.code
        for community in register.communities(SYSTEM)
        for label in register.labels(SYSTEM, community.id)
    }
