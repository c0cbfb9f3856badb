"""What tickets keep of people."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from anju.core import clock
from anju.core.personal import CONTRACT, Declaration, Item, declare
from anju.journal import queries as journal
from anju.tickets.actions.forgetting import forget, hush
from anju.tickets.choices import ENDED
from anju.tickets.models import Ticket

KEPT = timedelta(days=5 * 365)
HEARD = timedelta(days=180)
MOST = 1000
"""So many in one night: the next night goes on."""


def copy(person_id: int) -> Mapping[str, Any]:
    """What he reported, with the entries that he may read."""
    rows = Ticket.objects.filter(reporter_id=person_id).select_related("room", "place", "asset").order_by("id")
    return {"报事": [_copy(row) for row in rows]}


def _copy(row: Ticket) -> dict[str, Any]:
    told = journal.of("ticket", row.id).filter(visible=True)
    return {
        "工单": row.no,
        "时间": clock.iso(row.reported_at),
        "内容": row.text,
        "电话": row.reporter_phone,
        "位置": row.room.full_code if row.room else row.where,
        "结果": row.result,
        "经过": [{"时间": clock.iso(one.at), "说明": one.note} for one in told if one.note],
    }


def holds(person_id: int) -> Sequence[str]:
    """What is not done yet needs him."""
    rows = Ticket.objects.filter(reporter_id=person_id).exclude(status__in=ENDED)
    return [f"工单{no}还没有办结" for no in rows.order_by("id").values_list("no", flat=True)[:20]]


def erase(person_id: int) -> None:
    """His tickets become nobody's."""
    rows = Ticket.objects.filter(reporter_id=person_id, status__in=ENDED)
    forget(list(rows.order_by("id").values_list("id", flat=True)))


def purge(now: datetime) -> Mapping[str, int]:
    """Closed for five years: made nameless; voices of half a year ago: gone (R16.9)."""
    spoken = Ticket.objects.filter(created_at__lt=now - HEARD).exclude(voice=None).order_by("id")
    rows = Ticket.objects.filter(status__in=ENDED, closed_at__lt=now - KEPT, forgotten_at=None).order_by("id")
    return {
        "tickets": forget(list(rows.values_list("id", flat=True)[:MOST])),
        "voices": hush(list(spoken.values_list("id", flat=True)[:MOST])),
    }


declare(
    Declaration(
        "tickets",
        (
            Item(
                "报事内容和联系电话",
                (
                    "tickets.Ticket.title",
                    "tickets.Ticket.text",
                    "tickets.Ticket.reporter_phone",
                    "tickets.Ticket.result",
                    "tickets.Quote.lines_text",
                ),
                "处理报事",
                CONTRACT,
                "办结5年后去掉姓名、电话、房号和文字",
            ),
            Item("语音留言", ("tickets.Ticket.voice",), "听清报事内容", CONTRACT, "180天"),
        ),
        copy=copy,
        holds=holds,
        erase=erase,
        purge=purge,
    )
)
