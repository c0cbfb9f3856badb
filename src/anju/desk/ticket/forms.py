"""What a step asks for, and the action it leads to. One form per step; words only, no rules of its own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.core import clock
from anju.core.scope import Scope
from anju.desk.fields import LeafField
from anju.tickets import actions as tickets
from anju.tickets import queries
from anju.tickets.choices import SuspendReason
from anju.tickets.models import Ticket
from anju.ui.inputs import MomentField, WordsField

Sent = dict[str, Any]


class StepForm(forms.Form):
    """The form of a step of one ticket; `act` does it. A step that needs nothing has no fields."""

    notice = ""
    """Somebody else was quicker: who, when and what."""

    def __init__(self, data: Any = None, files: Any = None, *, scope: Scope, ticket: Ticket) -> None:
        super().__init__(data, files, auto_id="step-%s")
        self.scope, self.ticket = scope, ticket
        self.prepare()

    def prepare(self) -> None:
        """Fill choices from the ticket in hand."""

    def act(self, version: int | None) -> Ticket:
        """Do it. Raises Refused."""
        raise NotImplementedError

    def says(self) -> Sequence[str]:
        """What will happen, before it does."""
        return ()

    def choices(self, name: str, values: Sequence[tuple[object, object]]) -> None:
        """Give a field its choices."""
        field: Any = self.fields[name]
        field.choices = values


class Accept(StepForm):
    """受理, with another kind when the suggested one is wrong."""

    leaf = LeafField(label=_("类别"), required=False)

    def act(self, version: int | None) -> Ticket:
        leaf = self.cleaned_data["leaf"]
        same = leaf in ("", self.ticket.leaf_code)  # a corrected kind has been learnt from, it stands
        return tickets.accept(self.ticket, by=self.scope, leaf=leaf, version=version, undo=same)


class Classify(StepForm):
    """改类别: `near` is one of the likely kinds, taken by its digit; else the one chosen in the list."""

    leaf = LeafField(label=_("类别"))
    near = LeafField(required=False)

    def act(self, version: int | None) -> Ticket:
        leaf = self.cleaned_data["near"] or self.cleaned_data["leaf"]
        return tickets.classify(self.ticket, by=self.scope, leaf=leaf, version=version)


class Answer(StepForm):
    """直接答复."""

    text = WordsField(label=_("答复业主"), rows=4, min_length=10, error_messages={"min_length": _("答复至少写10个字")})

    def act(self, version: int | None) -> Ticket:
        return tickets.answer(self.ticket, by=self.scope, answer_text=self.cleaned_data["text"], version=version)


class Suspend(StepForm):
    """挂起, or the approval of what a worker has asked for."""

    reason = forms.ChoiceField(label=_("等什么"), widget=forms.RadioSelect, required=False)
    resume_at = MomentField(label=_("恢复时间"), required=False)
    asked = False

    def prepare(self) -> None:
        self.asked = self.ticket.suspensions.filter(from_at=None, ended_at=None).exists()
        first = [("", _("按申请批准"))] if self.asked else []
        self.choices("reason", [*first, *SuspendReason.choices])
        if self.asked:
            self.initial = {"reason": ""}

    def act(self, version: int | None) -> Ticket:
        sent = self.cleaned_data
        resume_at = sent["resume_at"] if sent["reason"] or not self.asked else None
        return tickets.suspend(
            self.ticket, by=self.scope, reason=sent["reason"], resume_at=resume_at, version=version, undo=True
        )


class Resume(StepForm):
    """恢复."""

    def act(self, version: int | None) -> Ticket:
        return tickets.resume(self.ticket, by=self.scope, version=version)


class Plan(StepForm):
    """方案, at most seven days."""

    plan_due_at = MomentField(label=_("完成时间"), error_messages={"required": _("请写完成时间")})
    reason = forms.CharField(label=_("为什么要这么久"), max_length=60)

    def prepare(self) -> None:
        self.initial = {"plan_due_at": _tomorrow()}

    def act(self, version: int | None) -> Ticket:
        sent = self.cleaned_data
        return tickets.plan(
            self.ticket, by=self.scope, plan_due_at=sent["plan_due_at"], reason=sent["reason"], version=version
        )


def _tomorrow() -> datetime:
    return clock.day_start(clock.now()) + timedelta(days=1, hours=12)


class Escalate(StepForm):
    """升级 by hand."""

    level = forms.TypedChoiceField(label=_("升级到"), coerce=int, widget=forms.RadioSelect)
    reason = WordsField(label=_("原因"), rows=2, error_messages={"required": _("请说明原因")})

    def prepare(self) -> None:
        levels = ((1, _("一级　部门主管")), (2, _("二级　项目经理")), (3, _("三级　公司品质部")))
        open_levels = [one for one in levels if one[0] > self.ticket.level]
        self.choices("level", open_levels)
        self.initial = {"level": open_levels[0][0]} if open_levels else {}

    def act(self, version: int | None) -> Ticket:
        sent = self.cleaned_data
        return tickets.escalate(
            self.ticket, by=self.scope, reason=sent["reason"], to_level=sent["level"], version=version
        )


class Merge(StepForm):
    """并入另一单."""

    master = forms.CharField(
        label=_("并入哪一单"),
        max_length=16,
        widget=forms.TextInput(attrs={"placeholder": "260302-0001", "autocomplete": "off"}),
        error_messages={"required": _("请填主单的编号")},
    )

    def act(self, version: int | None) -> Ticket:
        no = self.cleaned_data["master"].strip()
        master = queries.by_no(self.scope, no, community=self.ticket.community_id)
        return tickets.merge(self.ticket, by=self.scope, master=master, version=version)


class Split(StepForm):
    """拆开."""

    def act(self, version: int | None) -> Ticket:
        return tickets.split(self.ticket, by=self.scope, version=version)


class Refer(StepForm):
    """转报 to an outside body."""

    org = forms.CharField(
        label=_("由谁负责"),
        max_length=12,
        help_text=_("如 供水公司、燃气公司、开发商"),
        error_messages={"required": _("请填写由谁负责")},
    )

    def act(self, version: int | None) -> Ticket:
        return tickets.refer(self.ticket, by=self.scope, org=self.cleaned_data["org"], version=version)


class Cancel(StepForm):
    """撤销 of a duplicate or a test."""

    reason = WordsField(label=_("原因"), rows=2, error_messages={"required": _("请说明原因")})

    def act(self, version: int | None) -> Ticket:
        return tickets.cancel(self.ticket, by=self.scope, reason=self.cleaned_data["reason"], version=version)


class Confirm(StepForm):
    """电话确认."""

    call_id = forms.CharField(
        label=_("通话记录编号"), max_length=64, error_messages={"required": _("请填写通话记录编号")}
    )

    def act(self, version: int | None) -> Ticket:
        return tickets.confirm(self.ticket, by=self.scope, call_id=self.cleaned_data["call_id"], version=version)


class Reject(StepForm):
    """业主说没修好."""

    reason = WordsField(label=_("业主怎么说"), rows=2, error_messages={"required": _("请说明原因")})

    def act(self, version: int | None) -> Ticket:
        return tickets.reject(self.ticket, by=self.scope, reason=self.cleaned_data["reason"], version=version)


class Close(StepForm):
    """关闭."""

    def act(self, version: int | None) -> Ticket:
        return tickets.close(self.ticket, by=self.scope, version=version)


class Reopen(StepForm):
    """重开."""

    reason = WordsField(label=_("为什么重开"), rows=2, error_messages={"required": _("请说明原因")})

    def act(self, version: int | None) -> Ticket:
        return tickets.reopen(self.ticket, by=self.scope, reason=self.cleaned_data["reason"], version=version)


class Urge(StepForm):
    """催办."""

    def act(self, version: int | None) -> Ticket:
        return tickets.urge(self.ticket, by=self.scope, version=version)


class LateProof(StepForm):
    """补录核实."""

    call_id = forms.CharField(
        label=_("通话记录编号"), max_length=64, error_messages={"required": _("请填写通话记录编号")}
    )

    def act(self, version: int | None) -> Ticket:
        return tickets.confirm_late(self.ticket, by=self.scope, call_id=self.cleaned_data["call_id"], version=version)


class Consent(StepForm):
    """业主对报价的答复, heard on the phone."""

    agrees = forms.ChoiceField(
        label=_("业主怎么答复"), choices=[("yes", _("同意报价")), ("no", _("不同意"))], widget=forms.RadioSelect
    )

    def act(self, version: int | None) -> Ticket:
        verb = tickets.confirm_quote if self.cleaned_data["agrees"] == "yes" else tickets.refuse_quote
        return verb(self.ticket, by=self.scope, version=version)
