"""Reading bodies: strict JSON only. What no text field may hold is refused here, before any schema looks at it."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from anju.core.errors import Refused

MAX_DEPTH = 12


class StrictParser(Parser):
    """UTF-8 JSON without NaN, duplicate keys, NUL or lone surrogates."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type != "application/json":
            raise Refused("MEDIA_TYPE", _("请用 application/json 提交"), status=415)
        try:
            body = json.loads(request.body.decode("utf-8"), object_pairs_hook=_pairs, parse_constant=_no_constant)
        except UnicodeDecodeError as error:
            raise Refused("BAD_TEXT", _("文字编码不对，请用UTF-8"), status=400) from error
        except (ValueError, RecursionError) as error:
            raise Refused("BAD_JSON", _("提交的内容不是正确的JSON"), status=400) from error
        _check(body, 0)
        if not isinstance(body, dict):
            raise Refused("BAD_JSON", _("提交的内容不是正确的JSON"), status=400)
        return body


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _check(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise Refused("BAD_JSON", _("提交的内容嵌套太深"), status=400)
    if isinstance(value, str):
        if "\x00" in value or any(0xD800 <= ord(char) <= 0xDFFF for char in value):
            raise Refused("BAD_TEXT", _("文字里有无法保存的字符"), status=400)
    elif isinstance(value, dict):
        for key, one in value.items():
            _check(key, depth + 1)
            _check(one, depth + 1)
    elif isinstance(value, list):
        for one in value:
            _check(one, depth + 1)
