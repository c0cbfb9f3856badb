"""API tokens: made for oneself, kept to what they are for, with an end; revoked by oneself or the administrator."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.actions.sessions import may_manage
from anju.accounts.choices import Reach
from anju.accounts.models import ApiToken, Staff
from anju.core import clock, ids, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.models import Person
from anju.journal import actions as journal

LONGEST_DAYS = 365


def issue_token(
    *,
    staff: Staff | None = None,
    person: Person | None = None,
    label: str = "",
    secret: str = "",
    reach: Collection[str] = (),
    expires_at: datetime | None = None,
) -> str:
    """A new bearer token; the secret is shown once and only its digest kept. The lab gives secrets of its own."""
    secret = secret or ids.token(32)
    ApiToken.objects.create(
        digest=hashlib.sha256(secret.encode()).hexdigest(),
        staff=staff,
        person=person,
        label=label,
        reach=sorted(reach),
        created_at=clock.now(),
        expires_at=expires_at,
    )
    return secret


@transaction.atomic
def make(staff: Staff, *, label: str, reach: Collection[str], days: int, by: Scope) -> str:
    """A token for a program that works in one's own name; gives the secret.

    Raises Refused NOT_ALLOWED (403), TOKEN_LABEL_REQUIRED, TOKEN_REACH, TOKEN_DAYS.
    """
    if by.staff_id != staff.id:
        raise Refused("NOT_ALLOWED", _("令牌只能由本人开"), status=403)
    words = text.one_line(label)[:40]
    if not words:
        message = _("请写明给哪个程序用")
        raise Refused("TOKEN_LABEL_REQUIRED", message, fields={"label": message})
    if not reach or set(reach) - set(Reach.values):
        message = _("请选它能用的范围")
        raise Refused("TOKEN_REACH", message, fields={"reach": message})
    if not 1 <= days <= LONGEST_DAYS:
        message = _("有效期是1到365天")
        raise Refused("TOKEN_DAYS", message, fields={"days": message})
    secret = issue_token(staff=staff, label=words, reach=reach, expires_at=clock.now() + timedelta(days=days))
    data = {"label": words, "reach": sorted(reach), "days": days}
    journal.record("accounts.token_made", subject=("staff", staff.id), community_id=None, by=by, data=data)
    return secret


@transaction.atomic
def revoke(row: ApiToken, *, by: Scope) -> None:
    """It opens nothing any more. Raises Refused NOT_ALLOWED (403)."""
    if row.staff is None:
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    may_manage(row.staff, by, own=True)
    if ApiToken.objects.filter(id=row.id, revoked_at=None).update(revoked_at=clock.now()):
        about = ("staff", row.staff.id)
        journal.record("accounts.token_revoked", subject=about, community_id=None, by=by, data={"label": row.label})
