"""With the owner, and the end: prices, confirmation, calls, closing."""

from django.utils.translation import gettext_lazy as _

from anju.desk.ticket import forms
from anju.desk.ticket.steps.step import Step

CONFIRM = Step(
    "confirm",
    "confirmation",
    _("电话确认"),
    _("业主在电话里说修好了"),
    _("工单进入待评价，业主会收到评价邀请"),
    _("已确认"),
    forms.Confirm,
    "tickets.confirm",
    icon="phone",
    key="y",
    main=True,
)
CONFIRM_QUOTE = Step(
    "confirm_quote",
    "consent",
    _("记报价答复"),
    _("业主对报价的答复"),
    _("同意后师傅才能动手"),
    _("已记下"),
    forms.Consent,
    "tickets.confirm",
    icon="receipt-yuan",
    main=True,
)
REOPEN = Step(
    "reopen",
    "reopening",
    _("重开"),
    _("重开这一单"),
    _("编号不变，优先级升一级，由部门主管负责，时限重新算"),
    _("已重开"),
    forms.Reopen,
    "tickets.reopen",
    icon="lock-open",
    main=True,
)
URGE = Step(
    "urge",
    "urging",
    _("催办"),
    _("催办"),
    _("业主收到“已催”的短信；每催3次告诉主管"),
    _("已催办"),
    forms.Urge,
    "tickets.urge",
    icon="alert-circle",
    direct=True,
)
REJECT = Step(
    "reject",
    "rejection",
    _("没修好"),
    _("业主说没修好"),
    _("退回处理中，算一次重开，处理时限减半"),
    _("已退回处理"),
    forms.Reject,
    "tickets.reject",
    icon="arrow-back-up",
)
CLOSE = Step(
    "close",
    "closure",
    _("关闭"),
    _("关闭这一单"),
    _("关闭后7天内业主还能要求重开"),
    _("已关闭"),
    forms.Close,
    "tickets.close",
    icon="lock",
)
