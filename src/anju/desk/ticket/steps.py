"""Every step of the desk: its noun in the address, its words, its form, who may take it. One table for pages and URLs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anju.desk.ticket import forms, forms_people

Words = Any
"""A lazy string."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that may be done to a ticket.

    `direct`: pressed without a dialog when nothing has to be said. `main`: may be the solid button of a page.
    """

    action: str
    noun: str
    button: Words
    title: Words
    says: Words
    done: Words
    form: type[forms.StepForm]
    permission: str
    icon: str = ""
    key: str = ""
    direct: bool = False
    main: bool = False


STEPS = (
    Step(
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
    ),
    Step(
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
    ),
    Step(
        "accept",
        "acceptance",
        _("受理"),
        _("受理这一单"),
        _("响应时限算达成；在岗有合适的人时系统马上派单，报事人收到受理短信"),
        _("已受理"),
        forms.Accept,
        "tickets.accept",
        icon="user-check",
        key="a",
        direct=True,
        main=True,
    ),
    Step(
        "dispatch",
        "assignment",
        _("派单"),
        _("派给谁"),
        _("他马上收到派单，要在接单时限内答复"),
        _("已派单"),
        forms_people.Dispatch,
        "tickets.dispatch",
        icon="send",
        key="d",
        main=True,
    ),
    Step(
        "confirm",
        "confirmation",
        _("电话确认"),
        _("业主在电话里说修好了"),
        _("工单进入待评价，业主会收到评价邀请"),
        _("已确认"),
        forms.Confirm,
        "tickets.confirm",
        icon="phone",
        key="c",
        main=True,
    ),
    Step(
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
    ),
    Step(
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
    ),
    Step(
        "answer",
        "answer",
        _("直接答复"),
        _("直接答复业主"),
        _("工单进入待评价；这段话业主能看到"),
        _("已答复"),
        forms.Answer,
        "tickets.answer",
        icon="message",
        key="i",
    ),
    Step(
        "transfer",
        "transfer",
        _("转派"),
        _("转派给同部门的谁"),
        _("原来的人不再负责，新的人要重新接单"),
        _("已转派"),
        forms_people.Transfer,
        "tickets.transfer",
        icon="arrow-forward-up",
        key="t",
    ),
    Step(
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
    ),
    Step(
        "note",
        "note",
        _("备注"),
        _("写备注"),
        "",
        _("已记下"),
        forms.Note,
        "tickets.note",
        icon="message",
        key="n",
    ),
    Step(
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
    ),
    Step(
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
    ),
    Step(
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
    ),
    Step(
        "classify",
        "classification",
        _("改类别"),
        _("改类别"),
        _("时限按新类别从报事时算起，只会变短"),
        _("已改类别"),
        forms.Classify,
        "tickets.classify",
        icon="list-check",
    ),
    Step(
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
    ),
    Step(
        "offer",
        "handoff",
        _("转部门"),
        _("转给别的部门"),
        _("对方要在15分钟内答复，超时算接收；答复前仍由本部门负责"),
        _("已转，等对方答复"),
        forms_people.Offer,
        "tickets.handoff",
        icon="arrow-forward-up",
    ),
    Step(
        "refuse",
        "refusal",
        _("退回转接"),
        _("退回转来的工单"),
        _("每个部门只能退一次；仍由转出的部门负责"),
        _("已退回"),
        forms_people.Refuse,
        "tickets.handoff",
        icon="arrow-back-up",
    ),
    Step(
        "merge",
        "merger",
        _("合并"),
        _("并入另一单"),
        _("以后随主单走，报事人收到合并通知"),
        _("已合并"),
        forms.Merge,
        "tickets.merge",
        icon="git-merge",
    ),
    Step(
        "reject",
        "rejection",
        _("没修好"),
        _("业主说没修好"),
        _("退回处理中，算一次重开，处理时限减半"),
        _("已退回处理"),
        forms.Reject,
        "tickets.reject",
        icon="arrow-back-up",
    ),
    Step(
        "close",
        "closure",
        _("关闭"),
        _("关闭这一单"),
        _("关闭后7天内业主还能要求重开"),
        _("已关闭"),
        forms.Close,
        "tickets.close",
        icon="lock",
    ),
    Step(
        "confirm_late",
        "late-proof",
        _("补录核实"),
        _("核实补录的响应时间"),
        _("有通话记录证明当时已答复，响应不算超时"),
        _("已核实"),
        forms.LateProof,
        "tickets.plan",
        icon="checks",
    ),
    Step(
        "cancel",
        "cancellation",
        pgettext_lazy("step", "撤销"),
        _("撤销这一单"),
        _("只用于重复或测试的工单；撤销后不能恢复"),
        _("已撤销"),
        forms.Cancel,
        "tickets.cancel",
        icon="x",
    ),
)
BY_ACTION: Mapping[str, Step] = {step.action: step for step in STEPS}
