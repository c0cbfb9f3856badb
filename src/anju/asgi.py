"""The site as an ASGI application, for `anju serve` or any ASGI server."""

from anju.ui.site import Site
from anju.wsgi import application as pages

application = Site(pages)
