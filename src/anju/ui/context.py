"""What every page knows without its view saying so."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from anju.accounts import queries as accounts
from anju.core import clock
from anju.core.scope import Scope
from anju.estate.models import Community
from anju.ui import looks, times


def page(request: HttpRequest) -> dict[str, Any]:
    """`look`, `lang_tag`, `now` (ISO), `clock_words`, `scope`, `community`, `hotline`, `lock_minutes`, `demo`, `lab`.

    `community` is the one the view has put on `request.community`, else the asker's only or first one; it is looked up
    when a template asks, so that fragments cost no query.
    """
    look = looks.of(request)
    scope = getattr(request, "scope", None)
    community = SimpleLazyObject(lambda: getattr(request, "community", None) or _first(scope))
    return {
        "look": look,
        "lang_tag": "en" if look["lang"] == "en" else "zh-CN",
        "now": clock.iso(clock.now()),
        "clock_words": times.clock_words(),
        "scope": scope if isinstance(scope, Scope) else None,
        "community": community,
        "hotline": SimpleLazyObject(lambda: community.hotline if community else ""),
        "lock_minutes": settings.ANJU_LOCK_MINUTES,
        "demo": settings.ANJU_DEMO,
        "lab": settings.ANJU_LAB,
    }


def _first(scope: object) -> Community | None:
    if not isinstance(scope, Scope) or not scope.communities:
        return None
    return accounts.communities(scope).order_by("id").first()
