"""消息模拟器."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anju.desk.frame import Frame
from anju.desk.messages import pages
from anju.ui.guard import Request, staff
from anju.ui.pages import is_htmx


@require_safe
@staff("channels.simulator")
def sent(request: Request) -> HttpResponse:
    """Every simulated message; 404 in an office with real providers."""
    if not (settings.ANJU_DEMO or settings.ANJU_LAB):
        raise Http404
    wanted = {name: request.GET.get(name, "")[:40] for name in ("recipient", "template", "letter")}
    found = pages.lines(request.scope, **wanted)
    context: dict[str, object] = {"lines": found, "wanted": wanted, "here": request.get_full_path()}
    if is_htmx(request):
        return render(request, "desk/messages/list.html", context)
    everything = pages.lines(request.scope) if any(wanted.values()) else found
    context |= Frame(request).context("messages")
    context |= {"people": pages.people(everything), "templates": sorted({one.template for one in everything})}
    return render(request, "desk/messages/page.html", context)
