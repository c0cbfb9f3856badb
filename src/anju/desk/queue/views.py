"""The queue, whole and in parts."""

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anju.desk.frame import Frame
from anju.desk.queue import pages
from anju.desk.queue.forms import VIEW_CHOICES, FilterForm
from anju.desk.saved import pages as keeping
from anju.desk.signing.views import home
from anju.privacy.choices import ExportKind
from anju.privacy.queries import exports
from anju.tickets import queries
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
    saved = None if is_htmx(request) else list(queries.saved_views(request.scope))
    opening = keeping.opening(request.scope, saved or (), frame.community.id)
    if opening and not set(request.GET) - {"c"}:
        return HttpResponseRedirect(opening)
    form = FilterForm(request.GET, frame)
    filters = form.filters()
    counted = pages.counts(request.scope, filters, whole=saved is not None)
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
    if saved is None:
        return render(request, "desk/queue/fragment.html", context)
    context["tabs"] = pages.tabs(request.GET, counted)
    context["saved"] = kept = keeping.kept(request.scope, saved)
    context["now"] = next((one for one in kept if str(one.id) == request.GET.get("saved")), None)
    return render(request, "desk/queue/page.html", context)


@require_safe
@staff("privacy.export")
def export(request: Request) -> HttpResponse:
    """The list on screen as a workbook: what for, which columns, how many rows; asked for as every export is (R16.4)."""
    frame = Frame(request)
    form = FilterForm(request.GET, frame)
    rows = exports.count(
        ExportKind.TICKETS, frame.community, "", {"view": form.filters().view, **form.chosen()}, request.scope
    )
    context = {
        "rows": rows,
        "columns": exports.FIELDS[ExportKind.TICKETS].items(),
        "personal": exports.PERSONAL,
        "narrowed": form.narrowed(),
        "view": dict(VIEW_CHOICES)[form.filters().view],
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/queue/export.html", frame.context("queue") | context)


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
