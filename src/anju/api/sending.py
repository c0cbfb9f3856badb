"""Photos in a body, and doing a request once."""

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from anju.api.calling import Call
from anju.api.schemas import PhotoData
from anju.core.errors import Refused
from anju.core.rows import Row
from anju.core.scope import Scope
from anju.files import actions as files
from anju.files import queries as kept
from anju.files.models import File
from anju.journal import actions as journal

MAX_PHOTOS = 9
MAX_BYTES = 10 * 1024 * 1024
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,32}")
_DATA_URL = re.compile(r"data:[\w/+.-]{0,60};base64,")
Made = TypeVar("Made", bound=Row)


def measure(photos: Sequence[str | PhotoData]) -> None:
    """Raises Refused PHOTO_LIMIT before anything is decoded: more than nine, or one of more than 10 MB."""
    sizes = (len(one if isinstance(one, str) else one.data) * 3 // 4 for one in photos)
    if len(photos) > MAX_PHOTOS or any(size > MAX_BYTES + 200 for size in sizes):
        message = _("照片最多9张，每张不超过10MB")
        raise Refused("PHOTO_LIMIT", message, fields={"photos": message})


def keep(photo: str | PhotoData, *, community_id: int, by: Scope) -> File:
    """The file of one photo: kept now, or the one its token names. Raises Refused."""
    name, text = ("photo.jpg", photo) if isinstance(photo, str) else (photo.name or "photo.jpg", photo.data)
    if _TOKEN.fullmatch(text):
        found = kept.by_token(text)
        if found is not None and found.community_id == community_id and found.created_by == by.actor_id:
            return found
    return files.keep(_decoded(text), name, community_id=community_id, by=by)


def _decoded(text: str) -> bytes:
    head = _DATA_URL.match(text[:100])
    try:
        return base64.b64decode("".join(text[head.end() if head else 0 :].split()), validate=True)
    except (binascii.Error, ValueError) as error:
        message = _("照片没有传完整，请再拍一张")
        raise Refused("PHOTO_BROKEN", message, fields={"photos": message}) from error


def keep_all(photos: Sequence[str | PhotoData], *, community_id: int, by: Scope) -> list[File]:
    """Every photo or a refusal: for steps that need them."""
    measure(photos)
    return [keep(one, community_id=community_id, by=by) for one in photos]


def keep_what_can_be(
    photos: Sequence[str | PhotoData], *, community_id: int, by: Scope
) -> tuple[list[File], list[dict[str, object]]]:
    """Files, and what is wrong with the others: a photo that fails never loses the text of a report."""
    measure(photos)
    found: list[File] = []
    failed: list[dict[str, object]] = []
    for index, one in enumerate(photos):
        try:
            found.append(keep(one, community_id=community_id, by=by))
        except Refused as refused:
            failed.append({"index": index, "code": refused.code, "message": str(refused.message)})
    return found, failed


def once(request: Call, content: object, act: Callable[[], Made], again: Callable[[int], Made]) -> Made:
    """Do it, unless this `Idempotency-Key` has done it before: then the row it made is fetched `again` (C8)."""
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > 200:
        raise Refused("KEY_TOO_LONG", _("提交编号太长"))
    if not key:
        return act()
    owner = f"{request.auth.kind}:{request.auth.actor_id}"
    print_of = journal.fingerprint([request.path, content])
    refused = None
    with transaction.atomic():
        first = journal.first_result(owner, key, print_of)
        if first is not None:
            return again(first[1])
        try:
            made = act()
            journal.remember(owner, key, print_of, (made._meta.model_name or "", made.id))
        except Refused as said_no:
            if not said_no.stands:
                raise
            refused = said_no
    if refused:
        raise refused
    return made


def version(request: Call, given: int | None) -> int | None:
    """The version the caller saw, from the body or `If-Match`."""
    match = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if given is not None or not match or match == "*":
        return given
    if not match.isascii() or not match.isdigit() or len(match) > 9:
        raise Refused("VERSION_INVALID", _("版本号不对"), fields={"version": _("版本号不对")})
    return int(match)
