"""Leave, swaps and chains at the desk and on the worker's telephone: asked for, answered, decided."""

import pytest
from django.test import Client

from anju.duty.models import Chain, Leave, Swap, Turn
from anju.lab import rota
from tests.desk.conftest import logged_in
from tests.duty.conftest import FIRST, LAST, Teams
from tests.portal.conftest import text


@pytest.fixture
def teams(db: None) -> Teams:
    cast = Teams()
    rota.publish(cast.garden, FIRST, LAST)
    return cast


def enter(teams: Teams, name: str) -> Client:
    return logged_in(teams.garden.staff[name])


def asked(client: Client, url: str = "/field/shifts/", **more: str) -> Leave:
    sent = {"kind": "ANNUAL", "begin": "2026-03-18T00:00", "end": "2026-03-19T08:00"} | more
    answer = client.post(url, sent)
    assert answer.status_code == 302, text(answer)
    return Leave.objects.latest("id")


def test_leave_from_the_telephone_is_decided_at_the_desk_and_leaves_a_hole(teams: Teams):
    name = teams.who("water", "早", 18)
    row = asked(enter(teams, name))
    assert (row.staff.name, row.state) == (name, "ASKED")
    assert "年假" in text(enter(teams, name).get("/field/shifts/"))
    assert f"/desk/absences/leaves/{row.id}/" in text(enter(teams, "赵静").get("/desk/absences/"))
    page = text(enter(teams, "赵静").post(f"/desk/absences/leaves/{row.id}/", {"step": "approve"}, follow=True))
    row.refresh_from_db()
    assert row.state == "APPROVED"
    assert "已批准，空出的班在排班表上是红的" in page
    assert "没有值班水工" in text(enter(teams, "韩梅").get("/desk/roster/?m=2026-03"))


def test_leave_for_somebody_else_counts_at_once_and_is_not_for_everybody(teams: Teams):
    row = asked(enter(teams, "韩梅"), "/desk/absences/", staff="陈师傅", kind="SICK")
    assert (row.staff.name, row.state) == ("陈师傅", "APPROVED")
    answer = enter(teams, "李敏").post(
        "/desk/absences/", {"kind": "SICK", "begin": "2026-03-18T00:00", "end": "2026-03-19T00:00", "staff": "陈师傅"}
    )
    assert answer.status_code == 422
    assert "只能给自己请假" in text(answer)
    assert enter(teams, "李敏").post(f"/desk/absences/leaves/{row.id}/", {"step": "approve"}).status_code == 403


def test_a_leave_that_ends_before_it_begins_keeps_what_was_typed(teams: Teams):
    sent = {"kind": "SICK", "begin": "2026-03-19T00:00", "end": "2026-03-18T00:00"}
    answer = enter(teams, "陈师傅").post("/field/shifts/", sent)
    assert answer.status_code == 422
    assert "请假的类别或起止时间不对" in text(answer)
    assert 'value="2026-03-19T00:00"' in text(answer)


def test_a_swap_goes_from_phone_to_phone_and_is_approved_at_the_desk(teams: Teams):
    mine, yours = teams.who("water", "早", 18), teams.who("water", "中", 18)
    turn, back = teams.turn(mine, 18), teams.turn(yours, 18)
    phone = enter(teams, mine)
    assert f"/field/shifts/{turn.id}/swap/" in text(phone.get("/field/shifts/"))
    page = text(phone.get(f"/field/shifts/{turn.id}/swap/"))
    assert f"{yours}，换他03-18 16:00的中班" in page
    assert f"{yours}替我上，不还" in page
    assert phone.post(f"/field/shifts/{turn.id}/swap/", {}).status_code == 422
    phone.post(f"/field/shifts/{turn.id}/swap/", {"to": f"turn:{back.id}"})
    row = Swap.objects.get()
    assert (row.to.name, row.back_id) == (yours, back.id)
    assert f"{mine}问您换不换" in text(enter(teams, yours).get("/field/shifts/"))
    enter(teams, yours).post(f"/field/swaps/{row.id}/", {"step": "agree"})
    page = text(enter(teams, "赵静").post(f"/desk/absences/swaps/{row.id}/", {"step": "approve"}, follow=True))
    assert "休息" in page  # the rules of rest hold for swaps too
    page = text(enter(teams, "赵静").post(f"/desk/absences/swaps/{row.id}/", {"step": "refuse"}, follow=True))
    assert "没有换班申请" in page


