"""The four lights as shape and word."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

SHAPES = {
    "red": SafeString('<circle cx="5" cy="5" r="4.6"/>'),
    "yellow": SafeString('<path d="M5 .5 9.9 9.4H.1z"/>'),
    "green": SafeString('<rect x=".7" y=".7" width="8.6" height="8.6" rx=".6"/>'),
    "grey": SafeString('<circle cx="5" cy="5" r="3.6"/>'),
}


def light_name(light: object) -> str:
    """`red`, `yellow`, `green` or `grey`, however the caller's enum spells it."""
    name = str(getattr(light, "value", light)).lower()
    return name if name in SHAPES else "grey"


def light_word(light: object) -> str:
    """红 黄 绿 灰; Red Amber Green Held."""
    return {"red": _("红"), "yellow": _("黄"), "green": _("绿"), "grey": _("灰")}[light_name(light)]
