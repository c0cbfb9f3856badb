"""部门任务: a department says that its part by the ruling is done, and the work ends when all of them have (R20.6)."""

from typing import Any

from django.utils.translation import gettext as _

from anju.accounts.choices import Dept
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.tickets.actions.case import Case
from anju.tickets.actions.opening import opened
from anju.tickets.models import Ticket
from anju.tickets.rules import tasks


def tick(ticket: Ticket, *, by: Scope, task: int, done: bool = True, **more: Any) -> Ticket:
    """Tick a task off, or (with `done` false) open it again; said twice is said once. By the department itself, or by the
    manager of the day.

    Raises Refused TASK_UNKNOWN (404), NOT_ALLOWED (403).
    """
    with opened(ticket, "tick", by=by, **more) as case:
        row = case.ticket
        found = next((one for one in tasks.tasks(row.ruling) if one.number == task), None)
        if found is None:
            raise Refused("TASK_UNKNOWN", _("没有这项部门任务"), status=404)
        if by.depts.get(row.community_id) != found.dept and not by.has(row.community_id, "PM", "DM"):
            raise Refused("NOT_ALLOWED", _("请由承担这项任务的部门来勾"), status=403)
        if bool(found.done_at) != done:
            row.ruling = (
                tasks.ticked(row.ruling, [task], case.now, by.staff_id) if done else tasks.unticked(row.ruling, task)
            )
            case.event("tick", dept=found.dept, task=task, done=done)
    return ticket


def close_all(case: Case) -> None:
    """The work is finished: the leading department's own tasks are done with it.

    Raises Refused SUBTASK_OPEN (409) while one of those who help has not done his.
    """
    row = case.ticket
    open_ones = dict.fromkeys(str(Dept(one.dept).label) for one in tasks.awaited(row.ruling))
    if open_ones:
        message = _("%(depts)s的任务还没勾完，请先让他们做完") % {"depts": "、".join(open_ones)}
        raise Refused("SUBTASK_OPEN", message, status=409)
    if row.ruling:
        row.ruling = tasks.ticked(row.ruling, tasks.own_open(row.ruling), case.now, case.by.staff_id)
