"""What the accounts keep of staff, and the logins of residents."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from anju.accounts.models import ApiToken, LoginCode
from anju.core.personal import CONTRACT, LAW, OFFICE, Declaration, Item, declare

CODES = timedelta(days=30)


def erase(person_id: int) -> None:
    """No token opens anything any more."""
    ApiToken.objects.filter(person_id=person_id).delete()


def purge(now: datetime) -> Mapping[str, int]:
    """Login codes after thirty days."""
    return {"login_codes": LoginCode.objects.filter(created_at__lt=now - CODES).delete()[0]}


declare(
    Declaration(
        "accounts",
        (
            Item("员工姓名和电话", ("accounts.Staff.phone",), "派单、通知、值班", CONTRACT, "在职期间加3年", "员工"),
            Item("两步验证密钥", ("accounts.Staff.totp",), "保护账号", LAW, "在职期间", "员工"),
            Item("登录验证码", ("accounts.LoginCode.phone_hash",), "登录", OFFICE, "30天"),
        ),
        erase=erase,
        purge=purge,
    )
)
