"""What a reader chooses about the look of pages: kept in cookies, rendered by the server on <html>.

`?theme=dark`, `?text=elder`, `?lang=en` set a choice without JavaScript; prefs.js sets the same cookies without a reload.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# the first value is the default and needs no cookie
CHOICES: dict[str, tuple[str, ...]] = {
    "theme": ("light", "dark"),
    "density": ("normal", "compact"),
    "text": ("normal", "elder"),
    "letters": ("on", "off"),
    "sound": ("on", "off"),
    "lang": ("zh-hans", "en"),
}
_KEEP = timedelta(days=365)


def of(request: HttpRequest) -> dict[str, str]:
    """Every choice of this reader: from the address, else from his cookies, else the default."""
    asked = asked_for(request)
    return {name: asked.get(name) or _known(name, request.COOKIES) for name in CHOICES}


def asked_for(request: HttpRequest) -> dict[str, str]:
    """The choices named in the address of this request."""
    return {name: request.GET[name] for name, values in CHOICES.items() if request.GET.get(name) in values}


def keep(response: HttpResponse, chosen: Mapping[str, str]) -> None:
    """Remember choices for a year. Readable by scripts: there is nothing secret in them."""
    for name, value in chosen.items():
        response.set_cookie(f"anju_{name}", value, max_age=_KEEP, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def _known(name: str, cookies: Mapping[str, str]) -> str:
    value = cookies.get(f"anju_{name}", "")
    return value if value in CHOICES[name] else CHOICES[name][0]
