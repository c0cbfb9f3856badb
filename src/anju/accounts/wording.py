"""Passwords that anybody who knows the house would try first (ASVS 6.1.2, 6.2.11)."""

import re

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS = (
    "anju",
    "安居",
    "wuye",
    "物业",
    "yangguang",
    "阳光",
    "kefu",
    "客服",
    "admin",
    "property",
    "baoan",
    "xiaoqu",
    "小区",
)
_REST = re.compile(r"[\W\d_]+")


class HouseWords:
    """Refuses a password that is nothing but words of the house, digits and signs: anju-2026, wuye12345."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        rest = _REST.sub("", password.lower())
        for word in WORDS:
            rest = rest.replace(word, "")
        if not rest:
            raise ValidationError(_("密码不要用公司、小区、岗位的名字加数字"), code="password_house_word")

    def get_help_text(self) -> str:
        return _("密码不要用公司、小区、岗位的名字加数字")
