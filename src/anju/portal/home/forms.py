"""Reporting for my home."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.core import clock
from anju.estate.models import Room
from anju.portal.home.pages import windows
from anju.ui.inputs import PhoneField, WordsField
from anju.ui.photos import PhotosField
from anju.ui.voice import VoiceField


class HomeForm(forms.Form):
    """Which room, what, photos, when."""

    room = forms.ChoiceField(label=_("哪里"), widget=forms.RadioSelect, error_messages={"required": _("请选一处房屋")})
    text = WordsField(
        rows=3,
        required=False,
        label=_("哪里不对，说一句就行"),
        error_messages={"max_length": _("描述最多1000字，请精简一些")},
    )
    voice = VoiceField()
    photos = PhotosField(label=_("拍一张（可不拍）"))
    visit = forms.ChoiceField(label=_("什么时候上门"), widget=forms.RadioSelect, required=False, initial="")
    phone = PhoneField(label=_("换个电话联系"), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, rooms: list[Room]) -> None:
        super().__init__(data, files)
        self.rooms = {str(one.id): one for one in rooms}
        self.spans = windows(clock.now())
        self._choose("room", [(str(one.id), one.address) for one in rooms])
        self._choose("visit", [(name, label) for name, label, _span in self.spans])
        if len(rooms) == 1:
            self.fields["room"].initial = str(rooms[0].id)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Something must be said or shown."""
        sent = self.cleaned_data
        shown = sent.get("photos") or sent.get("voice")
        if len(sent.get("text", "")) < 2 and not shown and "text" not in self.errors:
            self.add_error("text", _("请说一句哪里坏了，或拍一张照片"))
        return sent

    @property
    def chosen_room(self) -> Room | None:
        return self.rooms.get(self.cleaned_data.get("room", ""))

    @property
    def appointment(self) -> tuple[datetime, datetime] | None:
        chosen = self.cleaned_data.get("visit", "")
        return next((span for name, _label, span in self.spans if name == chosen), None)
