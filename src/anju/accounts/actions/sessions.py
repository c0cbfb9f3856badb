"""Logins of staff: opened, ended, locked, and proved again before something weighty."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.access import allowed
from anju.accounts.actions import second_step, tries
from anju.accounts.choices import Ended
from anju.accounts.models import Staff, StaffSession
from anju.accounts.queries import SESSION_KEY, STAFF_KEY, stamp
from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.journal import actions as journal


def open_session(session: SessionBase, staff: Staff, *, ip: str = "", device: str = "") -> StaffSession:
    """A fresh login in this browser; an older one of the same browser has ended."""
    close_session(session)
    session.flush()
    now = clock.now()
    row = StaffSession.objects.create(
        staff=staff, opened_at=now, seen_at=now, proved_at=now, ip=ip[:45], device=device[:120]
    )
    session[STAFF_KEY], session[SESSION_KEY], session["stamp"] = staff.id, row.id, stamp(staff)
    return row


def close_session(session: SessionBase) -> None:
    """He logs out himself, or somebody else logs in here."""
    held = session.get(SESSION_KEY)
    if held:
        _end(Ended.OUT, id=held)


def _end(how: Ended, **which: object) -> int:
    return StaffSession.objects.filter(ended_at=None, **which).update(ended_at=clock.now(), ended_how=how)


@transaction.atomic
def revoke(row: StaffSession, *, by: Scope) -> None:
    """One login ends with its next request: one's own, or somebody's by the administrator.

    Raises Refused NOT_ALLOWED (403).
    """
    may_manage(row.staff, by, own=True)
    if _end(Ended.REVOKED, id=row.id):
        about = ("staff", row.staff_id)
        journal.record("accounts.session_revoked", subject=about, community_id=None, by=by, data={"session": row.id})


@transaction.atomic
def revoke_all(staff: Staff, *, by: Scope, besides: int | None = None) -> int:
    """All logins of one person, but the one in hand; gives how many. Raises Refused NOT_ALLOWED (403)."""
    may_manage(staff, by, own=True)
    ended = end_all(staff, Ended.REVOKED, besides=besides)
    if ended:
        about = ("staff", staff.id)
        journal.record("accounts.sessions_revoked", subject=about, community_id=None, by=by, data={"count": ended})
    return ended


def end_all(staff: Staff, how: Ended, *, besides: int | None = None) -> int:
    """All logins of one person, for a reason that its caller writes down."""
    rows = StaffSession.objects.filter(staff=staff, ended_at=None)
    rows = rows.exclude(id=besides) if besides else rows
    return rows.update(ended_at=clock.now(), ended_how=how)


def may_manage(staff: Staff, by: Scope, *, own: bool = False) -> None:
    """Raises Refused NOT_ALLOWED (403) unless the asker manages accounts wherever this person works, or it is his own."""
    homes = staff.memberships.values_list("community_id", flat=True)
    manages = by.is_system or (homes and all(allowed(by, "accounts.manage", one) for one in homes))
    if not manages and not (own and by.staff_id == staff.id):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)


def lock(row: StaffSession) -> None:
    """Nothing is answered here any more until the password is given again."""
    StaffSession.objects.filter(id=row.id, locked_at=None).update(locked_at=clock.now())


def prove(row: StaffSession, secret: str) -> None:
    """It is still the same person: his password, or a code of his authenticator. Unlocks too.

    Raises Refused PROOF_WRONG, LOGIN_LOCKED (429); wrong ones count like those of a login.
    """
    trial = tries.begin(row.staff.login)
    if not check_password(secret, row.staff.password) and not second_step.fits(row.staff, secret):
        tries.failed(trial)
        raise Refused("PROOF_WRONG", _("密码不对"), fields={"proof": _("密码不对")})
    tries.passed(trial)
    StaffSession.objects.filter(id=row.id).update(proved_at=clock.now(), locked_at=None)


def proved(row: StaffSession) -> bool:
    """He has given his password or a code lately enough for something weighty (ASVS 7.5.3)."""
    return clock.now() - row.proved_at < timedelta(minutes=settings.ANJU_PROOF_MINUTES)
