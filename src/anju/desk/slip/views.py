"""The slip as a page, printed on A5 by the browser."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from anju.desk import frame
from anju.desk.frame import Frame
from anju.desk.ticket import pages
from anju.ui.guard import Request, staff


@require_safe
@staff("desk.see")
def slip(request: Request, no: str) -> HttpResponse:
    """What to do, where, for whom as far as the asker may see, and a code that opens the job on the telephone."""
    row = frame.held(request, no)
    job = settings.ANJU_BASE_URL.rstrip("/") + reverse("field:job", args=[row.no])
    context = Frame(request).context("queue") | {"sheet": pages.sheet(request.scope, row), "job": job}
    return render(request, "desk/slip/page.html", context)
