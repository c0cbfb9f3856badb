"""`/files/<token>`: a photo, for everybody who may see its ticket: staff, reporter, guest with the key."""

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
    return HttpResponse(data, content_type=file.mime, headers=_headers(file, etag))


def _edge(asked: str) -> int:
    """The side asked for in pixels, 0 for the whole picture."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0


def _headers(file: File, etag: str) -> dict[str, str]:
    return {
        "ETag": etag,
        "Cache-Control": CACHE,
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
