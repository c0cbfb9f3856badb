"""Types, states, lights, clocks and reasons (domain files 01 and 04)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Type(TextChoices):
    """What kind of matter it is."""

    REPAIR = "RP", _("报修")
    COMPLAINT = "CP", _("投诉")
    INQUIRY = "IQ", _("咨询")
    REQUEST = "RQ", _("申请")
    PRAISE = "PR", _("表扬")
    SUGGESTION = "SG", _("建议")


CLOCKED_TYPES = frozenset({Type.REPAIR, Type.COMPLAINT, Type.INQUIRY, Type.REQUEST})
"""Types with RED and ESC24; praise and suggestions have RESP and RESOLVE only (R1.6)."""


class Prio(TextChoices):
    """紧急, 急修, 一般, 计划."""

    P0 = "P0", _("紧急")
    P1 = "P1", _("急修")
    P2 = "P2", _("一般")
    P3 = "P3", _("计划")


class Status(TextChoices):
    """The exact states of a work order."""

    NEW = "NEW", _("待受理")
    ACCEPTED = "ACCEPTED", _("待派单")
    DISPATCHED = "DISPATCHED", _("待接单")
    TAKEN = "TAKEN", _("已接单")
    IN_PROGRESS = "IN_PROGRESS", _("处理中")
    SUSPENDED = "SUSPENDED", _("挂起")
    PENDING_ACCEPTANCE = "PENDING_ACCEPTANCE", _("待验收")
    PENDING_VISIT = "PENDING_VISIT", _("待评价")
    CLOSED = "CLOSED", _("已关闭")
    CANCELLED = "CANCELLED", _("已撤销")


OWNER_WORDS = {
    Status.NEW: _("已提交"),
    Status.ACCEPTED: _("已受理"),
    Status.DISPATCHED: _("已派单"),
    Status.TAKEN: _("师傅已接单"),
    Status.IN_PROGRESS: _("处理中"),
    Status.SUSPENDED: _("暂缓"),
    Status.PENDING_ACCEPTANCE: _("请您确认"),
    Status.PENDING_VISIT: _("待评价"),
    Status.CLOSED: _("已完成"),
    Status.CANCELLED: _("已撤销"),
}

UNPROCESSED = frozenset({Status.NEW, Status.ACCEPTED, Status.DISPATCHED, Status.TAKEN})
FINISHED = frozenset({Status.PENDING_ACCEPTANCE, Status.PENDING_VISIT, Status.CLOSED, Status.CANCELLED})
ENDED = frozenset({Status.CLOSED, Status.CANCELLED})


class Light(TextChoices):
    """What needs action now (R1.1); the order of lists is red, yellow, green, grey."""

    RED = "RED", _("红")
    YELLOW = "YELLOW", _("黄")
    GREEN = "GREEN", _("绿")
    GREY = "GREY", _("灰")


LIGHT_RANK = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2, Light.GREY: 3}


class ClockKind(TextChoices):
    """The clocks of a ticket. The first six are those of domain file 01; the others follow the same deadline rule."""

    RESP = "RESP", _("响应")
    ACCEPT = "ACCEPT", _("接单")
    ARRIVE = "ARRIVE", _("到场")
    RED = "RED", _("未处理")
    RESOLVE = "RESOLVE", _("处理")
    ESC24 = "ESC24", _("24小时")
    QUEUE = "QUEUE", _("待派")
    RESUME = "RESUME", _("挂起到期")
    QUOTE = "QUOTE", _("报价")
    PLAN = "PLAN", _("方案")
    COMPANY = "COMPANY", _("督办")
    HANDOFF = "HANDOFF", _("转接")
    RULING = "RULING", _("裁定")
    AUTO_ACCEPT = "AUTO_ACCEPT", _("确认")
    VISIT = "VISIT", _("评价")


class ClockState(TextChoices):
    """BREACHED stays for statistics, even when the clock is met later."""

    RUNNING = "RUNNING", _("运行")
    PAUSED = "PAUSED", _("暂停")
    MET = "MET", _("达成")
    BREACHED = "BREACHED", _("超时")
    VOID = "VOID", _("作废")


class Reason(TextChoices):
    """Why the light is what it is."""

    CLOSED = "CLOSED", _("已结束")
    SUSPENDED = "SUSPENDED", _("已挂起")
    RED = "RED", _("未处理超2小时")
    RESOLVE = "RESOLVE", _("处理超时")
    ARRIVE = "ARRIVE", _("到场超时")
    ESCALATED = "ESCALATED", _("已升级")
    LOCKED = "LOCKED", _("锁定待裁")
    RESP = "RESP", _("响应超时")
    RESP_SOON = "RESP_SOON", _("响应快到时限")
    RED_SOON = "RED_SOON", _("未处理快到2小时")
    RESOLVE_SOON = "RESOLVE_SOON", _("处理快到时限")
    WAS_RED = "WAS_RED", _("曾亮红灯")
    NONE = "NONE", _("在时限内")


class Channel(TextChoices):
    """Where a report came from."""

    MINIPROGRAM = "miniprogram", _("小程序")
    QR = "qr", _("扫码")
    PHONE = "phone", _("电话")
    COUNTER = "counter", _("前台")
    STAFF = "staff", _("员工代报")
    API = "api", _("接口")


class LeafSource(TextChoices):
    """Whether the machine or a person chose the leaf."""

    AUTO = "AUTO", _("系统")
    MANUAL = "MANUAL", _("人工")


class Stage(TextChoices):
    """When a photo was taken."""

    REPORT = "REPORT", _("报修")
    BEFORE = "BEFORE", _("处理前")
    AFTER = "AFTER", _("处理后")
    PROOF = "PROOF", _("佐证")


class SuspendReason(TextChoices):
    """Why a ticket waits; days are the maximum of one suspension."""

    OWNER = "OWNER", _("等待业主时间")
    PARTS = "PARTS", _("等待配件")
    THIRD = "THIRD", _("等待第三方/市政")
    VOTE = "VOTE", _("等待审批或业主表决")
    WEATHER = "WEATHER", _("天气")
    WINDOW = "WINDOW", _("等待停水停电窗口")


SUSPEND_DAYS = {
    SuspendReason.OWNER: 3,
    SuspendReason.PARTS: 7,
    SuspendReason.THIRD: 7,
    SuspendReason.VOTE: 60,
    SuspendReason.WEATHER: 3,
    SuspendReason.WINDOW: 3,
}


class DeclineReason(TextChoices):
    """Why a worker does not take an offer."""

    AWAY = "AWAY", _("不在岗")
    SKILL = "SKILL", _("技能不符")
    BUSY = "BUSY", _("在途")


class QuoteState(TextChoices):
    """An offer of a price for paid work."""

    SENT = "SENT", _("待确认")
    CONFIRMED = "CONFIRMED", _("已确认")
    REFUSED = "REFUSED", _("已拒绝")
    EXPIRED = "EXPIRED", _("已过期")


class HandoffState(TextChoices):
    """A ticket offered to another department (R20.4)."""

    OFFERED = "OFFERED", _("待确认")
    ACCEPTED = "ACCEPTED", _("已接收")
    REJECTED = "REJECTED", _("已退回")
    EXPIRED_ACCEPT = "EXPIRED_ACCEPT", _("超时视为接收")
    WITHDRAWN = "WITHDRAWN", _("已了结")


class CloseCode(TextChoices):
    """How a ticket ended."""

    RATED = "RATED", _("已评价")
    UNRATED = "UNRATED", _("未评价")
    CHECKED = "CHECKED", _("已核实")
    UNREACHABLE = "UNREACHABLE", _("业主无法联系")
    BY_REPORTER = "BY_REPORTER", _("报事人撤销")
    DUPLICATE = "DUPLICATE", _("重复或测试")
