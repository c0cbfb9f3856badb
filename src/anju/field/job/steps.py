"""The steps of a job: noun of the address, form, words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.field.job import forms
from anju.field.job.forms import StepForm


@dataclass(frozen=True, slots=True)
class Step:
    """`action` is its name in the state table; `hint` says what follows."""

    noun: str
    action: str
    form: type[StepForm]
    title: str | Promise
    button: str | Promise
    icon: str
    hint: str | Promise = ""
    done: str | Promise = ""
    template: str = "field/job/step.html"

    @property
    def leaves(self) -> bool:
        """True when the job is out of his hands afterwards."""
        return self.noun in ("return", "decline", "finish")


STEPS = (
    Step(
        "take",
        "take",
        forms.Take,
        _("接单"),
        _("接单"),
        "checks",
        _("业主会收到您几点到"),
        _("已接单"),
    ),
    Step(
        "start",
        "start",
        forms.Arrive,
        _("我到了"),
        _("签到，开始干"),
        "map-pin",
        _("扫现场的码；扫不了就定位，或拍一张"),
        _("已到场"),
        "field/job/arrive.html",
    ),
    Step("begin", "start", forms.Begin, _("开始处理"), _("开始处理"), "player-play", done=_("已开始")),
    Step(
        "finish",
        "finish",
        forms.Finish,
        _("修好了"),
        _("修好了"),
        "circle-check",
        _("业主会收到，请他确认"),
        _("做完了，等业主确认"),
        "field/job/finish.html",
    ),
    Step("resume", "resume", forms.Resume, _("接着干"), _("接着干"), "player-play", done=_("已恢复")),
    Step(
        "delay",
        "delay",
        forms.Delay,
        _("晚点到"),
        _("告诉业主"),
        "clock",
        _("业主会收到新的时间和原因"),
        _("已告诉业主"),
    ),
    Step(
        "suspend",
        "suspend",
        forms.Suspend,
        _("挂起"),
        _("申请挂起"),
        "player-pause",
        _("等业主时间马上生效，其他要主管同意"),
        _("已提交"),
    ),
    Step(
        "return",
        "return",
        forms.GiveBack,
        _("退回"),
        _("退回"),
        "arrow-back-up",
        _("会马上派给别人；已经用掉的时间照算"),
        _("已退回"),
    ),
    Step(
        "decline",
        "decline",
        forms.Decline,
        _("拒单"),
        _("拒单"),
        "x",
        _("会马上派给别人；一天3次会告诉主管"),
        _("已拒单"),
    ),
    Step(
        "quote",
        "quote",
        forms.Quote,
        _("报价"),
        _("发给业主确认"),
        "receipt-yuan",
        _("业主点同意后才能动手"),
        _("报价已发给业主"),
    ),
)
BY_NOUN: Mapping[str, Step] = {step.noun: step for step in STEPS}
GO = ("take", "start", "begin", "finish", "resume")
LESSER = ("delay", "quote", "suspend", "return", "decline")
