"""Screens on walls: which one is it, what may it see."""

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet

from anju.accounts.access import allowed
from anju.accounts.models import Screen
from anju.core import scope as scopes
from anju.core.scope import Scope
from anju.estate import labels

SCREEN_KEY = "screen_id"
PURPOSE = "screen"
"""What the link of a screen is signed for."""


def link(screen: Screen) -> str:
    """The secret part of its address."""
    return labels.signed(screen.code, PURPOSE)


def by_link(text: str) -> Screen | None:
    """The screen behind a signed link; None when it is forged or revoked."""
    code = labels.opened(text, PURPOSE)
    found = Screen.objects.select_related("community").filter(code=code, revoked_at=None) if code else None
    return found.first() if found else None


def scope_of_screen(session: SessionBase) -> Scope | None:
    """What the screen may see whose link was opened in this session; None when there is none, or no longer."""
    screen_id = session.get(SCREEN_KEY)
    row = Screen.objects.filter(id=screen_id, revoked_at=None).first() if screen_id else None
    return scopes.screen(row.community_id) if row else None


def screens(scope: Scope, community_id: int) -> QuerySet[Screen]:
    """The screens of a community whose links still work, for those who hand them out."""
    rows = Screen.objects.filter(community_id=community_id, revoked_at=None).select_related("made_by")
    return rows if allowed(scope, "accounts.screens", community_id) else rows.none()
