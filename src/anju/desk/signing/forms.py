"""The login form."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LoginForm(forms.Form):
    """Name and password; the code of the authenticator only when the account asks for one."""

    login = forms.CharField(
        label=_("账号"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("动态验证码"),
        max_length=16,
        required=False,
        help_text=_("手机不在身边，填一个恢复码"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
