"""From the code to the first page."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from anju.accounts import inviting
from anju.core import text
from anju.core.errors import Refused
from anju.desk.joining.forms import AccountForm, CodeForm
from anju.desk.signing.views import admit
from anju.ui.forms import refuse
from anju.ui.guard import Request, public


@require_http_methods(["GET", "HEAD", "POST"])
@public
def enter(request: Request) -> HttpResponse:
    """Type the code."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = "".join(form.cleaned_data["code"].split()).lower()
        try:
            inviting.opened(code)
            return HttpResponseRedirect(reverse("desk:join", args=[code]))
        except Refused as refusal:
            form.add_error("code", str(refusal.message))
    return render(request, "desk/joining/code.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@public
def join(request: Request, code: str) -> HttpResponse:
    """Choose name and password; an invitation that is over leads back to the code."""
    try:
        row = inviting.opened(code)
    except Refused as refusal:
        form = CodeForm(initial={"code": text.one_line(code)})
        return render(request, "desk/joining/code.html", {"form": form, "trouble": refusal.message}, status=410)
    account = AccountForm(request.POST or None, initial={"name": row.name, "login": row.name})
    if request.method == "POST" and account.is_valid():
        given = account.cleaned_data
        try:
            staff = inviting.accept(code, login=given["login"], password=given["password"], name=given["name"])
        except Refused as refusal:
            refuse(account, refusal)
        else:
            return admit(request, staff)
    context = {"form": account, "invitation": row}
    return render(request, "desk/joining/account.html", context, status=422 if account.errors else 200)
