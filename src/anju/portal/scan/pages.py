"""What the scan screens show: matters already reported here, and the promise below the button."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.scope import Scope
from anju.estate.defaults import setting
from anju.portal.spots import Spot
from anju.tickets import queries
from anju.tickets.choices import Status
from anju.tickets.models import Ticket
from anju.ui import times
from anju.understanding import Leaf

PRECISE = 180


@dataclass(frozen=True, slots=True)
class Known:
    """A matter already reported here, without a word of whoever reported it."""

    no: str
    name: str
    at: datetime
    state: str


def known(spot: Spot) -> list[Known]:
    """What others have reported, for 我也遇到."""
    now = clock.now()
    return [Known(row.no, row.leaf.name, row.reported_at, _state(row, now)) for row in queries.open_at(spot.label)]


def _state(row: Ticket, now: datetime) -> str:
    if row.promised_at and row.promised_at > now and row.status == Status.TAKEN:
        return _("师傅%(at)s前到") % {"at": times.hm(row.promised_at, now)}
    words = {
        Status.NEW: _("等客服核对"),
        Status.SUSPENDED: _("暂缓，会恢复"),
        Status.IN_PROGRESS: _("师傅正在处理"),
    }
    return words.get(Status(row.status), _("已安排师傅"))


def jobs_here(scope: Scope, spot: Spot) -> Sequence[Ticket]:
    """Jobs of a worker who scans a code: those he is on his way to come first."""
    if not scope.is_staff:
        return ()
    mine = [row for row in queries.for_handler(scope) if row.community_id == spot.community.id]
    return [row for row in mine if row.status == Status.TAKEN]


def promise(spot: Spot, leaf: Leaf | None) -> str:
    """15分钟内有人回应，4小时内到场: what the tree says for this kind."""
    minutes = setting(spot.community.config, "sla.response_min")
    if leaf and leaf.prio == "P0":
        minutes = setting(spot.community.config, "sla.response_p0_min")
    answer = _("%(n)d分钟内有人回应") % {"n": minutes}
    if leaf is None or leaf.arrival_min is None:
        return answer
    return _("%(answer)s，%(span)s内到场") % {"answer": answer, "span": span(leaf.arrival_min)}


def span(minutes: int) -> str:
    """30分钟, 4小时, 2天."""
    if minutes < 60 or minutes % 60:
        return _("%(n)d分钟") % {"n": minutes}
    hours = minutes // 60
    return _("%(n)d天") % {"n": hours // 24} if hours >= 48 and hours % 24 == 0 else _("%(n)d小时") % {"n": hours}
