"""The codes that hang in a community."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from anju.core.errors import Refused
from anju.desk.frame import Frame
from anju.estate import checking, labels, stickers
from anju.estate import queries as estate
from anju.estate.choices import AssetKind
from anju.estate.models import Label
from anju.ui.downloads import attachment
from anju.ui.forms import refuse
from anju.ui.guard import Request, staff


class CheckForm(forms.Form):
    """A code as it stands on the sticker, or the address behind it."""

    code = forms.CharField(
        label=_("贴纸上的码"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True})
    )


@dataclass(frozen=True, slots=True)
class Code:
    """One sticker: what it is for, where it leads, when it was last scanned."""

    name: str
    kind: str
    code: str
    number: str
    path: str
    url: str
    lift: bool
    scanned_at: datetime | None
    checked_at: datetime | None


def _code(label: Label) -> Code:
    target = label.asset or label.place
    return Code(
        name=target.name if target else "",
        kind=target.get_kind_display() if target else "",
        code=label.code,
        number=target.code if target else "",
        path=f"/r/{labels.signed(label.code)}/",
        url=stickers.address(label),
        lift=target is not None and target.kind == AssetKind.LIFT,
        scanned_at=label.scanned_at,
        checked_at=label.checked_at,
    )


@require_safe
@staff("estate.codes")
def codes(request: Request) -> HttpResponse:
    """The list, each code to be opened as a resident would."""
    around = Frame(request)
    listed = [_code(row) for row in estate.labels(request.scope, around.community.id)]
    kinds = sorted({one.kind for one in listed})
    context = around.context("codes") | {"codes": listed, "kinds": kinds, "papers": stickers.PAPERS}
    return render(request, "desk/codes/page.html", context)


def _chosen(request: Request, around: Frame) -> list[Label]:
    """Those ticked in the list, or all; of one kind when one is named."""
    wanted, kind = set(request.GET.getlist("code")), request.GET.get("kind", "")
    rows = [row for row in estate.labels(request.scope, around.community.id) if not wanted or row.code in wanted]
    return [row for row in rows if not kind or _code(row).kind == kind]


@require_safe
@staff("estate.codes")
def sheet(request: Request) -> HttpResponse:
    """A PDF on the paper that was chosen; without one a page for the browser to print."""
    around = Frame(request)
    rows, size = _chosen(request, around), request.GET.get("paper", "")
    if size:
        return attachment(stickers.sheet(rows, around.community, size), f"codes-{size}.pdf", "application/pdf")
    chosen = [_code(row) for row in rows]
    return render(request, "desk/codes/sheet.html", around.context("codes") | {"codes": chosen})


@require_http_methods(["GET", "HEAD", "POST"])
@staff("estate.codes")
def check(request: Request) -> HttpResponse:
    """Type or paste a code and see what it is; how many of each building have been scanned."""
    around, form = Frame(request), CheckForm(request.POST or None)
    label = before = None
    if request.method == "POST" and form.is_valid():
        try:
            label = checking.found(request.scope, around.community, form.cleaned_data["code"])
            before = _code(label)
            checking.seen(label, by=request.scope)
        except Refused as refusal:
            refuse(form, refusal)
    context = around.context("codes") | {"form": form, "label": label, "before": before} | _progress(around, label)
    return render(request, "desk/codes/check.html", context, status=422 if form.errors else 200)


def _progress(around: Frame, label: Label | None) -> dict[str, object]:
    """All houses, and the one of a code."""
    houses = checking.houses(around.scope, around.community.id)
    here = [one for one in houses if label and one.building_no == checking.house_of(label)]
    done, everything = sum(one.checked for one in houses), sum(one.all for one in houses)
    return {"houses": houses, "here_house": here[0] if here else None, "done": done, "all": everything}
