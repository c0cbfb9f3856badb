"""One form per step. Everything can be tapped; typing is for what no word fits."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.core import clock, money, text
from anju.core.scope import Scope
from anju.field.job import words
from anju.files.models import File
from anju.tickets import actions as tickets
from anju.tickets.choices import DeclineReason, Stage, Status, SuspendReason, Type
from anju.tickets.models import Ticket
from anju.tickets.rules.offline import PhoneTime
from anju.ui import photos
from anju.ui.inputs import WordsField
from anju.ui.photos import PhotosField

MINUTES = [(15, _("15分钟")), (30, _("30分钟")), (60, _("1小时")), (120, _("2小时"))]
DAYS = [(1, _("明天")), (2, _("后天")), (3, _("3天后")), (7, _("7天后"))]
MORNING = 9
PLAIN = re.compile(r"¥?([0-9]{1,6}(?:\.[0-9]{1,2})?)[^0-9.]?")
"""An amount below a million yuan, with or without its unit."""


class StepForm(forms.Form):
    """A step of one worker on one job; `act` does it and may raise Refused."""

    def __init__(self, data: Any = None, files: Any = None, *, scope: Scope, ticket: Ticket) -> None:
        super().__init__(data, files)
        self.scope, self.ticket = scope, ticket
        self.phone_time: PhoneTime | None = None

    @property
    def more(self) -> dict[str, Any]:
        """What every action takes: when it happened, if that was not now."""
        return {"by": self.scope, "phone_time": self.phone_time}

    def promised(self, minutes: int) -> datetime:
        """So many minutes from when it was pressed; when that is past by now, the owner hears of this minute."""
        pressed = (self.phone_time.believed if self.phone_time else None) or clock.now()
        return max(pressed + timedelta(minutes=minutes), clock.now() + clock.SECOND)

    def kept(self, name: str = "photos") -> list[File]:
        """The photos of this form, kept before the step begins; a disk that takes nothing stops the step here: a worker
        is asked for them as proof."""
        files, trouble = photos.keep(self.cleaned_data[name], community_id=self.ticket.community_id, by=self.scope)
        if trouble:
            raise trouble
        return files

    def act(self) -> Ticket:
        """Do it."""
        raise NotImplementedError


def radio(label: object, choices: Any, **more: Any) -> forms.ChoiceField:
    """Words to tap, one of them."""
    return forms.ChoiceField(label=str(label), choices=choices, widget=forms.RadioSelect, **more)


class Take(StepForm):
    """接单 with the time of arrival."""

    eta = forms.TypedChoiceField(
        label=_("多久能到"),
        choices=MINUTES[:3],
        coerce=int,
        initial=30,
        widget=forms.RadioSelect,
        error_messages={"required": _("请点多久能到")},
    )

    def act(self) -> Ticket:
        """Take it."""
        return tickets.take(self.ticket, eta=self.promised(self.cleaned_data["eta"]), **self.more)


class Arrive(StepForm):
    """我到了, proved by the code at the place, the resident's code, position, or a photo."""

    photos = PhotosField(label=_("拍一张现场（就是修前照片）"), max_files=1)
    code = forms.CharField(
        label=_("扫不开就把码上的链接贴在这里"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    arrival = forms.CharField(
        label=_("业主的4位到场码"),
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    lat = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    lng = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)

    def act(self) -> Ticket:
        """Begin."""
        sent, kept = self.cleaned_data, self.kept()
        proof: dict[str, Any] = {}
        if sent["code"]:
            proof["qr"] = sent["code"]
        elif sent["arrival"]:
            proof["code"] = sent["arrival"]
        elif sent["lat"]:
            proof["geo"] = {"lat": sent["lat"], "lng": sent["lng"]}
        return tickets.start(self.ticket, proof=proof, photo=kept[0] if kept else None, **self.more)


class Finish(StepForm):
    """修好了: a photo of the result, what was done, what was used."""

    photos = PhotosField(label=_("修后照片"))
    did = forms.MultipleChoiceField(label=_("做了什么"), required=False, widget=forms.CheckboxSelectMultiple)
    text = WordsField(rows=2, required=False, label=_("还要说的"))

    def __init__(self, data: Any = None, files: Any = None, *, scope: Scope, ticket: Ticket) -> None:
        super().__init__(data, files, scope=scope, ticket=ticket)
        self._choose()
        for index, name in enumerate(words.parts(ticket.leaf_code)):
            self.fields[f"part_{index}"] = forms.IntegerField(
                label=str(name), min_value=0, max_value=99, required=False
            )

    def _choose(self) -> None:
        field: Any = self.fields["did"]
        field.choices = [(str(one), str(one)) for one in words.done(self.ticket.leaf_code)]

    @property
    def part_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("part_")]

    @property
    def needs_photo(self) -> bool:
        since = self.ticket.status_since
        has = self.ticket.photos.filter(stage=Stage.AFTER, at__gte=since).exists()
        return self.ticket.type == Type.REPAIR and not has

    def clean(self) -> dict[str, Any]:
        """Names what is missing."""
        sent = self.cleaned_data
        sent["result"] = "，".join(one for one in (*sent.get("did", ()), sent.get("text", "")) if one)
        if len(sent["result"]) < 5:
            self.add_error("did", _("请点做了什么，或写一句（至少5个字）"))
        if self.needs_photo and not sent.get("photos") and "photos" not in self.errors:
            self.add_error("photos", _("请拍至少1张修后照片"))
        return sent

    def act(self) -> Ticket:
        """Finish."""
        parts = [
            {"name": self.fields[name].label, "n": n}
            for name in self.fields
            if name.startswith("part_") and (n := self.cleaned_data.get(name))
        ]
        result = self.cleaned_data["result"]
        return tickets.finish(self.ticket, result=result, photos=self.kept(), parts=parts, **self.more)


class Worded(StepForm):
    """A reason: tapped, typed, or both."""

    offered: Sequence[words.Word] = ()
    why = radio(_("为什么"), (), required=False)
    text = WordsField(rows=2, required=False, max_length=200, label=_("别的原因"))

    def __init__(self, data: Any = None, files: Any = None, *, scope: Scope, ticket: Ticket) -> None:
        super().__init__(data, files, scope=scope, ticket=ticket)
        field: Any = self.fields["why"]
        field.choices = [(str(one), str(one)) for one in self.offered]

    def clean(self) -> dict[str, Any]:
        """Something must be said."""
        sent = self.cleaned_data
        sent["reason"] = "，".join(one for one in (sent.get("why", ""), sent.get("text", "")) if one)
        if not sent["reason"]:
            self.add_error("why", _("请点一个原因，或写一句"))
        return sent


class Delay(Worded):
    """晚点到: a new time, told to the owner with the reason."""

    offered = words.LATE
    field_order = ("eta", "why", "text")
    eta = forms.TypedChoiceField(
        label=_("改到多久以后"), choices=MINUTES, coerce=int, initial=30, widget=forms.RadioSelect
    )

    def act(self) -> Ticket:
        """Tell the owner."""
        sent = self.cleaned_data
        return tickets.delay(self.ticket, eta=self.promised(sent["eta"]), reason=sent["reason"], **self.more)


class GiveBack(Worded):
    """退回: with a reason, and a photo once on site."""

    offered = words.BACK
    field_order = ("why", "text", "photos")
    photos = PhotosField(label=_("现场照片"), max_files=3)

    def clean(self) -> dict[str, Any]:
        """On site, a photo is asked for."""
        sent = super().clean()
        if self.ticket.status == Status.IN_PROGRESS and not sent.get("photos"):
            self.add_error("photos", _("请拍至少1张现场照片"))
        return sent

    def act(self) -> Ticket:
        """Give it back."""
        return tickets.give_back(self.ticket, reason=self.cleaned_data["reason"], photos=self.kept(), **self.more)


class Decline(StepForm):
    """拒单 with a reason of the list."""

    reason = radio(_("为什么"), DeclineReason.choices, error_messages={"required": _("请点一个原因")})

    def act(self) -> Ticket:
        """Pass it on."""
        return tickets.decline(self.ticket, reason=self.cleaned_data["reason"], **self.more)


class Suspend(StepForm):
    """挂起 until a morning; all but waiting for the owner needs the supervisor's word."""

    reason = radio(_("等什么"), SuspendReason.choices, error_messages={"required": _("请点在等什么")})
    days = forms.TypedChoiceField(
        label=_("到哪天早上9点"), choices=DAYS, coerce=int, initial=1, widget=forms.RadioSelect
    )

    def act(self) -> Ticket:
        """Wait, or ask to."""
        sent = self.cleaned_data
        at = clock.day_start(clock.now()) + timedelta(days=sent["days"], hours=MORNING)
        return tickets.suspend(self.ticket, reason=sent["reason"], resume_at=at, **self.more)


class Amount(forms.Field):
    """Yuan as typed, fen as stored; None when nothing was."""

    def __init__(self, label: object) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "placeholder": "0.00", "maxlength": "12"}
        super().__init__(label=str(label), required=False, widget=forms.TextInput(attrs=attrs))

    def to_python(self, value: Any) -> Any:
        """Fen."""
        typed = text.fold(str(value or ""))
        if not typed:
            return None
        found = PLAIN.fullmatch(typed)
        if found is None:
            raise forms.ValidationError(_("金额不对，请写成 58 或 58.50"))
        return money.fen(found[1])


class Quote(StepForm):
    """报价: material and labour; the owner agrees before work begins."""

    what = forms.CharField(label=_("用什么材料"), required=False, max_length=40)
    material = Amount(_("材料费（元）"))
    labour = Amount(_("人工费（元）"))

    def clean(self) -> dict[str, Any]:
        """A price is more than nothing."""
        sent = self.cleaned_data
        if not (sent.get("material") or sent.get("labour")) and not self.errors:
            self.add_error("labour", _("请填材料费或人工费"))
        return sent

    def act(self) -> Ticket:
        """Offer it."""
        sent = self.cleaned_data
        lines = [
            {"name": sent["what"] or str(_("材料")), "kind": "material", "fen": sent["material"]},
            {"name": str(_("人工")), "kind": "labour", "fen": sent["labour"]},
        ]
        return tickets.quote(self.ticket, lines=[line for line in lines if line["fen"]], **self.more)


class Resume(StepForm):
    """恢复: nothing to ask."""

    def act(self) -> Ticket:
        """Go on."""
        return tickets.resume(self.ticket, **self.more)


class Begin(StepForm):
    """开始处理: office work, no arrival to prove."""

    def act(self) -> Ticket:
        """Begin."""
        return tickets.start(self.ticket, **self.more)
