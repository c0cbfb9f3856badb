"""Accounts that everybody knows: those of the demo, whose password stands on its pages (ASVS 6.3.2)."""

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import DatabaseError

from anju.accounts import queries as accounts
from anju.accounts.rules import DEMO_PASSWORD
from anju.core.scope import SYSTEM

MEND = "给他们改密码：anju staff password 登录名；或办理离岗。演示请设 ANJU_DEMO=1"


def known(most: int = 200) -> list[str]:
    """Logins that open with the password of the demo; none in the demo and the lab themselves. Costs a hash each."""
    if settings.ANJU_DEMO or settings.ANJU_LAB:
        return []
    return [one.login for one in accounts.able(SYSTEM)[:most] if check_password(DEMO_PASSWORD, one.password)]


def forbid(host: str) -> str:
    """Why this office must not be served to others now; empty when it may be."""
    alone = host in ("127.0.0.1", "::1", "localhost") and not settings.ANJU_HTTPS
    if alone:
        return ""
    try:
        found = known()
    except DatabaseError:
        return ""  # there is no database yet: so there are no accounts
    return f"{len(found)}个账号还在用演示的密码（{'、'.join(found[:3])}），不能开给别人用。{MEND}" if found else ""
