"""The table of domain file 04, typed in again, against what the product does: every action from every state."""

from collections.abc import Callable

import pytest

from anju.core import clock
from anju.core.errors import Refused
from anju.tickets.choices import Status
from anju.tickets.models import Ticket
from anju.tickets.rules import flow
from tests.cast import Cast, later

TABLE = {
    "accept": "NEW",
    "dispatch": "ACCEPTED",
    "take": "DISPATCHED",
    "decline": "DISPATCHED",
    "start": "TAKEN",
    "return": "TAKEN IN_PROGRESS",
    "transfer": "DISPATCHED TAKEN IN_PROGRESS",
    "suspend": "TAKEN IN_PROGRESS SUSPENDED",
    "resume": "SUSPENDED",
    "finish": "IN_PROGRESS",
    "confirm": "PENDING_ACCEPTANCE",
    "reject": "PENDING_ACCEPTANCE",
    "close": "PENDING_VISIT",
    "reopen": "CLOSED",
    "cancel": "NEW ACCEPTED DISPATCHED TAKEN",
    "urge": "NEW ACCEPTED DISPATCHED TAKEN IN_PROGRESS SUSPENDED PENDING_ACCEPTANCE PENDING_VISIT",
    "escalate": "NEW ACCEPTED DISPATCHED TAKEN IN_PROGRESS SUSPENDED PENDING_ACCEPTANCE PENDING_VISIT",
    "merge": "NEW ACCEPTED DISPATCHED TAKEN IN_PROGRESS SUSPENDED",
    "answer": "NEW ACCEPTED",
}


@pytest.mark.parametrize("action", sorted(TABLE))
def test_the_table(action: str) -> None:
    assert {one.value for one in flow.FROM[action]} == set(TABLE[action].split())


def _new(cast: Cast) -> Ticket:
    cast.freeze("accept", "dispatch")
    return cast.report()


def _accepted(cast: Cast) -> Ticket:
    return cast.do("accept", _new(cast), "李敏")


def _dispatched(cast: Cast) -> Ticket:
    return cast.do("dispatch", _accepted(cast), "李敏", to="陈师傅")


def _taken(cast: Cast) -> Ticket:
    return cast.do("take", _dispatched(cast), "陈师傅", eta=30)


def _begun(cast: Cast) -> Ticket:
    return cast.do("start", _taken(cast), "陈师傅", proof={"geo": {"lat": 31.0, "lng": 121.0}})


def _suspended(cast: Cast) -> Ticket:
    return cast.do("suspend", _begun(cast), "吴刚", reason="等待配件", resume_at=later(days=1))


def _finished(cast: Cast) -> Ticket:
    return cast.do("finish", _begun(cast), "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])


def _confirmed(cast: Cast) -> Ticket:
    return cast.do("confirm", _finished(cast), "张伟")


def _closed(cast: Cast) -> Ticket:
    return cast.do("close", _confirmed(cast), "郑洁")


def _cancelled(cast: Cast) -> Ticket:
    return cast.do("cancel", _new(cast), "张伟")


IN_STATE: dict[str, Callable[[Cast], Ticket]] = {
    "NEW": _new,
    "ACCEPTED": _accepted,
    "DISPATCHED": _dispatched,
    "TAKEN": _taken,
    "IN_PROGRESS": _begun,
    "SUSPENDED": _suspended,
    "PENDING_ACCEPTANCE": _finished,
    "PENDING_VISIT": _confirmed,
    "CLOSED": _closed,
    "CANCELLED": _cancelled,
}
WHO = {
    "accept": "赵静",
    "dispatch": "赵静",
    "take": "陈师傅",
    "decline": "陈师傅",
    "start": "陈师傅",
    "return": "陈师傅",
    "transfer": "赵静",
    "suspend": "吴刚",
    "resume": "陈师傅",
    "finish": "陈师傅",
    "confirm": "张伟",
    "reject": "张伟",
    "close": "郑洁",
    "reopen": "张伟",
    "cancel": "张伟",
    "urge": "张伟",
    "escalate": "赵静",
    "merge": "赵静",
    "answer": "赵静",
}
MORE = {
    "take": {"eta": 20},
    "decline": {"reason": "在途"},
    "start": {"proof": {"geo": {"lat": 31.0, "lng": 121.0}}},
    "return": {"reason": "缺工具"},
    "finish": {"result": "更换阀芯，不再滴漏"},
    "reject": {"reason": "还漏"},
    "reopen": {"reason": "又漏"},
    "escalate": {"reason": "业主着急"},
    "answer": {"answer_text": "您好，这件事我们马上安排人处理"},
}


@pytest.mark.parametrize("status", [one.value for one in Status])
def test_what_the_table_does_not_list_is_a_conflict(cast: Cast, status: str) -> None:
    ticket = IN_STATE[status](cast)
    assert ticket.status == status
    other = cast.report("卫生间地漏堵了", who="王秀英")
    more = MORE | {
        "transfer": {"to": cast.garden.staff["马师傅"]},
        "suspend": {"reason": "等待配件", "resume_at": later(days=1)},
        "merge": {"master": other},
    }
    for action, states in TABLE.items():
        if status in states.split():
            continue
        before = Ticket.objects.get(id=ticket.id)
        with pytest.raises(Refused) as refused:
            cast.do(action, Ticket.objects.get(id=ticket.id), WHO[action], **more.get(action, {}))
        assert refused.value.code in ("STATE_CONFLICT", "NOT_ALLOWED", "ALREADY_TAKEN"), (action, refused.value)
        assert Ticket.objects.get(id=ticket.id).version == before.version
    assert clock.now() == before.created_at
