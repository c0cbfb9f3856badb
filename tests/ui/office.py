"""A small office for the browser: one page per door, a stream of news, and ways to go wrong. A URL map for tests."""

import queue
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template import RequestContext, Template
from django.urls import include, path

from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Kind, Scope
from anju.ui.forms import refuse

LI = Scope(Kind.STAFF, staff_id=1, name="李敏")
STREETS = SimpleNamespace(name="阳光花园", hotline="400-800-1234")

streams: "list[queue.Queue[str]]" = []
seen: list[dict[str, object]] = []
state: dict[str, object] = {}


def reset() -> None:
    """As on the first morning."""
    hang_up()
    seen.clear()
    state.update(rows=["a", "b", "c"], rev={"a": 1, "b": 1, "c": 1}, live=200, words="", post=200)


def tell(name: str) -> None:
    """An event for everybody who listens."""
    for stream in streams:
        stream.put(name)


def hang_up() -> None:
    """The line goes dead for everybody."""
    tell("")
    streams.clear()


def show(request: HttpRequest, source: str, status: int = 200, **context: object) -> HttpResponse:
    """A page from template text."""
    request.scope, request.community = LI, STREETS
    return HttpResponse(Template(source).render(RequestContext(request, context)), status=status)


QUEUE = """{% extends "ui/base_desk.html" %}{% block page_title %}队列{% endblock %}{% block main %}
<div class="queue"><div class="head"><h1 class="sr">队列</h1>{% include "ui/parts/pill.html" with words=words %}</div>
<div class="queue-list" id="queue" data-order hx-get="/queue/" hx-trigger="queue from:#live, apply" hx-target="this" hx-select="#queue" hx-select-oob="#pill" hx-swap="outerMorph" tabindex="-1">
<table class="grid" data-rows><thead><tr><th class="q-light">灯</th><th>事项</th></tr></thead><tbody>
{% for row in rows %}<tr id="row-{{ row.id }}" data-row="{{ row.id }}" data-rev="{{ row.rev }}" aria-selected="false">
<td>{% lamp "red" %} {% due at "red" %}</td><td><a href="/ticket/{{ row.id }}/">{{ row.id }} {{ row.rev }}</a> <input class="input" id="note-{{ row.id }}" aria-label="备注"></td></tr>{% endfor %}
</tbody></table></div>
<aside class="peek" id="peek" aria-label="预览"></aside></div>
<a class="btn" href="/box/" hx-get="/box/" hx-target="#box" data-key="t">转派 <kbd>T</kbd></a>{% stamp %}
{% endblock %}"""


def desk(request: HttpRequest) -> HttpResponse:
    """The queue; with `order`, these rows in this order."""
    seen.append(request.GET.dict())
    order = [each for each in request.GET.get("order", "").split(",") if each] or state["rows"]
    rows = [{"id": name, "rev": state["rev"][name]} for name in order]
    return show(request, QUEUE, rows=rows, at=clock.now() + timedelta(minutes=5), words=state["words"])


class Report(forms.Form):
    """A report as a resident writes it."""

    text = forms.CharField(label="说一句", widget=forms.Textarea(attrs={"rows": 2}))
    phone = forms.CharField(label="电话", required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    photos = forms.FileField(label="照片", required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))


REPORT = """{% extends "ui/base_portal.html" %}{% block title %}报修{% endblock %}{% block main %}
<h1>报修</h1><form class="form" {% posts "report" files=True %} novalidate data-draft="report">{% csrf_token %}{% once %}
{% include "ui/parts/errors.html" %}{% field form.text %}{% field form.phone hint="填了师傅好找您" %}{% field form.photos %}
</form>{% endblock %}
{% block foot %}<div class="foot"><button class="btn btn-main btn-wide btn-tall" form="report">提交</button></div>{% endblock %}"""


def report(request: HttpRequest) -> HttpResponse:
    """Takes a report, or says what is wrong, in the way `state["post"]` asks for."""
    form = Report(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return show(request, REPORT, form=form)
    seen.append({**request.POST.dict(), "photo": len(request.FILES["photos"].read()) if request.FILES else 0})
    if state["post"] == 409:
        raise Refused("STATE_CONFLICT", "王芳11:05已受理这一单。您写的内容还在", status=409)
    if state["post"] == 500:
        raise RuntimeError("the office is on fire")
    if not form.is_valid() or len(form.cleaned_data["text"]) < 2:
        refuse(form, Refused("DESC_EMPTY", "请说一句哪里坏了", fields={"text": "请说一句哪里坏了，或拍一张照片"}))
        return show(request, REPORT, status=422, form=form)
    messages.success(request, "已提交", extra_tags="undo:/undo/")
    return redirect("/done/")


DONE = """{% extends "ui/base_portal.html" %}{% block title %}收到了{% endblock %}{% block main %}
<h1 data-draft-done="report">收到了</h1>{% endblock %}"""

JOB = """{% extends "ui/base_field.html" %}{% block title %}作业{% endblock %}{% block main %}
<div class="due-line">{% lamp "red" %}{% due at "red" %}</div><h1 class="where">3栋1单元1203<small>张先生</small></h1>
<div class="clocks">{% clockbar "响应" start at "green" %}</div>{% endblock %}
{% block act %}<footer class="act"><button class="go-btn">{% icon "qrcode" %}<b>我到了</b></button></footer>{% endblock %}"""


def done(request: HttpRequest) -> HttpResponse:
    return show(request, DONE)


def field(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    return show(request, JOB, start=at - timedelta(minutes=10), at=at + timedelta(minutes=20))


def box(request: HttpRequest) -> HttpResponse:
    return show(
        request, '<header><h2>转派</h2></header><div class="pad"><button class="btn" data-closes>不转了</button></div>'
    )


def live(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The stream."""
    if state["live"] != 200:
        return HttpResponse(status=state["live"])

    mine: queue.Queue[str] = queue.Queue()
    streams.append(mine)

    def stream() -> Iterator[bytes]:
        yield b": hello\n\n"
        while name := mine.get():
            yield f"event: {name}\ndata: \n\n".encode()

    return StreamingHttpResponse(stream(), content_type="text/event-stream")


urlpatterns = [
    path("queue/", desk),
    path("report/", report),
    path("done/", done),
    path("job/", field),
    path("box/", box),
    path("live/", live),
    path("me/", include(([path("login/", done, name="login")], "portal"))),
]
handler404 = "anju.ui.pages.missing"
handler500 = "anju.ui.pages.broken"
