"""What a resident asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.privacy.choices import RequestKind

FIELDS = (("", _("不更正")), ("name", _("姓名")), ("phone", _("电话")))


class AskForm(forms.Form):
    """Which right, in which words; a correction says what to what."""

    kind = forms.ChoiceField(label=_("要办什么"), choices=RequestKind.choices, widget=forms.RadioSelect)
    field = forms.ChoiceField(label=_("更正哪一项"), choices=FIELDS, required=False)
    value = forms.CharField(label=_("正确的内容"), max_length=40, required=False)
    text = forms.CharField(
        label=_("补充说明（可不填）"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="ask-%s")
