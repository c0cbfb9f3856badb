"""Setting up the authenticator: a picture, the first code, the recovery codes; between password and session, or later."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from anju.accounts import queries as accounts
from anju.accounts.actions import second_step as steps
from anju.accounts.models import Staff
from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from anju.desk.signing.entering import enter
from anju.ui.guard import Request, public

KEY = "enrolling"
MINUTES = 15


def begin(request: Request, staff: Staff, after: str) -> None:
    """The password was right; until the first code this browser may do nothing else."""
    request.session.flush()
    request.session[KEY] = {
        "staff": staff.id,
        "stamp": accounts.stamp(staff),
        "until": clock.now().timestamp() + MINUTES * 60,
        "after": after,
    }


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@public
def second_step(request: Request) -> HttpResponse:
    """GET shows the picture; POST takes the first code, and then shows the recovery codes once."""
    held = request.session.get(KEY) or {}
    staff = _enrolling(held)
    if staff is None:
        request.session.pop(KEY, None)
        return HttpResponseRedirect(reverse("desk:login"))
    refusal = None
    if request.method == "POST":
        try:
            codes = steps.confirm(staff, request.POST.get("code", "")[:16], by=accounts.scope_of_staff(staff))
        except Refused as refused:
            refusal = refused
        else:
            enter(request, staff)
            return render(request, "desk/account/codes.html", {"codes": codes, "after": held["after"]})
    secret = steps.begin(staff)
    context = {
        "address": steps.address(staff, secret),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "refusal": refusal,
    }
    return render(request, "desk/account/second_step.html", context, status=refusal.status if refusal else 200)


def _enrolling(held: dict[str, Any]) -> Staff | None:
    """Whose password was right in this browser a moment ago, and has not changed since."""
    if not held or held["until"] < clock.now().timestamp():
        return None
    staff = accounts.active_staff(SYSTEM, held["staff"])
    return staff if staff is not None and held["stamp"] == accounts.stamp(staff) else None
