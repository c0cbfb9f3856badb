"""The first page: three big things."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anju.core.scope import Kind
from anju.portal import spots
from anju.tickets import queries
from anju.tickets.queries import Filters
from anju.ui.guard import Request, public


@require_safe
@public
def start(request: Request) -> HttpResponse:
    """报修, 我的报事, 打电话; for a passer-by also what he reported in this session."""
    spots.speak_for_the_only_one(request)
    held = []
    if request.scope.kind is Kind.GUEST and request.scope.tickets:
        held = queries.show_all(request.scope, queries.queue(request.scope, Filters(view="any"), limit=5).rows)
    return render(request, "portal/start.html", {"held": held})
