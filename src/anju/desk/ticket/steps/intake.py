"""At intake and dispatch: accept, choose, answer, note."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anju.desk.ticket import forms, forms_people, forms_words
from anju.desk.ticket.steps.step import Step

ACCEPT = Step(
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
)
DISPATCH = Step(
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
)
ANSWER = Step(
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
)
TRANSFER = Step(
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
)
NOTE = Step(
    "note",
    "note",
    _("备注"),
    _("写备注"),
    "",
    _("已记下"),
    forms_words.Note,
    "tickets.note",
    icon="message",
    key="n",
)
CONTACT = Step(
    "contact",
    "contact",
    _("联系师傅"),
    _("给处理人留言"),
    _("他的手机马上收到提醒，这段话写在他的工单里；急事请直接打电话"),
    _("已通知处理人"),
    forms_words.Contact,
    "tickets.contact",
    icon="message",
    key="c",
    main=True,
)
CLASSIFY = Step(
    "classify",
    "classification",
    _("改类别"),
    _("改类别"),
    _("时限按新类别从报事时算起，只会变短"),
    _("已改类别"),
    forms.Classify,
    "tickets.classify",
    icon="list-check",
    key="l",
)
MERGE = Step(
    "merge",
    "merger",
    _("合并"),
    _("并入另一单"),
    _("以后随主单走，报事人收到合并通知"),
    _("已合并"),
    forms.Merge,
    "tickets.merge",
    icon="git-merge",
)
SPLIT = Step(
    "split",
    "separation",
    _("拆开"),
    _("从主单拆开"),
    _("以后独立处理，时限从报事时算起；主单不受影响"),
    _("已拆开"),
    forms.Split,
    "tickets.merge",
    icon="git-merge",
)
CANCEL = Step(
    "cancel",
    "cancellation",
    pgettext_lazy("step", "撤销"),
    _("撤销这一单"),
    _("只用于重复或测试的工单；撤销后不能恢复"),
    _("已撤销"),
    forms.Cancel,
    "tickets.cancel",
    icon="x",
)
CONFIRM_LATE = Step(
    "confirm_late",
    "late-proof",
    _("补录核实"),
    _("核实补录的响应时间"),
    _("有通话记录证明当时已答复，响应不算超时"),
    _("已核实"),
    forms.LateProof,
    "tickets.plan",
    icon="checks",
)
