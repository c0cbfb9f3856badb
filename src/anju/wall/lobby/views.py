"""The screen in a lobby: everybody may read it, so the code on the wall beside it is key enough."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anju.core.errors import Refused
from anju.estate import queries as estate
from anju.estate.models import Label, Place
from anju.ui.guard import Request, public
from anju.wall.lobby import pages


@require_safe
@public
def lobby(request: Request, code: str) -> HttpResponse:
    """What is being repaired here, how the office does, whom to call; no names, no flats."""
    label = estate.label(code)
    place = _place(label) if label else None
    if label is None or place is None:
        raise Refused("QR_INVALID", _("这张码已停用。请扫旁边的新码"), status=404)
    request.community = label.community
    report = settings.ANJU_BASE_URL.rstrip("/") + reverse("portal:scan", args=[code])
    return render(request, "wall/lobby.html", {"lobby": pages.Lobby(label.community, place), "report": report})


def _place(label: Label) -> Place | None:
    return label.asset.place if label.asset else label.place
