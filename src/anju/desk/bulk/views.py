"""One step for many tickets."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.core import text
from anju.desk.bulk import pages
from anju.desk.frame import Frame
from anju.desk.queue.forms import FilterForm
from anju.ui.guard import Request, staff
from anju.ui.once import done_once


@require_http_methods(["GET", "HEAD", "POST"])
@staff("desk.see")
def bulk(request: Request) -> HttpResponse:
    """The list that is on screen with its filters; posted, the chosen step for the ticked ones, once."""
    frame, query = Frame(request), _back(request)
    action, words = request.POST.get("action", ""), text.clean(request.POST.get("words", ""))[:1000]
    ids, ticked = pages.ids_in(request.POST.getlist("id")), pages.ids_in(request.GET.get("ids", "").split(","))
    wrong = pages.objection(action, ids, words) if request.method == "POST" else ""
    if request.method == "POST" and not wrong:
        _do(request, action, ids, words)
        return HttpResponseRedirect(f"{reverse('desk:queue')}?{query}")
    form = FilterForm(request.GET, frame)
    found, choices = pages.listed(request.scope, form.filters(), ticked)
    context = {
        "rows": found,
        "choices": choices,
        "wrong": wrong,
        "action": action,
        "words": words,
        "ids": {str(one) for one in ids},
    }
    context |= {"narrowed": form.narrowed(), "ticked": bool(ticked), "query": query, "posted": request.method == "POST"}
    return render(request, "desk/bulk/page.html", frame.context("queue") | context, status=422 if wrong else 200)


def _back(request: Request) -> str:
    """The list one came from, without what was ticked in it."""
    kept = request.GET.copy()
    kept.pop("ids", None)
    return kept.urlencode()


def _do(request: Request, action: str, ids: list[int], words: str) -> None:
    came: list[tuple[int, list[str]]] = []

    def act() -> tuple[str, int]:
        came.append(pages.do(request.scope, action, ids, words))
        return ("staff", request.scope.staff_id or 0)

    done_once(request, f"staff:{request.scope.staff_id}", act)
    for done, not_done in came:
        label = str(pages.STEPS[action][0])
        messages.success(request, _("%(step)s：做了%(n)d件") % {"step": label, "n": done})
        for why in not_done:
            messages.warning(request, why)
