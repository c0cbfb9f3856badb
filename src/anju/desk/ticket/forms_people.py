"""Steps that choose people and departments: dispatch, transfer, hand-offs, rulings."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.accounts import queries as accounts
from anju.accounts.choices import Dept
from anju.core import clock
from anju.core.errors import Refused
from anju.desk.fields import LeafField
from anju.desk.ticket.forms import StepForm
from anju.tickets import actions as tickets
from anju.tickets.actions.proposing import Proposal, propose
from anju.tickets.models import Ticket
from anju.tickets.rules.dispatch import Candidate
from anju.ui.inputs import MomentField, WordsField

WHY_NOT = {
    "NOT_ON_DUTY": _("不在岗"),
    "SKILL_MISSING": _("没有这类技能"),
    "CERT_REQUIRED": _("缺上岗证"),
    "FULL": _("手上太多"),
    "PASSED": _("已拒过这一单"),
}
DEPTS = [
    (one.value, one.label) for one in Dept if one.value in ("CS", "ENG", "SEC", "CLN", "GRN", "FIN", "QLT", "COMP")
]


class Chosen(StepForm):
    """One of the candidates, best first, each with why."""

    to = forms.ChoiceField(label=_("派给谁"), widget=forms.RadioSelect, required=False)
    by_rules = True
    proposal: Proposal

    def prepare(self) -> None:
        self.proposal = propose(self.ticket, by=self.scope)
        handler = self.ticket.handler_id if not self.by_rules else None
        found = [one for one in self.proposal.candidates if one.worker.staff_id != handler]
        values = [(str(one.worker.staff_id), because(one)) for one in found]
        self.choices("to", [*values, *([("", _("按规则派"))] if self.by_rules and values else [])])
        self.initial = {"to": values[0][0]} if values else {}
        self.empty = not values

    def others(self) -> list[str]:
        """Those who cannot have it now, and why: 刘工　不在岗."""
        return [f"{worker.name}　{WHY_NOT.get(code, code)}" for worker, code in self.proposal.others]

    def chosen(self) -> int | None:
        """The id of who is chosen, None for the rules."""
        return int(self.cleaned_data["to"]) if self.cleaned_data["to"] else None


def because(one: Candidate) -> str:
    """高工　在岗　本片区　手上2件."""
    words = [
        one.worker.name,
        gettext("在岗") if one.worker.on_shift else gettext("值守"),
        gettext("本片区") if one.zone_match and one.worker.zones else "",
        "、".join(sorted(one.worker.certs)),
        gettext("手上%(n)d件") % {"n": one.load},
    ]
    return "　".join(word for word in words if word)


class Dispatch(Chosen):
    """派单."""

    def act(self, version: int | None) -> Ticket:
        wanted = self.chosen()
        to = accounts.staff_by_id(self.scope, self.ticket.community_id, wanted) if wanted else None
        return tickets.dispatch(self.ticket, by=self.scope, to=to, version=version, undo=True)


class Transfer(Chosen):
    """转派 inside the department."""

    by_rules = False

    def act(self, version: int | None) -> Ticket:
        to = accounts.staff_by_id(self.scope, self.ticket.community_id, self.chosen() or 0)
        if to is None:
            raise Refused("STAFF_UNKNOWN", _("请选一个人"), fields={"to": _("请选一个人")})
        return tickets.transfer(self.ticket, by=self.scope, to=to, version=version, undo=True)


class Offer(StepForm):
    """转给别的部门."""

    dept = forms.ChoiceField(label=_("转给"), widget=forms.RadioSelect)
    reason = WordsField(label=_("为什么转给他们"), rows=2, error_messages={"required": _("请说明为什么转给他们")})
    leaf = LeafField(label=_("类别改为"), required=False, help_text=_("可不填，如 PW03"))

    def prepare(self) -> None:
        self.choices("dept", [one for one in DEPTS if one[0] != self.ticket.lead_dept])

    def act(self, version: int | None) -> Ticket:
        sent = self.cleaned_data
        return tickets.offer(
            self.ticket, by=self.scope, dept=sent["dept"], reason=sent["reason"], leaf=sent["leaf"], version=version
        )


class Receive(StepForm):
    """接收转来的工单."""

    def act(self, version: int | None) -> Ticket:
        return tickets.receive(self.ticket, by=self.scope, version=version)


class Refuse(StepForm):
    """退回转来的工单, once, with evidence."""

    reason = WordsField(label=_("为什么退回"), rows=2, error_messages={"required": _("请说明原因")})
    evidence = WordsField(label=_("证据"), rows=2, error_messages={"required": _("请附证据：照片或类别依据")})

    def act(self, version: int | None) -> Ticket:
        sent = self.cleaned_data
        return tickets.refuse(
            self.ticket, by=self.scope, reason=sent["reason"], evidence=sent["evidence"], version=version
        )


class Rule(StepForm):
    """裁定."""

    lead = forms.ChoiceField(label=_("牵头"), widget=forms.RadioSelect, choices=DEPTS)
    co = forms.MultipleChoiceField(label=_("协办"), widget=forms.CheckboxSelectMultiple, choices=DEPTS, required=False)
    lead_task = forms.CharField(label=_("牵头部门做什么"), max_length=40, required=False)
    co_task = forms.CharField(label=_("协办部门做什么"), max_length=40, required=False)
    due = MomentField(label=_("对业主承诺的完成时间"), required=False)
    text = WordsField(label=_("说明"), rows=2, required=False)

    def prepare(self) -> None:
        self.initial = {"lead": self.ticket.leaf.dept}

    def act(self, version: int | None) -> Ticket:
        sent = self.cleaned_data
        co: Sequence[str] = [one for one in sent["co"] if one != sent["lead"]]
        return tickets.rule(
            self.ticket,
            by=self.scope,
            lead=sent["lead"],
            co=co,
            subtasks=self._tasks(co),
            ruling_text=sent["text"],
            version=version,
        )

    def _tasks(self, co: Sequence[str]) -> list[dict[str, str]]:
        """What each department has to do, all by the one date that the owner is told (R20.6)."""
        sent = self.cleaned_data
        due = clock.iso(sent["due"]) if sent["due"] else ""
        wanted = [(sent["lead"], sent["lead_task"]), *((one, sent["co_task"]) for one in co)]
        return [{"dept": dept, "text": words, "due": due} for dept, words in wanted if words or due]


class Tick(StepForm):
    """部门任务: done, or not after all."""

    task = forms.IntegerField(widget=forms.HiddenInput)
    done = forms.ChoiceField(choices=[("1", _("做完了")), ("0", _("还没做完"))], widget=forms.HiddenInput)

    def act(self, version: int | None) -> Ticket:
        sent = self.cleaned_data
        return tickets.tick(self.ticket, by=self.scope, task=sent["task"], done=sent["done"] == "1")


class FirstContact(StepForm):
    """改首问: quality has found who was told first."""

    to = forms.TypedChoiceField(
        label=_("最先知道的是谁"), coerce=int, empty_value=None, error_messages={"required": _("请选一个人")}
    )
    reason = WordsField(label=_("怎么知道的"), rows=2, error_messages={"required": _("请说明原因")})

    def prepare(self) -> None:
        crew = accounts.crew(self.ticket.community_id)
        others = [(row.staff_id, row.staff.name) for row in crew if row.staff_id != self.ticket.first_contact_id]
        self.choices("to", [("", _("请选择")), *others])

    def act(self, version: int | None) -> Ticket:
        sent = self.cleaned_data
        to = accounts.staff_by_id(self.scope, self.ticket.community_id, sent["to"])
        if to is None:
            raise Refused("STAFF_UNKNOWN", _("请选一个人"), fields={"to": _("请选一个人")})
        return tickets.first_contact(self.ticket, by=self.scope, to=to, reason=sent["reason"], version=version)
