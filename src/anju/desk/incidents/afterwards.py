"""What is asked afterwards: review, improvements, the file, the observer."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.desk.incidents.asking import IncidentForm, offer
from anju.incidents import actions
from anju.incidents.choices import Progress
from anju.incidents.models import Incident
from anju.ui.inputs import WordsField


class ReviewForm(IncidentForm):
    """复盘."""

    title, button = _("复盘结论"), _("记下复盘")
    words = WordsField(label=_("结论"), rows=5, max_length=2000)

    def act(self) -> Incident:
        return actions.record_review(self.row, words=self.cleaned_data["words"], by=self.scope)


class ImprovementForm(IncidentForm):
    """改进项."""

    title, button = _("加一条改进项"), _("记下")
    what = forms.CharField(label=_("改进什么"), max_length=200)
    who = forms.ChoiceField(label=_("谁负责"))
    due_on = forms.DateField(label=_("哪天前"), widget=forms.DateInput(attrs={"type": "date"}))

    def prepare(self) -> None:
        offer(self, "who", self.crew())

    def act(self) -> Incident:
        sent = self.cleaned_data
        due_on: date = sent["due_on"]
        return actions.improve(self.row, what=sent["what"], who=self.staff(sent["who"]), due_on=due_on, by=self.scope)


class ProgressForm(IncidentForm):
    """改进项进展."""

    title, button = _("改进项进展"), _("记下")
    improvement = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.ChoiceField(
        label=_("进展"), choices=[(one.value, one.label) for one in list(Progress)[1:] if one != "OVERDUE"]
    )

    def act(self) -> Incident:
        sent = self.cleaned_data
        return actions.advance(self.row, improvement_id=sent["improvement"], to=sent["to"], by=self.scope)


class FileForm(IncidentForm):
    """归档."""

    title = button = _("归档")

    def act(self) -> Incident:
        return actions.close(self.row, by=self.scope)


SPEECH = (_("语速清楚"), _("位置准确"), _("禁语未出现"), _("安抚到位"), _("复述确认"))


class MarksForm(IncidentForm):
    """观察表."""

    title, button = _("观察表"), _("交表")
    says = _("沟通每项0到2分；记录完整性10项，填做到的项数")
    records = forms.IntegerField(label=_("记录完整，做到几项"), min_value=0, max_value=10)

    def prepare(self) -> None:
        for number, label in enumerate(SPEECH):
            self.fields[f"speech{number}"] = forms.IntegerField(label=label, min_value=0, max_value=2)

    def act(self) -> Incident:
        sent = self.cleaned_data
        speech = [sent[f"speech{number}"] for number in range(len(SPEECH))]
        records = [int(number < sent["records"]) for number in range(10)]
        return actions.mark(self.row, speech=speech, records=records, by=self.scope)
