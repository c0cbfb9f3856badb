"""States, reasons and kinds of the privacy room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Why(TextChoices):
    """Reason codes of a reveal (R16.2), in the order of their keys 1 to 6."""

    REVISIT = "REVISIT", _("回访")
    VISIT = "VISIT", _("上门联络")
    BILL = "BILL", _("账单核对")
    EMERGENCY = "EMERGENCY", _("应急")
    LEGAL = "LEGAL", _("法务")
    ASKED = "ASKED", _("本人要求")


class LineKind(TextChoices):
    """What a line of the log tells."""

    REVEAL = "REVEAL", _("查看")
    EXPORT = "EXPORT", _("导出")
    REQUEST = "REQUEST", _("办理本人申请")


class RevealState(TextChoices):
    """REQUESTED -> SHOWN (60 s) -> CLOSED; REQUESTED -> DENIED (Appendix F). APPROVED waits to be shown."""

    REQUESTED = "REQUESTED", _("待批准")
    APPROVED = "APPROVED", _("已批准")
    SHOWN = "SHOWN", _("已查看")
    CLOSED = "CLOSED", _("已遮回")
    DENIED = "DENIED", _("未批准")


class FindingKind(TextChoices):
    """Why compliance must look (R16.3)."""

    SAMPLE = "SAMPLE", _("每周抽查")
    MANY = "MANY", _("1小时内查看过多")
    OFF_SHIFT = "OFF_SHIFT", _("非当班时间查看")
    NEIGHBOUR = "NEIGHBOUR", _("查看自己的邻居或家人")
    WATCHED = "WATCHED", _("查看重点保护的住户")
    SEQUENCE = "SEQUENCE", _("按房号连续查看")
    FOREIGN = "FOREIGN", _("访问不属于自己的工单")
    PROBING = "PROBING", _("地址核对次数用完")
    BROKEN = "BROKEN", _("查看记录不连续")


class FindingState(TextChoices):
    """OPEN until compliance has said what it was."""

    OPEN = "OPEN", _("待核查")
    SETTLED = "SETTLED", _("已核查")


class AgreementKind(TextChoices):
    """On entry and yearly; once more on the last day (R16.6)."""

    YEARLY = "YEARLY", _("年度保密协议")
    LEAVING = "LEAVING", _("离岗保密提醒")


class ExportKind(TextChoices):
    """What may be taken out."""

    RESIDENTS = "RESIDENTS", _("住户名册")
    TICKETS = "TICKETS", _("工单清单")


class ExportState(TextChoices):
    """REQUESTED -> APPROVED | REJECTED; APPROVED -> GENERATED -> DOWNLOADED -> EXPIRED (7 d) (Appendix F)."""

    REQUESTED = "REQUESTED", _("待批准")
    REJECTED = "REJECTED", _("未批准")
    GENERATED = "GENERATED", _("可下载")
    DOWNLOADED = "DOWNLOADED", _("已下载")
    EXPIRED = "EXPIRED", _("已过期")


class RequestKind(TextChoices):
    """What a person may ask for (个人信息保护法 §44–47)."""

    COPY = "COPY", _("复制")
    ACCESS = "ACCESS", _("查阅")
    CORRECT = "CORRECT", _("更正")
    DELETE = "DELETE", _("删除")


class RequestState(TextChoices):
    """OPEN until it is answered; RESTRICTED: kept because it must be, and used for nothing else (§47)."""

    OPEN = "OPEN", _("办理中")
    DONE = "DONE", _("已办理")
    RESTRICTED = "RESTRICTED", _("已停止使用，依法保存")
    REFUSED = "REFUSED", _("未同意")


class LeakState(TextChoices):
    """OPEN -> DECIDED (whom to tell) -> CLOSED."""

    OPEN = "OPEN", _("处置中")
    DECIDED = "DECIDED", _("已决定")
    CLOSED = "CLOSED", _("已结束")
