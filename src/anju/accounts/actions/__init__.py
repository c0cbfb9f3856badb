"""Logging in, codes, people and their places, and the shift switch; sessions, tokens and the second step beside it."""

import hmac
from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anju.accounts.access import allowed
from anju.accounts.actions import second_step, tries
from anju.accounts.actions.sessions import end_all, open_session
from anju.accounts.actions.tokens import issue_token
from anju.accounts.choices import Ended
from anju.accounts.models import Certificate, CrewMark, LoginCode, LoginTrial, Membership, Staff
from anju.accounts.queries import PERSON_KEY
from anju.core import clock, ids
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.estate.models import Community, Contact, Person
from anju.journal import actions as journal
from anju.vault.blind import blinds, sign

__all__ = [
    "certify",
    "check_login",
    "create_staff",
    "issue_token",
    "join",
    "leave",
    "make_code",
    "note_job",
    "open_resident_session",
    "open_session",
    "set_password",
    "set_shift",
    "set_signed",
    "use_code",
]
CODE_LIFE = timedelta(minutes=5)
CODE_TRIES = 5
CODES_PER_HOUR = 5
CODE_GAP = timedelta(seconds=60)


@cache
def _nobody() -> str:
    return make_password("nobody has this password")


def check_login(login: str, password: str, code: str = "") -> Staff:
    """The member of staff, or Refused LOGIN_FAILED / LOGIN_LOCKED / TOTP_REQUIRED.

    Unknown names cost the same time and are counted the same way, so names cannot be guessed (ASVS 6.3.8).
    """
    login = login.strip()
    trial = tries.begin(login)
    staff = Staff.objects.filter(login=login, is_active=True).first()
    good = check_password(password, staff.password if staff else _nobody())
    if staff is None or not good:
        raise _failed(trial)
    if staff.totp and not second_step.fits(staff, code) and not second_step.recovers(staff, code):
        if code:
            raise _failed(trial)
        raise Refused("TOTP_REQUIRED", _("请输入动态验证码"), fields={"code": _("请输入动态验证码")})
    tries.passed(trial)
    return staff


def _failed(trial: LoginTrial) -> Refused:
    tries.failed(trial)
    return Refused("LOGIN_FAILED", _("账号或密码不对"), status=401)


def open_resident_session(session: SessionBase, person: Person) -> None:
    """Start a resident session; tickets reported as a guest stay at hand."""
    held = session.get("tickets", [])
    session.flush()
    session[PERSON_KEY] = person.id
    session["tickets"] = held


def make_code(phone: str, session: str) -> str | None:
    """A login code for a canonical phone, bound to the asking session.

    None when the phone belongs to nobody: the door answers the same either way and sends nothing. Raises
    Refused CODE_TOO_OFTEN when codes are asked for too fast.
    """
    now, phone_hash = clock.now(), sign(phone, "login")
    with transaction.atomic():
        recent = list(
            LoginCode.objects.filter(phone_hash=phone_hash, created_at__gt=now - timedelta(hours=1)).values_list(
                "created_at", flat=True
            )
        )
        if len(recent) >= CODES_PER_HOUR or any(at > now - CODE_GAP for at in recent):
            raise Refused("CODE_TOO_OFTEN", _("验证码发得太勤，请过一会儿再试"), status=429)
        code = ids.digits(6)
        LoginCode.objects.create(
            phone_hash=phone_hash,
            session=session,
            digest=_code_digest(session, code),
            created_at=now,
            expires_at=now + CODE_LIFE,
        )
    known = Contact.objects.filter(phone_hash__in=blinds(phone, "phone")).exclude(state="RECYCLED").exists()
    return code if known else None


def use_code(phone: str, session: str, code: str) -> list[Person]:
    """The people this phone belongs to (a family may share one). Raises Refused CODE_WRONG.

    The try is counted before the code is compared, in one statement, so two hundred guesses at once still get five.
    """
    now, phone_hash = clock.now(), sign(phone, "login")
    row = (
        LoginCode.objects.filter(phone_hash=phone_hash, session=session, used_at=None, expires_at__gte=now)
        .order_by("-id")
        .first()
    )
    counted = row and LoginCode.objects.filter(id=row.id, tries__lt=CODE_TRIES).update(tries=F("tries") + 1)
    if not row or not counted or not hmac.compare_digest(row.digest, _code_digest(session, code.strip())):
        raise Refused("CODE_WRONG", _("验证码不对或已过期"), fields={"code": _("验证码不对或已过期")})
    if not LoginCode.objects.filter(id=row.id, used_at=None).update(used_at=now):
        raise Refused("CODE_WRONG", _("验证码不对或已过期"), fields={"code": _("验证码不对或已过期")})
    return list(
        Person.objects.filter(contacts__phone_hash__in=blinds(phone, "phone"))
        .exclude(contacts__state="RECYCLED")
        .distinct()
    )


