"""What a run says at its end: counts, not adjectives."""

from collections.abc import Iterator

from anju.lab.simulation.tally import Tally

CHECKED = {
    "P1 lost": "承诺过的工单号都在库里",
    "P2 late": "到点的步骤按时执行（进程刚被杀可晚一个租期）",
    "P2 missed": "没有漏掉的步骤",
    "P3 first word": "有电话的报事人都收到第一条消息",
    "P3 lost": "记为已发的消息，通道确实收到过",
    "P3 says why": "没发出的消息说明了原因",
    "P4 attempts": "发出次数不超过尝试次数",
    "P4 bounded": "重复发送不超过中断和丢失应答的次数",
    "P4 keyless": "只有不认编号的通道会重复",
    "I2 same answer": "同一编号再提交，得到同一单",
    "I2 one each": "一个工单号只给一次",
    "I2 none besides": "没有多出来的工单",
    "I3 path": "状态只走流转表里的路",
    "I3 seq": "工单经过的序号不断",
    "I3 state": "库里的状态、级别与经过一致",
    "I3 second": "后到的人被告知已变化",
    "I4 handed on": "责任人一个接一个，不留空",
    "I4 one accountable": "每一单恰有一个责任人",
    "I5 moment": "自动的步骤发生在算出的那一秒",
    "I5 due": "时钟的期限与另算的一致",
    "I5 late": "时钟的超时与另算的一致",
    "I6 levels": "升级一级一级走，办结后不再升级",
    "I7 stuck": "没有卡住的消息",
    "I8 forward": "消息的状态只向前",
    "I17 chain": "查看记录的签名链完整",
    "I19 five a day": "每人每天的短信不超过5条",
    "I21 answered": "每次提交都有应答",
    "I23 timers parked": "没有搁置的定时",
    "I23 news parked": "没有搁置的通知",
    "I24 whole seconds": "记下的时刻都是UTC整秒",
}
"""What each check means. A run must have made every one of them."""

OFTEN = (
    *("killed before-any-commit", "killed after-any-commit", "killed before-send", "killed after-send"),
    *("provider ok", "provider error", "provider accept_then_timeout", "provider down"),
    *("told again SENT", "told again DELIVERED", "told again READ", "told again FAILED"),
    *("late RESP", "late ACCEPT", "late ARRIVE", "late RED", "late RESOLVE", "late ESC24", "L1"),
)
"""What chance brings about in every run, however short."""

SOMETIMES = (
    *OFTEN,
    *("killed before-commit", "killed after-commit", "killed under a person", "provider timeout"),
    *("an answer got lost", "asked again, the same ticket", "a stairway reports", "came second"),
    *("late PLAN", "late COMPANY", "late HANDOFF", "L2", "L3"),
    *("by itself resume", "by itself confirm", "by itself close", "refused STATE_CONFLICT"),
    *("call answered 1", "call answered 2", "call answered by nobody"),
)
"""What chance must have brought about: a run without it has not tried what it is for."""


def lines(tally: Tally, tickets: int, days: int, seconds: float) -> Iterator[str]:
    """The report, line by line."""
    yield "核对"
    for name, words in CHECKED.items():
        yield f"  {name:<20}{tally.checked[name]:>10,}  {words}"
    yield "发生过"
    for name in sorted({*tally.seen, *SOMETIMES}):
        yield f"  {name:<34}{tally.seen[name]:>10,}{'' if tally.seen[name] else '  没有遇到'}"
    total = sum(tally.checked[name] for name in CHECKED)
    yield f"最晚 {tally.most['seconds late']} 秒；重复发送 {tally.most['doubled']} 条；消息 {tally.checked['messages']:,} 条"
    pace = tickets * days / max(seconds, 1) * 60
    yield f"核对了 {total:,} 次，工单 {tickets:,} 张，{days} 天，用时 {seconds:.0f} 秒，每分钟 {pace:,.0f} 单·天"


def failings(tally: Tally, *, short: bool) -> list[str]:
    """Why the run is not good: what did not hold, what was never checked, what never happened."""
    unchecked = [f"没有核对过 {name}" for name in CHECKED if not tally.checked[name] and name not in RARE]
    wanted = OFTEN if short else SOMETIMES
    return tally.problems() + unchecked + [f"没有遇到过 {name}" for name in wanted if not tally.seen[name]]


RARE = ("I3 second",)
"""Counted only when it goes wrong."""
