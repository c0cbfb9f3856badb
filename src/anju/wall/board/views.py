"""The board of one community for one screen."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anju.accounts import screens
from anju.accounts.actions.screens import open_screen_session
from anju.core.errors import Refused
from anju.ui import pages as answers
from anju.ui.guard import Request, public
from anju.wall.board import pages


@require_safe
@public
def board(request: Request, link: str) -> HttpResponse:
    """The whole board; it fetches itself again when there is news, and shows nothing any more once revoked."""
    screen = screens.by_link(link)
    if screen is None:
        if answers.is_htmx(request):
            return HttpResponse(status=404, headers={"HX-Refresh": "true"})
        raise Refused("SCREEN_UNKNOWN", _("这块屏的链接已停用。请主管在“大屏”里重新开通"), status=404)
    open_screen_session(request.session, screen)
    request.community = screen.community
    return render(request, "wall/board.html", {"board": pages.Board(screen.community)})
