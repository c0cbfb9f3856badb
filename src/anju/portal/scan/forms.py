"""The second screen: photos, one line, a phone; all may stay empty once a chip was tapped."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.ui.inputs import PhoneField, WordsField
from anju.ui.photos import PhotosField
from anju.ui.voice import VoiceField


class ScanForm(forms.Form):
    """What is wrong here."""

    photos = PhotosField(label=_("拍一张（可不拍）"))
    text = WordsField(
        rows=2,
        required=False,
        label=_("说一句"),
        error_messages={"max_length": _("描述最多1000字，请精简一些")},
    )
    voice = VoiceField()
    phone = PhoneField(label=_("电话"), required=False, help_text=_("填了师傅好找您"))

    def __init__(self, data: Any = None, files: Any = None, *, chosen: bool) -> None:
        super().__init__(data, files)
        self.chosen = chosen

    def clean(self) -> dict[str, Any]:
        """Without a chip something must be said or shown."""
        sent = self.cleaned_data
        said = sent.get("text", "")
        shown = sent.get("photos") or sent.get("voice")
        if not self.chosen and len(said) < 2 and not shown and "text" not in self.errors:
            self.add_error("text", _("请说一句哪里坏了，或拍一张照片"))
        return sent
