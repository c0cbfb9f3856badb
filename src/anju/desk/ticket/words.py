"""What an entry of a ticket's story says, by its verb: an icon, whom it concerns, and a sentence.

Kinds: *dealing* (与业主往来), *work* (处理), *inner* (内部), *system* (系统).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anju import understanding
from anju.accounts.choices import Dept
from anju.core import clock
from anju.core.money import yuan
from anju.tickets.choices import Channel, ClockKind, CloseCode, DeclineReason, Light, Reason, Status, SuspendReason
from anju.ui import times

DEALING, WORK, INNER, SYSTEM = "dealing", "work", "inner", "system"


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of one entry, with names for ids."""

    data: Mapping[str, Any]
    names: Mapping[int, str]
    now: datetime

    def name(self, key: str = "staff") -> str:
        """Who is meant, or nobody."""
        return self.names.get(self.data.get(key) or 0, _("无人"))

    def label(self, choices: type[Any], key: str) -> str:
        """The word for a code, the code itself when it is unknown."""
        code = self.data.get(key, "")
        return str(choices(code).label) if code in choices.values else str(code)

    def moment(self, key: str) -> str:
        """A time in the data, as pages show it."""
        value = self.data.get(key)
        return times.hm(clock.parse(value), self.now) if value else ""

    def kind(self, key: str) -> str:
        """A leaf with its name."""
        code = self.data.get(key, "")
        return f"{code} {understanding.leaf(code).name}" if code in understanding.leaves() else str(code)


Say = Callable[[Told], str]


def _report(told: Told) -> str:
    return _("报事，来源%(channel)s") % {"channel": told.label(Channel, "channel")}


def _accept(told: Told) -> str:
    return _("自动受理，责任人%(name)s") % {"name": told.name()} if told.data.get("auto") else _("受理")


def _dispatch(told: Told) -> str:
    return _("派给%(name)s") % {"name": told.name()}


def _transfer(told: Told) -> str:
    return _("转派给%(name)s") % {"name": told.name()}


def _take(told: Told) -> str:
    return _("接单，预计%(eta)s到") % {"eta": told.moment("eta")}


def _decline(told: Told) -> str:
    return _("拒单：%(reason)s") % {"reason": told.label(DeclineReason, "reason")}


def _start(told: Told) -> str:
    how = {"qr": _("到场，扫码核实"), "geo": _("到场，定位核实"), "photo": _("到场，拍照待核实")}
    how["code"] = _("到场，业主到场码核实")
    return how.get(told.data.get("how", ""), _("开始处理"))


def _delay(told: Told) -> str:
    return _("改约到%(eta)s") % {"eta": told.moment("eta")}


def _suspend(told: Told) -> str:
    values = {"reason": told.label(SuspendReason, "reason"), "at": told.moment("resume_at")}
    return _("挂起：%(reason)s，%(at)s恢复") % values


def _suspend_asked(told: Told) -> str:
    values = {"reason": told.label(SuspendReason, "reason"), "at": told.moment("resume_at")}
    return _("申请挂起：%(reason)s，到%(at)s") % values


def _confirm(told: Told) -> str:
    if told.data.get("auto"):
        return _("到期未答复，视为验收通过")
    if told.data.get("call_id"):
        return _("电话确认验收通过，录音%(call)s") % {"call": told.data["call_id"]}
    return _("验收通过")


def _close(told: Told) -> str:
    return _("关闭：%(code)s") % {"code": told.label(CloseCode, "code")}


def _urge(told: Told) -> str:
    return _("第%(n)s次催办") % {"n": told.data.get("count", "")}


def _escalate(told: Told) -> str:
    return _("升级到%(level)s级，由%(name)s负责") % {"level": told.data.get("level", ""), "name": told.name()}


def _escalate_asked(told: Told) -> str:
    return _("要求升级到%(level)s级") % {"level": told.data.get("level", "")}


def _merge(told: Told) -> str:
    return _("并入%(no)s") % {"no": told.data.get("master", "")}


def _follow(told: Told) -> str:
    return _("随主单变为%(status)s") % {"status": told.label(Status, "to")}


def _quote(told: Told) -> str:
    return _("报价%(amount)s元") % {"amount": yuan(int(told.data.get("total_fen", 0)))}


def _classify(told: Told) -> str:
    return _("类别由%(before)s改为%(leaf)s") % {"before": told.data.get("before", ""), "leaf": told.kind("leaf")}


def _plan(told: Told) -> str:
    return _("提交方案，%(due)s前完成") % {"due": told.moment("due")}


def _offer(told: Told) -> str:
    return _("转给%(dept)s，等对方答复") % {"dept": told.label(Dept, "dept")}


def _receive(told: Told) -> str:
    return _("%(dept)s接收") % {"dept": told.label(Dept, "dept")}


def _refuse(told: Told) -> str:
    return _("%(dept)s退回转接") % {"dept": told.label(Dept, "dept")}


def _rule(told: Told) -> str:
    words = _("到期未裁，按表由%(dept)s牵头") if told.data.get("overdue") else _("裁定：%(dept)s牵头")
    return words % {"dept": told.label(Dept, "lead")}


def _tick(told: Told) -> str:
    words = _("%(dept)s做完了自己的任务") if told.data.get("done") else _("%(dept)s的任务改回没做完")
    return words % {"dept": told.label(Dept, "dept")}


def _light(told: Told) -> str:
    return _("灯变%(light)s：%(reason)s") % {
        "light": told.label(Light, "light"),
        "reason": told.label(Reason, "reason"),
    }


def _breach(told: Told) -> str:
    return _("“%(clock)s”超时") % {"clock": told.label(ClockKind, "clock")}


def _accountable(told: Told) -> str:
    return _("责任人改为%(name)s") % {"name": told.name()}


