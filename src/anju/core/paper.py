"""Pages that leave on paper: a Typst template and data become a PDF with the letters it uses inside (ADR 0015).

Data reach the template as values, never as source; the template asks for no package and no network.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from anju.core.errors import Refused

CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
"""Families that hold every character of a place name, the plainest first."""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts()


def families() -> list[str]:
    """The Chinese families of this machine."""
    there = set(_fonts().families())
    return [name for name in CHINESE if name in there]


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """The printed pages; `data` is `sys.inputs.data` in the template, as JSON. Raises Refused FONT_MISSING (503)."""
    chinese = families()
    if not chinese:
        raise Refused("FONT_MISSING", _("服务器上没有中文字体，请先安装 fonts-noto-cjk，或用浏览器打印"), status=503)
    given = json.dumps({**data, "fonts": chinese}, ensure_ascii=False)
    made = typst.compile(template.read_bytes(), font_paths=_fonts(), sys_inputs={"data": given}, format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("one document, one file")
    return made