def test_a_colleague_takes_a_turn_and_gives_none(teams: Teams):
    mine, cai = teams.who("water", "早", 18), teams.garden.members["蔡姐"]
    cai.dept = "ENG"
    cai.save()
    turn = teams.turn(mine, 18)
    enter(teams, mine).post(f"/field/shifts/{turn.id}/swap/", {"to": f"staff:{cai.staff_id}"})
    row = Swap.objects.get()
    enter(teams, "蔡姐").post(f"/field/swaps/{row.id}/", {"step": "agree"})
    page = text(enter(teams, "赵静").post(f"/desk/absences/swaps/{row.id}/", {"step": "approve"}, follow=True))
    assert "已批准，班已换过来" in page
    assert teams.turn("蔡姐", 18).shift.code == "早"


def test_nobody_answers_for_another_and_steps_are_the_known_ones(teams: Teams):
    mine = teams.who("water", "早", 18)
    turn, to = teams.turn(mine, 18), teams.who("water", "中", 18)
    enter(teams, mine).post(f"/field/shifts/{turn.id}/swap/", {"to": f"staff:{teams.garden.staff[to].id}"})
    row = Swap.objects.get()
    page = text(enter(teams, mine).post(f"/field/swaps/{row.id}/", {"step": "agree"}, follow=True))
    assert "由被换班的同事答复" in page
    assert "没有这个地址" in text(enter(teams, to).post(f"/field/swaps/{row.id}/", {"step": "grab"}, follow=True))
    assert "只能换自己的班" in text(
        enter(teams, "孙涛").post(f"/field/shifts/{turn.id}/swap/", {"to": f"staff:{teams.garden.staff[to].id}"})
    )
    assert Turn.objects.filter(state="SWAPPED").count() == 0


class TestChains:
    """Who is called, where a step rings nobody."""

    def test_the_default_is_shown_with_its_holes(self, teams: Teams):
        page = text(enter(teams, "周强").get("/desk/chains/"))
        assert page.count("照通用的") == 5
        assert "当班技术员" in page
        assert "现在没人" in page  # the company has no duty line

    def test_a_chain_is_changed_and_what_it_cannot_reach_is_said(self, teams: Teams):
        client = enter(teams, "韩梅")
        sent = {"target": ["POST:guard", "LINE", ""], "number": ["", "02088886666", ""], "minutes": ["2", "1.5", "3"]}
        page = text(client.post("/desk/chains/water/", sent, follow=True))
        assert "已保存，下一次应急起生效" in page
        assert Chain.objects.get(kind="water").steps == [
            {"who": "POST", "ref": "guard", "ack_s": 120},
            {"who": "LINE", "ref": "02088886666", "ack_s": 90},
        ]
        page = text(
            client.post("/desk/chains/gas/", {"target": ["LINE"], "number": [""], "minutes": ["3"]}, follow=True)
        )
        assert "按现在的值班，这条链一个人也叫不到" in page

    @pytest.mark.parametrize(
        ("target", "minutes", "words"),
        [
            ("", "3", "应急链至少要有一步"),
            ("DM", "x", "应答时限要写分钟数"),
            ("DM", "nan", "应答时限要写分钟数"),
            ("DM", "99", "应答时限30到1800秒"),
            ("POST:nowhere", "3", "应急链里的岗位或人不在本小区"),
            ("STAFF:1", "3", "应急链里的岗位或人不在本小区"),
        ],
    )
    def test_what_is_no_chain_is_refused(self, teams: Teams, target: str, minutes: str, words: str):
        sent = {"target": [target], "number": [""], "minutes": [minutes]}
        assert words in text(enter(teams, "韩梅").post("/desk/chains/fire/", sent, follow=True))
        assert not Chain.objects.exists()

    def test_agents_do_not_change_chains(self, teams: Teams):
        assert enter(teams, "李敏").get("/desk/chains/").status_code == 403


def test_personnel_begins_at_the_roster_and_finds_it_in_the_rail(teams: Teams):
    client = enter(teams, "韩梅")
    assert client.get("/desk/").url == "/desk/roster/"
    page = text(client.get("/desk/roster/"))
    rail = page[page.index('<nav class="rail') : page.index("</nav>")]
    assert 'href="/desk/roster/"' in rail
    assert 'href="/desk/queue/"' not in rail
