"""The form of 记一单. It checks what was typed; the place is found by exact match, never by browsing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.core import clock, phones
from anju.core.scope import Scope
from anju.desk.fields import LeafField
from anju.estate import addresses
from anju.estate import queries as estate
from anju.estate.models import Asset, Community, Person, Place, Room
from anju.tickets import queries
from anju.tickets.choices import Channel
from anju.ui.fields import Choice
from anju.ui.inputs import MomentField, PhoneField, WordsField
from anju.ui.photos import PhotosField

CHANNELS = [(one.value, one.label) for one in (Channel.PHONE, Channel.COUNTER, Channel.STAFF)]


class ReportForm(forms.Form):
    """What was said, by whom, where, when."""

    text = WordsField(
        rows=4,
        required=False,
        label=_("来电人怎么说"),
        error_messages={"max_length": _("描述最多1000字，请精简一些")},
    )
    leaf = LeafField(required=False)
    auto = forms.CharField(required=False, max_length=4)
    phone = PhoneField(label=_("电话"), required=False)
    person = forms.CharField(required=False, max_length=20)
    spot = forms.CharField(required=False, max_length=40)
    where = forms.CharField(
        label=_("地点或完整地址"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "public-places", "placeholder": "8-2-601"}),
    )
    channel = forms.ChoiceField(
        label=_("来源"), choices=CHANNELS, widget=forms.RadioSelect, initial=Channel.PHONE, required=False
    )
    visit = forms.ChoiceField(label=_("上门"), widget=forms.RadioSelect, required=False, initial="")
    start = MomentField(label=_("从"), required=False)
    end = MomentField(label=_("到"), required=False)
    reported_at = MomentField(label=_("补录：实际报事时间"), required=False)
    call_id = forms.CharField(label=_("通话记录编号"), required=False, max_length=64)
    twin = forms.CharField(required=False, max_length=24)
    twin_shown = forms.CharField(required=False, max_length=24)
    also_shown = forms.CharField(required=False)
    also = forms.Field(required=False, widget=forms.CheckboxSelectMultiple)
    photos = PhotosField()

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        scope: Scope,
        community: Community,
        checked: Mapping[str, Any] | None = None,
    ) -> None:
        """`checked`: what the check of the typed address said; a home is found only when it matched (R16.1)."""
        super().__init__(data, files, auto_id="new-%s")
        self.scope, self.community, self.checked = scope, community, checked or {}
        visits: Any = self.fields["visit"]
        visits.choices = [(name, label) for name, label, _span in windows(clock.now())]

    def clean(self) -> dict[str, Any]:
        """Join what was typed to rows of the register."""
        sent = self.cleaned_data
        sent["chosen"] = "" if sent.get("leaf") == sent.get("auto") else sent.get("leaf", "")
        sent["who"] = self._person(sent)
        sent["place_found"] = self._place(sent)
        sent["appointment"] = self._appointment(sent)
        return sent | self._twin(sent)

    def _person(self, sent: dict[str, Any]) -> Person | None:
        found = phones.parse(sent.get("phone", ""))
        people = estate.people_by_phone(self.community.id, found.number) if found else []
        return next((one for one in people if str(one.id) == sent.get("person")), None)

    def _place(self, sent: dict[str, Any]) -> Room | Place | Asset | None:
        typed = sent.get("where", "").strip()
        if typed:
            found = addresses.public(self.scope, self.community.id, typed)
            if found is None and self.checked.get("matched"):
                return addresses.home(self.scope, self.community.id, typed)
            if found is None:
                words = self.checked.get("words") or _("不匹配。请写完整地址，如 8-2-601，或公共地点的全名")
                self.add_error("where", words)
            return found
        return spot_of(self.scope, self.community.id, sent.get("spot", ""))

    def _twin(self, sent: dict[str, Any]) -> dict[str, Any]:
        """并入 and 不是同一件 speak of the ticket that was shown: what has changed since then is decided anew."""
        what, _colon, no = sent.get("twin", "").partition(":")
        rows = queries.visible(self.scope).filter(community_id=self.community.id, no=no)
        twin = rows.first() if no.isprintable() else None
        return {"same": twin if what == "join" else None, "apart": twin if what == "apart" else None}

    def _appointment(self, sent: dict[str, Any]) -> tuple[datetime, datetime] | None:
        if sent.get("visit") == "other":
            start, end = sent.get("start"), sent.get("end")
            if not start or not end:
                self.add_error("end", _("另约要写从几点到几点"))
                return None
            return start, end
        spans = {name: span for name, _label, span in windows(clock.now())}
        return spans.get(sent.get("visit", ""))


def visits(form: ReportForm) -> list[Choice]:
    """When somebody may come, each with its key."""
    chosen = form["visit"].value() or ""
    offered = [(name, label) for name, label, _span in windows(clock.now())]
    return [
        Choice("radio", "visit", name, label, checked=name == chosen, id="", key=key)
        for (name, label), key in zip(offered, VISIT_KEYS, strict=False)
    ]


def spot_of(scope: Scope, community_id: int, spot: str) -> Room | Place | Asset | None:
    """room:12, place:13, asset:14, as the caller's panel offers them."""
    kind, _colon, number = spot.partition(":")
    tables: dict[str, Any] = {"room": estate.rooms, "place": estate.places, "asset": estate.assets}
    if kind not in tables or not (number.isascii() and number.isdigit() and len(number) < 20):
        return None
    found: Room | Place | Asset | None = tables[kind](scope, community_id).filter(id=int(number)).first()
    return found


VISIT_KEYS = ("alt+d", "alt+f", "alt+g", "alt+h", "alt+j")
Window = tuple[str, str, tuple[datetime, datetime] | None]


def windows(now: datetime) -> list[Window]:
    """When somebody may come: not agreed, the next half days, another time."""
    day = clock.day_start(now)
    halves = (
        ("today-pm", gettext("今天14–18点"), day, 14, 18),
        ("tomorrow-am", gettext("明天上午"), day + timedelta(days=1), 9, 12),
        ("tomorrow-pm", gettext("明天下午"), day + timedelta(days=1), 14, 18),
    )
    found: list[Window] = [("", gettext("不用约"), None)]
    for name, label, start, begin, end in halves:
        span = start + timedelta(hours=begin), start + timedelta(hours=end)
        if span[0] > now:
            found.append((name, label, span))
    return [*found, ("other", gettext("另约"), None)]
