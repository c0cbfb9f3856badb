"""The supervisor's board."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anju.desk.frame import Frame
from anju.desk.kanban import pages
from anju.ui.guard import Request, staff


@require_safe
@staff("desk.see")
def kanban(request: Request) -> HttpResponse:
    """Columns by state; `dept` narrows them to one department, `at` is the card one comes back to."""
    frame = Frame(request)
    dept = pages.dept_of(request.GET.get("dept", ""))
    shown = pages.columns(request.scope, frame.community, dept, at=request.GET.get("at", ""))
    context = frame.context("kanban") | {
        "columns": shown,
        "dept": dept,
        "depts": pages.DEPTS,
        "here": request.get_full_path(),
    }
    return render(request, "desk/kanban/page.html", context)