def _redispatch(told: Told) -> str:
    return _("%(name)s没有接单，重新派") % {"name": told.name()}


def _emergency(told: Told) -> str:
    crew = "、".join(dict.fromkeys(told.names.get(one, "") for one in told.data.get("crew", [])))
    return _("启动应急，已呼叫%(crew)s") % {"crew": crew or _("值班人员")}


def _suspect(told: Told) -> str:
    values = {"leaf": told.kind("leaf"), "question": told.data.get("question", "")}
    return _("疑似%(leaf)s，已提醒客服，并问报事人：%(question)s") % values


def _undo(told: Told) -> str:
    steps = {"accept": _("受理"), "dispatch": _("派单"), "transfer": _("转派"), "suspend": pgettext("step", "挂起")}
    return _("撤回“%(step)s”，没有通知任何人") % {"step": steps.get(told.data.get("of", ""), "")}


SAYS: Mapping[str, tuple[str, str, Say]] = {
    "report": ("message", DEALING, _report),
    "accept": ("user-check", WORK, _accept),
    "dispatch": ("send", WORK, _dispatch),
    "transfer": ("arrow-forward-up", WORK, _transfer),
    "take": ("checks", WORK, _take),
    "decline": ("x", WORK, _decline),
    "hand_over": ("arrow-forward-up", WORK, lambda told: _("离岗交接")),
    "return": ("arrow-back-up", WORK, lambda told: _("退回")),
    "start": ("map-pin", WORK, _start),
    "delay": ("clock", DEALING, _delay),
    "suspend": ("player-pause", WORK, _suspend),
    "suspend_asked": ("player-pause", INNER, _suspend_asked),
    "resume": ("player-play", WORK, lambda told: _("恢复处理")),
    "finish": ("circle-check", WORK, lambda told: _("完成")),
    "confirm": ("checks", DEALING, _confirm),
    "reject": ("arrow-back-up", DEALING, lambda told: _("验收不通过")),
    "close": ("lock", WORK, _close),
    "reopen": ("lock-open", DEALING, lambda told: _("重开")),
    "cancel": ("x", DEALING, lambda told: _("撤销")),
    "urge": ("alert-circle", DEALING, _urge),
    "escalate": ("square-rounded-chevrons-up", WORK, _escalate),
    "escalate_asked": ("square-rounded-chevrons-up", INNER, _escalate_asked),
    "merge": ("git-merge", WORK, _merge),
    "follow": ("git-merge", SYSTEM, _follow),
    "answer": ("message", DEALING, lambda told: _("直接答复")),
    "quote": ("receipt-yuan", DEALING, _quote),
    "confirm_quote": ("checks", DEALING, lambda told: _("同意报价")),
    "refuse_quote": ("x", DEALING, lambda told: _("不同意报价")),
    "quote_expired": ("clock", SYSTEM, lambda told: _("报价过期")),
    "classify": ("list-check", WORK, _classify),
    "plan": ("calendar-event", WORK, _plan),
    "note": ("message", INNER, lambda told: _("备注")),
    "reply": ("message", DEALING, lambda told: _("回复业主")),
    "contact": ("message", INNER, lambda told: _("联系%(name)s") % {"name": told.name()}),
    "offer": ("arrow-forward-up", INNER, _offer),
    "receive": ("user-check", INNER, _receive),
    "refuse": ("arrow-back-up", INNER, _refuse),
    "lock": ("lock", INNER, lambda told: _("往返太多，流转锁定，等裁定")),
    "rule": ("gavel", INNER, _rule),
    "tick": ("circle-check", WORK, _tick),
    "light": ("bulb", SYSTEM, _light),
    "breach": ("clock", SYSTEM, _breach),
    "accountable": ("user", SYSTEM, _accountable),
    "emergency": ("urgent", WORK, _emergency),
    "suspect": ("alert-circle", DEALING, _suspect),
    "no_candidate": ("user-question", SYSTEM, lambda told: _("现在没有合适的人在岗")),
    "redispatch": ("refresh", SYSTEM, _redispatch),
    "visit_due": ("phone-outgoing", SYSTEM, lambda told: _("要回访后才能关闭")),
    "visit_done": ("phone-outgoing", WORK, lambda told: _("回访完成")),
    "freed": ("git-merge", WORK, lambda told: _("原主单%(no)s已撤销，独立处理") % {"no": told.data.get("before", "")}),
    "undo": ("arrow-back-up", SYSTEM, _undo),
    "split": ("git-merge", WORK, lambda told: _("从%(no)s拆开，独立处理") % {"no": told.data.get("before", "")}),
    "refer": (
        "arrow-forward-up",
        DEALING,
        lambda told: _("由%(org)s负责，已转报并跟进") % {"org": told.data.get("org", "")},
    ),
    "first_contact": ("user", INNER, lambda told: _("首问改为%(name)s，原未记录") % {"name": told.name()}),
    "inherit": ("user", INNER, lambda told: _("交接班：首问由%(name)s接续") % {"name": told.name()}),
    "pass_call": ("phone-outgoing", WORK, lambda told: _("来电转接给%(name)s") % {"name": told.name()}),
    "nobody_comes": ("alert-circle", WORK, lambda told: _("应急链上没有人应答，已提醒客服")),
    "promise_broken": ("alert-circle", WORK, lambda told: _("%(name)s应答后没有到场") % {"name": told.name()}),
    "confirm_late": ("checks", INNER, lambda told: _("补录已核实")),
}
UNKNOWN: tuple[str, str, Say] = ("dots", SYSTEM, lambda told: _("有一条记录"))


def verb_of(name: str) -> str:
    """tickets.accept -> accept."""
    return name.rpartition(".")[2]
