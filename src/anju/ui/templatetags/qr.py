"""QR codes as inline SVG, printable at any size. Load with `{% load qr %}`."""

import segno
from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def qr(text: str, border: int = 2) -> SafeString:
    """A QR code of `text`, error level Q (a quarter may be scratched off), black on white in every theme."""
    code = segno.make(text, error="q", micro=False)
    return SafeString(code.svg_inline(border=border, dark="#000", light="#fff", omitsize=True, svgclass="qr"))
