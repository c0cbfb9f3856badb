"""What each list says as lines of a sheet: work, places and staff. No name, number or word of a resident is among them;
those leave the house as R16.4 wants it, by an export with a purpose, encrypted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.accounts import queries as accounts
from anju.accounts.choices import Dept, Role
from anju.core import clock
from anju.core.sheets import Line
from anju.desk.accounts import pages as administering
from anju.desk.frame import Frame
from anju.duty import queries as duty
from anju.estate import queries as estate
from anju.feedback import queries as feedback
from anju.incidents import queries as incidents
from anju.tickets import queries as tickets
from anju.ui import shifts

Make = Callable[[Frame], Sequence[Line]]
MOST = 5000


@dataclass(frozen=True, slots=True)
class Book:
    """One list: its name in the address, the title of its sheet, who may see it, and its lines, the first the header."""

    name: str
    title: Any
    permission: str
    make: Make


def at(moment: datetime | None) -> str:
    """2026-03-02 09:00 in Shanghai, so that Excel sorts it."""
    return f"{clock.local(moment):%Y-%m-%d %H:%M}" if moment else ""


def _handovers(around: Frame) -> list[Line]:
    rows = duty.handovers(around.scope, around.community.id)[:MOST]
    head = [_("日期"), _("班次"), _("岗位"), _("交班人"), _("接班人"), _("状态"), _("交班时间"), _("接班时间")]
    return [
        head,
        *(
            [
                f"{row.turn.day:%Y-%m-%d}",
                row.turn.shift.name,
                row.turn.post.name,
                row.turn.staff.name,
                row.to_turn.staff.name if row.to_turn else "",
                row.get_state_display(),
                at(row.submitted_at),
                at(row.accepted_at),
            ]
            for row in rows
        ),
    ]


def _revisits(around: Frame) -> list[Line]:
    rows = list(feedback.revisits(around.scope, around.community.id)[:MOST])
    stars = feedback.stars_of(around.scope, [row.ticket_id for row in rows])
    head = [_("工单号"), _("类别"), _("原因"), _("期限"), _("超时"), _("回访人"), _("已打"), _("星")]
    now = clock.now()
    return [
        head,
        *(
            [
                row.ticket.no,
                row.ticket.leaf.name,
                row.get_reason_display(),
                at(row.due_at),
                _("是") if now > row.due_at else "",
                row.assignee.name if row.assignee else "",
                len(row.attempts),
                stars[row.ticket_id].stars if row.ticket_id in stars else None,
            ]
            for row in rows
        ),
    ]


def _codes(around: Frame) -> list[Line]:
    head = [_("名称"), _("种类"), _("编号"), _("码"), _("最近扫码"), _("已核对")]
    lines: list[Line] = [head]
    for label in estate.labels(around.scope, around.community.id):
        target = label.asset or label.place
        if target:
            seen = [at(label.scanned_at), at(label.checked_at)]
            lines.append([target.name, target.get_kind_display(), target.code, label.code, *seen])
    return lines


def _absences(around: Frame) -> list[Line]:
    now = clock.now()
    rows = duty.leaves(around.scope, around.community.id, now, now + shifts.AHEAD).order_by("begin_at", "id")
    head = [_("姓名"), _("种类"), _("开始"), _("结束"), _("状态")]
    return [
        head,
        *(
            [row.staff.name, row.get_kind_display(), at(row.begin_at), at(row.end_at), row.get_state_display()]
            for row in rows.select_related("staff")[:MOST]
        ),
    ]


def _shift(around: Frame) -> list[Line]:
    loads = tickets.in_hand(around.scope, around.community.id)
    head = [_("部门"), _("姓名"), _("岗位"), _("在岗"), _("签到"), _("手上件数")]
    return [
        head,
        *(
            [
                str(Dept(row.dept).label),
                row.staff.name,
                "、".join(str(Role(role).label) for role in row.roles if role in Role.values),
                _("在岗") if row.on_shift else _("不在岗"),
                at(row.checked_in_at),
                loads.get(row.staff_id, 0),
            ]
            for row in around.staff
        ),
    ]


def _incidents(around: Frame) -> list[Line]:
    head = [_("编号"), _("种类"), _("位置"), _("状态"), _("开始"), _("演练")]
    return [
        head,
        *(
            [row.no, row.kind, row.place, row.get_state_display(), at(row.opened_at), _("是") if row.is_drill else ""]
            for row in incidents.incidents(around.scope, around.community.id)[:MOST]
        ),
    ]


def _accounts(around: Frame) -> list[Line]:
    head = [_("姓名"), _("账号"), _("部门"), _("岗位")]
    return [
        head,
        *(
            [
                row.staff.name,
                row.staff.login,
                str(Dept(row.dept).label),
                "、".join(str(Role(role).label) for role in row.roles if role in Role.values),
            ]
            for row in accounts.crew_accounts(around.scope, around.community.id)
        ),
    ]


def _record(around: Frame) -> list[Line]:
    head = [_("时间"), _("谁"), _("做了什么"), _("对谁"), _("内容")]
    rows = administering.record(around.scope, around.community.id)
    return [head, *([at(row.at), row.who, row.what, row.whom, row.details] for row in rows)]


BOOKS = (
    Book("handovers", gettext_lazy("交接单"), "duty.see", _handovers),
    Book("revisits", gettext_lazy("要回访的"), "feedback.revisit", _revisits),
    Book("codes", gettext_lazy("二维码"), "estate.codes", _codes),
    Book("absences", gettext_lazy("请假"), "duty.plan", _absences),
    Book("shift", gettext_lazy("谁在岗"), "desk.see", _shift),
    Book("incidents", gettext_lazy("应急"), "incidents.see", _incidents),
    Book("accounts", gettext_lazy("账号"), "accounts.manage", _accounts),
    Book("record", gettext_lazy("管理记录"), "accounts.manage", _record),
)
