"""Form fields of all doors: clean text, telephone numbers, moments in Shanghai time."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.core import clock, phones, text


class WordsField(forms.CharField):
    """Free text, cleaned of what nobody types."""

    def __init__(self, *, rows: int = 3, max_length: int = 1000, **more: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **more)

    def to_python(self, value: Any) -> str:
        """Clean text."""
        return text.clean(str(value or ""))


class PhoneField(forms.CharField):
    """A number that can be called, as it was typed; the words say how many digits are missing."""

    def __init__(self, **more: Any) -> None:
        attrs = {"type": "tel", "autocomplete": "tel", "inputmode": "tel", "placeholder": _("手机号")}
        super().__init__(max_length=30, widget=forms.TextInput(attrs=attrs), **more)

    def clean(self, value: Any) -> str:
        """Refuses what no exchange could call."""
        typed = text.one_line(str(super().clean(value) or ""))
        if typed and phones.parse(typed) is None:
            raise forms.ValidationError(phone_words(typed))
        return typed


def phone_words(typed: str) -> str:
    """手机号少1位，请填11位手机号."""
    digits = sum(1 for char in typed if char.isdigit())
    if typed.startswith("1") and digits < 11:
        return gettext("手机号少%(n)d位，请填11位手机号") % {"n": 11 - digits}
    if typed.startswith("1") and digits > 11:
        return gettext("手机号多%(n)d位，请填11位手机号") % {"n": digits - 11}
    return gettext("电话号码不对，手机填11位，固话带区号")


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of day and minute."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class MomentField(forms.CharField):
    """An instant, typed as Shanghai wall time; None when nothing was."""

    widget = MomentInput

    def to_python(self, value: Any) -> Any:
        """A UTC instant, or None."""
        typed = text.one_line(str(value or ""))
        if not typed:
            return None
        try:
            return clock.parse(typed)
        except ValueError as error:
            raise forms.ValidationError(_("时间看不懂，请写成 2026-03-02 14:00")) from error

    def prepare_value(self, value: Any) -> Any:
        """What the picker shows."""
        return f"{clock.local(value):%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else value
