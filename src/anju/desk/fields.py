"""Form fields of the desk: kinds of matter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju import understanding
from anju.core import text


class LeafField(forms.CharField):
    """The code of a leaf of the classification tree."""

    default_error_messages = {"required": _("请先选择类别")}

    def to_python(self, value: Any) -> str:
        """An upper-case code that exists, or ""."""
        code = text.one_line(str(value or "")).upper()[:4]
        if code and code not in understanding.leaves():
            raise forms.ValidationError(_("没有这个类别"))
        return code
