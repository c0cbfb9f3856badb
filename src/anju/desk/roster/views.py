"""The grid, painting in it, generating, publishing, and taking it away as a file."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anju.accounts import queries as accounts
from anju.accounts.access import allowed
from anju.core.errors import Refused
from anju.desk.frame import Frame
from anju.desk.roster import files, pages
from anju.desk.roster.painting import paint
from anju.duty import actions, queries
from anju.ui import downloads
from anju.ui.guard import Request, public, staff


def month_of(values: QueryDict) -> date:
    """The month in an address, this one when none is named."""
    wanted = values.get("m", "")
    try:
        return date.fromisoformat(f"{wanted}-01") if wanted else pages.this_month()
    except ValueError as error:
        raise Http404 from error


def _added(values: QueryDict) -> list[tuple[int, int]]:
    pairs = (one.partition("-") for one in values.getlist("add"))
    return [(int(a), int(b)) for a, _dash, b in pairs if a.isdigit() and b.isdigit() and len(a + b) < 40]


@require_safe
@staff("duty.see")
def roster(request: Request) -> HttpResponse:
    """One month."""
    around = Frame(request)
    first = month_of(request.GET)
    context = around.context("roster") | {
        "page": pages.month(request.scope, around.community, first, _added(request.GET)),
        "may_plan": allowed(request.scope, "duty.plan", around.community.id),
        "patterns": queries.patterns(request.scope, around.community.id),
        "m": f"{first:%Y-%m}",
    }
    return render(request, "desk/roster/page.html", context)


def _back(request: Request, around: Frame) -> HttpResponseRedirect:
    query = QueryDict(mutable=True)
    query["m"] = request.POST.get("m", "")
    query.setlist("add", request.POST.getlist("add"))
    if around.several:
        query["c"] = str(around.community.id)
    return HttpResponseRedirect(f"{reverse('desk:roster')}?{query.urlencode()}")


@require_POST
@staff("duty.plan")
def cells(request: Request) -> HttpResponse:
    """Paint: the chosen shift, or a day off, into every cell that was drawn over."""
    around = Frame(request)
    refused = paint(request.scope, around.community, request.POST.get("brush", ""), request.POST.getlist("cell"))
    for words in refused[:3]:
        messages.warning(request, words)
    return _back(request, around)


@require_POST
@staff("duty.plan")
def generated(request: Request) -> HttpResponse:
    """A pattern over the people of a post, one team each, in the order named."""
    around, given = Frame(request), request.POST
    try:
        pattern = queries.patterns(request.scope, around.community.id).filter(name=given.get("pattern", "")).first()
        if pattern is None:
            raise Refused("PATTERN_UNKNOWN", _("没有这个排班规律"))
        post = queries.post(request.scope, around.community.id, given.get("post", ""))
        names = given.get("people", "").replace("，", " ").replace("、", " ").split()
        people = [accounts.by_login(request.scope, around.community.id, name) for name in names]
        if not people or None in people:
            raise Refused("STAFF_UNKNOWN", _("班组里有人不在本小区，或者写了两次"))
        first, last = (date.fromisoformat(given.get(name, "")) for name in ("first", "last"))
        teams = [[one] for one in people if one]
        rows = actions.generate(pattern, post=post, teams=teams, first=first, last=last, by=request.scope)
        messages.success(request, _("已排%(n)d个班，都是草稿") % {"n": len(rows)})
    except ValueError:
        messages.warning(request, _("日期不对，一次最多排93天"))
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    return _back(request, around)


@require_POST
@staff("duty.plan")
def published(request: Request) -> HttpResponse:
    """Bring the drafts of the month into force."""
    around = Frame(request)
    first = month_of(request.POST)
    page = pages.month(request.scope, around.community, first, ())
    try:
        actions.publish(
            around.community,
            page.report.first,
            page.report.last,
            by=request.scope,
            reason=request.POST.get("reason", ""),
        )
        messages.success(request, _("已发布，%(n)d个班生效") % {"n": page.drafts})
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    return _back(request, around)


@require_POST
@staff("duty.plan")
def founded(request: Request) -> HttpResponse:
    """The standard shifts, posts and patterns."""
    around = Frame(request)
    actions.adopt_standard(around.community, by=request.scope, fire_room=request.POST.get("fire_room") == "1")
    messages.success(request, _("已有标准班次、岗位和排班规律，可以开始排班"))
    if request.POST.get("next") == "setup":
        return HttpResponseRedirect(reverse("desk:setup") + around.here)
    return _back(request, around)


@require_safe
@staff("duty.see")
def workbook(request: Request) -> HttpResponse:
    """The month as a workbook."""
    around = Frame(request)
    page = pages.month(request.scope, around.community, month_of(request.GET), ())
    return downloads.workbook(files.workbook(page), f"roster-{page.first:%Y-%m}")


@require_safe
@public
def calendar(request: Request, token: str) -> HttpResponse:
    """Somebody's own turns for his calendar; the address is the key, and a new password makes a new one."""
    found = files.owner(token)
    if found is None:
        raise Http404
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(files.feed(found), content_type="text/calendar; charset=utf-8", headers=headers)
