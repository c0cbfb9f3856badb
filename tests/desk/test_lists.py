"""Every list as a workbook; the queue's own list leaves as every export does (R16.4)."""

import io
import re

import pytest
from openpyxl import load_workbook

from anju.desk.lists.books import BOOKS
from anju.estate.models import Place
from anju.feedback import actions as feedback
from anju.privacy.models import Export
from anju.privacy.queries import exports
from tests.cast import Cast


def rows(answer):
    """The lines of a workbook, its header first."""
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return [list(line) for line in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("name", [book.name for book in BOOKS])
def test_every_list_is_a_workbook_for_those_who_may_see_it(cast: Cast, enter, name):
    post = cast.garden.members["周强"]
    post.roles = ["PM", "QLT"]
    post.save()
    found = rows(enter("周强").get(f"/desk/lists/{name}/"))
    assert all(found[0])
    assert {len(line) for line in found} == {len(found[0])}


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("handovers", "handovers"),
        ("codes", "codes"),
        ("shift", "shift"),
        ("incidents", "incidents"),
        ("absences", "absences"),
    ],
)
def test_the_page_of_a_list_leads_to_its_workbook(cast, enter, page, name):
    assert f'href="/desk/lists/{name}/"' in enter("周强").get(f"/desk/{page}/").content.decode()


def test_who_may_not_see_a_list_may_not_take_it(cast, enter):
    assert enter("李敏").get("/desk/lists/accounts/").status_code == 403
    assert enter("李敏").get("/desk/lists/revisits/").status_code == 403


def test_names_that_excel_would_run_are_text(cast, enter):
    Place.objects.filter(code="GARDEN").update(name="=cmd()")
    names = {line[0] for line in rows(enter("周强").get("/desk/lists/codes/"))}
    assert "'=cmd()" in names
    assert "=cmd()" not in names


def test_calls_owed_leave_without_a_word_of_a_resident(cast, enter):
    ticket = cast.in_progress(text="漏水，我是张伟13800005678")
    cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
    cast.do("confirm", ticket, "张伟")
    feedback.rate(ticket, by=cast.scope("张伟"), stars=1, text="太慢了")
    head, line = rows(enter("郑洁").get("/desk/lists/revisits/"))
    assert dict(zip(head, line, strict=True))["工单号"] == ticket.no
    assert not any(word in str(line) for word in ("张", "138", "漏水，", "太慢"))


def test_the_list_on_screen_is_asked_for_with_its_filters(cast, enter):
    cast.freeze("accept", "dispatch", "merge")
    new, taken = cast.report("漏水，电话13800005678"), cast.report("门锁坏了")
    cast.do("accept", taken, "李敏")
    assert 'href="/desk/queue/export/' not in enter("李敏").get("/desk/queue/").content.decode()
    assert enter("李敏").get("/desk/queue/export/").status_code == 403
    finance = enter("钱丽")
    assert 'href="/desk/queue/export/?view=new"' in finance.get("/desk/queue/?view=new").content.decode()
    page = finance.get("/desk/queue/export/?view=new&leaf=").content.decode()
    assert "待受理　1件" in page
    ticked = re.findall(r'name="fields_wanted" value="(\w+)" checked', page)
    assert {"no", "light", "due", "who"} <= set(ticked)
    assert not set(ticked) & exports.PERSONAL, "what is personal is chosen by hand"
    form = {
        "kind": "TICKETS",
        "filters": "view=new",
        "fields_wanted": ["no", "text", "who", "light"],
        "purpose": "早会逐件跟进",
    }
    assert finance.post("/desk/privacy/exports/", form).status_code == 302
    row = Export.objects.get()
    assert (row.rows, row.filters, row.fields) == (1, {"view": "new"}, ["no", "light", "who", "text"])
    (line,) = exports.lines(row, cast.scope("钱丽"))
    assert line.cells == [new.no, "绿", "李敏", "漏水，电话138****5678"]


def test_an_empty_list_cannot_be_taken(cast, enter):
    page = enter("钱丽").get("/desk/queue/export/?light=RED").content.decode()
    assert "没有可导出的内容" in page
    assert "申请导出" not in page
