"""Form fields of the desk: moments in Shanghai time, kinds of matter."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju import understanding
from anju.core import clock, text


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


class LeafField(forms.CharField):
    """The code of a leaf of the classification tree."""

    default_error_messages = {"required": _("请先选择类别")}

    def to_python(self, value: Any) -> str:
        """An upper-case code that exists, or ""."""
        code = text.one_line(str(value or "")).upper()[:4]
        if code and code not in understanding.leaves():
            raise forms.ValidationError(_("没有这个类别"))
        return code


class WordsField(forms.CharField):
    """Free text, cleaned of what nobody types."""

    def __init__(self, *, rows: int = 3, max_length: int = 1000, **more: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **more)

    def to_python(self, value: Any) -> str:
        """Clean text."""
        return text.clean(str(value or ""))
