"""What a step needs to know of a community, read once: its office, its settings, its people and their load."""

from collections import defaultdict
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count

from anju.accounts import queries as accounts
from anju.accounts.models import Membership, Staff
from anju.accounts.rules import Worker
from anju.duty import queries as duty
from anju.estate.defaults import setting
from anju.estate.models import Community
from anju.notify.actions import Office
from anju.tickets.choices import Status
from anju.tickets.models import Ticket
from anju.tickets.rules.dispatch import LOAD


class Bench:
    """The people and settings of one community during one transaction."""

    def __init__(self, community: Community) -> None:
        self.community = community
        self.office = Office(community.id, community.sign, community.hotline)

    def setting(self, key: str) -> Any:
        """The community's value of an Appendix G key."""
        return setting(self.community.config, key)

    def span(self, key: str) -> timedelta:
        """A setting that is a length of time, by its suffix _min, _h or _days."""
        unit = {"min": "minutes", "h": "hours", "days": "days"}[key.rsplit("_", 1)[1]]
        return timedelta(**{unit: self.setting(key)})

    @cached_property
    def yellow(self) -> tuple[int, int]:
        """Seconds without response and seconds unprocessed at which a light turns yellow."""
        return self.setting("sla.yellow_resp_min") * 60, self.setting("sla.yellow_red_min") * 60

    @cached_property
    def crew(self) -> list[Membership]:
        """Everybody who works here, read once."""
        return accounts.crew(self.community.id)

    @cached_property
    def workers(self) -> list[Worker]:
        """The crew as dispatch and escalation see it: who is on duty by the roster, or by the switch."""
        return duty.workers(self.community, self.crew)

    @cached_property
    def by_id(self) -> dict[int, Worker]:
        return {worker.staff_id: worker for worker in self.workers}

    @cached_property
    def staff(self) -> dict[int, Staff]:
        """Staff rows by id, for phones."""
        return {row.staff_id: row.staff for row in self.crew}

    @cached_property
    def loads(self) -> dict[int, int]:
        """Weighted number of jobs in each worker's hands (P0 4, P1 2, P2 and P3 1)."""
        loads: dict[int, int] = defaultdict(int)
        hands = [row.staff_id for row in self.crew if "WK" in row.roles]
        rows = Ticket.objects.filter(
            handler_id__in=hands, status__in=(Status.DISPATCHED, Status.TAKEN, Status.IN_PROGRESS)
        )
        for handler_id, prio, number in rows.values_list("handler_id", "prio").annotate(number=Count("id")):
            loads[handler_id] += LOAD[prio] * number
        return loads


TITLES = (
    ("WK", "师傅"),
    ("SUP", "主管"),
    ("CSS", "主管"),
    ("DM", "经理"),
    ("PM", "经理"),
    ("CS", "客服"),
    ("OUT", "客服"),
)


def title(worker: Worker | None) -> str:
    """How a message names somebody: 陈师傅 stays, 吴刚 the supervisor becomes 吴主管."""
    if worker is None:
        return "值班经理"
    if worker.name.endswith(("师傅", "工", "姐", "经理", "主管", "公司")):
        return worker.name[:6]
    for role, word in TITLES:
        if role in worker.roles:
            return f"{worker.name[0]}{word}"
    return f"{worker.name[0]}老师"
