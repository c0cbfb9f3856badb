"""Reading kept files. The token is the capability; whether the thing a file hangs on may be seen is the door's question."""

import re

from django.utils.translation import gettext_lazy as _

from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.files import disk, pictures
from anju.files.models import File
from anju.vault import cipher, keys

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,32}")
EDGES = (160, 320, 640, 1000)


def by_token(token: str) -> File | None:
    """The file of a token from a URL, or None."""
    return File.objects.filter(token=token).first() if _TOKEN.fullmatch(token) else None


def by_id(scope: Scope, file_id: int) -> File:
    """A file the asker has kept himself. Raises Refused FILE_GONE (404)."""
    found = File.objects.filter(id=file_id, created_by=scope.actor_id).first()
    if found is None:
        raise Refused("FILE_GONE", _("照片已不存在"), status=404)
    return found


def read(file: File) -> bytes:
    """The picture. Raises Refused FILE_GONE (404), or vault.errors.Tampered when its bytes were changed."""
    try:
        blob = disk.read(file.token)
    except FileNotFoundError as error:
        raise Refused("FILE_GONE", _("照片已不存在"), status=404) from error
    return keys.by_id(cipher.key_id(blob)).open(blob, file.seal_context)


def thumb(file: File, edge: int) -> bytes:
    """The picture for a small place, in its own format: both sides at most the smallest of `EDGES` that holds `edge`."""
    size = next((step for step in EDGES if step >= edge), EDGES[-1])
    data = read(file)
    return data if max(file.width, file.height) <= size else pictures.shrink(data, size)
