"""The board of staff with their switches."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anju.accounts import actions as accounts
from anju.accounts.access import allowed
from anju.accounts.choices import Dept, Role
from anju.accounts.models import Membership
from anju.desk.frame import Frame
from anju.desk.signing.views import home
from anju.duty import queries as duty
from anju.tickets import queries
from anju.ui.guard import Request, staff

CALLOUTS = 10


@dataclass(frozen=True, slots=True)
class Person:
    """One member of staff on the board. `load` counts what he has in hand; `may` whether the asker may switch him."""

    row: Membership
    roles: str
    load: int
    me: bool
    may: bool


@require_safe
@staff("desk.see")
def board(request: Request) -> HttpResponse:
    """Everybody by department, those on duty first."""
    around = Frame(request)
    may = allowed(request.scope, "accounts.shift", around.community.id)
    loads = queries.in_hand(request.scope, around.community.id)
    groups: dict[str, list[Person]] = {}
    for row in sorted(around.staff, key=lambda one: (not one.on_shift, one.staff_id)):
        me = row.staff_id == request.scope.staff_id
        roles = "、".join(str(Role(role).label) for role in row.roles if role in Role.values)
        person = Person(row, roles, loads.get(row.staff_id, 0), me, me or may)
        groups.setdefault(str(Dept(row.dept).label), []).append(person)
    mine = next((one for people in groups.values() for one in people if one.me), None)
    context = around.context("shift") | {"groups": groups.items(), "mine": mine, "on": _on(around)}
    context |= {
        "callouts": duty.callouts(request.scope, around.community.id)[:CALLOUTS],
        "line_test": duty.line_test(request.scope, around.community.id),
        "absent": duty.absent(request.scope, around.community.id),
        "leads": allowed(request.scope, "duty.decide", around.community.id),
        "crew": [one.staff for one in around.staff],
    }
    return render(request, "desk/shift/page.html", context)


def _on(around: Frame) -> int:
    return sum(1 for row in around.staff if row.on_shift)


@require_POST
@staff("accounts.present")
def switch(request: Request, staff_id: int) -> HttpResponse:
    """Check somebody in or out; oneself from wherever one works."""
    around = Frame(request)
    row = next((one for one in around.staff if one.staff_id == staff_id), None)
    if row is None:
        raise Http404
    on = request.POST.get("on") == "1"
    accounts.set_shift(row, on=on, by=request.scope)
    words = _("%(name)s已上岗") if on else _("%(name)s已下岗")
    messages.success(request, words % {"name": row.staff.name})
    query = f"?c={around.community.id}" if around.several else ""
    back = reverse("desk:shift") if allowed(request.scope, "desk.see") else home(request.scope)
    return HttpResponseRedirect(back + query)
