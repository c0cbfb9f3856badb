"""States and kinds of rosters, handovers and chains (Appendix F)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TurnState(TextChoices):
    """How far a turn has come."""

    DRAFT = "DRAFT", _("草稿")
    PUBLISHED = "PUBLISHED", _("已发布")
    CHECKED_IN = "CHECKED_IN", _("在岗")
    ABSENT = "ABSENT", _("缺岗")
    SWAPPED = "SWAPPED", _("已换出")
    DONE = "DONE", _("已下班")


PLANNED = frozenset({TurnState.PUBLISHED, TurnState.CHECKED_IN, TurnState.DONE})
"""States of turns that cover their post, or did; an absent one does not."""
STANDING = frozenset({TurnState.DRAFT}) | PLANNED
"""States of turns that stand in the grid; a swapped one is history, an absent one a hole."""


class LeaveKind(TextChoices):
    """Why somebody is not planned. SHELTERED is no leave: no night work and no overtime (劳动法 §61, §63)."""

    ANNUAL = "ANNUAL", _("年假")
    SICK = "SICK", _("病假")
    PERSONAL = "PERSONAL", _("事假")
    TRAINING = "TRAINING", _("培训")
    SHELTERED = "SHELTERED", _("不排夜班")


class Decision(TextChoices):
    """Of a leave or a swap: asked for, agreed by the colleague, decided."""

    ASKED = "ASKED", _("待审批")
    AGREED = "AGREED", _("对方已同意")
    APPROVED = "APPROVED", _("已批准")
    REFUSED = "REFUSED", _("未批准")


class HandoverState(TextChoices):
    """How far a handover has come (R2.9)."""

    DRAFT = "DRAFT", _("填写中")
    SUBMITTED = "SUBMITTED", _("待接班确认")
    ACCEPTED = "ACCEPTED", _("已交接")
    DISPUTED = "DISPUTED", _("有争议")
    FORCED = "FORCED", _("强制接班")


class LineKind(TextChoices):
    """What a line of a handover is about; the first four come by themselves."""

    TICKET = "TICKET", _("未结工单")
    CALLOUT = "CALLOUT", _("应急呼叫")
    CALLBACK = "CALLBACK", _("待回电")
    VACANT = "VACANT", _("空岗")
    ITEM = "ITEM", _("物品与记录")


class LineState(TextChoices):
    """Whether the incoming person agrees with a line."""

    OPEN = "OPEN", _("待确认")
    FINE = "FINE", _("无异议")
    DISPUTED = "DISPUTED", _("有异议")
    RULED = "RULED", _("已裁定")


class ChainKind(TextChoices):
    """Kinds of emergencies that may have a chain of their own; all others use the default."""

    DEFAULT = "default", _("通用")
    LIFT = "lift", _("电梯困人")
    FIRE = "fire", _("火情")
    WATER = "water", _("水管")
    ELECTRIC = "electric", _("用电")
    GAS = "gas", _("燃气")


class CalloutState(TextChoices):
    """How far a call-out has come."""

    RUNNING = "RUNNING", _("正在呼叫")
    ACKED = "ACKED", _("已有人赶来")
    ARRIVED = "ARRIVED", _("已到场")
    EXHAUSTED = "EXHAUSTED", _("无人应答")


class Result(TextChoices):
    """What came of ringing one person."""

    RINGING = "RINGING", _("正在呼叫")
    ACK = "ACK", _("答应前往")
    REFUSED = "REFUSED", _("来不了")
    NO_ANSWER = "NO_ANSWER", _("没接")
    RELIEVED = "RELIEVED", _("有更近的人")
    FAILED = "FAILED", _("答应未到")
