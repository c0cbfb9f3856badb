"""A code, and an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The code as an SMS brought it."""

    code = forms.CharField(
        label=_("邀请码"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True})
    )


def _secret(label: Any) -> forms.CharField:
    attrs = {"autocomplete": "new-password"}
    return forms.CharField(label=label, max_length=128, strip=False, widget=forms.PasswordInput(attrs=attrs))


class AccountForm(forms.Form):
    """Name and password of a new member of staff."""

    name = forms.CharField(label=_("姓名"), max_length=20, help_text=_("同事和业主看到的，如 陈师傅"))
    login = forms.CharField(
        label=_("账号"), max_length=40, help_text=_("登录时输入，可以就用姓名"),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )  # fmt: skip
    password = _secret(_("密码，至少8位"))
    again = _secret(_("再输一遍密码"))

    def clean(self) -> dict[str, Any]:
        """The same password twice."""
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("两次输入的密码不一样"))
        return given
