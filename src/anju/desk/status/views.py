"""系统状态."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anju.desk.frame import Frame
from anju.health import state
from anju.health.finding import BAD
from anju.ui.guard import Request, staff

LIGHTS = {"ok": "green", "note": "yellow", "bad": "red"}


@require_safe
@staff("office.status")
def status(request: Request) -> HttpResponse:
    """Every check with its light, what is wrong first."""
    found = sorted(state.findings().values(), key=lambda one: list(LIGHTS).index(one.state), reverse=True)
    context = Frame(request).context("status") | {"findings": [(one, LIGHTS[one.state]) for one in found]}
    return render(request, "desk/status/page.html", context | {"wrong": sum(one.state == BAD for one in found)})
