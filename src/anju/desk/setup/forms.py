"""What a manager types in the guide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.accounts.jobs import JOBS
from anju.ui.inputs import PhoneField


class FactsForm(forms.Form):
    """What the community is called and who answers there."""

    name = forms.CharField(label=_("小区名称"), max_length=60)
    hotline = forms.CharField(
        label=_("业主打得通的电话"), max_length=20, help_text=_("写在二维码和每条短信上，如 0571-88888888")
    )
    sign = forms.CharField(label=_("短信签名"), max_length=20, required=False, help_text=_("不发短信就空着"))
    address = forms.CharField(label=_("地址"), max_length=120, required=False)


class InviteForm(forms.Form):
    """Who is to come, and as what."""

    name = forms.CharField(label=_("姓名"), max_length=20)
    job = forms.ChoiceField(label=_("做什么"), choices=lambda: [(key, job.label) for key, job in JOBS.items()])
    phone = PhoneField(label=_("手机号"), required=False)
    sms = forms.BooleanField(label=_("用短信发邀请码"), required=False)
