"""The list of rosters with the upload, and one roster from its columns to its undoing."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anju.accounts.access import allowed
from anju.core.errors import Refused
from anju.desk.frame import Frame
from anju.desk.imports import pages
from anju.estate import importing
from anju.estate import queries as estate
from anju.estate.choices import ImportState
from anju.estate.importing import drafts
from anju.estate.models import Import
from anju.ui.downloads import workbook
from anju.ui.guard import Request, staff

LISTED = 20


def _around(request: Request) -> Frame:
    """The community in hand, in which the asker may import."""
    around = Frame(request)
    if not allowed(request.scope, "estate.import", around.community.id):
        raise Refused("NOT_ALLOWED", _("导入花名册要项目经理、客服主管或系统管理员"), status=403)
    return around


def _held(request: Request, around: Frame, number: int) -> Import:
    row = estate.imports(request.scope, around.community.id).filter(id=number).first()
    if row is None:
        raise Http404
    return row


def _to(around: Frame, name: str, *args: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"desk:{name}", args=args) + around.here)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("estate.import")
def imports(request: Request) -> HttpResponse:
    """Send a roster; those sent before."""
    around, trouble = _around(request), ""
    if request.method == "POST":
        try:
            return _to(around, "import", _begun(request, around).id)
        except Refused as refusal:
            trouble = str(refusal.message)
    rows = estate.imports(request.scope, around.community.id)[:LISTED]
    listed = [(row, pages.named(row.counts)) for row in rows]
    context = around.context("setup") | {"rows": listed, "trouble": trouble}
    return render(request, "desk/imports/list.html", context, status=422 if trouble else 200)


def _begun(request: Request, around: Frame) -> Import:
    """The draft of what was sent; never more of it is read than a roster may have."""
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        raise Refused("FILE_EMPTY", _("请先选一个.xlsx或.csv文件"))
    return drafts.begin(sent.read(importing.MAX_BYTES + 1), sent.name or "", around.community, by=request.scope)


@require_safe
@staff("estate.import")
def one(request: Request, number: int) -> HttpResponse:
    """Columns and trial of a draft; counts of what was written."""
    around = _around(request)
    row = _held(request, around, number)
    context = around.context("setup") | {"row": row, "counts": pages.named(row.counts), "fields": importing.FIELDS}
    if row.state == ImportState.DRAFT:
        context["trial"] = pages.trial(row, request.scope)
    return render(request, "desk/imports/page.html", context)


@require_POST
@staff("estate.import")
def columns(request: Request, number: int) -> HttpResponse:
    """Another header row or sheet, or other columns."""
    around = _around(request)
    row, sent = _held(request, around, number), request.POST
    try:
        sheet, header = int(sent.get("sheet", "0")[:3]), int(sent.get("header", "1")[:6]) - 1
        old = drafts.chosen(row)
        if (sheet, header) != (old.sheet, old.row):
            drafts.move(row, sheet=sheet, header=header, by=request.scope)
        else:
            drafts.match(row, _matched(request), by=request.scope)
    except ValueError:
        messages.warning(request, _("表头在第几行要填数字"))
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    return _to(around, "import", row.id)


def _matched(request: Request) -> dict[str, list[int]]:
    """The columns of each field, as `column-3=room` says it."""
    found: dict[str, list[int]] = {}
    for name, value in request.POST.items():
        at = name.removeprefix("column-")
        if at != name and at.isdigit() and len(at) < 4 and value in importing.FIELDS:
            found.setdefault(str(value), []).append(int(at))
    return found


@require_safe
@staff("estate.import")
def errors(request: Request, number: int) -> HttpResponse:
    """The file with its faults in front of each row, for its uploader."""
    row = _held(request, _around(request), number)
    return workbook(importing.errors_workbook(drafts.read(row, by=request.scope)), "errors")


@require_POST
@staff("estate.import")
def confirmed(request: Request, number: int) -> HttpResponse:
    """Write it."""
    around = _around(request)
    row = _held(request, around, number)
    try:
        made = drafts.confirm(row, by=request.scope)
        words = _("没有变化，什么都不用写") if made.is_empty else _("已写入，上传的文件已删除")
        messages.success(request, words)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    return _to(around, "import", row.id)


@require_POST
@staff("estate.import")
def dropped(request: Request, number: int) -> HttpResponse:
    """Give it up."""
    around = _around(request)
    drafts.drop(_held(request, around, number), by=request.scope)
    messages.success(request, _("已放弃，上传的文件已删除"))
    return _to(around, "imports")


@require_POST
@staff("estate.import")
def undone(request: Request, number: int) -> HttpResponse:
    """Take it back, and say what stays."""
    around = _around(request)
    row = _held(request, around, number)
    done = importing.undo(row, by=request.scope)
    row.refresh_from_db(fields=["state"])
    context = around.context("setup") | {"row": row, "counts": pages.named(done.counts), "stays": done.stays}
    return render(request, "desk/imports/undone.html", context)


@require_safe
@staff("estate.import")
def template(request: Request) -> HttpResponse:
    """An empty roster."""
    return workbook(importing.template_workbook(), "roster-template")
