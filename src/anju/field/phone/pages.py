"""Which pages a worker's phone keeps: his list, his jobs and their steps, and nothing of anybody else's (R16.2)."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse
from django.utils.translation import gettext as _

from anju.accounts.queries import staff_session
from anju.core import clock
from anju.core.scope import Scope
from anju.field.job import pages
from anju.tickets import queries


def kept(scope: Scope) -> Mapping[str, str]:
    """Addresses and the version of each; a copy is fetched again when its version changes, and dropped when its address
    is no longer here: closed, taken away, given back."""
    mine = queries.for_handler(scope)
    found = {reverse("field:today"): " ".join(f"{row.no}:{row.version}" for row in mine)}
    for row in mine:
        found[reverse("field:job", args=[row.no])] = str(row.version)
        for step in pages.to_come(row):
            found[reverse(f"field:{step.noun}", args=[row.no])] = str(row.version)
    return found


def seconds_left(session: SessionBase) -> int:
    """How long copies may be read without asking us: no longer than the login lasts (ASVS 7.3.2); that nobody used it is
    for us to say, a phone in a basement cannot show it."""
    held = staff_session(session)
    if held is None or not settings.ANJU_SESSION_HOURS:
        return int(settings.SESSION_COOKIE_AGE)
    end = held.opened_at + timedelta(hours=settings.ANJU_SESSION_HOURS)
    return max(0, int((end - clock.now()).total_seconds()))


def manifest(icons: Mapping[int, str]) -> dict[str, object]:
    """What a phone needs to put the app on its home screen."""
    return {
        "name": _("安居 维修"),
        "short_name": _("安居维修"),
        "lang": "zh-CN",
        "start_url": reverse("field:today"),
        "scope": "/",  # logging in stays inside the app
        "display": "standalone",
        "background_color": "#f4f3ef",
        "theme_color": "#1b1f24",
        "icons": [
            {"src": url, "sizes": f"{edge}x{edge}", "type": "image/png", "purpose": purpose}
            for edge, url in icons.items()
            for purpose in ("any", "maskable")
        ],
    }
