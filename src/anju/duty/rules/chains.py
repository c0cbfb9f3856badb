"""The emergency chain: who is rung next, what an answer means, and when something happens by itself (R2.6, R2.7)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from anju.accounts.rules import Worker

MOST_STEPS = 12
MOST_MINUTES = 60
"""An ETA is 1 to 60 minutes (ETA_RANGE)."""
NEAR = timedelta(minutes=30)
"""While the one who comes needs longer, somebody nearer is looked for."""
SECOND = timedelta(seconds=1)


class Who(StrEnum):
    """Whom a step rings: the technician of the kind, a leader, whoever stands on a post, one person, or a number."""

    TECHNICIAN = "TECHNICIAN"
    SUP = "SUP"
    DM = "DM"
    PM = "PM"
    POST = "POST"
    STAFF = "STAFF"
    LINE = "LINE"


def default(ack_s: Sequence[int]) -> list[dict[str, Any]]:
    """The chain of R2.6; `ack_s` are the seconds of its first five steps."""
    first = (Who.TECHNICIAN, Who.TECHNICIAN, Who.SUP, Who.DM, Who.PM)
    steps = [{"who": who.value, "ref": "", "ack_s": seconds} for who, seconds in zip(first, ack_s, strict=True)]
    return [*steps, {"who": Who.LINE.value, "ref": "", "ack_s": ack_s[-1]}]


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides who is rung: the people now, and what this and other runs have done.

    `crew` are the technicians frozen at the beginning; `called` were rung in this run; `busy` are on the way to, or
    rung for, another emergency; `posts` gives who stands on a post; `line` is the number of the company's duty line.
    """

    workers: Sequence[Worker]
    crew: Sequence[int]
    dept: str
    called: Collection[int] = ()
    busy: Collection[int] = ()
    posts: Mapping[str, Sequence[int]] = field(default_factory=dict)
    line: str = ""


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring this person, or (without one) this number, until its time is over."""

    step: int
    staff: int | None
    phone: str = ""


def next_ring(steps: Sequence[Mapping[str, Any]], after: int, facts: Facts) -> Ring | None:
    """The next step that has somebody to ring; None when the chain is at its end."""
    for index in range(after + 1, len(steps)):
        if steps[index]["who"] == Who.LINE:
            phone = str(steps[index]["ref"] or facts.line)
            if phone:
                return Ring(index, None, phone)
            continue
        staff = person(steps, index, facts)
        if staff is not None and staff not in facts.called and not _is_busy(steps[index], staff, facts):
            return Ring(index, staff)
    return None


def _is_busy(step: Mapping[str, Any], staff: int, facts: Facts) -> bool:
    """One cannot go to two places; those who manage may be rung for both."""
    return staff in facts.busy and step["who"] not in (Who.DM, Who.PM)


def person(steps: Sequence[Mapping[str, Any]], index: int, facts: Facts) -> int | None:
    """Who stands behind a step at this moment."""
    step = steps[index]
    who, ref = step["who"], str(step.get("ref", ""))
    if who == Who.TECHNICIAN:
        before = sum(one["who"] == Who.TECHNICIAN for one in steps[:index])
        return facts.crew[before] if before < len(facts.crew) else None
    if who == Who.POST:
        return next(iter(facts.posts.get(ref, ())), None)
    if who == Who.STAFF:
        return int(ref) if ref.isascii() and ref.isdigit() else None
    return _leader(who, facts)


def _leader(role: str, facts: Facts) -> int | None:
    """The supervisor of the department, the duty manager, the project manager: who is on duty before who is not."""
    able = [one for one in facts.workers if role in one.roles and (role != Who.SUP or one.dept == facts.dept)]
    found = sorted(able, key=lambda one: (not one.on_shift, one.staff_id))
    return found[0].staff_id if found else None


def people(steps: Sequence[Mapping[str, Any]], facts: Facts) -> list[int]:
    """All people of the chain, each once."""
    found = (person(steps, index, facts) for index in range(len(steps)) if steps[index]["who"] != Who.LINE)
    return list(dict.fromkeys(one for one in found if one is not None))


def everybody(steps: Sequence[Mapping[str, Any]], facts: Facts) -> list[int]:
    """Who is rung together when the chain is at its end: all its people, and the project manager in any case, also when
    nobody of the chain is there (F49)."""
    manager = _leader(Who.PM, facts)
    return list(dict.fromkeys([*people(steps, facts), *([manager] if manager is not None else [])]))


def holes(steps: Sequence[Mapping[str, Any]], facts: Facts, phones: Collection[int]) -> list[int]:
    """The steps that would ring nobody now: no such person, or one without a number. `phones` have one."""
    found = []
    for index, step in enumerate(steps):
        line = step["who"] == Who.LINE
        rings = (step["ref"] or facts.line) if line else person(steps, index, facts) in phones
        if not rings:
            found.append(index)
    return found


def is_far(eta_at: datetime, acked_at: datetime) -> bool:
    """Whether somebody nearer is looked for meanwhile."""
    return eta_at - acked_at > NEAR


def remind_at(reported_at: datetime, due_at: datetime) -> datetime:
    """When the one who is coming is called again: after two thirds of the time, 20 of 30 minutes (R2.7)."""
    return reported_at + (due_at - reported_at) * 2 / 3


def expires_at(eta_at: datetime, due_at: datetime) -> datetime:
    """An acknowledgement without an arrival holds until he said he would be there, and at least until the deadline."""
    return max(eta_at, due_at) + SECOND


def moments(
    *,
    ring_until: datetime | None,
    acked: bool,
    reminded: bool,
    eta_at: datetime | None,
    reported_at: datetime,
    due_at: datetime,
) -> Iterable[datetime]:
    """When a run does something by itself."""
    if ring_until is not None:
        yield ring_until + SECOND
    if acked and eta_at is not None:
        if not reminded:
            yield remind_at(reported_at, due_at)
        yield expires_at(eta_at, due_at)
