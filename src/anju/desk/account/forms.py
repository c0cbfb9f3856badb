"""A new password; a new token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.accounts.choices import Reach

DAYS = (("30", _("30天")), ("90", _("90天")), ("365", _("一年")))


class PasswordForm(forms.Form):
    """The old one and the new one; neither is ever given back."""

    old = forms.CharField(
        label=_("原密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("新密码"),
        max_length=128,
        strip=False,
        help_text=_("至少8个字，越长越好；不用定期换"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="password-%s")


class TokenForm(forms.Form):
    """For which program, how far it reaches, how long it lasts."""

    label = forms.CharField(label=_("给哪个程序用"), max_length=40)
    reach = forms.MultipleChoiceField(
        label=_("能用的范围"),
        choices=Reach.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选它能用的范围")},
    )
    days = forms.TypedChoiceField(label=_("有效期"), choices=DAYS, coerce=int, initial="90")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="token-%s")
