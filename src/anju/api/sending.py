"""Photos in a body, and doing a request once."""

import base64
import binascii
import re
from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from anju.api.calling import Call
from anju.api.schemas import PhotoData
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.files import actions as files
from anju.files import queries as kept
from anju.files.models import File
from anju.journal import actions as journal
from anju.tickets import queries
from anju.tickets.models import Ticket

MAX_PHOTOS = 9
MAX_BYTES = 10 * 1024 * 1024
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,32}")
_DATA_URL = re.compile(r"data:[\w/+.-]{0,60};base64,")


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


def once(request: Call, content: object, act: Callable[[], Ticket]) -> Ticket:
    """Do it, unless this `Idempotency-Key` has done it before: then the first result is given again (C8)."""
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > 200:
        raise Refused("KEY_TOO_LONG", _("提交编号太长"))
    if not key:
        return act()
    owner = f"{request.auth.kind}:{request.auth.actor_id}"
    print_of = journal.fingerprint([request.path, content])
    with transaction.atomic():
        first = journal.first_result(owner, key, print_of)
        if first is not None:
            return queries.rows(SYSTEM, [first[1]])[0]  # his own step, even where it took the ticket out of his hands
        made = act()
        journal.remember(owner, key, print_of, made.subject)
    return made
