"""The authenticator: set up with its first code, asked at login, stood in for by recovery codes, put back by others."""

import secrets

import pyotp
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import RecoveryCode, Staff
from anju.accounts.queries import scope_of_staff
from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.journal import actions as journal
from anju.vault.blind import sign

STEP_S = 30
CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def required(staff: Staff) -> bool:
    """Does one of his roles ask for a second step in this office?"""
    return any(not settings.ANJU_SECOND_STEP.isdisjoint(row.roles) for row in staff.memberships.all())


def fits(staff: Staff, code: str) -> bool:
    """Is this a code of his authenticator that has not been used? Half a minute of a wrong clock is forgiven.

    The half minute is taken in one statement, so that a code that somebody has watched serves nobody again (ASVS 6.5.1).
    """
    step = _step(staff.totp, code) if staff.totp else 0
    return step > 0 and bool(Staff.objects.filter(id=staff.id, totp_step__lt=step).update(totp_step=step))


def _step(secret: str, code: str) -> int:
    """The half minute this code belongs to, 0 when to none."""
    now, totp = clock.now(), pyotp.TOTP(secret)
    here, wanted = int(now.timestamp()) // STEP_S, code.replace(" ", "").encode()
    near = (here, here - 1, here + 1)
    return next((one for one in near if secrets.compare_digest(totp.generate_otp(one).encode(), wanted)), 0)


def recovers(staff: Staff, code: str) -> bool:
    """Is this one of his recovery codes? Then it is used up, on record."""
    found = RecoveryCode.objects.filter(staff=staff, digest=_digest(staff, code), used_at=None)
    if not found.update(used_at=clock.now()):
        return False
    left = RecoveryCode.objects.filter(staff=staff, used_at=None).count()
    about = ("staff", staff.id)
    by = scope_of_staff(staff)
    journal.record("accounts.recovery_used", subject=about, community_id=None, by=by, data={"left": left})
    return True


def begin(staff: Staff) -> str:
    """The secret that waits for its first code; the same one until then, so that a reload keeps the picture."""
    if not staff.totp_new:
        staff.totp_new = pyotp.random_base32()
        staff.save(update_fields=["totp_new"])
    return staff.totp_new


def address(staff: Staff, secret: str) -> str:
    """What the picture says to the authenticator."""
    return pyotp.TOTP(secret).provisioning_uri(name=staff.login, issuer_name="安居")


@transaction.atomic
def confirm(staff: Staff, code: str, *, by: Scope) -> list[str]:
    """The first code fits: from now on it is asked for. Gives the recovery codes, shown this once.

    Raises Refused CODE_WRONG.
    """
    row = Staff.objects.select_for_update().get(id=staff.id)
    step = _step(row.totp_new, code) if row.totp_new else 0
    if not step:
        raise Refused("CODE_WRONG", _("验证码不对，请看手机上现在的6位数字"), fields={"code": _("验证码不对")})
    row.totp, row.totp_new, row.totp_step = row.totp_new, "", step
    row.save(update_fields=["totp", "totp_new", "totp_step"])
    journal.record("accounts.second_step_set", subject=("staff", row.id), community_id=None, by=by)
    return _new_codes(row)


@transaction.atomic
def switch_off(staff: Staff, *, by: Scope) -> None:
    """His own wish, where none of his roles needs it. Raises Refused SECOND_STEP_REQUIRED."""
    if required(staff):
        raise Refused("SECOND_STEP_REQUIRED", _("您的岗位要求两步登录，可以换手机，不能关掉"))
    row = Staff.objects.select_for_update().get(id=staff.id)
    row.totp, row.totp_new = "", ""
    row.save(update_fields=["totp", "totp_new"])
    RecoveryCode.objects.filter(staff=row).delete()
    journal.record("accounts.second_step_off", subject=("staff", row.id), community_id=None, by=by)


def _new_codes(staff: Staff) -> list[str]:
    made = ["-".join(_letters(5) for _half in range(2)) for _each in range(CODES)]
    RecoveryCode.objects.filter(staff=staff).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(staff=staff, digest=_digest(staff, one)) for one in made)
    return made


def _letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _each in range(count))


def _digest(staff: Staff, code: str) -> str:
    return sign(f"{staff.id}:{code.strip().lower().replace('-', '')}", "recovery")
