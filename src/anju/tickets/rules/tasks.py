"""What each department has to do by a ruling: the work may be finished when those who help have done theirs (R20.6)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anju.accounts.choices import Dept

Ruling = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """One department's part. `due` and `done_at` as they were written (ISO 8601), "" for none; `number` never changes."""

    number: int
    dept: str
    text: str
    due: str
    lead: bool
    done_at: str
    done_by: int | None


def tasks(ruling: Ruling) -> list[Task]:
    """Those that were named, then the departments of which nothing was said; no ruling, no tasks."""
    if not ruling:
        return []
    named = [one for one in ruling.get("subtasks", ()) if isinstance(one, Mapping) and one.get("dept") in Dept.values]
    told = {one["dept"] for one in named}
    others = [{"dept": dept} for dept in (ruling["lead"], *ruling.get("co", ())) if dept not in told]
    return [_task(ruling, number, one) for number, one in enumerate((*named, *others))]


def _task(ruling: Ruling, number: int, one: Mapping[str, Any]) -> Task:
    tick = ruling.get("ticks", {}).get(str(number), {})
    return Task(
        number=number,
        dept=one["dept"],
        text=str(one.get("text", "")),
        due=str(one.get("due", "")),
        lead=one["dept"] == ruling["lead"],
        done_at=tick.get("at", ""),
        done_by=tick.get("by"),
    )


def awaited(ruling: Ruling) -> list[Task]:
    """The open tasks of those who help; the leading department's own are done when it finishes."""
    return [one for one in tasks(ruling) if not one.lead and not one.done_at]


def ticked(ruling: Ruling, numbers: Collection[int], at: datetime, by: int | None) -> dict[str, Any]:
    """The ruling with these tasks done."""
    done = {str(number): {"at": at.isoformat(), "by": by} for number in numbers}
    return {**ruling, "ticks": {**ruling.get("ticks", {}), **done}}


def unticked(ruling: Ruling, number: int) -> dict[str, Any]:
    """The ruling with this task open again."""
    left = {key: tick for key, tick in ruling.get("ticks", {}).items() if key != str(number)}
    return {**ruling, "ticks": left}


def own_open(ruling: Ruling) -> Sequence[int]:
    """The open tasks of the leading department."""
    return [one.number for one in tasks(ruling) if one.lead and not one.done_at]
