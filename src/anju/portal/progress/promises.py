"""The blue card: who does what by when, and honest words when it is late."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from anju.tickets.choices import ClockKind, Status, SuspendReason
from anju.tickets.queries import TicketFacts
from anju.ui import times


@dataclass(frozen=True, slots=True)
class Promise:
    """Three lines: what is going on, by when, and what is to be said about it."""

    lead: str
    main: str
    after: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    facts: TicketFacts
    now: datetime

    def name(self) -> str:
        """The worker, or the word for whoever it will be."""
        ticket = self.facts.ticket
        return self.facts.names.get(ticket.handler_id or 0, "") or _("师傅")

    def deadline(self, *kinds: str) -> datetime | None:
        """The nearest deadline of these clocks that somebody still waits for."""
        running = [one.deadline for one in self.facts.clocks if one.kind in kinds and one.deadline and not one.met_at]
        return min(running, default=None)

    def is_late(self, at: datetime | None) -> bool:
        return at is not None and self.now > at

    def before(self, at: datetime | None, words: str) -> str:
        """`11:30前到`; without a time no promise is made up."""
        return f"{times.hm(at, self.now)}{words}" if at else _("定了时间就告诉您")

    @property
    def promised_at(self) -> datetime | None:
        """What the worker has said; a ticket that follows another one has the time of that one."""
        ticket = self.facts.ticket
        return (ticket.master or ticket).promised_at


def promise(facts: TicketFacts, now: datetime) -> Promise:
    """What holds now."""
    case = _Case(facts, now)
    return SAYS[Status(facts.ticket.status)](case)


def _comforted(case: _Case, lead: str, main: str, at: datetime | None) -> Promise:
    """With a word of truth when the time has passed or somebody above has taken over."""
    ticket = case.facts.ticket
    if ticket.level >= 1:
        chief = case.facts.names.get(ticket.accountable_id or 0, "")
        return Promise(lead, main, _("比约定晚了，主管%(name)s已在跟进") % {"name": chief}, late=True)
    if case.is_late(at):
        return Promise(lead, main, _("比约定晚了，给您添麻烦了。点“催一下”，或打电话"), late=True)
    moved = any(entry.verb == "tickets.delay" for entry in case.facts.entries) and ticket.status == Status.TAKEN
    return Promise(lead, main, _("时间改过，给您添麻烦了") if moved else "")


def _new(case: _Case) -> Promise:
    at = case.deadline(ClockKind.RESP)
    if case.is_late(at):
        return Promise(_("还没人核对"), _("已自动催客服和主管"), _("比承诺晚了，给您添麻烦了。急事请打电话"), late=True)
    return Promise(_("客服正在核对"), case.before(at, _("前有人回应")))


def _accepted(case: _Case) -> Promise:
    at = case.deadline(ClockKind.ARRIVE, ClockKind.RESOLVE)
    visits = case.facts.ticket.leaf.arrival_min is not None
    if not visits:
        return _comforted(case, _("正在处理，预计"), case.before(at, _("前办好")), at)
    return _comforted(case, _("正在安排师傅，预计"), case.before(at, _("前到")), at)


def _dispatched(case: _Case) -> Promise:
    at = case.deadline(ClockKind.ARRIVE, ClockKind.RESOLVE)
    lead = _("已派给%(name)s，等他确认时间，预计") % {"name": case.name()}
    return _comforted(case, lead, case.before(at, _("前到")), at)


def _taken(case: _Case) -> Promise:
    at = case.promised_at
    words = _("前到您家") if case.facts.ticket.room_id else _("前到现场")
    return _comforted(case, _("%(name)s正在来，预计") % {"name": case.name()}, case.before(at, words), at)


def _in_progress(case: _Case) -> Promise:
    at = case.deadline(ClockKind.RESOLVE)
    lead = _("%(name)s正在处理，预计") % {"name": case.name()}
    return _comforted(case, lead, case.before(at, _("前修好")), at)


def _suspended(case: _Case) -> Promise:
    at, why = case.deadline(ClockKind.RESUME), ""
    for entry in reversed(case.facts.entries):
        if entry.verb == "tickets.suspend":
            code = entry.data.get("reason", "")
            why = str(SuspendReason(code).label) if code in SuspendReason else ""
            break
    return Promise(_("暂缓：%(why)s") % {"why": why}, case.before(at, _("前恢复")), _("期间随时可以催"))


def _to_confirm(case: _Case) -> Promise:
    at = case.deadline(ClockKind.AUTO_ACCEPT)
    after = _("%(at)s前没有回复，就算确认") % {"at": times.hm(at, case.now)} if at else ""
    return Promise(_("%(name)s说修好了") % {"name": case.name()}, _("请您看一看"), after)


def _to_rate(case: _Case) -> Promise:
    if case.facts.ticket.visit_due:
        return Promise(_("您的意见收到了"), _("我们会给您打电话"), _("24小时内，由品质专员打给您，不是师傅本人"))
    return Promise(_("已办结"), _("修得怎么样？"), _("点一颗星就行"))


def _closed(case: _Case) -> Promise:
    at = case.facts.ticket.closed_at
    return Promise(_("已完成"), times.hm(at, case.now) if at else "", _("7天内又坏了，可以重开这一单"))


def _cancelled(case: _Case) -> Promise:
    at = case.facts.ticket.closed_at
    return Promise(_("已撤销"), times.hm(at, case.now) if at else "", _("还需要的话，请再报一件"))


SAYS: dict[Status, Callable[[_Case], Promise]] = {
    Status.NEW: _new,
    Status.ACCEPTED: _accepted,
    Status.DISPATCHED: _dispatched,
    Status.TAKEN: _taken,
    Status.IN_PROGRESS: _in_progress,
    Status.SUSPENDED: _suspended,
    Status.PENDING_ACCEPTANCE: _to_confirm,
    Status.PENDING_VISIT: _to_rate,
    Status.CLOSED: _closed,
    Status.CANCELLED: _cancelled,
}
