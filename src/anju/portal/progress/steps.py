"""What a reporter may do: one entry per verb, with its words and what it asks."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from anju.core.scope import Scope
from anju.tickets import actions as tickets
from anju.tickets.models import Ticket

Act = Callable[[Ticket, Scope, str], object]
Word = str | Lazy


@dataclass(frozen=True, slots=True)
class Step:
    """`label` asks for words and `needed` says whether they may be left out; without a label it is done at once."""

    name: str
    act: Act
    done: Word
    title: Word = ""
    label: Word = ""
    hint: Word = ""
    button: Word = ""
    needed: bool = True


STEPS = {
    step.name: step
    for step in (
        Step(
            "note",
            lambda ticket, by, words: tickets.note(ticket, by=by, note_text=words),
            _("补充的话已经转给师傅"),
            title=_("补充说明"),
            label=_("还有什么要告诉师傅的"),
            hint=_("师傅和客服都会看到"),
            button=_("提交"),
        ),
        Step(
            "cancel",
            lambda ticket, by, words: tickets.cancel(ticket, by=by, reason=words),
            _("已撤销"),
            title=_("撤销这一单"),
            label=_("为什么不用修了"),
            hint=_("撤销后师傅就不来了。以后还要修，请再报一件"),
            button=_("撤销"),
            needed=False,
        ),
        Step(
            "reject",
            lambda ticket, by, words: tickets.reject(ticket, by=by, reason=words),
            _("知道了，马上返工"),
            title=_("还没修好"),
            label=_("哪里还不对"),
            hint=_("同一位师傅马上返工，时间只有原来的一半"),
            button=_("提交"),
        ),
        Step(
            "reopen",
            lambda ticket, by, words: tickets.reopen(ticket, by=by, reason=words),
            _("已重开，主管会盯着"),
            title=_("又坏了，重开这一单"),
            label=_("哪里不对"),
            hint=_("编号不变，优先级升一级，由主管负责"),
            button=_("重开"),
        ),
        Step("urge", lambda ticket, by, words: tickets.urge(ticket, by=by), _("已经帮您催了，请留意来电")),
        Step("confirm", lambda ticket, by, words: tickets.confirm(ticket, by=by), _("谢谢确认")),
        Step("agree", lambda ticket, by, words: tickets.confirm_quote(ticket, by=by), _("已同意报价，师傅可以动手了")),
        Step("disagree", lambda ticket, by, words: tickets.refuse_quote(ticket, by=by), _("没有同意，师傅不会动手")),
    )
}
