"""The text in force and one's own signature; for every member of staff, at the desk or in the field."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.accounts import queries as accounts
from anju.core.errors import Refused
from anju.desk.signing.views import home
from anju.privacy.actions import agreeing
from anju.privacy.queries import agreements
from anju.ui.guard import Request, safe_next, staff
from anju.ui.origin import origin


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def agreement(request: Request) -> HttpResponse:
    """Read it, type one's name, sign."""
    refusal = None
    after = safe_next(request, home(request.scope))
    if request.method == "POST":
        try:
            _sign(request)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("已签署，谢谢"))
            return HttpResponseRedirect(after)
    context = {
        "body": agreeing.current(),
        "mine": agreements.mine(request.scope),
        "refusal": refusal,
        "signature": request.POST.get("signature", ""),
        "next": after,
    }
    return render(request, "desk/agreement/page.html", context, status=refusal.status if refusal else 200)


def _sign(request: Request) -> None:
    scope, version = request.scope, request.POST.get("version", "")
    found = (accounts.staff_by_id(scope, one, scope.staff_id or 0) for one in scope.communities)
    me = next(filter(None, found), None)
    if me is None:
        raise Refused("STAFF_UNKNOWN", _("本小区没有这个人"), status=404)
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    signature = request.POST.get("signature", "")[:40]
    agreeing.sign(me, version=number, signature=signature, by=scope, ip=origin(request).ip)
