"""The queue, whole and in parts."""

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anju.desk.frame import Frame
from anju.desk.queue import pages
from anju.desk.queue.forms import FilterForm
from anju.desk.signing.views import home
from anju.tickets.queries import Filters
from anju.ui.guard import Request, staff
from anju.ui.pages import is_htmx


@require_safe
@staff()
def front(request: Request) -> HttpResponse:
    """`/desk/`: where this person works."""
    return HttpResponseRedirect(home(request.scope))


@require_safe
@staff("desk.see")
def queue(request: Request) -> HttpResponse:
    """The list. Asked by a script with `order`, only the rows on screen, in that order, with new contents."""
    frame = Frame(request)
    form = FilterForm(request.GET, frame)
    filters = form.filters()
    counted = pages.counts(request.scope, filters, whole=not is_htmx(request))
    listing = _listing(request, filters, counted)
    context = frame.context("queue") | {
        "listing": listing,
        "form": form,
        "view": filters.view,
        "narrowed": form.narrowed(),
        "q": request.GET.get("q", ""),
        "here": request.get_full_path(),
        "urgent": pages.urgent(request.scope, filters),
        "chosen": pages.choose(listing, request.GET.get("at", "")),
    }
    if is_htmx(request):
        return render(request, "desk/queue/fragment.html", context)
    context["tabs"] = pages.tabs(request.GET, counted)
    return render(request, "desk/queue/page.html", context)


def _listing(request: Request, filters: Filters, counted: Mapping[str, int]) -> pages.Listing:
    wording = request.GET.get("q", "").strip()
    if wording:
        return pages.found_by(request.scope, wording[:60])
    order = pages.read_order(request.GET.get("order", ""))
    if order:
        return pages.in_place(request.scope, filters, order, counted)
    listing = pages.first_page(request.scope, filters, request.GET, counted)
    kept = pages.read_order(request.GET.get("keep", ""))
    return pages.with_kept(listing, request.scope, filters, kept, counted)
