"""A phone, then the code sent to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.core import phones
from anju.ui.inputs import PhoneField


class PhoneForm(forms.Form):
    """The number that stands in the land register."""

    phone = PhoneField(label=_("手机号"), error_messages={"required": _("请填11位手机号")})

    def clean_phone(self) -> str:
        """Canonical."""
        found = phones.parse(self.cleaned_data["phone"])
        return found.number if found else ""


class CodeForm(PhoneForm):
    """Six digits from the message."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=12,
        error_messages={"required": _("请填短信里的6位数字")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )
