"""From where a request comes, for the reveal log."""

from django.http import HttpRequest

from anju.core import text
from anju.privacy.actions.chain import Origin


def origin(request: HttpRequest) -> Origin:
    """Address and browser. Behind a proxy the address is the proxy's, unless the server was told to trust it."""
    return Origin(request.META.get("REMOTE_ADDR", "")[:45], text.one_line(request.headers.get("User-Agent", ""))[:120])
