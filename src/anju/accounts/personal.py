"""What the accounts keep of staff, and the logins of residents."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from anju.accounts.models import ApiToken, LoginCode, StaffSession
from anju.core.personal import CONTRACT, LAW, OFFICE, Declaration, Item, declare

CODES = timedelta(days=30)
LOGINS = timedelta(days=190)
"""网络安全法 §21 wants records of logins for six months at least."""


def erase(person_id: int) -> None:
    """No token opens anything any more."""
    ApiToken.objects.filter(person_id=person_id).delete()


def purge(now: datetime) -> Mapping[str, int]:
    """Login codes after thirty days, records of staff logins after half a year."""
    return {
        "login_codes": LoginCode.objects.filter(created_at__lt=now - CODES).delete()[0],
        "staff_sessions": StaffSession.objects.filter(seen_at__lt=now - LOGINS).delete()[0],
    }


declare(
    Declaration(
        "accounts",
        (
            Item("员工姓名和电话", ("accounts.Staff.phone",), "派单、通知、值班", CONTRACT, "在职期间加3年", "员工"),
            Item("受邀人的电话", ("accounts.Invitation.phone",), "发邀请码", CONTRACT, "接受或撤回后即删", "员工"),
            Item(
                "两步验证密钥",
                ("accounts.Staff.totp", "accounts.Staff.totp_new"),
                "保护账号",
                LAW,
                "在职期间",
                "员工",
            ),
            Item("登录记录：时间、地址、设备", (), "保护账号", LAW, "190天", "员工"),
            Item("登录验证码", ("accounts.LoginCode.phone_hash",), "登录", OFFICE, "30天"),
        ),
        erase=erase,
        purge=purge,
    )
)
