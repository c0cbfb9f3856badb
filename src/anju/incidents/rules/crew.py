"""Who is called into a role, one after the other: by duty, skill and certificate, then upwards (R3.1, R3.2)."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from anju.accounts.rules import Worker
from anju.tickets.rules.dispatch import certificate

FIRE = "消防设施操作员"
Test = Callable[[Worker], bool]


@dataclass(frozen=True, slots=True)
class Need:
    """What decides: the leaf behind the incident, who has a part in it already, who is at another one."""

    leaf: str = ""
    dept: str = ""
    here: Collection[int] = ()
    elsewhere: Collection[int] = ()


def order(role: str, workers: Iterable[Worker], need: Need) -> list[int]:
    """Everybody who may be called into a role, best first, each once.

    Within a step of the ladder whoever is free comes before whoever has another part here or is at another incident.
    """
    people = list(workers)
    found: dict[int, None] = {}
    for able in _ladder(role, need):
        row = sorted((one for one in people if able(one)), key=lambda one: _rank(one, need))
        found.update(dict.fromkeys(one.staff_id for one in row))
    return list(found)


def _rank(worker: Worker, need: Need) -> tuple[bool, bool, bool, float, int]:
    busy, double = worker.staff_id in need.elsewhere, worker.staff_id in need.here
    return busy, double, not worker.on_shift, worker.last_job_at, worker.staff_id


def _ladder(role: str, need: Need) -> Sequence[Test]:
    if role == "CMD":
        return _on("DM"), _holds("DM"), _holds("PM")
    if role == "PM":
        return _holds("PM"), _on("DM"), _holds("DM")
    if role == "CS":
        return _on("CS"), _holds("CSS"), _on("OUT"), *_above("CS")
    if role == "VEND":
        return _holds("VEND"), *_above("ENG")
    if role == "CTRL":
        return lambda one: one.on_shift and FIRE in one.certs, _at_work("SEC"), *_above("SEC")
    return _able(role, need), _at_work(role), _called_in(role, need), *_above(role)


def _above(dept: str) -> Sequence[Test]:
    """The supervisor of the department, the duty manager, the project manager."""
    return lambda one: "SUP" in one.roles and one.dept == dept, _on("DM"), _holds("PM")


def _holds(role: str) -> Test:
    return lambda one: role in one.roles


def _on(role: str) -> Test:
    return lambda one: role in one.roles and one.on_shift


def _at_work(dept: str) -> Test:
    return lambda one: "WK" in one.roles and one.dept == dept and one.on_shift


def _fits(worker: Worker, role: str, need: Need) -> bool:
    """Of the department, and able to do it where it is the department of the fault itself."""
    if "WK" not in worker.roles or worker.dept != role:
        return False
    wanted = certificate(need.leaf)
    return role != need.dept or (need.leaf in worker.skills and (wanted is None or wanted in worker.certs))


def _able(role: str, need: Need) -> Test:
    return lambda one: one.on_shift and _fits(one, role, need)


def _called_in(role: str, need: Need) -> Test:
    return lambda one: one.on_call and _fits(one, role, need)
