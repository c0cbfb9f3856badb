"""One's own new password."""

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.actions.sessions import end_all, prove
from anju.accounts.choices import Ended
from anju.accounts.models import StaffSession
from anju.accounts.queries import stamp
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.journal import actions as journal


def change(session: SessionBase, row: StaffSession, *, old: str, new: str, by: Scope) -> int:
    """The login in hand goes on, all others end; gives how many.

    Raises Refused PROOF_WRONG, LOGIN_LOCKED (429), PASSWORD_WEAK, PASSWORD_SAME.
    """
    prove(row, old)
    if old == new:
        raise Refused("PASSWORD_SAME", _("新密码要和原来的不一样"), fields={"new": _("新密码要和原来的不一样")})
    check(new)
    with transaction.atomic():
        staff = row.staff
        staff.set_password(new)
        staff.save(update_fields=["password"])
        ended = end_all(staff, Ended.PASSWORD, besides=row.id)
        journal.record("accounts.password_changed", subject=("staff", staff.id), community_id=None, by=by)
    session.cycle_key()
    session["stamp"] = stamp(staff)
    return ended


def check(password: str) -> None:
    """Raises Refused PASSWORD_WEAK with the reason."""
    try:
        validate_password(password)
    except ValidationError as error:
        message = "".join(str(one) for one in error.messages)
        raise Refused("PASSWORD_WEAK", message, fields={"new": message}) from error
