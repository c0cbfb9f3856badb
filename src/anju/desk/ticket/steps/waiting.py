"""Waiting and leading: suspension, plans, escalation, hand-offs, rulings."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anju.desk.ticket import forms, forms_people
from anju.desk.ticket.steps.step import Step

RECEIVE = Step(
    "receive",
    "receipt",
    _("接收"),
    _("接收转来的工单"),
    _("从现在起由您的部门牵头，主管负责到有人接单为止"),
    _("已接收"),
    forms_people.Receive,
    "tickets.handoff",
    icon="user-check",
    direct=True,
    main=True,
)
RULE = Step(
    "rule",
    "ruling",
    _("裁定"),
    _("裁定由谁牵头"),
    _("裁定后不能再转，牵头部门主管马上收到通知"),
    _("已裁定"),
    forms_people.Rule,
    "tickets.rule",
    icon="gavel",
    main=True,
)
RESUME = Step(
    "resume",
    "resumption",
    _("恢复"),
    _("提前恢复处理"),
    _("时限接着算，处理人马上收到通知"),
    _("已恢复"),
    forms.Resume,
    "tickets.resume",
    icon="player-play",
    direct=True,
    main=True,
)
SUSPEND = Step(
    "suspend",
    "suspension",
    pgettext_lazy("step", "挂起"),
    _("挂起到哪一天"),
    _("业主会收到原因和恢复日期；到期自动恢复"),
    _("已挂起"),
    forms.Suspend,
    "tickets.suspend",
    icon="player-pause",
    key="h",
)
ESCALATE = Step(
    "escalate",
    "escalation",
    _("升级"),
    _("升级给上级"),
    _("上级马上收到通知并负责，业主也会知道"),
    _("已升级"),
    forms.Escalate,
    "tickets.escalate",
    icon="square-rounded-chevrons-up",
    key="e",
)
PLAN = Step(
    "plan",
    "plan",
    _("交方案"),
    _("提交处理方案"),
    _("最多7天；业主会收到新的完成时间，到期没做完自动升级"),
    _("方案已提交"),
    forms.Plan,
    "tickets.plan",
    icon="calendar-event",
    main=True,
)
OFFER = Step(
    "offer",
    "handoff",
    _("转部门"),
    _("转给别的部门"),
    _("对方要在15分钟内答复，超时算接收；答复前仍由本部门负责"),
    _("已转，等对方答复"),
    forms_people.Offer,
    "tickets.handoff",
    icon="arrow-forward-up",
)
REFER = Step(
    "refer",
    "referral",
    _("转报"),
    _("转报给外面的单位"),
    _("报事人马上知道由谁负责；工单仍在我们手上，跟进到有答复"),
    _("已转报"),
    forms.Refer,
    "tickets.refer",
    icon="arrow-forward-up",
)
TICK = Step(
    "tick",
    "task",
    _("勾任务"),
    _("部门任务"),
    _("协办部门都做完，牵头部门才能完成"),
    _("已记下"),
    forms_people.Tick,
    "tickets.tick",
    icon="circle-check",
)
FIRST_CONTACT = Step(
    "first_contact",
    "first-contact",
    _("改首问"),
    _("改首问责任人"),
    _("以后由他跟业主联系；原来的名字留在记录里，并记一次没有按时登记"),
    _("已改首问"),
    forms_people.FirstContact,
    "tickets.first_contact",
    icon="user",
)
REFUSE = Step(
    "refuse",
    "refusal",
    _("退回转接"),
    _("退回转来的工单"),
    _("每个部门只能退一次；仍由转出的部门负责"),
    _("已退回"),
    forms_people.Refuse,
    "tickets.handoff",
    icon="arrow-back-up",
)
