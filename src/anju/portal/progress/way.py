"""The time line: what happened in the reporter's words, what happens now, what is still to come with its promised time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.money import yuan
from anju.core.scope import Scope
from anju.journal.models import Entry
from anju.tickets import queries
from anju.tickets.choices import OWNER_WORDS, ClockKind, Stage, Status, SuspendReason
from anju.tickets.queries import TicketFacts
from anju.ui import times


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo and what it shows."""

    token: str
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """One knot of the line: past, now or next."""

    kind: str
    title: str
    at: str = ""
    note: str = ""
    pictures: Sequence[Picture] = field(default=())


@dataclass(frozen=True, slots=True)
class _Told:
    """One entry with what its words need."""

    entry: Entry
    names: Mapping[int, str]
    note: str
    now: datetime
    mine: bool

    @property
    def data(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.entry.data
        return found

    def name(self) -> str:
        return self.names.get(self.data.get("staff") or self.entry.actor_id or 0, "") or _("师傅")

    def moment(self, key: str) -> str:
        value = self.data.get(key)
        return times.hm(clock.parse(value), self.now) if value else ""


Words = tuple[str, str]


def way(scope: Scope, facts: TicketFacts, shown: queries.Shown, now: datetime) -> list[Step]:
    """The whole line, oldest first."""
    past = [step for entry in facts.entries if (step := _past(scope, facts, shown, entry, now))]
    return [*past, *_ahead(facts, now)]


def _past(scope: Scope, facts: TicketFacts, shown: queries.Shown, entry: Entry, now: datetime) -> Step | None:
    verb = entry.verb.partition(".")[2]
    say = SAYS.get(verb)
    if say is None:
        return None
    note = queries.text_for(scope, facts.ticket, entry.note) if entry.note else ""
    title, words = say(_Told(entry, facts.names, note, now, entry.actor_kind in ("resident", "guest")))
    if verb == "report":
        words = shown.text if shown.text != shown.title else ""
    return Step("past", title, times.hm(entry.at, now), words, _pictures(facts, verb, entry, now))


def _pictures(facts: TicketFacts, verb: str, entry: Entry, now: datetime) -> list[Picture]:
    """The reporter's photos where he reported; before and after side by side where it was finished."""
    stages = {"report": (Stage.REPORT,), "start": (Stage.BEFORE,), "finish": (Stage.BEFORE, Stage.AFTER)}.get(verb, ())
    words = {Stage.REPORT: _("您拍的"), Stage.BEFORE: _("修前"), Stage.AFTER: _("修后")}
    finished = any(one.verb == "tickets.finish" for one in facts.entries)
    if verb == "start" and finished:
        return []
    rows = [one for one in facts.photos if one.stage in stages and (verb != "finish" or one.at <= entry.at)]
    return [
        Picture(
            row.file.token,
            f"{words[Stage(row.stage)]} {times.hm(row.at, now)}" if verb != "report" else words[Stage.REPORT],
        )
        for row in rows
    ]


# --- what happened ------------------------------------------------------------------------------------------------


def _accept(told: _Told) -> Words:
    return (_("已受理") if told.data.get("auto") else _("客服已受理")), ""


def _dispatch(told: _Told) -> Words:
    return _("已派给%(name)s") % {"name": told.name()}, ""


def _take(told: _Told) -> Words:
    name = told.names.get(told.entry.actor_id or 0, _("师傅"))
    return _("%(name)s已接单") % {"name": name}, _("预计%(at)s前到") % {"at": told.moment("eta")}


def _delay(told: _Told) -> Words:
    words = _("%(why)s，改为%(at)s前，给您添麻烦了") % {"why": told.note, "at": told.moment("eta")}
    return _("约定时间有变"), words


def _suspend(told: _Told) -> Words:
    code = told.data.get("reason", "")
    why = SuspendReason(code).label if code in SuspendReason else ""
    return _("暂缓处理"), _("%(why)s，%(at)s前恢复") % {"why": why, "at": told.moment("resume_at")}


def _plan(told: _Told) -> Words:
    return _("定了施工方案"), _("%(why)s，%(at)s前完成") % {"why": told.note, "at": told.moment("due")}


def _quote(told: _Told) -> Words:
    return _("报价%(amount)s元") % {"amount": yuan(int(told.data.get("total_fen", 0)))}, ""


def _confirm(told: _Told) -> Words:
    if told.data.get("auto"):
        return _("到期没有回复，算您确认了"), ""
    return (_("您确认修好了") if told.mine else _("电话里确认修好了")), ""


def _note(told: _Told) -> Words:
    return (_("您补充了") if told.mine else _("客服留言")), told.note


def _follow(told: _Told) -> Words:
    state = told.data.get("to", "")
    return (str(OWNER_WORDS[Status(state)]) if state in Status else _("有进展")), ""


def _merge(told: _Told) -> Words:
    return _("和同一处的报修一起处理"), _("进展会一样告诉您")


def _plain(title: Callable[[], str]) -> Callable[[_Told], Words]:
    return lambda told: (title(), told.note)


SAYS: Mapping[str, Callable[[_Told], Words]] = {
    "report": _plain(lambda: _("您提交了")),
    "accept": _accept,
    "dispatch": _dispatch,
    "transfer": _dispatch,
    "take": _take,
    "start": _plain(lambda: _("师傅到场，开始处理")),
    "delay": _delay,
    "plan": _plan,
    "suspend": _suspend,
    "resume": _plain(lambda: _("继续处理")),
    "urge": lambda told: (_("您催了一次"), _("已转达")),
    "note": _note,
    "reply": _plain(lambda: _("客服答复")),
    "quote": _quote,
    "confirm_quote": _plain(lambda: _("您同意了报价")),
    "refuse_quote": _plain(lambda: _("您没有同意报价")),
    "quote_expired": _plain(lambda: _("报价过期了")),
    "finish": _plain(lambda: _("修好了")),
    "confirm": _confirm,
    "reject": _plain(lambda: _("您说还没修好")),
    "answer": _plain(lambda: _("客服答复")),
    "merge": _merge,
    "follow": _follow,
    "close": _plain(lambda: _("已办结")),
    "reopen": _plain(lambda: _("已重开")),
    "cancel": _plain(lambda: _("已撤销")),
}


# --- what is still to come ----------------------------------------------------------------------------------------


def _ahead(facts: TicketFacts, now: datetime) -> list[Step]:
    """The rest of the road: the first of it is now."""
    titles = {
        "answer": (_("客服核对"), _("超过这个时间没人理，系统自动催主管")),
        "visit": (_("师傅到场"), _("到了会扫码或拍照，您会收到消息")),
        "done": (_("修好，请您确认"), ""),
        "confirm": (_("请您确认"), _("没修好就点“还没修好”，会马上返工")),
        "rate": (_("请您评价"), ""),
    }
    found = [
        Step("next", titles[name][0], _before(_time_of(facts, name), now), titles[name][1])
        for name in AHEAD.get(Status(facts.ticket.status), ())
        if name != "visit" or facts.ticket.leaf.arrival_min is not None
    ]
    if found:
        first = found[0]
        found[0] = Step("now", first.title, first.at, first.note)
    return [found[0], *(Step("next", one.title, one.at) for one in found[1:])] if found else []


AHEAD: Mapping[Status, tuple[str, ...]] = {
    Status.NEW: ("answer", "visit", "done"),
    Status.ACCEPTED: ("visit", "done"),
    Status.DISPATCHED: ("visit", "done"),
    Status.TAKEN: ("visit", "done"),
    Status.IN_PROGRESS: ("done",),
    Status.SUSPENDED: ("done",),
    Status.PENDING_ACCEPTANCE: ("confirm",),
    Status.PENDING_VISIT: ("rate",),
}
CLOCK_OF = {
    "answer": ClockKind.RESP,
    "visit": ClockKind.ARRIVE,
    "done": ClockKind.RESOLVE,
    "confirm": ClockKind.AUTO_ACCEPT,
    "rate": ClockKind.VISIT,
}


def _time_of(facts: TicketFacts, name: str) -> datetime | None:
    """What was promised: by the worker when he has said a time, else by the clock."""
    leading = facts.ticket.master or facts.ticket
    if name == "visit" and leading.promised_at:
        return leading.promised_at
    found = next((one for one in facts.clocks if one.kind == CLOCK_OF[name]), None)
    return found.deadline if found else None


def _before(at: datetime | None, now: datetime) -> str:
    return _("%(at)s前") % {"at": times.hm(at, now)} if at else ""
