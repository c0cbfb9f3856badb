"""What an administrator does to the accounts of others; every act is on record (`queries.administered`)."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.access import allowed
from anju.accounts.actions import tries
from anju.accounts.actions.sessions import end_all, may_manage
from anju.accounts.choices import Ended, Role
from anju.accounts.models import Membership, RecoveryCode, Staff
from anju.core import ids
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.journal import actions as journal


@transaction.atomic
def set_roles(membership: Membership, roles: Collection[str], *, by: Scope) -> Membership:
    """What somebody may do in one community, from his next request on.

    Raises Refused NOT_ALLOWED (403), ROLE_UNKNOWN.
    """
    if not allowed(by, "accounts.manage", membership.community_id) or by.staff_id == membership.staff_id:
        raise Refused("NOT_ALLOWED", _("自己的岗位要由别人改"), status=403)
    if set(roles) - set(Role.values):
        raise Refused("ROLE_UNKNOWN", _("没有这个岗位"), fields={"roles": _("没有这个岗位")})
    row = Membership.objects.select_for_update(of=("self",)).select_related("staff").get(id=membership.id)
    before, after = list(row.roles), [one for one in Role.values if one in roles]
    if set(before) == set(after):
        return row
    row.roles = after
    row.save(update_fields=["roles"])
    _record("accounts.roles_changed", row.staff, by, community_id=row.community_id, before=before, after=after)
    return row


@transaction.atomic
def reset_password(staff: Staff, *, by: Scope) -> str:
    """A made password, shown once; all logins end and a lock is lifted. His authenticator is still asked for.

    Raises Refused NOT_ALLOWED (403).
    """
    _may(staff, by)
    made = ids.token(9)
    staff.set_password(made)
    staff.save(update_fields=["password"])
    end_all(staff, Ended.PASSWORD)
    tries.lifted(staff.login)
    _record("accounts.password_reset", staff, by)
    return made


@transaction.atomic
def reset_second_step(staff: Staff, *, by: Scope) -> None:
    """His authenticator is gone: it is asked for no more, and set up anew at the next login where his role needs one.

    Raises Refused NOT_ALLOWED (403).
    """
    _may(staff, by)
    row = Staff.objects.select_for_update().get(id=staff.id)
    row.totp, row.totp_new = "", ""
    row.save(update_fields=["totp", "totp_new"])
    RecoveryCode.objects.filter(staff=row).delete()
    end_all(row, Ended.RESET)
    _record("accounts.second_step_reset", row, by)


def _may(staff: Staff, by: Scope) -> None:
    may_manage(staff, by)
    if by.staff_id == staff.id:
        raise Refused("NOT_ALLOWED", _("自己的账号在“我的账号”里改"), status=403)


def _record(verb: str, staff: Staff, by: Scope, *, community_id: int | None = None, **data: object) -> None:
    journal.record(verb, subject=("staff", staff.id), community_id=community_id, by=by, data=data)
