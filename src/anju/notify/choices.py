"""States, channels and reasons of a delivery."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """A state only moves forward, in the order of `RANK`."""

    QUEUED = "QUEUED", _("待发送")
    SENDING = "SENDING", _("发送中")
    SENT = "SENT", _("已发出")
    FAILED = "FAILED", _("发送失败")
    DELIVERED = "DELIVERED", _("已送达")
    READ = "READ", _("已读")
    SUPPRESSED = "SUPPRESSED", _("未发送")
    CANCELLED = "CANCELLED", _("已取消")
    DEAD = "DEAD", _("无法发送")


RANK = {
    State.QUEUED: 0,
    State.SENDING: 1,
    State.SENT: 2,
    State.FAILED: 3,  # below DELIVERED: a late receipt that it did arrive is the truth
    State.DELIVERED: 4,
    State.READ: 5,
    State.SUPPRESSED: 9,
    State.CANCELLED: 9,
    State.DEAD: 9,
}
NOT_TOLD = (State.SUPPRESSED, State.CANCELLED, State.DEAD, State.FAILED)
TROUBLED = (State.FAILED, State.DEAD)


class Channel(models.TextChoices):
    """N1, without paper."""

    SMS = "S", _("短信")
    WECHAT = "W", _("微信")
    VOICE = "V", _("语音电话")


class Reason(models.TextChoices):
    """Why a delivery was not sent, or not yet."""

    REPEAT = "REPEAT", _("10分钟内已发过同一通知")
    DAILY_CAP = "DAILY_CAP", _("今天的短信已满5条")
    NO_CHANNEL = "NO_CHANNEL", _("没有可用的联系方式")
    VAR_MISSING = "VAR_MISSING", _("通知内容缺项")
    VAR_INVALID = "VAR_INVALID", _("通知内容有误")
    LINT = "LINT", _("内容含短信不允许的词")
    STALE = "STALE", _("情况已变，不再需要")
    QUIET = "QUIET", _("夜间免打扰，改到8点")
    ERROR = "ERROR", _("通道拒收")
    UNKNOWN = "UNKNOWN", _("结果不明")
    REFUSED = "REFUSED", _("运营商回执失败")
    CRASHED = "CRASHED", _("多次发送中断")
    RESTORED = "RESTORED", _("数据恢复前可能已发过")
    UNREADABLE = "UNREADABLE", _("内容无法解密")


class RecipientKind(models.TextChoices):
    """Who a delivery is for."""

    STAFF = "staff", _("员工")
    PERSON = "person", _("住户")
    PHONE = "phone", _("电话号码")
