"""Sheets of codes to print, cut and stick (R6.5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.core import paper
from anju.core.errors import Refused
from anju.estate import labels
from anju.estate.choices import AssetKind
from anju.estate.models import Community, Label

TEMPLATE = Path(__file__).with_name("stickers.typ")


@dataclass(frozen=True, slots=True)
class Paper:
    """How a page of A4 is divided."""

    label: Any
    across: int
    down: int


PAPERS: Mapping[str, Paper] = {
    "2x4": Paper(gettext_lazy("A4每页8张"), 2, 4),
    "2x3": Paper(gettext_lazy("A4每页6张"), 2, 3),
    "1x2": Paper(gettext_lazy("A4每页2张，贴大门和电梯厅"), 1, 2),
    "2x6": Paper(gettext_lazy("A4每页12张，贴小设备"), 2, 6),
}


def address(label: Label) -> str:
    """Where a scanned code leads."""
    return f"{settings.ANJU_BASE_URL.rstrip('/')}/r/{labels.signed(label.code)}/"


def sheet(chosen: Iterable[Label], community: Community, size: str) -> bytes:
    """A PDF of these codes. Raises Refused PAPER_UNKNOWN, CODES_NONE (404), FONT_MISSING (503)."""
    if size not in PAPERS:
        raise Refused("PAPER_UNKNOWN", _("没有这种纸，请从列表里选"), fields={"paper": _("没有这种纸，请从列表里选")})
    rows = [_sticker(label, community) for label in chosen]
    if not rows:
        raise Refused("CODES_NONE", _("没有要打印的码"), status=404)
    return paper.pdf(
        TEMPLATE,
        {
            "title": _("%(name)s报事二维码") % {"name": community.name},
            "across": PAPERS[size].across,
            "down": PAPERS[size].down,
            "say": _("扫码报事，不用登录"),
            "line": f"{community.name}　{community.hotline}",
            "labels": rows,
        },
    )


def _sticker(label: Label, community: Community) -> dict[str, str]:
    """A quarter of the code may be scratched off (error level Q)."""
    target = label.asset or label.place
    lift = label.asset is not None and label.asset.kind == AssetKind.LIFT
    alarm = _("困人请按轿厢内的呼叫按钮，或打%(hotline)s") % {"hotline": community.hotline}
    return {
        "name": target.name if target else "",
        "code": label.code,
        "alarm": alarm if lift else "",
        "qr": segno.make(address(label), error="q", micro=False).svg_inline(border=2, light="#fff", omitsize=True),
    }
