"""States and kinds of incidents (domain file 03, Appendix F)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """How far an incident has come; only the commander moves it."""

    OPEN = "OPEN", _("已启动")
    CONTROLLED = "CONTROLLED", _("已控制")
    RESTORED = "RESTORED", _("已恢复")
    REVIEWING = "REVIEWING", _("复盘中")
    CLOSED = "CLOSED", _("已归档")
    CANCELLED = "CANCELLED", _("误报撤销")


RUNNING = frozenset({State.OPEN, State.CONTROLLED})
"""States in which clocks run and residents are told."""


class Level(TextChoices):
    """Ⅰ 重大, Ⅱ 较大, Ⅲ 一般."""

    GREAT = "I", _("Ⅰ级 重大")
    LARGE = "II", _("Ⅱ级 较大")
    USUAL = "III", _("Ⅲ级 一般")


class Role(TextChoices):
    """Parts that plans give to people."""

    CMD = "CMD", _("总指挥")
    CS = "CS", _("通报")
    ENG = "ENG", _("抢修")
    SEC = "SEC", _("秩序")
    CLN = "CLN", _("环境")
    GRN = "GRN", _("绿化")
    CTRL = "CTRL", _("控制室")
    VEND = "VEND", _("维保单位")
    PM = "PM", _("对外发言")


class CallState(TextChoices):
    """What came of calling somebody into a role."""

    CALLED = "CALLED", _("待确认")
    ACKED = "ACKED", _("已到位")
    PASSED = "PASSED", _("未应答")
    RELIEVED = "RELIEVED", _("已交接")


class Audience(TextChoices):
    """Whom a bulletin is for."""

    INTERNAL = "INTERNAL", _("只给内部")
    RESIDENTS = "RESIDENTS", _("给住户")


class Evidence(TextChoices):
    """What shows that a step was done; AUTO steps are done by the system."""

    PHOTO = "photo", _("照片")
    TEXT = "text", _("文字")
    LIST = "list", _("名单")
    RECORD = "record", _("记录")
    SIGN = "sign", _("签字")
    AUTO = "auto", _("自动")


class Weight(TextChoices):
    """M 必做, V 必做且漏做一票否决, O 选做."""

    MANDATORY = "M", _("必做")
    VETO = "V", _("否决")
    OPTIONAL = "O", _("选做")


class Progress(TextChoices):
    """How far an improvement has come (action_item of Appendix F)."""

    OPEN = "OPEN", _("待办")
    DOING = "DOING", _("在办")
    OVERDUE = "OVERDUE", _("逾期")
    DONE = "DONE", _("已办")
    VERIFIED = "VERIFIED", _("已核实")
    DROPPED = "DROPPED", _("不办")
