"""On the telephone: checking in to a turn, and answering an emergency."""

import pytest

from anju.duty.models import Callout, Turn
from anju.lab import rota
from tests.desk.conftest import logged_in
from tests.duty.conftest import FIRST, LAST, Teams


@pytest.fixture
def teams(db: None) -> Teams:
    return Teams()


def test_check_in_by_position(teams: Teams):
    rota.publish(teams.garden, FIRST, LAST)
    teams.at("03-18 07:50")
    name = teams.who("water", "早", 18)
    phone, turn = logged_in(teams.garden.staff[name]), teams.turn(name, 18)
    assert f"/field/turns/{turn.id}/" in phone.get("/field/").content.decode()
    answer = phone.post(f"/field/turns/{turn.id}/", follow=True)
    assert "请扫岗位的二维码，或打开定位" in answer.content.decode()
    phone.post(f"/field/turns/{turn.id}/", {"lat": "31.0", "lng": "121.0"})
    assert Turn.objects.get(id=turn.id).state == "CHECKED_IN"


def test_an_emergency_is_answered_in_the_app(teams: Teams):
    teams.report("家里厨房水管爆了，水止不住")
    run = Callout.objects.get()
    phone = logged_in(teams.garden.staff["陈师傅"])
    assert "能去" in phone.get("/field/").content.decode()
    answer = phone.post(f"/field/callouts/{run.id}/", {"key": "1", "minutes": "90"}, follow=True)
    assert "请输入1到60之间的分钟数" in answer.content.decode()
    phone.post(f"/field/callouts/{run.id}/", {"key": "1", "minutes": "10"})
    run.refresh_from_db()
    assert (run.state, run.acked_by.name) == ("ACKED", "陈师傅")
    stranger = logged_in(teams.garden.staff["高工"])
    answer = stranger.post(f"/field/callouts/{run.id}/", {"key": "1", "minutes": "10"}, follow=True)
    assert "这次应急没有呼叫您" in answer.content.decode()
