"""Hours per person and month, by rate of pay: what personnel takes over (R2.3, AT2.4)."""

from dataclasses import dataclass, field
from datetime import date

from anju.core.scope import Scope
from anju.duty.choices import STANDING
from anju.duty.queries.roster import turns
from anju.duty.rules import checks
from anju.estate.models import Community


@dataclass(slots=True)
class Hours:
    """One person's month in minutes: of work in all, of it nights, by rate of pay, and what a full-time job has."""

    staff_id: int
    login: str
    name: str
    norm_min: int
    turns: int = 0
    total_min: int = 0
    night_turns: int = 0
    by_rate: dict[int, int] = field(default_factory=dict)

    @property
    def over_min(self) -> int:
        return max(0, self.total_min - self.norm_min)


def hours(scope: Scope, community: Community, first: date, last: date) -> list[Hours]:
    """Everybody with a turn in these dates, by name. Absent people have no hours."""
    norm = checks.norm(first.toordinal(), last.toordinal())
    found: dict[int, Hours] = {}
    for row in turns(scope, community.id, first, last).filter(state__in=STANDING):
        mine = found.setdefault(row.staff_id, Hours(row.staff_id, row.staff.login, row.staff.name, norm))
        if row.shift.on_call:
            continue
        mine.turns += 1
        mine.total_min += row.shift.paid_min
        mine.night_turns += checks.is_night(row.work)
        mine.by_rate[row.pay_rate] = mine.by_rate.get(row.pay_rate, 0) + row.shift.paid_min
    return sorted(found.values(), key=lambda one: (one.name, one.staff_id))
