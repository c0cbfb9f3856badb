"""Keeping a list under a name."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from anju.core.errors import Refused
from anju.desk.frame import Frame
from anju.desk.queue.forms import FilterForm
from anju.desk.saved import pages
from anju.tickets import actions as tickets
from anju.tickets import queries
from anju.tickets.models import SavedView
from anju.ui.forms import refuse
from anju.ui.guard import Request, safe_next, staff
from anju.ui.pages import is_htmx


class ViewForm(forms.Form):
    """What the view is called and for whom it is."""

    name = forms.CharField(
        label=gettext_lazy("名字"), max_length=40, error_messages={"required": gettext_lazy("请给视图起个名字")}
    )
    shared = forms.BooleanField(label=gettext_lazy("本部门的人也看得到"), required=False)
    default = forms.BooleanField(label=gettext_lazy("打开队列时先看它"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("desk.see")
def saved(request: Request) -> HttpResponse:
    """The filters of the address under a name, and one's own views; posted, it is kept."""
    frame = Frame(request)
    filters, form = FilterForm(request.GET, frame), ViewForm(request.POST or None)
    filters.filters()
    if request.method == "POST" and form.is_valid():
        try:
            row = tickets.save_view(frame.community, by=request.scope, query=filters.chosen(), **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("已存视图　%(name)s") % {"name": row.name})
            return HttpResponseRedirect(pages.url_of(row))
    rows = [row for row in queries.saved_views(request.scope) if row.staff_id == request.scope.staff_id]
    context = {
        "form": form,
        "narrowed": filters.narrowed(),
        "views": pages.kept(request.scope, rows),
        "url": request.get_full_path(),
        "back": f"{reverse('desk:queue')}?{request.GET.urlencode()}",
    }
    status = 422 if form.errors else 200
    if is_htmx(request):
        return render(request, "desk/saved/box.html", context, status=status)
    return render(request, "desk/saved/page.html", context | frame.context("queue"), status=status)


def _own(request: Request, view_id: int) -> SavedView:
    row = queries.saved_views(request.scope).filter(id=view_id).first()
    if row is None:
        raise Http404
    return row


def _done(request: Request, act: Callable[[], SavedView], words: str, way_back: str = "") -> HttpResponse:
    """Do it and go back to the list, with a word about how it went."""
    try:
        row = act()
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, words % {"name": row.name}, extra_tags=way_back)
    return HttpResponseRedirect(safe_next(request, f"{reverse('desk:queue')}?view=all"))


@require_POST
@staff("desk.see")
def first(request: Request, view_id: int) -> HttpResponse:
    """What the queue opens with, or (`on=0`) the plain queue again."""
    row, on = _own(request, view_id), request.POST.get("on") != "0"
    words = _("打开队列先看　%(name)s") if on else _("不再先看　%(name)s")
    return _done(request, lambda: tickets.choose_default(row, by=request.scope, on=on), words)


@require_POST
@staff("desk.see")
def forward(request: Request, view_id: int) -> HttpResponse:
    """One place towards the front."""
    row = _own(request, view_id)
    return _done(request, lambda: tickets.move_view(row, by=request.scope), _("已往前排　%(name)s"))


@require_POST
@staff("desk.see")
def drop(request: Request, view_id: int) -> HttpResponse:
    """Delete it, with eight seconds to take that back."""
    row = _own(request, view_id)
    way_back = f"undo:{reverse('desk:saved-return', args=[view_id])}"
    return _done(request, lambda: tickets.drop_view(row, by=request.scope), _("已删除视图　%(name)s"), way_back)


@require_POST
@staff("desk.see")
def restore(request: Request, view_id: int) -> HttpResponse:
    """Take the deletion back."""
    return _done(request, lambda: tickets.restore_view(view_id, by=request.scope), _("视图还在　%(name)s"))
