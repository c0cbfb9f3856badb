"""使用手册."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anju.desk.help import pages
from anju.desk.signing.views import home
from anju.ui.guard import Request, public

LONGEST = 60


@require_safe
@public
def manual(request: Request, slug: str = "") -> HttpResponse:
    """A chapter, the reader's own unless another is named; with `?q=` the sections of all his chapters that hold the words."""
    readable = pages.chapters(request.scope)
    chapter = next((one for one in readable if slug in ("", one.slug)), None)
    if chapter is None:
        raise Http404
    words = request.GET.get("q", "")[:LONGEST].strip()
    context = {
        "chapters": readable,
        "chapter": chapter,
        "words": words,
        "sections": pages.sections(chapter.slug),
        "found": pages.found(readable, words) if words else (),
        "home": home(request.scope),
    }
    return render(request, "desk/help/page.html", context)
