"""The codes that hang in a community."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anju.desk.frame import Frame
from anju.estate import labels
from anju.estate import queries as estate
from anju.estate.choices import AssetKind
from anju.estate.models import Label
from anju.ui.guard import Request, staff


@dataclass(frozen=True, slots=True)
class Code:
    """One sticker: what it is for, and where it leads."""

    name: str
    kind: str
    code: str
    number: str
    path: str
    url: str
    lift: bool


def _code(label: Label) -> Code:
    target = label.asset or label.place
    path = f"/r/{labels.signed(label.code)}/"
    return Code(
        name=target.name if target else "",
        kind=target.get_kind_display() if target else "",
        code=label.code,
        number=target.code if target else "",
        path=path,
        url=settings.ANJU_BASE_URL.rstrip("/") + path,
        lift=target is not None and target.kind == AssetKind.LIFT,
    )


@require_safe
@staff("desk.see")
def codes(request: Request) -> HttpResponse:
    """The list, each code to be opened as a resident would."""
    around = Frame(request)
    rows = estate.labels(request.scope, around.community.id)
    return render(request, "desk/codes/page.html", around.context("codes") | {"codes": [_code(row) for row in rows]})


@require_safe
@staff("desk.see")
def sheet(request: Request) -> HttpResponse:
    """Several to a page of A4, large names; those ticked in the list, or all."""
    around = Frame(request)
    rows = estate.labels(request.scope, around.community.id)
    wanted = set(request.GET.getlist("code"))
    chosen = [_code(row) for row in rows if not wanted or row.code in wanted]
    return render(request, "desk/codes/sheet.html", around.context("codes") | {"codes": chosen})
