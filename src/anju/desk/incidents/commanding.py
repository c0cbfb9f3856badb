"""What the commander is asked: states, people, free words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.desk.incidents.asking import IncidentForm, offer
from anju.incidents import actions
from anju.incidents.choices import Role
from anju.incidents.models import Incident
from anju.ui.inputs import WordsField


class ControlForm(IncidentForm):
    """已控制."""

    title = button = _("已控制")
    says = _("情况不再扩大；通报继续，可在通报里放宽间隔")

    def act(self) -> Incident:
        return actions.control(self.row, by=self.scope)


class RestoreForm(IncidentForm):
    """已恢复."""

    title, button = _("已恢复"), _("已恢复，告诉住户")
    says = _("住户会收到恢复通知；并入的工单一起转待验收")
    conditions = forms.MultipleChoiceField(label=_("逐项确认"), widget=forms.CheckboxSelectMultiple, required=False)

    def prepare(self) -> None:
        offer(self, "conditions", [(one["text"], one["text"]) for one in self.row.conditions])

    def act(self) -> Incident:
        return actions.restore(self.row, by=self.scope, conditions=self.cleaned_data["conditions"])


class ReasonForm(IncidentForm):
    """Something with a reason."""

    reason = WordsField(label=_("原因"), rows=2, max_length=500)


class RecurForm(ReasonForm):
    """复发."""

    title = button = _("复发，重新处置")

    def act(self) -> Incident:
        return actions.recur(self.row, by=self.scope, reason=self.cleaned_data["reason"])


class FalseAlarmForm(ReasonForm):
    """误报撤销."""

    title, button = _("误报撤销"), _("是误报，告诉住户")
    verified_by = forms.ChoiceField(label=_("谁核实的"))

    def prepare(self) -> None:
        offer(self, "verified_by", self.crew())

    def act(self) -> Incident:
        sent = self.cleaned_data
        return actions.cancel(
            self.row, by=self.scope, reason=sent["reason"], verified_by=self.staff(sent["verified_by"])
        )


class AbortForm(IncidentForm):
    """演练终止."""

    title = button = _("演练终止，转入实战")

    def act(self) -> Incident:
        return actions.abort(self.row, by=self.scope)


class AssignForm(IncidentForm):
    """改派岗位."""

    title, button = _("换人"), _("换成他，马上通知")
    role = forms.ChoiceField(label=_("岗位"), choices=Role.choices)
    to = forms.ChoiceField(label=_("换成"))

    def prepare(self) -> None:
        offer(self, "role", [(one, Role(one).label) for one in self.row.plan.roles])
        offer(self, "to", self.crew())

    def act(self) -> Incident:
        sent = self.cleaned_data
        return actions.assign(self.row, role=sent["role"], to=self.staff(sent["to"]), by=self.scope)


class ApproveForm(IncidentForm):
    """批准."""

    title, button = _("批准通报"), _("批准并发布")
    bulletin = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        raw = str(self["bulletin"].value() or "")
        draft = self.row.bulletins.filter(posted_at=None, id=int(raw) if raw.isdigit() else 0).first()
        self.says = draft.text if draft else ""

    def act(self) -> Incident:
        return actions.approve(self.row, bulletin_id=self.cleaned_data["bulletin"], by=self.scope)
