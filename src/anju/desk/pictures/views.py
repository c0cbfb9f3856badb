"""`/files/<token>`: a photo or a voice note, for everybody who may see its ticket: staff, reporter, guest with the key."""

import re
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from anju.files import queries as files
from anju.files.models import File
from anju.tickets import queries
from anju.ui.guard import Request, public

CACHE = "private, max-age=86400, immutable"


@require_safe
@public
def photo(request: Request, token: str) -> HttpResponse:
    """The picture, or with `?edge=160` a small one. Its bytes never change, so a browser asks once."""
    file = queries.picture(request.scope, token)
    edge = _edge(request.GET.get("edge", ""))
    etag = quote_etag(f"{file.sha256[:32]}-{edge}")
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": CACHE})
    data = files.thumb(file, edge) if edge else files.read(file)
    part = _part(request, len(data))
    if part is None:
        return HttpResponse(data, content_type=file.mime, headers=_headers(file, etag))
    first, last = part
    more = {"Content-Range": f"bytes {first}-{last}/{len(data)}"}
    return HttpResponse(data[first : last + 1], status=206, content_type=file.mime, headers=_headers(file, etag) | more)


def _part(request: Request, size: int) -> tuple[int, int] | None:
    """The bytes asked for: an iPhone plays nothing that is not given in parts."""
    found = re.fullmatch(r"bytes=(\d{1,9})-(\d{0,9})", request.headers.get("Range", ""))
    if found is None or int(found[1]) >= size:
        return None
    last = int(found[2]) if found[2] else size - 1
    return (int(found[1]), min(last, size - 1)) if last >= int(found[1]) else None


def _edge(asked: str) -> int:
    """The side asked for in pixels, 0 for the whole picture."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0


def _headers(file: File, etag: str) -> dict[str, str]:
    return {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": CACHE,
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
