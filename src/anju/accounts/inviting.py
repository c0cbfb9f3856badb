"""Staff by invitation: a code that opens once within three days, with which the invited chooses name and password."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts import actions
from anju.accounts.access import allowed
from anju.accounts.choices import Dept, Role
from anju.accounts.jobs import JOBS
from anju.accounts.models import Invitation, Membership, Staff
from anju.core import clock, phones, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.models import Community
from anju.journal import actions as journal

LIFE = timedelta(hours=72)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def invite(
    community: Community, *, name: str, phone: str, dept: str, roles: list[str], skills: list[str], by: Scope
) -> tuple[Invitation, str]:
    """Ask somebody to join; gives the code, which nobody can read again.

    Raises Refused NOT_ALLOWED (403), NAME_MISSING, PHONE_INVALID, ROLE_UNKNOWN.
    """
    _may(community.id, by)
    called = text.one_line(name)[:20]
    if not called:
        raise _wrong("NAME_MISSING", "name", _("请填姓名"))
    number = phones.parse(phone) if phone else None
    if phone and number is None:
        raise _wrong("PHONE_INVALID", "phone", _("电话号码不对，手机填11位，固话带区号"))
    if dept not in Dept.values or not roles or set(roles) - set(Role.values):
        raise _wrong("ROLE_UNKNOWN", "job", _("没有这个岗位"))
    row = Invitation(community=community, name=called, dept=dept, roles=roles, skills=skills)
    row.created_at, row.created_by = clock.now(), by.actor_id
    row.phone = number.number if number else ""
    code = _coded(row)
    row.save(force_insert=True)
    _record("accounts.invited", row, by)
    return row, code


def _wrong(code: str, field: str, message: str) -> Refused:
    return Refused(code, message, fields={field: message})


def _may(community_id: int, by: Scope) -> None:
    if not allowed(by, "accounts.manage", community_id):
        raise Refused("NOT_ALLOWED", _("邀请员工要项目经理或系统管理员"), status=403)


def _coded(row: Invitation) -> str:
    """A new code of 79 bits that can be read out and typed; the row's earlier one is dead."""
    code = "-".join("".join(secrets.choice(_LETTERS) for _n in range(4)) for _g in range(4))
    row.digest, row.expires_at = _digest(code), clock.now() + LIFE
    return code


def _digest(code: str) -> str:
    return hashlib.sha256("".join(code.lower().split()).encode()).hexdigest()


def _record(verb: str, row: Invitation, by: Scope) -> None:
    journal.record(verb, subject=("invitation", row.id), community_id=row.community_id, by=by)


def link(code: str) -> str:
    """The address that opens an invitation."""
    return f"{settings.ANJU_BASE_URL.rstrip('/')}/invite/{code}/"


def opened(code: str) -> Invitation:
    """The open invitation of a code. Raises Refused INVITATION_OVER (410)."""
    row = Invitation.objects.select_related("community").filter(digest=_digest(code[:64])).first()
    if row is None or row.used_at or row.withdrawn_at or row.expires_at <= clock.now():
        raise Refused("INVITATION_OVER", _("邀请码不对、已用过或已过期，请让邀请您的人重新发"), status=410)
    return row


@transaction.atomic
def accept(code: str, *, login: str, password: str, name: str = "") -> Staff:
    """Make the account and its place in the community; the code is spent.

    Raises Refused INVITATION_OVER (410), LOGIN_TAKEN, PASSWORD_WEAK.
    """
    row = Invitation.objects.select_for_update().get(id=opened(code).id)
    opened(code)  # two presses at once: the second has waited for the first
    called = text.one_line(login)[:40]
    if not called or Staff.objects.filter(login=called).exists():
        raise _wrong("LOGIN_TAKEN", "login", _("这个账号已有人用，请换一个，如加上部门或数字"))
    try:
        validate_password(password)
    except ValidationError as error:
        raise _wrong("PASSWORD_WEAK", "password", " ".join(str(one) for one in error.messages)) from error
    staff = actions.create_staff(
        login=called, name=text.one_line(name)[:20] or row.name, password=password, phone=row.phone
    )
    actions.join(staff, row.community, dept=row.dept, roles=row.roles, skills=row.skills)
    row.staff, row.used_at, row.phone = staff, clock.now(), ""
    row.save()
    return staff


@transaction.atomic
def renew(row: Invitation, *, by: Scope) -> str:
    """Another code for three days; the one before is dead. Raises Refused NOT_ALLOWED (403), INVITATION_OVER (410)."""
    held = _open(row, by)
    code = _coded(held)
    held.save(update_fields=["digest", "expires_at"])
    _record("accounts.invited", held, by)
    return code


@transaction.atomic
def withdraw(row: Invitation, *, by: Scope) -> None:
    """He is not to come after all. Raises Refused NOT_ALLOWED (403), INVITATION_OVER (410)."""
    held = _open(row, by)
    held.withdrawn_at, held.phone = clock.now(), ""
    held.save()
    _record("accounts.invitation_withdrawn", held, by)


def _open(row: Invitation, by: Scope) -> Invitation:
    held = Invitation.objects.select_for_update().get(id=row.id)
    _may(held.community_id, by)
    if held.used_at or held.withdrawn_at:
        raise Refused("INVITATION_OVER", _("这个邀请已接受或已撤回"), status=410)
    return held


@transaction.atomic
def equip(membership: Membership, job: str, *, by: Scope) -> None:
    """The skills of a job for somebody on site. Raises Refused NOT_ALLOWED (403), ROLE_UNKNOWN."""
    _may(membership.community_id, by)
    if job not in JOBS or not JOBS[job].kinds:
        raise _wrong("ROLE_UNKNOWN", "job", _("没有这个岗位"))
    row = Membership.objects.select_for_update().get(id=membership.id)
    row.skills = JOBS[job].skills
    row.save(update_fields=["skills"])
    journal.record("accounts.skilled", subject=("staff", row.staff_id), community_id=row.community_id, by=by)
