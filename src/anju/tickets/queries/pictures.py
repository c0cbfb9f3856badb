"""Photos of tickets: whoever may see the ticket may see its pictures."""

from django.utils.translation import gettext as _

from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.files.models import File
from anju.tickets import access
from anju.tickets.models import Photo, Ticket


def picture(scope: Scope, token: str) -> File:
    """The kept file of this token, when it hangs on a ticket the asker may see. Raises Refused NOT_FOUND (404)."""
    rows = Photo.objects.select_related("ticket", "file").filter(file__token=token)
    for row in rows.order_by("-id")[:5]:
        if access.can_see(scope, row.ticket):
            return row.file
    for ticket in Ticket.objects.select_related("voice").filter(voice__token=token):
        if ticket.voice is not None and access.can_see(scope, ticket):
            return ticket.voice
    raise Refused("NOT_FOUND", _("没有找到这张照片"), status=404)
