"""The queue of calls."""

import pytest

from anju.feedback import actions
from anju.feedback.models import Revisit
from tests.portal.conftest import once, text


@pytest.fixture
def visit(cast):
    ticket = cast.in_progress()
    cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
    cast.do("confirm", ticket, "张伟")
    actions.rate(ticket, stars=2, by=cast.scope("张伟"), chips=["LATE"], text="晚了一小时，打13800005678")
    return Revisit.objects.get()


def test_it_shows_the_stars_and_masks_the_person(visit, enter):
    page = text(enter("郑洁").get("/desk/revisits/"))
    assert "2星" in page
    assert "来晚了" in page
    assert "晚了一小时" in page
    assert "13800005678" not in page
    assert "张伟" not in page
    assert enter("李敏").get("/desk/revisits/").status_code == 403


def test_a_result_closes_the_ticket(visit, enter):
    client, fields = enter("郑洁"), {"once": once(), "result": "SATISFIED", "note": "已道歉"}
    for _ in range(2):
        client.post(f"/desk/revisits/{visit.id}/", fields)
    visit.refresh_from_db()
    assert (visit.state, visit.note, visit.ticket.status) == ("DONE", "已道歉", "CLOSED")
    assert "没有要回访的" in text(client.get("/desk/revisits/"))


def test_nobody_home_is_tried_again(visit, enter):
    page = enter("郑洁").post(f"/desk/revisits/{visit.id}/", {"once": once(), "result": "UNREACHED"}, follow=True)
    assert "没打通，明天再打" in text(page)
    assert "已打1次没通" in text(page)


def test_it_is_handed_over_but_not_to_the_handler(cast, visit, enter):
    client = enter("赵静")
    page = client.post(f"/desk/revisits/{visit.id}/assignee/", {"to": cast.garden.staff["陈师傅"].id}, follow=True)
    assert "不能由处理人回访" in text(page)
    assert "本小区没有这个人" in text(client.post(f"/desk/revisits/{visit.id}/assignee/", {"to": "x"}, follow=True))
    client.post(f"/desk/revisits/{visit.id}/assignee/", {"to": cast.garden.staff["赵静"].id})
    visit.refresh_from_db()
    assert visit.assignee.name == "赵静"
    assert client.post("/desk/revisits/12345/", {"result": "SATISFIED"}).status_code == 404
