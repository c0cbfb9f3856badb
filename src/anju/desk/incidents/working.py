"""What the crew is asked: in place, steps, bulletins, a word inside."""

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.desk.incidents.asking import IncidentForm, offer
from anju.incidents import actions
from anju.incidents.actions.bulletins import Words
from anju.incidents.choices import Audience, Evidence, State
from anju.incidents.models import Incident
from anju.incidents.rules import grid
from anju.ui import photos
from anju.ui.inputs import MomentField, WordsField
from anju.ui.photos import PhotosField


class AckForm(IncidentForm):
    """到位确认."""

    title = button = _("我已到位")

    def act(self) -> Incident:
        return actions.acknowledge(self.row, by=self.scope)


class StepForm(IncidentForm):
    """完成一步."""

    title, button = _("完成这一步"), _("完成")
    no = forms.IntegerField(widget=forms.HiddenInput)
    words = WordsField(label=_("为证：受理号、时间、名单、谁在场"), rows=2, max_length=500, required=False)
    photos = PhotosField(label=_("现场照片"), max_files=1)

    def prepare(self) -> None:
        raw = self["no"].value()
        step = self.row.steps.filter(no=int(raw)).first() if str(raw).isdigit() else None
        self.says = f"T+{step.target_min}　{step.get_role_display()}　{step.text}" if step else ""
        if step and step.evidence == Evidence.PHOTO:
            self.fields["photos"].required = True

    def act(self) -> Incident:
        sent = self.cleaned_data
        kept, _trouble = photos.keep(sent["photos"], community_id=self.row.community_id, by=self.scope)
        photo = kept[0] if kept else None
        return actions.do_step(self.row, no=sent["no"], by=self.scope, words=sent["words"], photo=photo)


class BulletinForm(IncidentForm):
    """通报."""

    title = button = _("发布通报")
    audience = forms.ChoiceField(label=_("发给"), choices=Audience.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("原因（已查明才填）"), max_length=20, required=False)
    eta = MomentField(label=_("预计恢复"), required=False)
    progress = forms.CharField(label=_("正在做"), max_length=100, required=False)
    free = WordsField(label=_("自拟文字（给住户要总指挥批准）"), rows=2, max_length=500, required=False)
    interval = forms.TypedChoiceField(label=_("通报间隔"), coerce=int, empty_value=None, required=False)

    def prepare(self) -> None:
        self.fields["audience"].initial = Audience.RESIDENTS if self.row.plan.tells else Audience.INTERNAL
        choices = [("", _("不变"))] + [(str(one), _("%(n)d分钟一次") % {"n": one}) for one in grid.LONGER]
        offer(self, "interval", choices)
        if self.row.state != State.CONTROLLED:
            del self.fields["interval"]

    def act(self) -> Incident:
        sent = self.cleaned_data
        words = Words(sent["audience"], sent["progress"], sent["reason"], "", sent["eta"], sent["free"])
        again = "no_news" in self.data
        return actions.post(self.row, by=self.scope, words=words, no_news=again, interval=sent.get("interval"))


class TimeForm(IncidentForm):
    """R3.5: 原因、还缺什么、新的时间."""

    title, button = _("公布新的预计时间"), _("公布，住户会收到短信")
    cause = forms.CharField(label=_("原因"), max_length=20)
    missing = forms.CharField(label=_("还缺什么"), max_length=20)
    eta = MomentField(label=_("预计恢复"))

    def act(self) -> Incident:
        return actions.publish_eta(self.row, by=self.scope, **self.cleaned_data)


class NoteForm(IncidentForm):
    """内部群."""

    title, button = _("内部发言"), _("发出")
    words = WordsField(label=_("说一句"), rows=2, max_length=500)

    def act(self) -> Incident:
        return actions.note(self.row, words=self.cleaned_data["words"], by=self.scope)