def _code_digest(session: str, code: str) -> str:
    return sign(f"{session}:{code}", "code")


@transaction.atomic
def set_shift(membership: Membership, *, on: bool, by: Scope) -> None:
    """Check a member of staff in or out. One's own switch, or a leader's or an agent's for others."""
    if by.staff_id != membership.staff_id and not allowed(by, "accounts.shift", membership.community_id):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    row = Membership.objects.select_for_update().get(id=membership.id)
    if row.on_shift == on:
        return
    row.on_shift = on
    row.checked_in_at = clock.now() if on else None
    row.save(update_fields=["on_shift", "checked_in_at"])
    journal.record(
        "accounts.checked_in" if on else "accounts.checked_out",
        subject=("staff", row.staff_id),
        community_id=row.community_id,
        by=by,
    )


@transaction.atomic
def create_staff(
    *, login: str, name: str, password: str | None = None, phone: str = "", wechat: bool = True, hashed: str = ""
) -> Staff:
    """A new member of staff without any role yet. `hashed` is a password hashed before, for many with the same one."""
    staff = Staff(login=login, name=name, phone=phone, wechat=wechat, password=hashed)
    if not hashed:
        staff.set_password(password)
    staff.save()
    journal.record("accounts.staff_created", subject=("staff", staff.id), community_id=None, by=SYSTEM)
    return staff


def set_signed(staff_ids: Collection[int], until: date | None) -> None:
    """Until when a confidentiality agreement lets them see personal data; the privacy room alone decides it."""
    Staff.objects.filter(id__in=staff_ids).update(signed_until=until)
    CrewMark.touch(set(Membership.objects.filter(staff_id__in=staff_ids).values_list("community_id", flat=True)))


@transaction.atomic
def leave(staff: Staff, *, by: Scope) -> None:
    """He works here no more: in this moment his sessions, tokens and rights end. His name stays in what he did."""
    row = Staff.objects.select_for_update().get(id=staff.id)
    row.is_active, row.signed_until = False, None
    row.save(update_fields=["is_active", "signed_until"])
    row.tokens.filter(revoked_at=None).update(revoked_at=clock.now())
    end_all(row, Ended.LEFT)
    Membership.objects.filter(staff=row, on_shift=True).update(on_shift=False)
    journal.record("accounts.left", subject=("staff", row.id), community_id=None, by=by)


@transaction.atomic
def set_password(staff: Staff, password: str, *, by: Scope) -> None:
    """A new password; every open session of theirs ends and a lock is lifted."""
    staff.set_password(password)
    staff.save(update_fields=["password"])
    end_all(staff, Ended.PASSWORD)
    tries.lifted(staff.login)
    journal.record("accounts.password_set", subject=("staff", staff.id), community_id=None, by=by)


def join(
    staff: Staff,
    community: Community,
    *,
    dept: str,
    roles: list[str],
    skills: list[str] | None = None,
    zones: list[str] | None = None,
    on_shift: bool = False,
    on_call: bool = False,
    by: Scope = SYSTEM,
) -> Membership:
    """Give somebody his place in a community."""
    journal.record(
        "accounts.joined", subject=("staff", staff.id), community_id=community.id, by=by, data={"after": roles}
    )
    return Membership.objects.create(
        staff=staff,
        community=community,
        dept=dept,
        roles=roles,
        skills=skills or [],
        zones=zones or [],
        on_shift=on_shift,
        on_call=on_call,
        checked_in_at=clock.now() if on_shift else None,
    )


def certify(staff: Staff, kind: str, valid_to: date) -> Certificate:
    """Record a legal certificate, valid through that day."""
    return Certificate.objects.create(staff=staff, kind=kind, valid_to=valid_to)


def note_job(staff_id: int, community_id: int, at: datetime) -> None:
    """He has taken a job: of equals, the one who has waited longest is offered the next."""
    Membership.objects.filter(staff_id=staff_id, community_id=community_id).update(last_job_at=at)
    CrewMark.touch([community_id])
