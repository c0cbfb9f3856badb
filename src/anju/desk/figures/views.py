"""Figures of the community in hand."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anju.accounts.access import allowed
from anju.core import replicas
from anju.desk.figures import files, pages
from anju.desk.frame import Frame
from anju.ui import downloads, own_changes
from anju.ui.guard import Request, staff


@require_safe
@staff("desk.see")
def figures(request: Request) -> HttpResponse:
    """今日 or 本周 (`?span=week`)."""
    around = Frame(request)
    span = _span(request)
    context = {
        "span": span,
        "shown": pages.Shown(request.scope, around.community, span),
        "hangs": allowed(request.scope, "accounts.screens", around.community.id),
    }
    context |= around.context("figures")
    with replicas.may_lag(own_changes.seen(request)):
        return render(request, "desk/figures/page.html", context)


@require_safe
@staff("desk.see")
def workbook(request: Request) -> HttpResponse:
    """The same figures as a workbook: counts only, so nobody has to approve it."""
    around = Frame(request)
    shown = pages.Shown(request.scope, around.community, _span(request))
    with replicas.may_lag(own_changes.seen(request)):
        book = files.workbook(shown)
    return downloads.workbook(book, f"figures-{shown.first:%Y-%m-%d}")


def _span(request: Request) -> str:
    return "week" if request.GET.get("span") == "week" else "today"
