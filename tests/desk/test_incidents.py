"""The command page: everything that the crew does is done there (screens.md 6.5)."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from anju.incidents.models import Drill, Incident
from tests.pictures import photo
from tests.portal.conftest import text


@pytest.fixture
def post(enter):
    """`post("何勇", "control")`: he presses it in the only incident."""

    def press(name, noun, **sent):
        row = Incident.objects.latest("id")
        return enter(name).post(f"/desk/incidents/{row.id}/{noun}/", {"once": f"{name}{noun}{sent}", **sent})

    return press


@pytest.fixture
def dark(enter, cast):
    """孙涛 has pressed the button for building 3."""
    answer = enter("孙涛").post("/desk/incidents/", {"once": "a", "plan": "停电", "place": "B3"})
    assert answer.status_code == 302, text(answer)
    return Incident.objects.get()


def test_the_button_opens_one_and_shows_the_one_that_is_on(enter, dark):
    again = enter("李敏").post("/desk/incidents/", {"once": "b", "plan": "停电", "place": "B3"}, follow=True)
    assert again.redirect_chain == [(f"/desk/incidents/{dark.id}/", 302)]
    assert "请直接加入" in text(again)
    bad = enter("李敏").post("/desk/incidents/", {"once": "c", "plan": "地震"})
    assert bad.status_code == 422
    assert Incident.objects.count() == 1


def test_the_page_says_what_is_due_in_the_next_minutes(enter, dark, cast):
    page = text(enter("王芳").get(f"/desk/incidents/{dark.id}/"))
    for words in ("3栋停电", "第1次通报，09:10前", "10:00", "0/4 已应答", "逐台检查电梯是否困人"):
        assert words in page
    assert page.count('class="next"') == 1
    cast.at("09:08")
    assert "dial-hot" in text(enter("王芳").get(f"/desk/incidents/{dark.id}/"))
    cast.at("09:30:01")
    page = text(enter("何勇").get(f"/desk/incidents/{dark.id}/"))
    assert (page.count('class="missed"'), "公布新的预计时间" in page) == (3, True)


def test_from_the_first_bulletin_to_the_file(post, enter, dark, cast):
    assert post("李敏", "acknowledgement").status_code == 302
    assert post("李敏", "bulletin", audience="RESIDENTS", no_news="1").status_code == 302
    asked = post("李敏", "bulletin", audience="RESIDENTS", progress="快了", eta="2026-03-02T08:00")
    assert (asked.status_code, "预计时间要晚于现在" in text(asked), "快了" in text(asked)) == (422, True, True)
    asked = post("李敏", "bulletin", audience="RESIDENTS", free="供电局说马上就好")
    assert (asked.status_code, "已送总指挥" in text(asked)) == (422, True)
    draft = dark.bulletins.get(posted_at=None)
    assert "供电局说马上就好" in text(enter("何勇").get(f"/desk/incidents/{dark.id}/"))
    assert post("何勇", "approval", bulletin=draft.id).status_code == 302
    picture = SimpleUploadedFile("a.jpg", BytesIO(photo()).read(), "image/jpeg")
    assert post("高工", "step", no=2).status_code == 422
    assert post("高工", "step", no=2, photos=picture).status_code == 302
    assert post("何勇", "time", cause="开关烧损", missing="备件", eta="2026-03-02T10:15").status_code == 302
    assert post("蔡姐", "note", words="地下室没水").status_code == 302
    assert post("何勇", "assignment", role="SEC", to="郑强").status_code == 302
    assert post("王芳", "control").status_code == 422
    assert post("何勇", "control").status_code == 302
    assert post("何勇", "restoration", conditions=["已恢复供电"]).status_code == 422
    conditions = [one["text"] for one in dark.conditions]
    assert post("何勇", "restoration", conditions=conditions).status_code == 302
    assert post("何勇", "review", words="备件不足").status_code == 302
    assert post("何勇", "improvement", what="备一只开关", who="吴刚", due_on="2026-03-09").status_code == 302
    page = text(enter("周强").get(f"/desk/incidents/{dark.id}/report/"))
    for words in ("谁晚了多少", "备一只开关", "备件不足", "通报：按时1次，超时0次", "影响2户4人"):
        assert words in page
    made = dark.improvements.get()
    assert post("吴刚", "progress", improvement=made.id, to="DONE").status_code == 302
    assert post("何勇", "filing").status_code == 302
    assert "已归档" in text(enter("何勇").get(f"/desk/incidents/{dark.id}/"))


def test_every_question_is_asked_in_a_box_of_its_own(enter, dark):
    page = text(enter("何勇").get(f"/desk/incidents/{dark.id}/"))
    links = set(re.findall(r'hx-get="(/desk/incidents/[^"]+/[a-z-]+/[^"]*)"', page)) - {f"/desk/incidents/{dark.id}/"}
    assert len(links) > 10
    for link in [*links, f"/desk/incidents/{dark.id}/marks/", f"/desk/incidents/{dark.id}/recurrence/"]:
        assert enter("何勇").get(link.replace("&amp;", "&"), headers={"HX-Request": "true"}).status_code == 200
    assert enter("何勇").get(f"/desk/incidents/{dark.id}/nothing/").status_code == 404


def test_a_drill_is_planned_begun_and_scored_on_pages(enter, post, cast):
    planned = {"once": "d", "plan": "火警", "place": "B3", "starts_at": "2026-03-04T10:00"}
    assert enter("李敏").post("/desk/incidents/drills/", planned).status_code == 403
    assert enter("周强").post("/desk/incidents/drills/", planned).status_code == 302
    drill = Drill.objects.get()
    assert "已安排的演练" in text(enter("李敏").get("/desk/incidents/"))
    cast.at("03-04 10:00")
    assert enter("孙涛").post(f"/desk/incidents/drills/{drill.id}/start/").status_code == 302
    row = Incident.objects.get()
    assert "drilled" in text(enter("李敏").get(f"/desk/incidents/{row.id}/"))
    marks = {f"speech{n}": 2 for n in range(5)} | {"records": 10}
    assert post("郑洁", "marks", **marks).status_code == 302
    page = text(enter("李敏").get(f"/desk/incidents/{row.id}/report/"))
    assert ("不合格" in page, "一票否决" in page, "2026-04-03前重练" in page) == (True, True, True)


def test_new_callers_hear_what_is_known(enter, dark):
    page = text(enter("李敏").post("/desk/tickets/new/kinds/", {"text": "整栋停电了", "where": "3-1-1203"}))
    assert "已知：3栋停电，请读" in page
    assert "已知：" not in text(enter("李敏").post("/desk/tickets/new/kinds/", {"text": "水龙头滴漏"}))
    assert "3栋于09:00发生停电" in text(enter("外包01").get("/desk/night/bulletins/"))
