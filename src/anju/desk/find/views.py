"""What is found while somebody types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anju.desk.find import pages
from anju.desk.frame import Frame
from anju.ui.guard import Request, staff

LONGEST = 40


@require_safe
@staff("desk.see")
def find(request: Request) -> HttpResponse:
    """`q` is what was typed, `on` the address of the ticket in hand."""
    words = request.GET.get("q", "")[:LONGEST].strip()
    groups = pages.found(request.scope, Frame(request).community, words, request.GET.get("on", ""))
    return render(request, "desk/find/found.html", {"groups": groups, "words": words})
