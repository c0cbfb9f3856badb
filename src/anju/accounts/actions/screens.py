"""Links for screens on walls: made and taken back by a supervisor."""

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.access import allowed
from anju.accounts.models import Screen
from anju.accounts.screens import SCREEN_KEY
from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate import labels
from anju.estate.models import Community
from anju.journal import actions as journal

LONGEST = 40


def open_screen_session(session: SessionBase, screen: Screen) -> None:
    """Let the live stream know this screen; beside whoever is logged in on it, who sees more anyway."""
    if session.get(SCREEN_KEY) != screen.id:
        session[SCREEN_KEY] = screen.id


@transaction.atomic
def hang(community: Community, name: str, *, by: Scope) -> Screen:
    """A new link for a screen on a wall. Raises Refused NOT_ALLOWED, SCREEN_UNNAMED."""
    if by.staff_id is None or not allowed(by, "accounts.screens", community.id):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    if not (name := text.one_line(name)):
        raise Refused("SCREEN_UNNAMED", _("请写明这块屏挂在哪里"), fields={"name": _("请写明这块屏挂在哪里")})
    code, at = labels.new_code(), clock.now()
    row = Screen.objects.create(
        community=community, name=name[:LONGEST], code=code, made_by_id=by.staff_id, created_at=at
    )
    journal.record("accounts.screen_hung", subject=("screen", row.id), community_id=community.id, by=by)
    return row


@transaction.atomic
def revoke(screen: Screen, *, by: Scope) -> None:
    """The link works no more; the screen goes dark with its next look. Raises Refused NOT_ALLOWED."""
    if not allowed(by, "accounts.screens", screen.community_id):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    if Screen.objects.filter(id=screen.id, revoked_at=None).update(revoked_at=clock.now()):
        journal.record(
            "accounts.screen_revoked", subject=("screen", screen.id), community_id=screen.community_id, by=by
        )
